"""Complaints follow the retention schedule: deleted, destroyed, held, and counted all the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Position
from archives.content.report import report_content
from archives.domain.retention import Act
from archives.models import Disposal, LegalHold
from archives.policies import may_decide
from archives.schedule import due_files, key_of, why_not_due
from archives.services import disposals, holds
from archives.services.loading import load_schedule
from complaints.models import (
    Addition,
    Answer,
    ApipRequest,
    Approval,
    Complaint,
    ComplaintFile,
    ComplaintRecord,
    Identity,
    IdentityOpening,
    StudyStep,
)
from complaints.services import figures
from complaints.services.complainant import find_shown
from complaints.services.disposal import destroy
from complaints.services.identity import Person
from notices.models import Notice
from tests.archives.test_own_data import signed_in
from tests.archives.test_retention import FOLDER
from tests.archives.world import found_in_database, found_in_files
from tests.factories.complaints import make_complaint, make_complaint_desk
from tests.factories.permits import NOON, Cast, make_keys
from workflow import audit
from workflow.domain.errors import DomainError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]
HEAD, SECRETARY = "kepala-dinas", "sekretaris"
INACTIVE = NOON.replace(year=2027) + timedelta(days=1)
OVER = NOON.replace(year=2031) + timedelta(days=1)
WORD = "kenariaduan"
SECRET = Person(name=WORD, phone="081277315588", email=f"{WORD}@contoh.id", address=WORD)


@pytest.fixture(autouse=True)
def _now(time_machine) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def office(cast: Cast) -> Cast:
    """An office whose secretary leads others, with keys, the schedule and a complaint desk."""
    load_schedule(FOLDER)
    make_keys(cast)
    make_complaint_desk(cast)
    secretary = cast.office.positions.get(code=SECRETARY)
    Position.objects.filter(office=cast.office, code="front-office").update(superior=secretary)
    return cast


def closed(cast: Cast, **changes) -> Complaint:
    """Return an answered complaint with the word wherever somebody's words stand."""
    complaint = make_complaint(cast, person=SECRET, text=WORD, reference=WORD, **changes)
    officer = cast.at("front-office")
    by = {"officer": officer, "at": NOON}
    Complaint.objects.filter(pk=complaint.pk).update(
        status="dijawab", closed_at=NOON, outside_reference=WORD
    )
    answer = Answer.objects.create(
        complaint=complaint,
        round=1,
        revision=1,
        text=WORD,
        digest="x",
        written_by=officer,
        written_at=NOON,
        sent_at=NOON,
        sent_by=officer,
        sent_through="email",
        proof=WORD,
        rating=4,
        rating_note=WORD,
        workdays=3,
    )
    Approval.objects.create(
        answer=answer,
        level="petugas",
        capacity="Petugas",
        digest="x",
        agreed=True,
        note=WORD,
        with_whom=WORD,
        paper=WORD,
        **by,
    )
    Addition.objects.create(complaint=complaint, by="petugas", text=WORD, **by)
    StudyStep.objects.create(
        complaint=complaint, round=1, step="rencana", result=WORD, with_whom=WORD, **by
    )
    ApipRequest.objects.create(
        complaint=complaint, reason=WORD, note=WORD, asked_by=officer, asked_at=NOON, agreed=True
    )
    ComplaintRecord.objects.create(
        subject=complaint,
        event="catatan",
        source="dijawab",
        to="dijawab",
        actor=officer,
        at=NOON,
        note=WORD,
    )
    IdentityOpening.objects.create(complaint=complaint, person=officer, reason=WORD, at=NOON)
    name = default_storage.save("complaint-files/uji.txt", ContentFile(WORD.encode()))
    ComplaintFile.objects.create(
        complaint=complaint, file=name, content_type="text/plain", size=1, sha256="0", added_at=NOON
    )
    complaint.refresh_from_db()
    return complaint


def propose(cast: Cast, act: Act, complaint: Complaint, at) -> Disposal:
    return disposals.propose(
        cast.office,
        act,
        [key_of(complaint)],
        actor=cast.at(SECRETARY),
        at=at,
        approval="045/12/BA/2031" if act is Act.DESTROY else "",
    )


def done(cast: Cast, act: Act, complaint: Complaint, at) -> Disposal:
    proposal = propose(cast, act, complaint, at)
    disposals.decide(proposal, agreed=True, actor=cast.at(HEAD), at=at)
    disposals.do_due(at)
    disposals.sign_due(at)
    return Disposal.objects.get(pk=proposal.pk)


def test_a_complaint_is_due_when_its_years_are_over(office: Cast) -> None:
    complaint, still_open = closed(office), make_complaint(office)
    assert due_files(office.office, Act.DELETE, INACTIVE - timedelta(days=2)) == []
    due = due_files(office.office, Act.DELETE, INACTIVE)
    assert [(one.file, one.kind) for one in due] == [(complaint, "pengaduan")]
    assert due_files(office.office, Act.DESTROY, OVER) == []  # not deleted yet
    assert why_not_due(still_open, Act.DELETE, OVER) == "not_due"


def test_a_deleted_complaint_leaves_daily_work_and_stays_in_the_book(office: Cast) -> None:
    complaint = closed(office)
    head = office.at(HEAD)
    assert Complaint.objects.visible_to(head).filter(pk=complaint.pk).exists()
    done(office, Act.DELETE, complaint, INACTIVE)
    assert not Complaint.objects.visible_to(head).filter(pk=complaint.pk).exists()
    assert Complaint.objects.in_book_of(head).filter(pk=complaint.pk).exists()
    assert find_shown(str(complaint.public_id)) is None
    assert not complaint.likenesses.exists()
    assert not Notice.objects.filter(about=f"complaint:{complaint.pk}").exists()
    assert Identity.objects.filter(complaint=complaint).exists()
    client = signed_in(head)
    assert client.get(complaint.get_absolute_url()).status_code == 404
    book = client.get(reverse("complaints:book"), {"tahun": NOON.year}).content.decode()
    assert complaint.number in book
    assert complaint.get_absolute_url() not in book


def test_after_destruction_no_word_is_left_and_the_complaint_still_counts(
    office: Cast, django_capture_on_commit_callbacks
) -> None:
    complaint = closed(office)
    assert found_in_database(WORD)  # the search finds what is there
    assert found_in_files({"word": WORD})
    names = list(complaint.files.values_list("file", flat=True))
    later = NOON + timedelta(days=2)
    before = figures.public_figures(office.office, later)
    with django_capture_on_commit_callbacks(execute=True):
        done(office, Act.DELETE, complaint, INACTIVE)
        report = done(office, Act.DESTROY, complaint, OVER)
    assert found_in_database(WORD) == []
    assert names
    assert not any(default_storage.exists(name) for name in names)
    assert not Identity.objects.filter(complaint=complaint).exists()
    kept = Complaint.objects.get(pk=complaint.pk)
    assert (kept.number, kept.status, kept.closed_at) == (
        complaint.number, complaint.status, complaint.closed_at,
    )  # fmt: skip
    assert kept.answers.get().rating == 4
    assert figures.public_figures(office.office, later) == before
    item = report.items.get()
    assert (item.label, item.files, item.application) == (complaint.number, 1, None)
    audit.extend_chains(OVER)
    assert list(audit.verify()) == []
    [rule] = report_content(report)["rules"]
    assert (rule["kind"], rule["source"]) == (
        "Berkas pengaduan dan saran", "asumsi, belum ditetapkan",
    )  # fmt: skip


def test_the_database_lets_go_of_records_by_the_act_alone(office: Cast) -> None:
    complaint = closed(office)
    for act in (
        lambda: complaint.records.update(note=""),
        lambda: complaint.openings.update(reason=""),
        lambda: Approval.objects.filter(answer__complaint=complaint).update(note=""),
        lambda: complaint.records.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    with pytest.raises(DomainError) as refused:
        destroy(complaint, act=1, report="BA 1", at=OVER)
    assert refused.value.code == "not_deleted"
    done(office, Act.DELETE, complaint, INACTIVE)
    done(office, Act.DESTROY, complaint, OVER)
    with pytest.raises(DatabaseError), transaction.atomic():
        complaint.records.update(note="dikarang")


def test_a_held_complaint_stays(office: Cast) -> None:
    complaint = closed(office)
    client = signed_in(office.at(SECRETARY))
    given = {"number": complaint.number, "ground": "Perkara 12/G/2026", "until": ""}
    page = client.post(reverse("archives:hold"), {**given, "whole_person": "on"})
    assert "tidak terhubung dengan akun" in page.content.decode()
    client.post(reverse("archives:hold"), given)
    hold = LegalHold.objects.get(complaint=complaint)
    assert due_files(office.office, Act.DELETE, INACTIVE) == []
    assert why_not_due(complaint, Act.DELETE, INACTIVE) == "is_held"
    assert complaint.number in client.get(reverse("archives:hold")).content.decode()
    holds.lift(hold, reason="Selesai", actor=office.at(HEAD), at=INACTIVE)
    assert why_not_due(complaint, Act.DELETE, INACTIVE) == ""


def test_nobody_disposes_of_a_complaint_about_themselves(office: Cast) -> None:
    complaint = closed(office)
    complaint.subjects.add(office.at(SECRETARY))
    assert due_files(office.office, Act.DELETE, INACTIVE, viewer=office.at(SECRETARY)) == []
    with pytest.raises(DomainError) as refused:
        propose(office, Act.DELETE, complaint, INACTIVE)
    assert refused.value.code == "nothing_chosen"
    proposal = disposals.propose(
        office.office, Act.DELETE, [key_of(complaint)], actor=office.at(HEAD), at=INACTIVE
    )
    assert may_decide(office.at(SECRETARY), proposal, INACTIVE).reason == "disposal_own_matter"


def test_the_pages_show_the_list_with_complaints(office: Cast, time_machine) -> None:
    complaint = closed(office)
    time_machine.move_to(INACTIVE, tick=False)
    secretary = signed_in(office.at(SECRETARY))
    page = reverse("archives:propose", args=["hapus"])
    assert complaint.number in secretary.get(page).content.decode()
    answer = secretary.post(page, {"berkas": [key_of(complaint)]})
    shown = Client()
    shown.force_login(office.at(HEAD), backend="django.contrib.auth.backends.ModelBackend")
    assert complaint.number in shown.get(answer["Location"]).content.decode()
    assert timezone.now() == INACTIVE
