"""Throw-away PostgreSQL and Redis servers for tests and measurements.

    .venv/bin/python scripts/databases.py COMMAND ...

runs COMMAND with both servers and returns its exit status. DATABASE_URL, TEST_DATABASE_URL and
TEST_REDIS_URL tell it where they are. The servers end with the command, and also when this process
is killed.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.supervisor import last_words, start_process  # noqa: E402

_PATIENCE = 60.0  # seconds
# The data is thrown away: nothing need survive a power cut.
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "jit": "off"}


class NoServer(Exception):
    """The server did not start; the message holds the end of its log."""


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end_process(
    process: "subprocess.Popen[bytes]", by: signal.Signals | None, patience: float
) -> None:
    """Ask a process to end (``by`` is None when it has been asked), then end its group by force."""
    if process.poll() is None:
        if by:
            process.send_signal(by)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _wait(process: "subprocess.Popen[bytes]", log: Path, answers: Callable[[], bool]) -> None:
    """Return when the server answers.

    Raises:
        NoServer: it has ended, or does not answer within a minute.
    """
    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        if answers():
            return
        time.sleep(0.1)
    raise NoServer(f"{log.stem} does not answer:\n{last_words(log)}")


@contextlib.contextmanager
def _folder(server: str, owner: pwd.struct_passwd | None = None) -> Iterator[Path]:
    """Yield a new folder that only ``owner`` (default: this user) can enter; remove it after."""
    folder = Path(tempfile.mkdtemp(prefix=f"portal-{server}-"))
    try:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Run a PostgreSQL server; yield the address of its superuser.

    It listens on a socket in a folder of its own and on no port. PostgreSQL refuses to run as root;
    for root it runs as the user ``postgres``, whom Debian's package makes.

    Raises:
        NoServer: it is not installed, or did not start.
    """
    import psycopg2

    # Debian keeps the programs off the path, in a folder for each version.
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parts[4]))
    if not found:
        raise NoServer("PostgreSQL is not installed (Debian package postgresql)")
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    user, group = (owner.pw_uid, owner.pw_gid) if owner else (None, None)
    with _folder("postgresql", owner) as folder:
        data, log = folder / "data", folder / "postgresql.log"
        url = f"postgresql://portal@{quote(str(folder), safe='')}/postgres"
        options = {**_FAST, "listen_addresses": "", "unix_socket_directories": folder}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        initdb = [str(found[-1] / "initdb"), "-D", str(data), "-U", "portal", "--auth=trust"]
        made = subprocess.run(
            [*initdb, "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"],
            user=user,
            group=group,
            extra_groups=[] if owner else None,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if made.returncode:
            raise NoServer("initdb failed:\n" + made.stdout.decode("utf-8", "replace"))
        with log.open("ab") as output:
            process = start_process(
                [str(found[-1] / "postgres"), "-D", str(data), "-c", "timezone=UTC", *words],
                output=output.fileno(),
                folder=folder,
                user=user,
                group=group,
                by=signal.SIGQUIT,
            )

        def answers() -> bool:
            try:
                psycopg2.connect(url, connect_timeout=3).close()
            except psycopg2.OperationalError:
                return False
            return True

        try:
            _wait(process, log, answers)
            yield url
        finally:
            end_process(process, signal.SIGINT, 20)


@contextlib.contextmanager
def redis_server() -> Iterator[str]:
    """Run a Redis server on a free port of 127.0.0.1; yield its address with its password.

    Raises:
        NoServer: it is not installed, or did not start.
    """
    import redis

    if not shutil.which("redis-server"):
        raise NoServer("Redis is not installed (Debian package redis-server)")
    with _folder("redis") as folder:
        port, password, log = free_port(), secrets.token_hex(16), folder / "redis.log"
        settings = folder / "redis.conf"
        settings.write_text(
            f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {folder}\n"
            'save ""\nappendonly no\ndatabases 64\n'
        )
        with log.open("ab") as output:
            process = start_process(
                ["redis-server", str(settings)], output=output.fileno(), by=signal.SIGKILL
            )
        client = redis.Redis(port=port, password=password, socket_timeout=3)

        def answers() -> bool:
            try:
                return bool(client.ping())  # another server does not know the password
            except redis.RedisError:
                return False

        try:
            with contextlib.closing(client):
                _wait(process, log, answers)
            yield f"redis://:{password}@127.0.0.1:{port}/0"
        finally:
            end_process(process, signal.SIGTERM, 10)


def _leave(number: int, frame: FrameType | None) -> None:
    """Turn a signal into an ordinary end, so that the servers are ended too."""
    sys.exit(128 + number)


def run(command: Sequence[str]) -> int:
    """Run ``command`` with both servers; return its exit status."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, _leave)
    with postgresql() as database, redis_server() as broker:
        addresses = {
            "DATABASE_URL": database,
            "TEST_DATABASE_URL": database,
            "TEST_REDIS_URL": broker,
        }
        process = start_process(command, environment={**os.environ, **addresses})
        try:
            return process.wait()
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            end_process(process, None, 30)


if __name__ == "__main__":
    try:
        sys.exit(run(sys.argv[1:]))
    except NoServer as failure:
        sys.exit(str(failure))
