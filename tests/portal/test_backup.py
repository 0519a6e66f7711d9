"""A backup is whole, encrypted and read back; it is restored only where nothing is."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import FileField

from portal import backup, watch
from portal.management.commands import restore
from tests.factories.accounts import make_admin
from tests.servers import burn, running_portal
from workflow.models import Heartbeat

KEY = pyrage.x25519.Identity.generate()
OTHER = pyrage.x25519.Identity.generate()

ISSUE = """
from django.utils import timezone
from accounts.models import User
from demo import samples
from permits.models import Certificate
from standards.models import Service
now = timezone.now()
applicant = User.objects.get(email="pemohon1@demo.invalid")
for service in Service.objects.order_by("pk"):
    samples.advance(samples.submit(samples.draft(service, applicant, now), now), None, now)
print(Certificate.objects.public().exclude(file="").count())
"""
VERIFY = """
from documents.verification import examine, sha256
from permits.models import Certificate
for certificate in Certificate.objects.public().exclude(file=""):
    pdf = certificate.file.read()
    assert examine(pdf).problem is None
    assert sha256(pdf) == certificate.sha256
print(Certificate.objects.public().exclude(file="").count())
"""


@pytest.mark.slow
def test_after_a_fire_everything_issued_still_verifies(tmp_path: Path) -> None:
    key = tmp_path / "key.txt"
    key.write_text(f"# created: yesterday\n{KEY}\n")
    settings = {"BACKUP_RECIPIENTS": str(KEY.to_public())}
    with running_portal(parts=(), environment=settings) as portal:
        issued = portal.play(ISSUE).split()[-1]
        assert int(issued) >= 5
        portal.manage("backup", str(tmp_path))
        (made,) = tmp_path.glob("portal-*.tar.age")
        burn(portal)
        portal.manage("restore", str(made), "--identity", str(key))
        assert portal.manage("shell", "--command", VERIFY).split()[-1] == issued
        with pytest.raises(AssertionError, match="tidak kosong"):
            portal.manage("restore", str(made), "--identity", str(key))


# The set itself. The database is one file of it: here it is a short one.


@pytest.fixture
def private(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of private files with one file in it."""
    folder = tmp_path / "data" / "private"
    folder.mkdir(parents=True)
    (folder / "ktp.pdf").write_bytes(b"%PDF- one")
    settings.PRIVATE_ROOT = folder
    monkeypatch.setattr(backup, "_dump", lambda path: path.write_bytes(b"rows"))
    monkeypatch.setattr(backup, "_load", lambda path: None)
    return folder


def make(target: Path, at: datetime, *keys: str) -> backup.Manifest:
    return backup.make_backup(target, keys or [str(KEY.to_public())], at)


@pytest.mark.django_db
def test_a_set_tells_nothing_without_the_key(
    private: Path, tmp_path: Path, monday: datetime
) -> None:
    manifest = make(tmp_path / "set", monday)
    assert set(manifest.members) == {"database", "files/ktp.pdf"}
    sealed = (tmp_path / "set").read_bytes()
    assert sealed.startswith(b"age-encryption.org/v1")
    assert b"%PDF- one" not in sealed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "set"]
    assert [path.name for path in private.parent.iterdir()] == ["private"]
    assert (tmp_path / "set").stat().st_mode & 0o077 == 0
    private.joinpath("ktp.pdf").unlink()
    restore_with_empty_database(tmp_path / "set", KEY, private)
    assert private.joinpath("ktp.pdf").read_bytes() == b"%PDF- one"
    private.joinpath("ktp.pdf").unlink()
    with pytest.raises(backup.BackupError, match="(?i)kunci"):
        restore_with_empty_database(tmp_path / "set", OTHER, private)
    assert list(private.iterdir()) == []


def restore_with_empty_database(
    source: Path, key: pyrage.x25519.Identity, private: Path
) -> backup.Manifest:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.introspection, "table_names", list)
        return backup.restore_backup(source, str(key))


@pytest.mark.django_db
@pytest.mark.parametrize("lost", [1, 200, 5000])
def test_a_set_that_was_cut_off_is_refused(
    lost: int, private: Path, tmp_path: Path, monday: datetime
) -> None:
    make(tmp_path / "set", monday)
    (tmp_path / "short").write_bytes((tmp_path / "set").read_bytes()[:-lost])
    private.joinpath("ktp.pdf").unlink()
    with pytest.raises(backup.BackupError):
        restore_with_empty_database(tmp_path / "short", KEY, private)
    assert list(private.iterdir()) == []


@pytest.mark.django_db
def test_a_set_of_a_newer_version_is_refused(
    private: Path, tmp_path: Path, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_applied", lambda: ["permits.9999_tomorrow"])
    make(tmp_path / "set", monday)
    private.joinpath("ktp.pdf").unlink()
    with pytest.raises(backup.BackupError, match="permits.9999_tomorrow"):
        restore_with_empty_database(tmp_path / "set", KEY, private)


@pytest.mark.django_db
def test_nothing_is_restored_over_files(private: Path, tmp_path: Path, monday: datetime) -> None:
    make(tmp_path / "set", monday)
    with pytest.raises(backup.BackupError, match="tidak kosong"):
        restore_with_empty_database(tmp_path / "set", KEY, private)


@pytest.mark.django_db
def test_a_file_that_the_database_knows_and_the_disk_has_lost_stops_the_backup(
    private: Path, tmp_path: Path, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_known_files", lambda: iter(["ktp.pdf", "nib.pdf"]))
    with pytest.raises(backup.BackupError, match="1 berkas .* nib.pdf"):
        make(tmp_path / "set", monday)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.django_db
def test_a_file_that_is_deleted_meanwhile_is_named_then_and_at_the_restore(
    private: Path, tmp_path: Path, monday: datetime, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """The sweeps of the night delete what is due; the dump may be older and know it."""
    settings.BACKUP_RECIPIENTS = [str(KEY.to_public())]
    due = private / "nib.pdf"
    due.write_bytes(b"%PDF- two")
    monkeypatch.setattr(
        backup, "_known_files", lambda: iter(path.name for path in private.iterdir())
    )

    def dump(path: Path) -> None:
        path.write_bytes(b"rows")
        due.unlink()

    monkeypatch.setattr(backup, "_dump", dump)
    said = StringIO()
    call_command("backup", str(tmp_path), stdout=said)
    assert "1 berkas dihapus selama cadangan dibuat, tidak ada di dalamnya: nib.pdf" in (
        said.getvalue()
    )
    (made,) = tmp_path.glob("portal-*.tar.age")
    private.joinpath("ktp.pdf").unlink()
    monkeypatch.setattr(backup, "_known_files", lambda: iter(["ktp.pdf", "nib.pdf"]))
    key = tmp_path / "key.txt"
    key.write_text(str(KEY))
    monkeypatch.setattr(connection.introspection, "table_names", list)
    monkeypatch.setattr(restore, "call_command", lambda *_words, **_options: None)
    call_command("restore", str(made), identity=key, stdout=said)
    assert "1 berkas yang dikenal basis data tidak ada di cadangan ini" in said.getvalue()
    assert said.getvalue().rstrip().endswith(": nib.pdf")


@pytest.mark.django_db
def test_every_column_of_files_is_looked_at(private: Path) -> None:
    columns = {
        f"{model._meta.label}.{column.name}"
        for model in apps.get_models()
        for column in model._meta.local_concrete_fields
        if isinstance(column, FileField)
    }
    assert {"permits.Document.file", "permits.Certificate.file"} <= columns
    assert set(backup._known_files()) <= {"ktp.pdf"}


@pytest.mark.django_db
@pytest.mark.parametrize("keys", [[], ["age1nonsense"]])
def test_a_key_that_is_none_is_named(
    keys: list[str], settings: Any, private: Path, tmp_path: Path
) -> None:
    settings.BACKUP_RECIPIENTS = keys
    with pytest.raises(CommandError, match="(?i)kunci"):
        call_command("backup", str(tmp_path))


# Its age ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_old_backup_is_told_once(settings: Any, monday: datetime) -> None:
    make_admin("operator@contoh.test")
    settings.BACKUPS_AWAITED = True
    watch.expect_sweeps(monday)
    watch.backup_made(monday)

    def told(hours: int) -> list[str]:
        at = monday + timedelta(hours=hours)
        Heartbeat.objects.exclude(sweep=watch.BACKUP).update(finished_at=at)
        watch.watch(at)
        subjects = [str(letter.subject) for letter in mail.outbox]
        mail.outbox.clear()
        return subjects

    assert told(26) == []
    assert told(27) == ["Cadangan data terlambat"]
    assert told(28) == []
    watch.backup_made(monday + timedelta(hours=29))
    assert told(30) == []
    assert told(56) == ["Cadangan data terlambat"]


@pytest.mark.django_db
def test_where_backups_were_forgotten_their_lack_is_told(settings: Any, monday: datetime) -> None:
    """In production one is awaited even if nobody said for whom: tests/portal/test_settings.py."""
    make_admin("operator@contoh.test")
    settings.BACKUPS_AWAITED, settings.BACKUP_RECIPIENTS = True, []
    watch.watch(monday)
    assert watch.BACKUP in watch.watch(monday + timedelta(hours=27))


@pytest.mark.django_db
def test_where_no_backups_are_wanted_none_is_awaited(settings: Any, monday: datetime) -> None:
    settings.BACKUPS_AWAITED = False
    watch.expect_sweeps(monday)
    assert watch.BACKUP not in watch.watch(monday + timedelta(days=9))
