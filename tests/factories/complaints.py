"""Complaint officers for a cast, and reports brought to any point of their life."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from accounts.models import ChannelKind, Office, Position, User
from complaints import selectors
from complaints.domain.lifecycle import Event
from complaints.models import Answer, Complaint, ComplaintRole, ComplaintRules, Role
from complaints.services import events, intake
from complaints.services.identity import Person
from complaints.services.intake import Report
from tests.factories.accounts import make_officer
from tests.factories.permits import NOON, Cast

OFFICER, SECTION_HEAD = "petugas-pengaduan", "kepala-bidang"
BUDI = Person("Budi Pengadu", "3214010101900001", "081234567890", "budi@contoh.id", "Jl. Uji 5")
TEXT = "Berkas saya sudah sepuluh hari tidak bergerak dan petugas tidak memberi penjelasan apa pun."


def make_complaint_desk(cast: Cast, *, ladder: str = "kategori") -> None:
    """Give the office of ``cast`` its parts in complaints: ``cast.at("petugas-pengaduan")``."""
    cast.officers.update(_complaint_officers(cast.office, ladder))


def _complaint_officers(office: Office, ladder: str) -> dict[str, User]:
    head = Position.objects.get(office=office, is_head=True)
    officers = {}
    ComplaintRules.objects.create(office=office, ladder=ladder)
    for code, name, role in (
        (OFFICER, "Petugas Pengaduan", Role.OFFICER),
        (SECTION_HEAD, "Kepala Bidang", Role.SECTION_HEAD),
    ):
        seat = Position.objects.create(office=office, code=code, name=name, superior=head)
        ComplaintRole.objects.create(office=office, role=role, position=seat)
        officers[code] = make_officer(seat, full_name=f"Petugas {code}")
    secretary = Position.objects.get(office=office, code="sekretaris")
    ComplaintRole.objects.create(office=office, role=Role.SECRETARY, position=secretary)
    return officers


def a_report(cast: Cast, at: datetime = NOON, **changes: Any) -> Report:
    """Return a report of a person with a name, through the web form."""
    plain = Report(
        office=cast.office, channel=ChannelKind.FORM, received_at=at, text=TEXT, person=BUDI,
        service=cast.service, served_on=date(2026, 11, 9),
    )  # fmt: skip
    return replace(plain, **changes)


def make_complaint(
    cast: Cast, at: datetime = NOON, *, actor: User | None = None, **changes: Any
) -> Complaint:
    """Return a complaint that has just come in."""
    return intake.register_report(a_report(cast, at, **changes), actor=actor, at=at)


def make_studied(cast: Cast, at: datetime = NOON, **changes: Any) -> Complaint:
    """Return a complaint that its owner has found complete and studies."""
    complaint = make_complaint(cast, at, **changes)
    return events.fire(complaint, Event.STUDY, actor=complaint.owner, at=at)


def make_answered(cast: Cast, came: datetime, sent_at: datetime, **changes: Any) -> Complaint:
    """Return a complaint that came in and whose answer its owner sent, at these instants.

    ``changes`` are columns of the answer.
    """
    complaint = make_studied(cast, came, served_on=None)
    return answer_it(complaint, sent_at, **changes)


def answer_it(complaint: Complaint, sent_at: datetime, **changes: Any) -> Complaint:
    """Have the owner of a studied complaint answer it."""
    writer = complaint.owner
    assert writer is not None
    complaint = events.fire(complaint, Event.DRAFT, actor=writer, at=sent_at)
    complaint = events.fire(complaint, Event.APPROVE, actor=writer, at=sent_at)
    plain: dict[str, Any] = {
        "round": complaint.round, "revision": complaint.answers.count() + 1, "text": "Jawaban",
        "digest": "x", "sent_at": sent_at, "written_by": writer, "written_at": sent_at,
        "sent_by": writer, "sent_through": "email", "proof": "pesan 1",
        "workdays": selectors.workdays_until(complaint, sent_at),
    }  # fmt: skip
    Answer.objects.create(complaint=complaint, **(plain | changes))
    return events.fire(complaint, Event.ANSWER, actor=writer, at=sent_at, note="pesan 1")
