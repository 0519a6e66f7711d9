"""What was recorded cannot be changed unseen: no row, no entry, no end of a chain."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings as django_settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import Appointment, User
from documents.evidence import publish_heads
from permits.models import (
    Application,
    ApplicationClockEvent,
    ApplicationRecord,
    Certificate,
    CertificateNumber,
    RequirementVerdict,
)
from tests.factories import keys
from tests.factories.accounts import make_admin
from tests.factories.base import on_monday
from tests.factories.permits import Cast, make_draft_application, make_issued, make_keys
from workflow import audit, guards
from workflow.models import AuditChain, AuditEntry

pytestmark = pytest.mark.django_db


def make_chained(cast: Cast, at: datetime) -> Application:
    """Return a file whose permit is issued, with its records chained."""
    make_keys(cast)
    application = make_issued(cast, at)
    audit.extend_chains(at)
    return application


@pytest.fixture(scope="module")
def _chained(module_world: None) -> int:
    return on_monday(make_chained)


@pytest.fixture
def chained(_chained: int, db: None) -> Certificate:
    """An issued permit whose records are chained: played once for the module."""
    return Certificate.objects.get(application=_chained)


@contextmanager
def behind_the_guards() -> Iterator[None]:
    """What somebody with the password of the database can do."""
    guards.lift(connection)
    try:
        yield
    finally:
        guards.restore(connection)


def verified(at: datetime) -> str:
    """Return what the command says a day after ``at``, when the heads of ``at`` are still new."""
    out = StringIO()
    with time_machine.travel(at + timedelta(days=1)):
        call_command("verify_audit", stdout=out)
    return out.getvalue()


def log_something(who: User) -> None:
    """Let an administrator change a row: their log belongs to no office."""
    LogEntry.objects.create(
        user=who,
        content_type=ContentType.objects.get_for_model(Appointment),
        object_id="1",
        object_repr="seseorang",
        action_flag=CHANGE,
    )


def problems(*heads: audit.Head) -> list[tuple[str, str]]:
    return [(problem.what, problem.source) for problem in audit.verify(heads)]


def test_everything_of_a_permit_is_chained_once(
    chained: Certificate, cast: Cast, monday: datetime
) -> None:
    assert problems() == []
    entries = AuditEntry.objects.filter(chain__name=cast.office.code)
    sources = set(entries.values_list("source", flat=True))
    assert sources >= {
        "accounts.Appointment",
        "permits.ApplicationRecord",
        "permits.ApplicationClockEvent",
        "permits.RequirementVerdict",
        "permits.Certificate",
        "permits.CertificateNumber",
    }
    assert list(entries.values_list("number", flat=True)) == list(range(1, entries.count() + 1))
    assert audit.extend_chains(monday + timedelta(minutes=1)) == 0


def test_what_is_still_open_waits(cast: Cast, monday: datetime) -> None:
    entries = AuditEntry.objects.filter(source__startswith="permits.")
    before = entries.count()
    make_draft_application(cast, monday)
    audit.extend_chains(monday)
    assert entries.count() == before


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (ApplicationRecord, {"note": "lain"}),
        (RequirementVerdict, {"result": "tidak_sesuai", "reason": "lain"}),
        (Certificate, {"sha256": "0" * 64}),
        (CertificateNumber, {"text": "lain"}),
        (ApplicationClockEvent, {"reason": "lain"}),
    ],
)
def test_a_changed_row_is_named(chained: Certificate, model: Any, change: dict[str, str]) -> None:
    row = model.objects.order_by("-pk").first()
    with behind_the_guards():
        model.objects.filter(pk=row.pk).update(**change)
    (problem,) = audit.verify()
    assert (problem.what, problem.source, problem.row) == ("row", model._meta.label, str(row.pk))


def test_a_removed_row_is_named(chained: Certificate) -> None:
    row = ApplicationRecord.objects.order_by("-pk").first()
    assert row is not None
    with behind_the_guards():
        ApplicationRecord.objects.filter(pk=row.pk).delete()
    (problem,) = audit.verify()
    assert (problem.what, problem.row) == ("row", str(row.pk))


def test_an_appointment_that_ends_is_one_more_entry(chained: Certificate, monday: datetime) -> None:
    appointment = Appointment.objects.order_by("pk").first()
    assert appointment is not None
    appointment.ended_on = monday.date() + timedelta(days=9)
    appointment.save()
    assert problems() == [("row", "accounts.Appointment")]  # until the next minute
    assert audit.extend_chains(monday) == 1
    assert problems() == []


def test_the_database_refuses_to_change_an_entry(chained: Certificate) -> None:
    for change in (
        lambda: AuditEntry.objects.filter(number=1).update(digest="0" * 64),
        lambda: AuditEntry.objects.filter(number=1).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_changed_entry_breaks_its_chain_there(chained: Certificate, cast: Cast) -> None:
    entry = AuditEntry.objects.get(chain__name=cast.office.code, number=2)
    with behind_the_guards():
        AuditEntry.objects.filter(pk=entry.pk).update(digest="0" * 64)
    found = [problem for problem in audit.verify() if problem.what == "entry"]
    assert [(problem.chain, problem.number) for problem in found] == [(cast.office.code, 2)]


def test_entries_that_are_missing_at_the_end_are_missed(chained: Certificate, cast: Cast) -> None:
    last = AuditEntry.objects.filter(chain__name=cast.office.code).last()
    assert last is not None
    with behind_the_guards():
        AuditEntry.objects.filter(pk=last.pk).delete()
    assert ("tail", "") in problems()


def test_a_tail_that_was_cut_off_with_its_head_is_missed_outside(
    chained: Certificate, cast: Cast, monday: datetime
) -> None:
    """In the database all fits: only what left it shows how long the chain was."""
    publish_heads(monday)
    name = cast.office.code
    cut = list(AuditEntry.objects.filter(chain__name=name).order_by("-number")[:3])
    last = AuditEntry.objects.get(chain__name=name, number=cut[-1].number - 1)
    with behind_the_guards():
        for model in {entry.source for entry in cut}:
            keys = [entry.row for entry in cut if entry.source == model]
            AuditEntry.objects.filter(source=model, row__in=keys).delete()
        AuditChain.objects.filter(name=name).update(number=last.number, hash=last.hash)
    assert not [kind for kind, _source in problems() if kind == "tail"]
    sentence = f"{name}: mata rantai {cut[-1].number} dan sesudahnya hilang"
    with pytest.raises(CommandError, match=sentence):
        verified(monday)


def test_an_edited_row_is_named_by_the_command(
    chained: Certificate, cast: Cast, monday: datetime
) -> None:
    row = ApplicationRecord.objects.order_by("pk").first()
    assert row is not None
    with behind_the_guards():
        ApplicationRecord.objects.filter(pk=row.pk).update(note="lain")
    named = rf"{cast.office.code}: permits.ApplicationRecord {row.pk} diubah atau dihapus"
    with pytest.raises(CommandError, match=named):
        verified(monday)


def test_everything_that_is_evidence_is_chained() -> None:
    assert audit.SOURCES.keys() >= {
        "accounts.Appointment",
        "admin.LogEntry",
        "complaints.ComplaintRecord",
        "complaints.IdentityOpening",
        "permits.AnswerVerdict",
        "permits.ApplicationClockEvent",
        "permits.ApplicationRecord",
        "permits.Certificate",
        "permits.CertificateNumber",
        "permits.DueDateChange",
        "permits.RequirementVerdict",
    }


def test_a_chain_made_anew_differs_from_the_head_that_left(
    chained: Certificate, cast: Cast, monday: datetime
) -> None:
    """Even who changes row, entries and head alike is found by the file of yesterday."""
    publish_heads(monday)
    record = ApplicationRecord.objects.order_by("pk").first()
    assert record is not None
    with behind_the_guards():
        ApplicationRecord.objects.filter(pk=record.pk).update(note="lain")
        AuditEntry.objects.all().delete()
        AuditChain.objects.all().delete()
    audit.extend_chains(monday)
    assert problems() == []
    with pytest.raises(CommandError, match=cast.office.code):
        verified(monday)


@pytest.mark.parametrize("office", [True, False])
def test_the_head_is_signed_and_mailed(
    office: bool,
    chained: Certificate,
    cast: Cast,
    monday: datetime,
    settings: Any,
    tmp_path: Path,
) -> None:
    """That of the chain of no office, too: by an office, which it names."""
    log_something(make_admin("operator@contoh.id"))
    audit.extend_chains(monday)
    publish_heads(monday)
    chain = cast.office.code if office else audit.NO_OFFICE
    head = settings.AUDIT_DIR / f"{monday:%Y-%m-%d}-{chain}.json"
    assert json.loads(head.read_text())["signed_by"] == cast.office.code
    done = subprocess.run(
        [
            "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any",
            "-in", head.with_suffix(".p7s"), "-content", head,
            "-CAfile", Path(django_settings.SIGNING_DIR) / "ca.pem", "-out", tmp_path / "text",
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "text").read_bytes() == head.read_bytes()
    (letter,) = mail.outbox
    assert letter.to == ["operator@contoh.id"]
    assert head.name in [name for name, _content, _kind in letter.attachments]
    signed = len(list(settings.AUDIT_DIR.glob("*.p7s")))
    said = verified(monday)
    assert f"dibandingkan dengan {signed} ujung rantai" in said
    assert f"{signed} tanda tangan diperiksa: semua sah" in said
    assert "Tanpa tanda tangan" not in said


def test_without_a_key_the_head_goes_out_unsigned(
    cast: Cast, monday: datetime, settings: Any, tmp_path: Path
) -> None:
    settings.SIGNING_DIR = tmp_path / "no-keys"
    audit.extend_chains(monday)
    names = [path.name for path in publish_heads(monday)]
    assert f"{monday:%Y-%m-%d}-{cast.office.code}.json" in names
    assert not any(name.endswith(".p7s") for name in names)
    assert f"Tanpa tanda tangan: {len(names)} berkas" in verified(monday)


def test_a_head_written_by_somebody_else_is_named(
    chained: Certificate, cast: Cast, monday: datetime, settings: Any
) -> None:
    """Whoever makes a chain anew writes its head, too, but not its signature."""
    publish_heads(monday)
    head = settings.AUDIT_DIR / f"{monday:%Y-%m-%d}-{cast.office.code}.json"
    whole = head.read_bytes()
    head.write_bytes(whole + b"\n")
    with pytest.raises(CommandError, match=f"{head.name}: tanda tangan tidak sah"):
        verified(monday)
    head.write_bytes(whole)
    head.with_suffix(".p7s").write_bytes(b"nonsense")
    with pytest.raises(CommandError, match=f"{head.name}: tanda tangan tidak sah"):
        verified(monday)


def test_a_signature_of_a_stranger_does_not_hold(
    chained: Certificate, monday: datetime, settings: Any, tmp_path: Path
) -> None:
    publish_heads(monday)
    root = keys.new_key()
    stranger = keys.certificate(root, "Orang lain", is_ca=True)
    (tmp_path / "ca.pem").write_bytes(stranger.public_bytes(Encoding.PEM))
    settings.TRUST_DIR = tmp_path
    with pytest.raises(CommandError, match="bukan dari penerbit yang dipercaya"):
        verified(monday)
    (tmp_path / "ca.pem").unlink()
    with pytest.raises(CommandError, match="tidak ada penerbit yang dipercaya di TRUST_DIR"):
        verified(monday)


def test_a_folder_without_heads_is_no_comparison(
    chained: Certificate, cast: Cast, monday: datetime, tmp_path: Path
) -> None:
    """A chain of today has left nothing yet; one of last week should have."""
    assert "dengan 0 ujung rantai" in verified(monday)
    with pytest.raises(CommandError, match=f"{cast.office.code}: tidak ada ujung rantai di "):
        verified(monday + timedelta(days=2))


def test_a_folder_that_ends_too_early_is_named(
    chained: Certificate, cast: Cast, monday: datetime
) -> None:
    """The last days of the folder are what shows that the end of a chain was cut off."""
    publish_heads(monday)
    verified(monday)
    day = f"{monday:%d-%m-%Y}"
    with pytest.raises(CommandError, match=f"{cast.office.code}: ujung .* bertanggal {day}"):
        verified(monday + timedelta(days=2))
