"""What leaves this machine is encrypted, and nobody is believed without a right certificate."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.core.mail import EmailMessage

from documents import timestamps
from notices.channels import Gateway, Message
from portal import connection_checks, trial
from tests.architecture.source import ROOT
from tests.factories.keys import new_key

pytestmark = pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")

# Who is asked ---------------------------------------------------------------------------------


@pytest.fixture
def near(settings: Any) -> Any:
    """Settings of one machine."""
    settings.DATABASES = {"default": {"HOST": "localhost"}}
    settings.BACKUP_DATABASE = {}
    settings.REDIS_URL = "redis://127.0.0.1:6379/0"
    settings.EMAIL_HOST = "localhost"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.MAILBOX_URL = ""
    settings.CLAMD_ADDRESS = "/run/clamav/clamd.ctl"
    return settings


def named() -> list[str]:
    """Return the settings that the check names."""
    return [message.msg.split()[0] for message in connection_checks.connections_are_encrypted(None)]


def test_one_machine_needs_no_encryption(near: Any) -> None:
    assert named() == []


FAR: list[tuple[str, Any, Any]] = [
    ("DATABASES", {"default": {"HOST": "10.0.0.7"}},
     {"default": {"HOST": "10.0.0.7", "OPTIONS": {"sslmode": "verify-full"}}}),
    ("DATABASES", {"default": {"HOST": "10.0.0.7", "OPTIONS": {"sslmode": "require"}}},
     {"default": {"HOST": "/run/postgresql"}}),
    ("BACKUP_DATABASE", {"HOST": "10.0.0.7"}, {"HOST": "::1"}),
    ("REDIS_URL", "redis://:x@10.0.0.7/0", "rediss://:x@10.0.0.7/0"),
    ("REDIS_URL", "rediss://:x@10.0.0.7/0?ssl_cert_reqs=none",
     "rediss://:x@10.0.0.7/0?ssl_cert_reqs=required"),
    ("REDIS_URL", "rediss://:x@10.0.0.7/0?ssl_check_hostname=False",
     "rediss://:x@10.0.0.7/0?ssl_ca_certs=/etc/portal/redis.pem"),
    ("EMAIL_HOST", "mail.example.go.id", "127.0.0.1"),
    ("MAILBOX_URL", "imap://a:x@mail.example.go.id", "imaps://a:x@mail.example.go.id"),
    ("CLAMD_ADDRESS", "10.0.0.7:3310", "127.0.0.1:3310"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "open_", "closed"), FAR)
def test_another_machine_is_spoken_to_encrypted_or_not_at_all(
    near: Any, name: str, open_: Any, closed: Any
) -> None:
    setattr(near, name, open_)
    shown = {"DATABASES": "DATABASE_URL", "BACKUP_DATABASE": "BACKUP_DATABASE_URL"}
    assert named() == [shown.get(name, name)]
    near.PRIVATE_HOSTS = ["10.0.0.7", "mail.example.go.id"]
    assert named() == []
    near.PRIVATE_HOSTS = []
    setattr(near, name, closed)
    assert named() == []


def test_mail_may_be_encrypted_in_both_ways(near: Any) -> None:
    near.EMAIL_HOST, near.EMAIL_USE_TLS = "mail.example.go.id", True
    assert named() == []
    near.EMAIL_USE_TLS, near.EMAIL_USE_SSL = False, True
    assert named() == []


def test_it_stops_a_start_and_repeats_no_password(near: Any) -> None:
    near.REDIS_URL = "redis://:rahasia@10.0.0.7/0"
    [message] = connection_checks.connections_are_encrypted(None)
    assert message.is_serious()
    assert "rahasia" not in str(message)


# A wrong certificate --------------------------------------------------------------------------


def certificate(folder: Path, host: str) -> Path:
    """Write a key and a certificate for ``host`` that vouches for itself; return the file."""
    key, now = new_key(), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    names: list[x509.GeneralName] = [x509.DNSName(host)]
    with suppress(ValueError):
        names = [x509.IPAddress(ip_address(host))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    file = folder / f"{host}.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + made.public_bytes(Encoding.PEM)
    )
    return file


@contextmanager
def server(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Serve TLS with a certificate; yield the port and what was said after each handshake.

    What begins with the request of PostgreSQL for TLS is granted it first.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    heard: list[str] = []

    def serve(listening: socket.socket) -> None:
        while True:
            try:
                connection, _address = listening.accept()
            except OSError:
                return
            connection.settimeout(5)
            with suppress(OSError), connection:
                if connection.recv(8, socket.MSG_PEEK)[4:] == b"\x04\xd2\x16\x2f":
                    connection.recv(8)
                    connection.sendall(b"S")
                with context.wrap_socket(connection, server_side=True) as encrypted:
                    encrypted.sendall(b"* OK uji\r\n")
                    heard.append(encrypted.recv(200).decode(errors="replace"))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,), daemon=True)
        thread.start()
        yield listening.getsockname()[1], heard
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def by_gateway(port: int, trusted: Path, settings: Any) -> None:
    gateway = Gateway(url=f"https://127.0.0.1:{port}/", token="x", sender="y")
    gateway.send(Message("kunci", "+6281234567890", "uji", "uji"))


def by_time_stamp(port: int, trusted: Path, settings: Any) -> None:
    settings.TIMESTAMP_URL = f"https://127.0.0.1:{port}/"
    settings.TIMESTAMP_CA = str(trusted)
    timestamps.stamp(b"isi")


def by_mail(port: int, trusted: Path, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_SSL, settings.EMAIL_TIMEOUT = True, 5
    EmailMessage("uji", "uji", "a@contoh.test", ["b@contoh.test"]).send()


def by_mail_box(port: int, trusted: Path, settings: Any) -> None:
    trial._open_box("127.0.0.1", port, encrypted=True)


def by_broker(port: int, trusted: Path, settings: Any) -> None:
    code = (
        "import os; from portal.celery import app\n"
        "with app.connection_for_write() as c: c.default_channel.client.ping()"
    )
    env = {
        "PATH": "/usr/bin:/bin",
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        "VAR_DIR": str(trusted.parent),
        "REDIS_URL": f"rediss://:x@127.0.0.1:{port}/0",
        "SSL_CERT_FILE": str(trusted),
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=env,
        capture_output=True,
        timeout=100,
        check=False,
    )
    if done.returncode:
        raise OSError(done.stderr.decode())


def by_database(port: int, trusted: Path, settings: Any) -> None:
    psycopg2.connect(
        host="127.0.0.1", port=port, user="x", dbname="x", sslmode="verify-full",
        sslrootcert=str(trusted), connect_timeout=5,
    )  # fmt: skip


Client = Callable[[int, Path, Any], None]
CLIENTS: list[Client] = [by_gateway, by_time_stamp, by_mail, by_mail_box, by_broker, by_database]


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    ("served", "trusted", "spoken"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "lain.contoh", False),  # nobody we know vouches for it
        ("lain.contoh", "lain.contoh", False),  # it is somebody else's
    ],
)
def test_only_the_right_certificate_is_spoken_to(
    client: Client,
    served: str,
    trusted: str,
    spoken: bool,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {host: certificate(tmp_path, host) for host in {served, trusted}}
    monkeypatch.setenv("SSL_CERT_FILE", str(files[trusted]))
    with (
        server(files[served]) as (port, heard),
        pytest.raises(Exception, match=".") as refused,  # it speaks no protocol to the end
    ):
        client(port, files[trusted], settings)
    assert heard if spoken else not any(heard), refused.value
    if not spoken:
        assert "certificate" in str(refused.value).lower()
