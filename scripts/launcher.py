"""Serve the demo: web, worker, beat and watchman as processes until Ctrl-C (``make run``)."""

import argparse
import contextlib
import fcntl
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.prepare import ACCOUNTS, NotPrepared, prepare, var_dir  # noqa: E402
from scripts.supervisor import Service, Supervisor, die_with_parent  # noqa: E402

_LOG_LIMIT = 5_000_000  # bytes; a longer log is put aside at the next start


def say(line: str) -> None:
    """Print a line at once; a reader who has gone away stops nothing."""
    with contextlib.suppress(BrokenPipeError):
        print(line, flush=True)


def stop(line: str) -> NoReturn:
    """End with a sentence instead of a traceback."""
    sys.exit(f"\n{line}\n")


def settings_of(environment: Mapping[str, str], port: int) -> dict[str, str]:
    """Return the environment of the processes and of the steps before them."""
    return {
        "SITE_URL": f"http://127.0.0.1:{port}",
        "VAR_DIR": str(ROOT / "var"),
        **environment,
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        "PYTHONUNBUFFERED": "1",
    }


def web_command(port: int) -> list[str]:
    """Return how the web server is started: two workers, no socket outside its port.

    No proxy stands before it, and browsers open connections in advance that stay silent: two of
    them would hold two ``sync`` workers for a minute. Threads let the silent ones wait.
    """
    return [
        *(sys.executable, "-m", "gunicorn", "portal.wsgi:application"),
        *("--chdir", str(ROOT), "--bind", f"127.0.0.1:{port}"),
        *("--workers", "2", "--worker-class", "gthread", "--threads", "4"),
        *("--timeout", "60", "--graceful-timeout", "10"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def worker_command() -> list[str]:
    """Return how the worker is started: processes, because page making is not safe in threads."""
    return [
        *(sys.executable, "-m", "celery", "--workdir", str(ROOT), "-A", "portal"),
        *("worker", "--pool", "prefork", "--concurrency", "2", "--loglevel", "INFO"),
        *("--queues", "portal,signing"),  # one worker signs, too; an office has two (deploy/)
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def beat_command() -> list[str]:
    """Return how the clock is started, on its own: inside the worker it would survive it."""
    return [
        *(sys.executable, "-m", "celery", "--workdir", str(ROOT), "-A", "portal"),
        *("beat", "--loglevel", "INFO", "--pidfile", ""),
    ]


def watch_command() -> list[str]:
    """Return how the watchman is started, who mails when the sweeps fall silent."""
    return [sys.executable, str(ROOT / "manage.py"), "watch_sweeps"]


def services(port: int, folder: Path) -> list[Service]:
    """Return web, worker, beat and watch, with their logs in ``folder``."""
    return [
        Service("web", web_command(port), folder / "web.log"),
        Service("worker", worker_command(), folder / "worker.log"),
        Service("beat", beat_command(), folder / "beat.log"),
        Service("watch", watch_command(), folder / "watch.log"),
    ]


def is_free(port: int) -> bool:
    """Return whether we could serve on this port."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answer(port: int, path: str = "/") -> int | None:
    """Return the HTTP status of a page, or None while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def only_one(folder: Path) -> int:
    """Return a lock on ``folder`` that lasts as long as this process, or stop."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / "launcher.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        other = os.read(lock, 20).decode() or "unknown"
        stop(f"The portal of this folder runs already (process {other}). End it with Ctrl-C there.")
    os.ftruncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    return lock


def port_or_stop(text: str) -> int:
    """Return the port, or say what is wrong with it."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        stop(f"PORT={text} is not a port number. Example: make run PORT=8001")
    port = int(text)
    until = time.monotonic() + 3  # a launcher killed just now: its web server is about to go
    while not is_free(port):
        if time.monotonic() > until:
            stop(
                f"Port {port} is taken by another program (or not allowed).\n"
                f"Choose another one: make run PORT={port + 1 if port < 65535 else 8001}"
            )
        time.sleep(0.2)
    return port


def keep_logs_short(wanted: list[Service]) -> None:
    """Put a long log aside, one generation."""
    for service in wanted:
        if service.log.is_file() and service.log.stat().st_size > _LOG_LIMIT:
            service.log.replace(service.log.with_suffix(".log.1"))


def announce(port: int, folder: Path, begun: float) -> None:
    """Print what a person needs now: the address, and who can sign in."""
    accounts = folder / ACCOUNTS
    say(f"\nThe portal answers after {time.monotonic() - begun:.1f} s: http://127.0.0.1:{port}/\n")
    if accounts.is_file():
        say(accounts.read_text(encoding="utf-8").rstrip() + "\n")
    say(f"Logs: {folder / 'log'}/   Ctrl-C ends all of it.")


def serve(port: int, environment: Mapping[str, str], begun: float) -> None:
    """Keep the processes alive until a signal says to end."""
    folder = var_dir(environment)
    web, *others = wanted = services(port, folder / "log")
    keep_logs_short(wanted)
    supervisor = Supervisor(environment, say)
    supervisor.add(web)  # alone at first: on two cores the first page comes sooner
    answered = False
    waited = time.monotonic()
    try:
        while supervisor.turn(0.1 if not answered else 1.0):
            if others and (answered or time.monotonic() - waited > 15):
                supervisor.add(*others)
                others = []
            if not answered and (status := answer(port)):
                answered = True
                announce(port, folder, begun)
                if status >= 500:
                    say(f"The home page fails with status {status}: see {web.log}")
    finally:
        say("\nEnding all of it")
        supervisor.stop()


def main() -> None:
    """Check, prepare, serve."""
    begun = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default=os.environ.get("PORT") or "8000")
    parser.add_argument("--die-with-parent", action="store_true", help="end when make is killed")
    wanted = parser.parse_args()
    if wanted.die_with_parent:
        die_with_parent(os.getppid(), signal.SIGTERM)
    port = port_or_stop(wanted.port)
    environment = settings_of(os.environ, port)
    only_one(var_dir(environment))
    say("Preparing database, demo world and static files (only what changed)")
    try:
        prepare(environment)
    except NotPrepared as failed:
        stop(f"This step failed: {failed}. What it said stands above.")
    serve(port, environment, begun)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
