"""Make the folder ``var/`` ready to serve the demo: database, demo world, static files.

All three steps may be repeated without harm. They are left out when nothing they depend on has
changed since the last time, which a stamp beside the database tells. For a database elsewhere no
stamp can be trusted, so there they always run.
"""

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.supervisor import die_with_parent

ROOT = Path(__file__).resolve().parent.parent
STAMP = "prepared"
ACCOUNTS = "demo-accounts.txt"
_SOURCES = (
    "requirements.txt",
    "scripts/prepare.py",
    "portal/settings/*.py",
    "*/migrations/*.py",
    "*/management/**/*.py",
    "*/static/**/*",
    "fixtures/**/*",
)


class NotPrepared(Exception):
    """A step failed; what it said has been printed."""


def var_dir(environment: Mapping[str, str]) -> Path:
    """Return the folder of everything that is written at run time."""
    return Path(environment.get("VAR_DIR") or ROOT / "var")


def _sqlite_path(environment: Mapping[str, str]) -> Path | None:
    url = environment.get("DATABASE_URL", "")
    if not url:
        return var_dir(environment) / "portal.sqlite3"
    prefix = "sqlite:///"
    return Path(url.removeprefix(prefix)) if url.startswith(prefix) else None


def _applied(database: Path) -> str | None:
    """Return the migrations of a database: a copy put back from last year has fewer of them."""
    if not database.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
        try:
            rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
            return repr(rows.fetchall())
        finally:
            connection.close()
    except sqlite3.Error:
        return None


def _source_files() -> Iterator[Path]:
    for pattern in _SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def state(environment: Mapping[str, str]) -> str | None:
    """Return a hash of what the steps depend on and have made, or None when it is not whole."""
    folder = var_dir(environment)
    database = _sqlite_path(environment)
    applied = _applied(database) if database else None
    made = [folder / "static" / "staticfiles.json", folder / ACCOUNTS]
    signing = folder / "signing"
    if applied is None or not all(path.is_file() for path in made):
        return None
    if not signing.is_dir() or not any(signing.iterdir()):
        return None
    total = hashlib.sha256(applied.encode())
    for path in [*_source_files(), *made]:
        total.update(f"{path}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def start_python(environment: Mapping[str, str], *words: str) -> "subprocess.Popen[bytes]":
    """Start Python in the repository with these words; it ends when this process does."""
    parent = os.getpid()
    return subprocess.Popen(
        [sys.executable, *words],
        env=dict(environment),
        cwd=ROOT,
        preexec_fn=lambda: die_with_parent(parent),
    )


# One process for the three commands: each start of Django costs a second or two.
WORLD = """
import sys

import django
from django.core.management import CommandError, call_command

django.setup()
try:
    call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
    call_command("load_demo")
    with open(sys.argv[1], "w", encoding="utf-8") as accounts:
        call_command("demo_accounts", stdout=accounts)
except CommandError as error:
    sys.exit(str(error))
"""


def prepare(environment: Mapping[str, str], *, static: bool = True) -> bool:
    """Bring the folder up to date; return whether there was anything to do.

    Without ``static`` the caller brings the static files.
    """
    folder = var_dir(environment)
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / STAMP
    before = state(environment)
    if before and stamp.is_file() and stamp.read_text() == before:
        return False
    stamp.unlink(missing_ok=True)  # until both steps are done nothing is
    steps: dict[str, tuple[str, ...]] = {
        "migrate, load_demo, demo_accounts": ("-c", WORLD, str(folder / ACCOUNTS))
    }
    if static:
        steps["collectstatic"] = ("manage.py", "collectstatic", "--noinput", "--verbosity=0")
    started = {name: start_python(environment, *words) for name, words in steps.items()}
    failed = [name for name, step in started.items() if step.wait()]
    if failed:
        raise NotPrepared("; ".join(failed))
    if after := state(environment):
        stamp.write_text(after)
    return True
