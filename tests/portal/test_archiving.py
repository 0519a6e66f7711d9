"""The documented archive of PostgreSQL: what was written a moment before the end is there again.

It plays the settings and commands of docs/operations.md, with other folders and a second instead of
a minute.
"""

from __future__ import annotations

import os
import pwd
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from scripts.databases import end_process
from scripts.supervisor import start_process
from tests.servers import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parts[4]))
SECTION = (
    (ROOT / "docs/operations.md").read_text(encoding="utf-8").split("### To the minute")[1]
).split("\n## ")[0]
OWNER = pwd.getpwnam("postgres") if os.geteuid() == 0 else None


class Server:
    """A PostgreSQL in a folder, which can be lost and restored."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "15" / "main"
        self.process: subprocess.Popen[bytes] | None = None
        for name in ("wal", "base", "15", "15/main", "conf.d"):
            (folder / name).mkdir(mode=0o700)
            if OWNER:
                os.chown(folder / name, OWNER.pw_uid, OWNER.pw_gid)
        self.run(f"{BIN}/initdb -D {self.data} -U postgres --auth=trust --no-sync")

    def here(self, text: str) -> str:
        """Return a documented text with the folders of this server."""
        text = text.replace("/var/lib/postgresql/", f"{self.folder}/")
        return re.sub(r"/srv/(wal|base)", rf"{self.folder}/\1", text)

    def run(self, command: str) -> None:
        """Run a command as the user of the database."""
        done = subprocess.run(
            ["bash", "-c", command],
            user=OWNER.pw_uid if OWNER else None,
            group=OWNER.pw_gid if OWNER else None,
            extra_groups=[] if OWNER else None,
            env={"PGHOST": str(self.folder), "PGUSER": "postgres", "PATH": f"{BIN}:/usr/bin:/bin"},
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"

    def documented(self, beginning: str) -> str:
        """Return the documented command that begins so, without the change of user."""
        found = re.search(rf"(?m)^    (?:runuser -u postgres -- )?({beginning}.*)$", SECTION)
        assert found, beginning
        return self.here(found[1])

    def start(self, *settings: str, **more: str) -> None:
        """Start with the documented settings of these names and more; wait until it is writable."""
        options = {"listen_addresses": "", "unix_socket_directories": str(self.folder), **more}
        for name in settings:
            found = re.search(rf"(?m)^    {name} = '?(.*?)'?$", SECTION)
            assert found, name
            options[name] = self.here(found[1])
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as output:
            self.process = start_process(
                [f"{BIN}/postgres", "-D", str(self.data), *words],
                output=output.fileno(),
                folder=self.folder,
                user=OWNER.pw_uid if OWNER else None,
                group=OWNER.pw_gid if OWNER else None,
                by=signal.SIGQUIT,
            )
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if self.ask("SELECT pg_is_in_recovery()") == [(False,)]:
                    return
            except psycopg2.OperationalError:
                pass
            time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text()[-3000:])

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        """Run one statement and return its rows."""
        with closing(
            psycopg2.connect(host=str(self.folder), user="postgres", dbname="postgres")
        ) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []

    def die(self) -> None:
        """End as by a power cut."""
        if self.process:
            end_process(self.process, signal.SIGKILL, 10)
            self.process = None
        until = time.monotonic() + 20  # its children see that it is gone
        while (self.data / "postmaster.pid").exists() and time.monotonic() < until:
            try:
                self.ask("SELECT 1")
            except psycopg2.OperationalError:
                return
            time.sleep(0.1)


@pytest.fixture
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="portal-archive-") as name:
        folder = Path(name)
        if OWNER:
            os.chown(folder, OWNER.pw_uid, OWNER.pw_gid)
        made = Server(folder)
        try:
            yield made
        finally:
            made.die()


def wait_for_archive(server: Server, *, now: bool = False) -> None:
    """Wait until the change that was written last has left the server; ``now`` ends its piece."""
    (piece,) = server.ask("SELECT pg_walfile_name(pg_current_wal_lsn())")
    if now:
        server.ask("SELECT pg_switch_wal()")
    until = time.monotonic() + 30
    while not (server.folder / "wal" / f"{piece[0]}.gz").exists():
        assert time.monotonic() < until, server.ask("SELECT * FROM pg_stat_archiver")
        time.sleep(0.1)


def lose_and_restore(server: Server, **target: str) -> None:
    """Lose the server and its disk, and follow the documented way back."""
    server.die()
    server.run(server.documented("mv /var/lib"))
    for step in ("mkdir -m 0700", "tar -xzf", "touch"):
        server.run(server.documented(step).replace("2026-11-29", "today"))
    settings = ("archive_mode", "archive_command", "restore_command", "recovery_target_action")
    server.start(*settings, **target)


def begin(server: Server) -> None:
    """Start with the archive on, and make a base."""
    found = re.search(r"(?m)^    archive_timeout = (\d+)$", SECTION)
    assert found
    assert found[1] == "60", "a minute is what is promised"
    server.start("archive_mode", "archive_command")
    server.ask("ALTER SYSTEM SET archive_timeout = 1")
    server.ask("SELECT pg_reload_conf()")
    server.ask("CREATE TABLE permit (number int, at timestamptz DEFAULT clock_timestamp())")
    server.run(server.documented("pg_basebackup").replace("$(date +%F)", "today"))


def numbers(server: Server) -> list[object]:
    return [number for (number,) in server.ask("SELECT number FROM permit ORDER BY number")]


def test_what_was_written_before_the_last_piece_survives_the_loss_of_the_server(
    server: Server,
) -> None:
    begin(server)
    for _number in range(3):
        server.ask("INSERT INTO permit SELECT count(*) + 1 FROM permit")
        wait_for_archive(server)
    newest = max((server.folder / "wal").glob("0*.gz"))
    assert newest.stat().st_size < 60_000, "one piece a minute must fit on a disk"
    lose_and_restore(server)
    assert numbers(server) == [1, 2, 3]
    server.ask("INSERT INTO permit VALUES (4)")
    wait_for_archive(server, now=True)
    assert numbers(server) == [1, 2, 3, 4], "it goes on, and its new pieces disturb no old one"


def test_a_mistake_is_undone_to_the_second_before_it(server: Server) -> None:
    begin(server)
    server.ask("INSERT INTO permit VALUES (1)")
    ((before,),) = server.ask("SELECT clock_timestamp()::text")
    server.ask("DELETE FROM permit")
    wait_for_archive(server)
    lose_and_restore(server, recovery_target_time=str(before))
    assert numbers(server) == [1]
