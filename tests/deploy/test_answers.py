"""What an operator must have said before anything is installed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.servers import ROOT

KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
TIMERS = "portal-backup.timer portal-tidy.timer"


def answers(folder: Path, **said: str) -> Path:
    """Write answers for a trial in ``folder``; return the file."""
    written = {
        "ROOT": str(folder / "root"),
        "SYSTEMD": "no",
        "PACKAGES": "no",
        "DATABASE_SUPERUSER": "postgresql://127.0.0.1:1/none",
        "HOST": "localhost",
        "ADMINS": "operator@contoh.test",
        "DEFAULT_FROM_EMAIL": "izin@contoh.test",
        **said,
    }
    file = folder / "answers"
    file.write_text("".join(f"{name}='{value}'\n" for name, value in written.items()))
    return file


def sh(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", *words], cwd=ROOT, capture_output=True, text=True, check=False)


def taken(folder: Path, **said: str) -> str:
    """Return for whom backups are made and which timers run, by these answers."""
    script = '. deploy/steps.sh; answers "$0"; backups_answered; echo "$BACKUP_RECIPIENTS $TIMERS"'
    done = sh("-euc", script, str(answers(folder, **said)))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", ["HOST", "ADMINS", "DEFAULT_FROM_EMAIL", "BACKUP_RECIPIENTS"])
def test_nothing_is_installed_while_an_answer_is_missing(tmp_path: Path, name: str) -> None:
    said = {"BACKUP_RECIPIENTS": KEY, name: ""}
    done = sh("deploy/install.sh", str(answers(tmp_path, **said)))
    assert done.returncode == 1
    assert f"does not say {name}" in done.stderr
    assert not (tmp_path / "root").exists()


def test_who_wants_no_backups_says_so(tmp_path: Path) -> None:
    assert taken(tmp_path, BACKUP_RECIPIENTS=KEY) == f"{KEY} {TIMERS}"
    assert taken(tmp_path, BACKUP_RECIPIENTS="none") == "none portal-tidy.timer"


def test_what_was_written_before_counts_unless_it_was_empty(tmp_path: Path) -> None:
    settings = tmp_path / "root/etc/portal"
    settings.mkdir(parents=True)
    environment = settings / "environment"
    environment.write_text(f"BACKUP_RECIPIENTS='{KEY}'\n")
    assert taken(tmp_path, BACKUP_RECIPIENTS="") == f"{KEY} {TIMERS}"
    environment.write_text("ADMINS='a@b.id'\nBACKUP_RECIPIENTS=''\n")
    assert taken(tmp_path, BACKUP_RECIPIENTS=KEY) == f"{KEY} {TIMERS}"
    assert environment.read_text() == "ADMINS='a@b.id'\n", "so that the answer is written"
