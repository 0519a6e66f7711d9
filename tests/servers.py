"""A whole portal for a test: web server, worker and beat as real processes, on data of its own.

    with running_portal() as portal:
        page.goto(portal.url)
        portal.manage("some_command", "--option")
        portal.kill("worker")
        portal.start("worker")

Without further words it runs on SQLite and the file broker, or, when ``make test`` names its
servers in TEST_DATABASE_URL and TEST_REDIS_URL, on a new database of that PostgreSQL and a
database of that Redis. Either way it begins with the demo world, made once and copied.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from scripts.databases import end_process, free_port
from scripts.launcher import answer, services
from scripts.prepare import prepare
from scripts.supervisor import Service, last_words, start_process

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("web", "worker", "beat")
_PATIENCE = 60.0
_TRIES = 3

# What a shell or a test run has set for itself is not for the portal that is started here.
_NOT_INHERITED = {
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DEBUG",
    "PROXY_COUNT",
    "REDIS_URL",
    "SECRET_KEY",
    "SITE_URL",
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only PostgreSQL can show on SQLite, and on PostgreSQL what once is enough.

    Once is enough for what may not touch a database at all (pytest-django sees to that) and starts
    no process that does: the second database cannot change it. Once is enough, too, for what pages
    say: on PostgreSQL every page is opened (docs/adr/0076), and what they call has tests there.
    """
    second = bool(os.environ.get("TEST_DATABASE_URL"))
    left_out = [
        item
        for item in items
        if item.get_closest_marker("once" if second else "postgres")
        or (second and (_is_about_a_page(item) or not _meets_a_database(item)))
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


# in folders of pages, but about queries: their lists are searched, ordered and paged
_ON_BOTH = {"test_page_costs", "test_worklist_page", "test_register", "test_books", "test_openings"}


def _meets_a_database(item: pytest.Item) -> bool:
    if any(item.get_closest_marker(name) for name in ("django_db", "postgres", "slow", "browser")):
        return True
    return not {"db", "transactional_db"}.isdisjoint(getattr(item, "fixturenames", ()))


def _is_about_a_page(item: pytest.Item) -> bool:
    """Whether it lies in a folder of pages; the costs of pages are counted on both databases."""
    return not {"views", "admin"}.isdisjoint(item.path.parts) and item.path.stem not in _ON_BOTH


class PortalDown(Exception):
    """A process of the portal did not start; the message holds the end of its log."""


# One process for all programs of a portal: each start of Django costs a second or two.
_PLAYER = """
import contextlib, io, json, sys, traceback

import django

django.setup()
for line in sys.stdin:
    said, fault = io.StringIO(), ""
    with contextlib.redirect_stdout(said):
        try:
            exec(json.loads(line), {})
        except Exception:
            fault = traceback.format_exc()
    print(json.dumps([said.getvalue(), fault]), flush=True)
"""


@dataclass
class Portal:
    """A running portal and the means to look into it and to hurt it."""

    url: str
    port: int
    var_dir: Path
    environment: dict[str, str]
    _services: dict[str, Service]
    _running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    _player: "subprocess.Popen[str] | None" = None

    @property
    def mail_dir(self) -> Path:
        """The folder of the mails that have left, one file each."""
        return self.var_dir / "mail"

    def log(self, part: str) -> str:
        """Return all that web, worker or beat has said."""
        path = self._services[part].log
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def manage(self, *words: str, stdin: str | None = None) -> str:
        """Run ``manage.py`` beside the portal and return what it printed; fail when it fails."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *words],
            env=self.environment,
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"manage.py {' '.join(words)} failed:\n{done.stderr}")
        return done.stdout

    def play(self, program: str) -> str:
        """Run a little program inside the portal and return what it printed; fail when it fails."""
        if self._player is None:
            log = self.var_dir / "log" / "player.log"
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("ab") as output:
                self._player = subprocess.Popen(
                    [sys.executable, "-c", _PLAYER],
                    env=self.environment,
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=output,
                    text=True,
                )
        player = self._player
        assert player.stdin is not None
        assert player.stdout is not None
        player.stdin.write(json.dumps(program) + "\n")
        player.stdin.flush()
        said, fault = json.loads(player.stdout.readline())
        assert not fault, f"{program} failed:\n{fault}"
        return str(said)

    def end_player(self) -> None:
        """End the process of the little programs, if there is one."""
        if self._player is not None:
            with self._player:  # its input is closed: no further program
                pass
            self._player = None

    def start(self, *parts: str, environment: Mapping[str, str] | None = None) -> None:
        """Start these parts and wait until the web answers and the worker listens."""
        heard = {part: len(self.log(part)) for part in parts}
        for part in parts:
            assert part not in self._running, f"{part} runs already"
            service = self._services[part]
            service.log.parent.mkdir(parents=True, exist_ok=True)
            with service.log.open("ab") as output:
                process = start_process(
                    service.command,
                    environment={**self.environment, **(environment or {})},
                    output=output.fileno(),
                )
            self._running[part] = process
        for part in parts:  # they start side by side
            self._wait(part, self._running[part], heard[part])

    def stop(self, *parts: str) -> None:
        """End these parts in an orderly way; none named means all."""
        chosen = {part: self._running.pop(part) for part in parts or tuple(self._running)}
        for process in chosen.values():  # at once, so that they end at the same time
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in chosen.values():
            end_process(process, None, 20)

    def kill(self, *parts: str) -> None:
        """Kill these parts, or all, with everything they have started, as a power cut would."""
        for part in parts or tuple(self._running):
            end_process(self._running.pop(part), signal.SIGKILL, 10)

    def restart(self, *parts: str, environment: Mapping[str, str] | None = None) -> None:
        """End these parts and start them again, with other settings if wanted."""
        self.stop(*parts)
        self.start(*parts, environment=environment)

    def _wait(self, part: str, process: "subprocess.Popen[bytes]", heard: int) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            if process.poll() is not None:
                break
            if part == "web" and answer(self.port) is not None:
                return
            if part == "worker" and " ready." in self.log(part)[heard:]:
                return
            if part == "beat":
                return
            time.sleep(0.1)
        self.kill(part)
        raise PortalDown(f"{part} did not start:\n{last_words(self._services[part].log, 30)}")


# --- databases -----------------------------------------------------------------------------------


def burn(portal: Portal) -> None:
    """Lose the database and all files; give the portal an empty database and no folder."""
    shutil.rmtree(portal.var_dir / "private")
    url = portal.environment.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        for file in portal.var_dir.glob("portal.sqlite3*"):
            file.unlink()
        return
    _sql(url, "DROP SCHEMA public CASCADE")
    _sql(url, "CREATE SCHEMA public")


def _sql(server: str, statement: str) -> None:
    """Run one statement on a PostgreSQL server, outside a transaction."""
    import psycopg2

    connection = psycopg2.connect(server)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


def _database(server: str, name: str) -> str:
    """Return the address of another database of the same server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _empty_redis(server: str) -> str:
    """Return the address of a Redis database that nobody else of this run uses."""
    import redis

    with contextlib.closing(redis.Redis.from_url(server)) as client:
        number = 1 + int(client.incr("portal-tests:database")) % 62
    address = _database(server, str(number))
    with contextlib.closing(redis.Redis.from_url(address)) as client:
        client.flushdb()
    return address


# --- the demo world, made once and copied --------------------------------------------------------

_FOLDER = "TEST_TEMPLATES"  # where the test processes of one run share what they have made


@dataclass(frozen=True)
class _Template:
    """A prepared folder, the static files for it, and on PostgreSQL a prepared database."""

    folder: Path
    static: Path
    database: str | None


_kept = contextlib.ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Choose the shared folder before xdist starts its processes, which inherit it.

    TERM ends a run as Ctrl-C does: what tests have started is ended first.
    """
    if not hasattr(config, "workerinput"):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not os.environ.get(_FOLDER):
        folder = _kept.enter_context(tempfile.TemporaryDirectory(prefix="portal-templates-"))
        os.environ[_FOLDER] = folder
        _kept.callback(os.environ.pop, _FOLDER, None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what this process has made for the run."""
    _kept.close()


def _base_environment(var_dir: Path) -> dict[str, str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in _NOT_INHERITED and not name.startswith("TEST_")
    }
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        "PYTHONUNBUFFERED": "1",
        "VAR_DIR": str(var_dir),
    }


def _template(server: str | None) -> _Template:
    """Return the demo world for this kind of database; the first who asks makes it."""
    kind = f"postgresql_{hashlib.sha256(server.encode()).hexdigest()[:12]}" if server else "sqlite"
    shared = Path(os.environ[_FOLDER])
    shared.mkdir(parents=True, exist_ok=True)
    template = _Template(shared / kind, shared / "static", f"template_{kind}" if server else None)
    ready = shared / f"{kind}.ready"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            _make(template, server)
            ready.touch()
    return template


def _make(template: _Template, server: str | None) -> None:
    environment = _base_environment(template.folder)
    if server and template.database:
        _sql(server, f"DROP DATABASE IF EXISTS {template.database} WITH (FORCE)")
        _sql(server, f"CREATE DATABASE {template.database}")
        environment["DATABASE_URL"] = _database(server, template.database)
    made = template.static.exists()
    prepare(environment, static=not made)
    if not made:
        (template.folder / "static").rename(template.static)


@contextlib.contextmanager
def running_portal(
    *,
    database_url: str | None = None,
    redis_url: str | None = None,
    environment: Mapping[str, str] | None = None,
    parts: Sequence[str] = PARTS,
) -> Iterator[Portal]:
    """Run a portal with the demo world until the block ends.

    ``database_url`` names a PostgreSQL *server* (any database of it): the portal gets a new
    database there, gone afterwards. ``redis_url`` names a Redis server likewise. By default both
    come from TEST_DATABASE_URL and TEST_REDIS_URL; without these it is SQLite and files.
    ``environment`` adds settings; ``parts`` says what is started.
    """
    server = database_url or os.environ.get("TEST_DATABASE_URL") or None
    broker = redis_url or os.environ.get("TEST_REDIS_URL") or None
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-live-")))
        var_dir = folder / "var"
        template = _template(server)
        shutil.copytree(template.folder, var_dir)
        (var_dir / "static").symlink_to(template.static)
        settings = _base_environment(var_dir)
        if server:
            name = f"live_{secrets.token_hex(6)}"
            _sql(server, f"CREATE DATABASE {name} TEMPLATE {template.database}")
            stack.callback(_sql, server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            settings["DATABASE_URL"] = _database(server, name)
        if broker:
            settings["REDIS_URL"] = _empty_redis(broker)
        settings.update(environment or {})
        yield stack.enter_context(_started(settings, var_dir, parts))


@contextlib.contextmanager
def _started(settings: Mapping[str, str], var_dir: Path, parts: Sequence[str]) -> Iterator[Portal]:
    """Start the parts on a free port, another one when somebody takes it in between."""
    for attempt in range(1, _TRIES + 1):
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        portal = Portal(
            url=url,
            port=port,
            var_dir=var_dir,
            environment={"SITE_URL": url, **settings},
            _services={service.name: service for service in services(port, var_dir / "log")},
        )
        try:
            try:
                portal.start(*parts)
            except PortalDown:
                if attempt == _TRIES:
                    raise
                continue
            yield portal
            return
        finally:
            portal.end_player()
            portal.stop()
