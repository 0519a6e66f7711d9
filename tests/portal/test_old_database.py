"""A database of another version of the portal is refused in a sentence, and left as it is."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import prepare

OLD = [
    ("accounts", "0001_initial"),
    ("accounts", "0002_office_terms"),
    ("portal", "0001_shared_cache"),
]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with a database whose migrations are no longer here."""
    database = sqlite3.connect(tmp_path / "portal.sqlite3")
    with database:
        database.execute(
            "CREATE TABLE django_migrations (id integer PRIMARY KEY, app varchar(255), "
            "name varchar(255), applied datetime)"
        )
        database.executemany(
            "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2026-01-01')", OLD
        )
    database.close()
    return tmp_path


def dump(folder: Path) -> list[str]:
    """Return everything in the database of ``folder``."""
    with contextlib.closing(sqlite3.connect(folder / "portal.sqlite3")) as database:
        return list(database.iterdump())


def test_preparing_refuses_it_and_says_how_to_start_anew(
    old: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    environment = {
        **os.environ,
        "VAR_DIR": str(old),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
    }
    before = dump(old)
    with pytest.raises(prepare.NotPrepared):
        prepare.prepare(environment, static=False)
    said = capfd.readouterr().err
    assert "made by another version of the portal" in said
    assert "accounts.0002_office_terms, portal.0001_shared_cache" in said
    assert f"mv {old} {old}-old" in said
    assert dump(old) == before
    assert not (old / prepare.STAMP).exists()


def test_standards_from_before_the_facts_are_refused_and_none_are_not(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Their digests cover questions and fields: no migration may write them anew."""
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3",
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
    }
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0", "standards", "0001"]
    assert subprocess.run(migrate, env=environment, cwd=prepare.ROOT, check=False).returncode == 0
    database = sqlite3.connect(tmp_path / "portal.sqlite3")
    with database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute(
            "INSERT INTO standards_standardversion (service_id, number, status, heading, preamble, "
            "decree, decreed_at_place, decreed_by, decreed_by_rank, decreed_by_number, term_unit, "
            "product, certificate_title, certificate_statement, number_pattern, digest) "
            "VALUES (1, 1, 'konsep', '', '', '', '', '', '', '', 'hari_kerja', '', '', '', '', '')"
        )
    database.close()
    before = dump(tmp_path)
    refused = subprocess.run([*migrate[:-2]], env=environment, cwd=prepare.ROOT, check=False)
    assert refused.returncode == 1
    assert "Its standards ask questions and fields, not facts." in capfd.readouterr().err
    assert dump(tmp_path) == before


@pytest.mark.django_db
def test_a_database_of_this_version_passes() -> None:
    from portal import checks

    assert checks.database_of_this_version(None, databases=["default"]) == []
    assert checks.database_of_this_version(None) == []
