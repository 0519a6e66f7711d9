"""An installation in a folder: the scripts of deploy/, and the processes of its units."""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import re
import secrets
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import django
import psycopg2

from scripts.databases import end_process, free_port, redis_server
from scripts.supervisor import last_words, start_process
from tests.servers import ROOT

SERVICES = ("web", "uploads", "worker", "signing", "beat", "watch")
_PATIENCE = 90.0
_SITE = Path(django.__file__).resolve().parent.parent
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def _users() -> dict[str, str]:
    """Return who plays the users of the portal: three of Debian's own for root, else oneself."""
    if os.geteuid() or not _others_can_read(_SITE):
        me = pwd.getpwuid(os.geteuid()).pw_name
        return {"WEB_USER": me, "WORKER_USER": me, "SIGNING_USER": me, "GROUP": _group(me)}
    return {
        "WEB_USER": "www-data",
        "WORKER_USER": "daemon",
        "SIGNING_USER": "games",
        "GROUP": "nogroup",
    }


def _others_can_read(place: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (place, *place.parents))


def _packages(folder: Path) -> Path:
    """Return an environment of Python that every user can read, with the packages of this one."""
    python = Path(f"/usr/bin/python3.{sys.version_info.minor}")
    if _others_can_read(Path(sys.executable).resolve().parent) or not python.exists():
        return (ROOT / ".venv").resolve()
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\n")
    for name in ("python", "python3"):
        (folder / "bin" / name).symlink_to(python)
    lib = folder / "lib" / python.name
    lib.mkdir(parents=True)
    (lib / "site-packages").symlink_to(_SITE)
    for name in ("gunicorn", "celery"):
        script = (ROOT / ".venv" / "bin" / name).read_text().splitlines()
        lines = [f"#!{folder}/bin/python", *script[1:]]
        (folder / "bin" / name).write_text("\n".join(lines) + "\n")
        (folder / "bin" / name).chmod(0o755)
    return folder


def _group(user: str) -> str:
    return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name


@dataclass
class Unit:
    """What a unit file says, with every value of a name that stands there more than once."""

    values: dict[str, list[str]]

    @classmethod
    def read(cls, path: Path) -> Unit:
        values: dict[str, list[str]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if "=" in line and not line.startswith("#"):
                name, _sign, value = line.partition("=")
                values.setdefault(name, []).append(value)
        return cls(values)

    @property
    def commands(self) -> list[list[str]]:
        """What is started, as words."""
        return [command.replace("%%", "%").split() for command in self.values["ExecStart"]]

    def environment(self) -> dict[str, str]:
        """Return the environment that systemd would give to the process."""
        found = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        for file in self.values["EnvironmentFile"]:
            for line in Path(file).read_text(encoding="utf-8").splitlines():
                name, _sign, value = line.partition("=")
                found[name] = value.strip("'")
        return found


@dataclass
class Installation:
    """A portal below ``root``; ``work`` is the folder in which the operator types."""

    root: Path
    work: Path
    users: dict[str, str]
    https_port: int
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where browsers find it."""
        return f"https://localhost:{self.https_port}"

    @property
    def state(self) -> Path:
        """What the portal keeps."""
        return self.root / "var/lib/portal"

    @property
    def keys(self) -> Path:
        """The folder of the signing keys."""
        return self.root / "var/lib/portal-signing"

    def type(self, line: str, *, given: str | None = None, status: int = 0) -> str:
        """Type one line of the manual as the operator; return what is printed.

        Fails unless the command ends with ``status``.
        """
        here = re.sub(r"(?<![\w/])/(etc|var/lib|var/backups|var/log)/portal", self._in_root, line)
        done = subprocess.run(
            ["bash", "-c", here],
            cwd=self.work,
            env={
                "PATH": f"{self.work}/bin:{self.root}/usr/local/bin:{os.environ['PATH']}",
                "ANSWERS": f"{self.root}/etc/portal/answers",
                "LANG": "C.UTF-8",
                "HOME": str(self.work),
                "DJANGO_SUPERUSER_PASSWORD": "kata sandi pengelola portal",
            },
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def _in_root(self, match: re.Match[str]) -> str:
        return f"{self.root}{match[0]}"

    def unit(self, name: str) -> Unit:
        """Return a unit as it was installed."""
        return Unit.read(self.root / f"etc/systemd/system/portal-{name}.service")

    def start(self, *names: str) -> None:
        """Start services as systemd would: command, user, environment, folder, mask."""
        for name in names:
            unit = self.unit(name)
            [command] = unit.commands
            self._running[name] = self._process(unit, command, self.log(name))

    def log(self, name: str) -> Path:
        """Return where a service writes its words."""
        return self.work / f"{name}.log"

    def _process(self, unit: Unit, command: list[str], log: Path) -> subprocess.Popen[bytes]:
        mask = unit.values.get("UMask", ["0022"])[0]
        user = pwd.getpwnam(unit.values["User"][0])
        group = grp.getgrnam(unit.values["Group"][0]).gr_gid
        root = os.geteuid() == 0
        with log.open("ab") as output:
            return start_process(
                ["sh", "-c", f'umask {mask}; exec "$@"', "sh", *command],
                environment=unit.environment(),
                output=output.fileno(),
                folder=Path(unit.values["WorkingDirectory"][0]),
                user=user.pw_uid if root else None,
                group=group if root else None,
            )

    def once(self, name: str) -> str:
        """Run all commands of a service that a timer starts; return what they said."""
        unit, log = self.unit(name), self.log(name)
        for command in unit.commands:
            process = self._process(unit, command, log)
            assert process.wait(300) == 0, last_words(log, 30)
        return log.read_text(encoding="utf-8")

    def stop(self) -> None:
        """Stop every service."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            end_process(process, None, 30)
        self._running.clear()

    def environment_of(self, name: str) -> str:
        """Return the environment of a running service."""
        return Path(f"/proc/{self._running[name].pid}/environ").read_text(encoding="utf-8")

    def wait_until_it_serves(self) -> None:
        """Return when the health page is content."""
        until = time.monotonic() + _PATIENCE
        while self.ask("/sehat/")[0] != 200:
            for name, process in self._running.items():
                assert process.poll() is None, f"{name}: {last_words(self.log(name), 30)}"
            assert time.monotonic() < until, self.ask("/sehat/")
            time.sleep(0.3)

    def ask(self, path: str) -> tuple[int, str]:
        """Ask nginx for a page over TLS, trusting the certificate of the host."""
        trusted = ssl.create_default_context(cafile=str(self.work / "certificate.pem"))
        connection = HTTPSConnection("localhost", self.https_port, timeout=30, context=trusted)
        try:
            connection.request("GET", path, headers={"Accept": "application/json"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except ConnectionError as error:
            return 0, str(error)
        finally:
            connection.close()

    @contextlib.contextmanager
    def nginx(self) -> Iterator[None]:
        """Run the real nginx with the settings that were installed."""
        folder = self.work / "nginx"
        folder.mkdir(exist_ok=True)
        settings = self.root / "etc/nginx/conf.d/portal.conf"
        if not _speaks_ipv6():
            kept = [line for line in settings.read_text().splitlines() if "[::]" not in line]
            settings.write_text("\n".join(kept) + "\n")
        places = "\n".join(f"{name}_temp_path {folder}/{name};" for name in _TEMPORARY)
        main = folder / "nginx.conf"
        owner = "user root;" if os.geteuid() == 0 else ""
        main.write_text(
            f"daemon off;\n{owner}\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
            f"events {{}}\nhttp {{\n{places}\ninclude {settings};\n}}\n"
        )
        command = ["/usr/sbin/nginx", "-e", str(folder / "error.log"), "-c", str(main)]
        subprocess.run([*command, "-t"], check=True, capture_output=True)
        with (folder / "output.log").open("ab") as output:
            process = start_process(command, output=output.fileno())
        try:
            yield
        finally:
            end_process(process, None, 0)


def _speaks_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@contextlib.contextmanager
def installation(mail_port: int, box_port: int, recipient: str) -> Iterator[Installation]:
    """Yield a folder to install into, with PostgreSQL and Redis; nothing is installed yet."""
    server = urlsplit(os.environ["TEST_DATABASE_URL"])
    name = f"portal_{secrets.token_hex(4)}"
    host = server.netloc.rpartition("@")[2]
    if os.geteuid() == 0 and host.startswith("%2F"):
        Path(unquote(host)).chmod(0o711)  # the other users find the socket
    root = Path(tempfile.mkdtemp(prefix="portal-installed-"))
    root.chmod(0o755)
    work = root / "operator"
    work.mkdir(mode=0o700)
    (work / "deploy").symlink_to(ROOT / "deploy")
    _stand_ins(work / "bin", work / "answers")
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, root, ignore_errors=True)
        stack.callback(_drop, name)
        installed = Installation(root, work, _users(), free_port())
        said = {
            "HOST": "localhost",
            "ADMINS": "operator@contoh.test",
            "DEFAULT_FROM_EMAIL": "izin@contoh.test",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail_port),
            "BACKUP_RECIPIENTS": recipient,
            "MAILBOX_URL": f"imap://kotak%40contoh.test:sandi@127.0.0.1:{box_port}/INBOX",
            "DATABASE": name,
            "DATABASE_SERVER": host,
            "DATABASE_SUPERUSER": urlunsplit(server),
            "REDIS_URL": stack.enter_context(redis_server()),
            "ROOT": str(root),
            "SYSTEMD": "no",
            "PACKAGES": "no",
            "VENV": str(_packages(root / "packages")),
            "WEB_PORT": str(free_port()),
            "UPLOADS_PORT": str(free_port()),
            "HTTP_PORT": str(free_port()),
            "HTTPS_PORT": str(installed.https_port),
            **installed.users,
        }
        lines = [f"{key}='{value}'" for key, value in said.items()]
        (work / "answers").write_text("\n".join(lines) + "\n")
        stack.callback(installed.stop)
        yield installed


def _stand_ins(folder: Path, answers: Path) -> None:
    """Make what the operator calls and a folder has not: an editor that knows what to write …"""
    folder.mkdir()
    for name, line in {"editor": f'cp {answers} "$1"', "systemctl": "true", "git": "true"}.items():
        (folder / name).write_text(f"#!/bin/sh\n{line}\n")
        (folder / name).chmod(0o755)


def _drop(name: str) -> None:
    connection = psycopg2.connect(os.environ["TEST_DATABASE_URL"])
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}%"])
        for (database,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE "{database}" WITH (FORCE)')
        for role in (f"{name}_owner", name, f"{name}_backup"):
            cursor.execute(f'DROP ROLE IF EXISTS "{role}"')
