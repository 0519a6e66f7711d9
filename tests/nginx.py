"""A real nginx with the settings of deploy/nginx, and visitors at their own addresses."""

import contextlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode

from scripts.databases import end_process, free_port
from scripts.supervisor import last_words, start_process

_SETTINGS = Path(__file__).resolve().parent.parent / "deploy" / "nginx"
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def documented_settings() -> str:
    """Return what operators are given for nginx, what it includes in its place."""
    proxy = (_SETTINGS / "proxy.conf").read_text(encoding="utf-8")
    whole = (_SETTINGS / "portal.conf").read_text(encoding="utf-8")
    return whole.replace("include /etc/portal/nginx/proxy.conf;", proxy)


def _without_tls(settings: str, port: int, folder: Path) -> str:
    """Return the settings for plain HTTP on a port of this machine, logs in ``folder``."""
    kept = [
        line
        for line in settings.replace("/var/log/portal", str(folder)).splitlines()
        if not line.strip().startswith(("ssl_", "listen [::]"))
    ]
    return (
        "\n".join(kept)
        .replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
        .replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    )


@contextlib.contextmanager
def running_nginx(portal_port: int, uploads_port: int | None = None) -> Iterator[int]:
    """Run nginx before the portal, as documented but without TLS; yield its port.

    ``uploads_port``: of the processes that take forms with files, by default the same.
    """
    port = free_port()
    documented = (
        documented_settings()
        .replace("127.0.0.1:8000", f"127.0.0.1:{portal_port}")
        .replace("127.0.0.1:8001", f"127.0.0.1:{uploads_port or portal_port}")
    )
    with tempfile.TemporaryDirectory(prefix="portal-nginx-") as folder:
        served = _without_tls(documented, port, Path(folder))
        lines = [f"{name}_temp_path {folder}/{name};" for name in _TEMPORARY]
        settings, log = Path(folder, "nginx.conf"), Path(folder, "error.log")
        settings.write_text(
            f"daemon off;\nuser root;\npid {folder}/pid;\nerror_log {log};\nevents {{}}\nhttp {{\n"
            f"access_log {folder}/access.log;\n" + "\n".join(lines) + f"\n{served}\n}}\n"
        )
        with log.open("ab") as output:
            command = ["/usr/sbin/nginx", "-e", str(log), "-c", str(settings)]
            process = start_process(command, output=output.fileno())
        try:
            until = monotonic() + 20
            while not _answers(port):
                assert process.poll() is None, last_words(log)
                assert monotonic() < until, last_words(log)
                sleep(0.1)
            yield port
        finally:
            end_process(process, None, 0)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/robots.txt")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@dataclass
class Visitor:
    """A browser at an address of its own: any address of 127.0.0.0/8 is this machine."""

    port: int
    address: str
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    location: str = ""

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Get ``path``, or post ``fields`` to it; return the status and the page."""
        connection = HTTPConnection("127.0.0.1", self.port, 60, source_address=(self.address, 0))
        sent = {**self.headers, "Cookie": "; ".join("=".join(one) for one in self.cookies.items())}
        if fields is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            body = None if fields is None else urlencode(fields)
            connection.request("GET" if body is None else "POST", path, body, sent)
            response = connection.getresponse()
            for header in response.headers.get_all("Set-Cookie", []):
                for name, morsel in SimpleCookie(header).items():
                    self.cookies[name] = morsel.value
            self.location = response.headers.get("Location", "")
            return response.status, response.read().decode()
        finally:
            connection.close()

    def fill(self, path: str, **fields: str) -> tuple[int, str]:
        """Open the form of ``path`` and send it."""
        token = _TOKEN.search(self.ask(path)[1])
        assert token, f"{path} shows no form"
        return self.ask(path, {"csrfmiddlewaretoken": token[1], **fields})

    def login(self, email: str, password: str) -> bool:
        """Return whether e-mail and password open the door."""
        return self.fill("/akun/login/", login=email, password=password)[0] == 302
