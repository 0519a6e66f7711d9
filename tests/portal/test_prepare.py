"""A second start leaves out what is done, and only that."""

import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts import prepare


class Steps:
    """Stands in for both steps: remembers what was asked and makes what the step would make."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.fails = ""

    def start(self, environment: Mapping[str, str], *words: str) -> "Ended":
        step = "collectstatic" if "collectstatic" in words else "world"
        self.done.append(step)
        folder = Path(environment["VAR_DIR"])
        if step == "collectstatic":
            (folder / "static").mkdir(exist_ok=True)
            (folder / "static" / "staticfiles.json").write_text("{}")
        else:
            migrated(folder / "portal.sqlite3", "0001_initial")
            (folder / "signing").mkdir(exist_ok=True)
            (folder / "signing" / "DEVELOPMENT").touch()
            (folder / prepare.ACCOUNTS).write_text("budi")
        return Ended(1 if step == self.fails else 0)

    def run(self) -> list[str]:
        """Return what has been asked since the last time."""
        done, self.done = self.done, []
        return done


class Ended:
    def __init__(self, status: int) -> None:
        self.status = status

    def wait(self) -> int:
        return self.status


def migrated(path: Path, *names: str) -> None:
    """Write down in a database that these migrations have been applied."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("CREATE TABLE IF NOT EXISTS django_migrations (app, name)")
        connection.execute("DELETE FROM django_migrations")
        for name in names:
            connection.execute("INSERT INTO django_migrations VALUES ('accounts', ?)", (name,))
    connection.close()


ALL = ["world", "collectstatic"]


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    stand_in = Steps()
    monkeypatch.setattr(prepare, "start_python", stand_in.start)
    return stand_in


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"VAR_DIR": str(tmp_path / "var")}


def test_second_start_has_nothing_to_do(steps: Steps, environment: dict[str, str]) -> None:
    assert prepare.prepare(environment) is True
    assert steps.run() == ALL
    assert prepare.prepare(environment) is False
    assert steps.run() == []


@pytest.mark.parametrize("gone", ["portal.sqlite3", "signing", "static", "demo-accounts.txt"])
def test_what_was_removed_is_made_again(
    steps: Steps, environment: dict[str, str], gone: str
) -> None:
    prepare.prepare(environment)
    steps.run()
    path = Path(environment["VAR_DIR"]) / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert prepare.prepare(environment) is True
    assert steps.run() == ALL


def test_older_database_put_back_is_migrated(steps: Steps, environment: dict[str, str]) -> None:
    prepare.prepare(environment)
    steps.run()
    migrated(Path(environment["VAR_DIR"]) / "portal.sqlite3")
    assert prepare.prepare(environment) is True
    assert "world" in steps.run()


def test_changed_source_is_loaded_again(
    steps: Steps, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "fixture.json"
    source.write_text("[]")
    monkeypatch.setattr(prepare, "_source_files", lambda: iter([source]))
    prepare.prepare(environment)
    steps.run()
    source.write_text("[1]")
    assert prepare.prepare(environment) is True
    assert steps.run() == ALL


@pytest.mark.parametrize("fails", ALL)
def test_failed_step_is_repeated_next_time(
    steps: Steps, environment: dict[str, str], fails: str
) -> None:
    steps.fails = fails
    with pytest.raises(prepare.NotPrepared):
        prepare.prepare(environment)
    steps.run()
    steps.fails = ""
    assert prepare.prepare(environment) is True
    assert steps.run() == ALL


def test_database_elsewhere_is_always_brought_up_to_date(
    steps: Steps, environment: dict[str, str]
) -> None:
    environment["DATABASE_URL"] = "postgresql://u:p@db.example/portal"
    for _ in range(2):
        assert prepare.prepare(environment) is True
        assert steps.run() == ALL
