"""What comes in: as what it is taken, what of it is kept, and who gets it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from accounts.models import ChannelKind
from complaints.domain.lifecycle import Status
from complaints.models import Complaint, ComplaintDeadline, Identity, IdentityOpening
from complaints.services import identity, intake
from complaints.services.identity import Person
from notices.models import Notice
from tests.factories.complaints import BUDI, OFFICER, a_report, make_complaint, make_complaint_desk
from tests.factories.permits import Cast, make_accepted
from workflow.domain.errors import DomainError


@pytest.fixture(autouse=True)
def _desk(cast: Cast) -> None:
    make_complaint_desk(cast)


def test_a_complaint_is_numbered_owned_and_promised(cast: Cast, monday: datetime) -> None:
    complaint = make_complaint(cast, monday)
    assert complaint.number.endswith("-2026-00001")
    assert complaint.status == Status.RECEIVED
    assert complaint.owner == cast.at(OFFICER)
    assert complaint.due_on == date(2026, 12, 4)  # fourteen working days after 16 November
    kinds = set(complaint.deadlines.values_list("kind", flat=True))
    assert kinds == {"jawaban", "kelengkapan", "kategori", "rencana", "konsep"}


def test_what_was_entered_late_counts_from_the_day_it_came(cast: Cast, monday: datetime) -> None:
    came = monday - timedelta(days=3)  # Friday
    report = a_report(cast, came, channel=ChannelKind.LETTER)
    complaint = intake.register_report(report, actor=cast.at(OFFICER), at=monday)
    assert complaint.due_on == date(2026, 12, 3)
    assert (complaint.received_at, complaint.entered_at) == (came, monday)


def test_sending_twice_is_once(cast: Cast, monday: datetime) -> None:
    report = a_report(cast, monday)
    first = intake.register_report(report, actor=None, at=monday)
    assert intake.register_report(report, actor=None, at=monday) == first
    assert Complaint.objects.count() == 1


def test_without_identity_it_is_a_suggestion_of_that_day(cast: Cast, monday: datetime) -> None:
    late = monday.replace(hour=22, minute=41, second=7)
    complaint = make_complaint(cast, late, person=Person())
    assert (complaint.status, complaint.grounds) == (Status.SUGGESTION, ["tanpa_identitas"])
    instants = {complaint.received_at, complaint.entered_at, complaint.records.get().at}
    assert instants == {monday.replace(hour=12)}
    assert not Identity.objects.exists()
    assert list(complaint.deadlines.values_list("kind", flat=True)) == ["saran"]


def test_too_late_waits_for_an_officer(cast: Cast, monday: datetime) -> None:
    complaint = make_complaint(cast, monday, served_on=monday.date() - timedelta(days=31))
    assert (complaint.status, complaint.days_after) == (Status.UNDECIDED, 31)


def test_the_file_is_known_by_number_or_code(cast: Cast, monday: datetime) -> None:
    file = make_accepted(cast, monday)
    assert file.number
    for words in (
        file.number.lower(),
        file.number.replace("-", "/"),
        f" {file.tracking_code.lower().replace('-', ' ')} ",
    ):
        assert intake.recognise(cast.office, words) == file
    complaint = make_complaint(cast, monday, service=None, reference=file.number)
    assert (complaint.application, complaint.version) == (file, file.version)
    assert intake.recognise(cast.office, "TIDAK-ADA") is None


def test_the_identity_is_unreadable_where_it_lies(cast: Cast, monday: datetime) -> None:
    row = make_complaint(cast, monday).identity
    for word in (BUDI.name, BUDI.phone, BUDI.national_id):
        assert word.encode() not in bytes(row.sealed)
    assert "Budi" not in f"{row} {row!r} {BUDI!r}"


def test_opening_it_needs_a_reason_and_is_written_down(cast: Cast, monday: datetime) -> None:
    complaint = make_complaint(cast, monday)
    officer = cast.at(OFFICER)
    with pytest.raises(DomainError, match="note_missing"):
        identity.open_identity(complaint, actor=officer, at=monday, reason=" ")
    assert not IdentityOpening.objects.exists()
    found = identity.open_identity(complaint, actor=officer, at=monday, reason="Menelepon")
    assert found == BUDI
    opening = IdentityOpening.objects.get()
    assert (opening.person, opening.reason) == (officer, "Menelepon")
    assert opening.capacity == "Petugas Pengaduan"


def test_who_is_complained_about_opens_nothing(cast: Cast, monday: datetime) -> None:
    complaint = make_complaint(cast, monday)
    officer = cast.at(OFFICER)
    complaint.subjects.add(officer)
    with pytest.raises(DomainError, match="complained_about"):
        identity.open_identity(complaint, actor=officer, at=monday, reason="Ingin tahu")
    assert not Complaint.objects.visible_to(officer).exists()


def test_the_mail_box_of_the_office_holds_no_name(cast: Cast, monday: datetime) -> None:
    make_complaint(cast, monday)
    rows = Notice.objects.filter(template__startswith="complaints/")
    assert {row.template for row in rows} == {"complaints/new", "complaints/received"}
    written = " ".join(f"{row.address} {row.context}" for row in rows)
    for word in (BUDI.name, BUDI.email, BUDI.phone):
        assert word not in written


def test_received_must_lie_before_now(cast: Cast, monday: datetime) -> None:
    report = a_report(cast, monday + timedelta(hours=1))
    with pytest.raises(DomainError, match="received_in_future"):
        intake.register_report(report, actor=None, at=monday)
    assert not ComplaintDeadline.objects.exists()
