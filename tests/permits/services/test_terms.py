"""Terms of a file: who is told at which mark, what is done by rule, and that nothing is missed."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from accounts.models import Appointment, Position
from demo import samples
from notices.models import Addressee, Notice
from notices.selectors import letter as letter_of
from permits import selectors
from permits.domain.lifecycle import Status
from permits.models import Application, ApplicationDeadline, Printout
from permits.services import applications, certificates, documents, filling, visits
from permits.services.printouts import print_due
from tests.factories.permits import (
    Cast,
    make_accepted,
    make_cast,
    make_draft_application,
    make_issued,
    make_submitted,
)
from workflow import alarms
from workflow.models import AdminTask, Alarm, JobStatus, TermMark

pytestmark = pytest.mark.django_db

INSPECTION = "tim-teknis"


def chain(cast: Cast) -> None:
    """Tim teknis answers to the secretary, the secretary to the head."""
    seats = {seat.code: seat for seat in Position.objects.filter(office=cast.office)}
    for code, superior in ((INSPECTION, "sekretaris"), ("sekretaris", "kepala-dinas")):
        seats[code].superior = seats[superior]
        seats[code].save(update_fields=["superior"])


def watched(at: datetime) -> None:
    """One cycle of the sweep; nothing may fail in it."""
    assert alarms.watch_terms(at).failed == 0


def told(template: str, application: Application | None = None) -> list[str]:
    """Return who was told so, in order."""
    rows = Notice.objects.filter(template=f"permits/{template}").order_by("pk")
    if application is not None:
        rows = rows.filter(about=f"application:{application.pk}")
    return [row.recipient.full_name for row in rows]


def only(application: Application, kind: str) -> ApplicationDeadline:
    """Leave one kind of term running, so that a test tells of that one alone."""
    application.deadlines.exclude(kind=kind).delete()
    return application.deadlines.running().get(kind=kind)


def words_of(name: str) -> str:
    """Return the text of a stored PDF as poppler reads it."""
    with default_storage.open(name) as file:
        done = subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=file.read(), capture_output=True, check=True
        )
    return " ".join(done.stdout.decode().split())


def mend(application: Application, when: datetime) -> Application:
    """The applicant replaces what was refused and sends the file again."""
    for line in selectors.checklist(application).refused():
        documents.attach(
            application, line.requirement.pk, samples.pdf_upload("baru.pdf", str(when)),
            actor=application.applicant, at=when,
        )  # fmt: skip
    return samples.reload(samples.submit(application, when))


def at(monday: datetime, days: int, hour: int = 9) -> datetime:
    """Return an hour of a later day."""
    return (monday + timedelta(days=days)).replace(hour=hour)


# The whole file: six working days from Monday 16 November are Tuesday 24 November -------------


def test_the_desk_is_warned_at_each_mark_once(cast: Cast, monday: datetime) -> None:
    application = make_accepted(cast, monday)
    only(application, "layanan")
    watched(at(monday, 1))
    assert told("due_soon") == []
    seen = []
    for day in (3, 3, 4, 7, 7, 8, 8):  # Thursday: half; Friday, Monday, Tuesday
        watched(at(monday, day))
        seen.append(len(told("due_soon")))
    assert seen == [1, 1, 2, 3, 3, 4, 4]
    assert set(told("due_soon")) == {"Petugas tim-teknis"}
    assert told("breached") == []


def test_a_breach_is_told_with_step_reason_and_new_date_and_goes_up_level_by_level(
    cast: Cast, monday: datetime
) -> None:
    chain(cast)
    application = make_accepted(cast, monday)
    only(application, "layanan")
    watched(at(monday, 9, hour=0))  # the due day is over
    deadline = application.deadlines.get(kind="layanan")
    assert deadline.breached_at is not None
    assert told("breached") == ["Siti Pemohon"]
    assert told("overdue") == ["Petugas tim-teknis"]
    assert told("escalated") == []  # nobody is called at midnight
    message = Notice.objects.get(template="permits/breached")
    assert message.context["promised"] == "Selasa, 24 November 2026"
    assert message.context["expected"] == "Selasa, 1 Desember 2026"
    assert message.context["place"] == "Tim teknis"
    watched(at(monday, 9))
    assert told("escalated") == ["Petugas sekretaris"]
    watched(at(monday, 10))
    watched(at(monday, 10))
    assert told("escalated") == ["Petugas sekretaris", "Petugas kepala-dinas"]
    assert told("breached") == ["Siti Pemohon"]


def test_the_reason_is_the_step_that_took_longest_past_its_standard_time(
    cast: Cast, monday: datetime
) -> None:
    make_accepted(cast, monday)
    watched(at(monday, 9))
    reason = Notice.objects.get(template="permits/breached").context["reason"]
    assert reason == "Tim Teknis: Pemeriksaan tim teknis dengan berita acara."


def test_the_superior_gets_the_routing_card(cast: Cast, monday: datetime) -> None:
    chain(cast)
    only(make_accepted(cast, monday), "layanan")
    watched(at(monday, 9))
    ((path, name, kind),) = Notice.objects.get(template="permits/escalated").attachments
    assert (name, kind) == ("kartu-kendali.pdf", "application/pdf")
    assert "Kartu kendali" in words_of(path)


def test_a_missing_superior_and_an_empty_desk_open_admin_tasks(
    cast: Cast, monday: datetime
) -> None:
    only(make_accepted(cast, monday), "layanan")
    watched(at(monday, 9))
    assert AdminTask.objects.get(kind="no_superior").facts["position"] == "Tim teknis"
    chain(cast)
    Appointment.objects.filter(position__code="sekretaris").delete()
    only(make_accepted(cast, monday, applicant=cast.stranger), "layanan")
    watched(at(monday, 9))
    assert AdminTask.objects.get(kind="no_holder").facts["position"] == "Sekretaris"
    assert told("escalated") == [cast.at("kepala-dinas").full_name]


def test_who_may_no_longer_enter_holds_no_chair(cast: Cast, monday: datetime) -> None:
    chain(cast)
    only(make_accepted(cast, monday), "layanan")
    secretary = cast.at("sekretaris")
    secretary.is_active = False
    secretary.save(update_fields=["is_active"])
    watched(at(monday, 9))
    assert told("escalated") == [cast.at("kepala-dinas").full_name]
    assert AdminTask.objects.get(kind="no_holder").facts["position"] == "Sekretaris"


def test_nothing_is_told_while_the_clock_stands(cast: Cast, monday: datetime) -> None:
    application = make_accepted(cast, monday)
    visits.send_back(application, actor=cast.at(INSPECTION), at=monday, note="Periksa lagi")
    samples.return_for_completion(samples.reload(application), monday)
    application.deadlines.exclude(kind="layanan").delete()
    watched(at(monday, 20))
    assert told("due_soon") == told("breached") == []


def test_after_three_days_without_a_sweep_the_missed_is_told_once_and_what_is_past_is_not(
    cast: Cast, monday: datetime
) -> None:
    chain(cast)
    only(make_accepted(cast, monday), "layanan")
    watched(at(monday, 11))  # past every mark at once
    assert told("due_soon") == []
    assert told("breached") == ["Siti Pemohon"]
    assert told("escalated") == ["Petugas sekretaris", "Petugas kepala-dinas"]
    watched(at(monday, 11))
    watched(at(monday, 10))  # the clock steps back
    watched(at(monday, 12))
    assert len(told("escalated")) == 2


def test_a_moved_date_is_warned_of_anew_and_the_old_alarm_is_silent(
    cast: Cast, monday: datetime
) -> None:
    deadline = only(make_accepted(cast, monday), "layanan")
    alarms.raise_alarms(at(monday, 8))
    assert Alarm.objects.count() == 1
    assert deadline.due_at is not None
    moved = deadline.due_at + timedelta(days=7)
    ApplicationDeadline.objects.filter(pk=deadline.pk).update(
        due_on=moved.date() - timedelta(days=1), due_at=moved
    )
    alarms.answer_alarms(at(monday, 8))
    assert told("due_soon") == []


def test_marks_of_the_office_replace_the_usual_ones(cast: Cast, monday: datetime) -> None:
    TermMark.objects.create(office=cast.office, term="permits.layanan", days=-4, act="warn")
    deadline = only(make_accepted(cast, monday), "layanan")
    assert deadline.next_mark_at == at(monday, 2, hour=7).replace(minute=30)
    watched(at(monday, 9))
    assert told("breached") == []


def test_one_broken_row_stops_only_itself_and_is_shown(
    cast: Cast, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = only(make_accepted(cast, monday), "layanan")
    good = only(make_accepted(cast, monday, applicant=cast.stranger), "layanan")
    term = alarms.TERMS["permits.layanan"]

    def answer(found: alarms.Reached) -> None:
        if found.deadline.pk == bad.pk:
            raise ValueError("rusak")
        term.answer(found)

    broken = replace(term, answer=answer)
    monkeypatch.setitem(alarms.TERMS, term.name, broken)
    assert alarms.watch_terms(at(monday, 9)).failed == 1
    assert told("breached") == ["Orang Lain"]
    row = Alarm.objects.get(object_id=bad.pk)
    assert (row.job_status, row.last_error) == (JobStatus.QUEUED, "ValueError: rusak")
    monkeypatch.setitem(alarms.TERMS, term.name, term)
    watched(at(monday, 9, hour=10))
    assert sorted(told("breached")) == ["Orang Lain", "Siti Pemohon"]
    assert good.pk != bad.pk


# Other terms ----------------------------------------------------------------------------------


def test_a_completeness_check_that_takes_too_long_goes_to_the_superior(
    cast: Cast, monday: datetime
) -> None:
    seat = Position.objects.get(office=cast.office, code="front-office")
    seat.superior = Position.objects.get(office=cast.office, code="sekretaris")
    seat.save(update_fields=["superior"])
    application = make_submitted(cast, monday)
    only(application, "pemeriksaan")  # two working days: Wednesday
    watched(at(monday, 2))
    assert told("due_soon") == ["Petugas front-office"]
    watched(at(monday, 3))
    assert told("overdue") == ["Petugas front-office"]
    assert told("escalated") == ["Petugas sekretaris"]
    assert told("breached") == []  # no promise of the office is broken yet


def test_a_silent_applicant_is_reminded_warned_and_the_file_lapses(
    cast: Cast, monday: datetime
) -> None:
    application = make_submitted(cast, monday)
    samples.return_for_completion(application, monday)
    for day in (10, 15, 23, 24, 29):
        watched(at(monday, day))
    assert told("silent") == ["Siti Pemohon"] * 3
    assert samples.reload(application).status == Status.INCOMPLETE
    watched(at(monday, 31))
    fresh = samples.reload(application)
    assert fresh.status == Status.LAPSED
    assert fresh.records.last().note == "Tidak dilengkapi dalam 30 hari sejak dikembalikan."
    assert told("lapsed") == ["Siti Pemohon"]
    assert not fresh.deadlines.running().exists()


def test_an_english_reader_is_told_in_english_with_whom_the_file_is(
    cast: Cast, monday: datetime
) -> None:
    application = make_submitted(cast, monday)
    Addressee.objects.create(user=application.applicant, language="en")
    samples.return_for_completion(application, monday)
    watched(at(monday, 23))
    warned = Notice.objects.filter(template="permits/silent")
    assert {row.context["place"] for row in warned} == {"Applicant"}


def test_nothing_is_taken_from_an_applicant_who_was_never_warned(
    cast: Cast, monday: datetime
) -> None:
    file = samples.return_for_completion(make_submitted(cast, monday), monday)
    draft = make_draft_application(cast, monday, applicant=cast.stranger)
    for day in (120, 121):  # no sweep has run for four months
        watched(at(monday, day))
    assert told("silent") == ["Siti Pemohon"]
    assert told("draft_expiring") == ["Orang Lain"]
    warning = Notice.objects.get(template="permits/silent")
    assert warning.context["promised"] == "Selasa, 23 Maret 2027"
    assert samples.reload(file).status == Status.INCOMPLETE
    for day in (126, 128, 129):
        watched(at(monday, day))
    assert samples.reload(file).status == Status.LAPSED
    assert not Application.objects.filter(pk=draft.pk).exists()


def test_who_completes_in_time_hears_nothing_more(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    samples.return_for_completion(application, monday)
    mended = mend(samples.reload(application), at(monday, 3))
    mended.deadlines.filter(kind="pemeriksaan").delete()
    watched(at(monday, 60))
    assert told("silent") == []
    assert samples.reload(application).status == Status.SUBMITTED


def test_a_product_that_lies_a_month_gets_a_letter_with_number_and_address(
    cast: Cast, monday: datetime
) -> None:
    application = make_issued(cast, monday)
    watched(at(monday, 16))
    assert told("collect_soon") == ["Siti Pemohon"]
    watched(at(monday, 31))  # 17 December, the day after
    assert sorted(told("uncollected")) == ["Petugas front-office", "Siti Pemohon"]
    printout = Printout.objects.get(kind=Printout.Kind.LETTER)
    print_due(at(monday, 31))
    printout.refresh_from_db()
    browser = Client()
    browser.force_login(cast.at("front-office"))
    page = browser.get(application.get_desk_url()).content.decode()
    letter = reverse("permits:letter_pdf", args=[application.public_id])
    assert letter in page
    assert browser.get(letter)["Content-Type"] == "application/pdf"
    text = words_of(str(printout.file.name))
    assert "005/001/DPMPTSP/XII/2026" in text
    assert "Jalan Melati Nomor 2" in text
    assert str(application.certificate.number) in text
    for message in Notice.objects.filter(template="permits/uncollected"):
        assert message.attachments == [[printout.file.name, "surat.pdf", "application/pdf"]]
        body = letter_of(message).text
        assert "Buka permohonan:" in body
        assert "Buka permohonan Anda" not in body  # it goes to the desk, too


def test_a_collected_product_gets_no_letter(cast: Cast, monday: datetime) -> None:
    application = make_issued(cast, monday)
    certificates.collect(application, actor=cast.applicant, at=at(monday, 2))
    watched(at(monday, 40))
    assert told("collect_soon") == told("uncollected") == []


def test_a_permit_that_ends_is_announced_three_times(calendar: None, monday: datetime) -> None:
    yearly = make_cast(validity_months=12)
    application = samples.advance(make_issued(yearly, monday), None, monday)
    for day in (270, 275, 276, 335, 336, 358, 359):  # 16 November 2027 is day 365
        watched(at(monday, day))
    assert told("expiring") == ["Siti Pemohon"] * 3
    watched(at(monday, 366))
    watched(at(monday, 367))
    assert told("expired") == ["Siti Pemohon"]
    assert not application.deadlines.running().exists()


def test_a_draft_is_announced_before_it_is_deleted_and_working_on_it_keeps_it(
    cast: Cast, monday: datetime
) -> None:
    kept = make_draft_application(cast, monday)
    lost = make_draft_application(cast, monday, applicant=cast.stranger)
    filling.save_form(kept, at=at(monday, 60), identity={"holder_name": "Masih dikerjakan"})
    for day in (50, 76, 87, 91):
        watched(at(monday, day))
    assert told("draft_expiring") == ["Orang Lain", "Orang Lain"]
    assert told("draft_deleted") == ["Orang Lain"]
    assert not Application.objects.filter(pk=lost.pk).exists()
    assert Application.objects.filter(pk=kept.pk).exists()


def test_withdrawing_ends_every_term(cast: Cast, monday: datetime) -> None:
    application = make_accepted(cast, monday)
    applications.withdraw_application(
        application, actor=cast.applicant, at=monday, note="Salah layanan"
    )
    watched(at(monday, 90))
    assert told("due_soon") == told("breached") == told("escalated") == []
