"""A database of another version of the portal is refused in a sentence, and left as it is."""

from __future__ import annotations

import contextlib
import os
import sqlite3
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


@pytest.mark.django_db
def test_a_database_of_this_version_passes() -> None:
    from portal import checks

    assert checks.database_of_this_version(None, databases=["default"]) == []
    assert checks.database_of_this_version(None) == []
