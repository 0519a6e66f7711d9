"""Throw-away PostgreSQL and Redis servers for tests and measurements.

Each takes a free port on 127.0.0.1, a password made up for the occasion and a folder of its own.
Before it is handed out it must prove that it is the one we started: a port can change hands.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from scripts.supervisor import last_words, start_process

_TRIES = 3  # a port that was free a moment ago may be taken by another test run
_PATIENCE = 60.0


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


def _wait(process: "subprocess.Popen[bytes]", log: Path, is_ours: Callable[[], bool]) -> None:
    """Return when the server answers as ours; raise NoServer when it ended or never does."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise NoServer(f"{log.stem} ended at once:\n{last_words(log)}")
        if is_ours():
            return
        time.sleep(0.1)
    raise NoServer(f"{log.stem} does not answer:\n{last_words(log)}")


# --- PostgreSQL ----------------------------------------------------------------------------------


def _postgres_programs() -> Path:
    """Return the folder of the newest installed server; Debian keeps them off the path."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if not on_path:
        raise NoServer("PostgreSQL is not installed (Debian package postgresql)")
    return Path(on_path).resolve().parent


def _postgres_owner() -> pwd.struct_passwd | None:
    """Return who shall run PostgreSQL, which refuses to run as root; None means ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServer("PostgreSQL may not run as root, and there is no user postgres or nobody")


def _hand_over(folder: Path, owner: pwd.struct_passwd) -> bool:
    """Give ``folder`` to ``owner``; return whether they can reach it (not under /root, say)."""
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    probe = subprocess.run(
        ["test", "-w", str(folder)],
        user=owner.pw_uid,
        group=owner.pw_gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    return probe.returncode == 0


def _start_postgres(
    programs: Path, folder: Path, owner: pwd.struct_passwd | None, password: str
) -> tuple["subprocess.Popen[bytes]", str]:
    import psycopg2

    data, log, port = folder / "data", folder / "postgresql.log", free_port()
    options = {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "off",  # the data is thrown away: nothing need survive a power cut
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "jit": "off",
        "timezone": "UTC",
    }
    words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    with log.open("ab") as output:
        process = start_process(
            [str(programs / "postgres"), "-D", str(data), *words],
            output=output.fileno(),
            folder=folder,
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            by=signal.SIGQUIT,
        )
    url = f"postgresql://portal:{password}@127.0.0.1:{port}/postgres"

    def is_ours() -> bool:
        try:
            connection = psycopg2.connect(url, connect_timeout=3)
        except psycopg2.OperationalError:
            return False
        try:
            with connection.cursor() as cursor:
                cursor.execute("SHOW data_directory")
                row = cursor.fetchone()
                return row is not None and Path(row[0]).resolve() == data.resolve()
        finally:
            connection.close()

    try:
        _wait(process, log, is_ours)
    except BaseException:
        end_process(process, signal.SIGQUIT, 5)
        raise
    return process, url


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL server with its data under ``folder``; yield its superuser's address."""
    programs, owner = _postgres_programs(), _postgres_owner()
    folder.mkdir(parents=True)
    if owner and not _hand_over(folder, owner):
        folder.rmdir()
        elsewhere = Path(tempfile.mkdtemp(prefix="portal-postgresql-"))
        folder.symlink_to(elsewhere)  # it shows under build/ where the data is
        _hand_over(elsewhere, owner)
    real = folder.resolve()
    password = secrets.token_hex(16)
    secret = real / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if owner:
        os.chown(secret, owner.pw_uid, owner.pw_gid)
    process = None
    try:
        made = subprocess.run(
            [
                *(str(programs / "initdb"), "-D", str(real / "data"), "-U", "portal"),
                *("--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync"),
                *("--encoding=UTF8", "--locale=C.UTF-8"),
            ],
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
            cwd=real,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if made.returncode:
            raise NoServer("initdb failed:\n" + made.stdout.decode("utf-8", "replace"))
        for attempt in range(1, _TRIES + 1):
            try:
                process, url = _start_postgres(programs, real, owner, password)
                break
            except NoServer:
                if attempt == _TRIES:
                    raise
        yield url
    finally:
        if process:
            end_process(process, signal.SIGINT, 20)
        shutil.rmtree(real, ignore_errors=True)
        if folder.is_symlink():
            folder.unlink()


# --- Redis ---------------------------------------------------------------------------------------


def _start_redis(folder: Path, password: str) -> tuple["subprocess.Popen[bytes]", str]:
    import redis

    port, log, settings = free_port(), folder / "redis.log", folder / "redis.conf"
    settings.touch(mode=0o600)
    settings.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {folder}\n"
        'save ""\nappendonly no\ndatabases 64\ndaemonize no\n'
    )
    with log.open("ab") as output:
        process = start_process(
            ["redis-server", str(settings)], output=output.fileno(), by=signal.SIGKILL
        )
    client = redis.Redis(host="127.0.0.1", port=port, password=password, socket_timeout=3)

    def is_ours() -> bool:
        try:
            return int(client.info("server")["process_id"]) == process.pid
        except redis.RedisError:
            return False

    try:
        _wait(process, log, is_ours)
    except BaseException:
        end_process(process, signal.SIGKILL, 5)
        raise
    finally:
        client.close()
    return process, f"redis://:{password}@127.0.0.1:{port}/0"


@contextlib.contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Run a Redis server with its data under ``folder``; yield its address."""
    if not shutil.which("redis-server"):
        raise NoServer("Redis is not installed (Debian package redis-server)")
    folder.mkdir(parents=True)
    process = None
    try:
        for attempt in range(1, _TRIES + 1):
            try:
                process, url = _start_redis(folder, secrets.token_hex(16))
                break
            except NoServer:
                if attempt == _TRIES:
                    raise
        yield url
    finally:
        if process:
            end_process(process, signal.SIGTERM, 10)
        shutil.rmtree(folder, ignore_errors=True)
