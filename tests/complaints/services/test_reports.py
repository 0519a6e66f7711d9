"""The monthly report: what it counts, and its own small chain of initials."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from complaints.domain.lifecycle import Event
from complaints.models import (
    BookPaper,
    Complaint,
    ComplaintRole,
    MonthlyReport,
    ReportDeadline,
    ReportInitial,
    Role,
)
from complaints.services import book_papers, events, figures, reports
from complaints.services.identity import Person
from notices.models import Notice
from reports.domain.lifecycle import ReportStatus
from tests.factories.accounts import make_officer
from tests.factories.base import base_cast
from tests.factories.complaints import (
    BUDI,
    OFFICER,
    TEXT,
    answer_it,
    make_answered,
    make_complaint,
    make_complaint_desk,
)
from tests.factories.permits import Cast
from workflow.alarms import watch_terms
from workflow.domain.errors import DomainError, TransitionRefused

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
OCTOBER = date(2026, 10, 1)
IN_OCTOBER = datetime(2026, 10, 5, 9, 0, tzinfo=WIB)
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=WIB)


@pytest.fixture
def cast(time_machine) -> Cast:
    time_machine.move_to(NOW, tick=False)
    cast = base_cast()
    make_complaint_desk(cast)
    return cast


def compiled(cast: Cast, at: datetime = NOW) -> MonthlyReport:
    return reports.compile_report(cast.office, OCTOBER, actor=cast.at(OFFICER), at=at)


def submitted(cast: Cast) -> MonthlyReport:
    report = compiled(cast)
    return reports.submit_report(report, actor=cast.at(OFFICER), at=NOW, seen=report.digest)


def approved(cast: Cast) -> MonthlyReport:
    report = submitted(cast)
    return reports.approve_report(report, actor=cast.at("sekretaris"), at=NOW, seen=report.digest)


def answered(cast: Cast, sent_at: datetime, **changes: object) -> Complaint:
    """Return a complaint whose answer was sent at an instant."""
    return make_answered(cast, IN_OCTOBER, sent_at, **changes)


def told(what: str) -> list[str]:
    rows = Notice.objects.filter(template=f"complaints/{what}").select_related("recipient")
    return [row.recipient.full_name for row in rows]


def rows_of(report: MonthlyReport, title: str) -> dict[str, int]:
    return {
        label: n for table in report.content["tables"] if title in table["title"]
        for label, n in table["rows"]
    }  # fmt: skip


# What it counts


def test_it_counts_what_came_in_within_the_month_where_the_office_stands(cast):
    begins = datetime(2026, 10, 1, 0, 0, tzinfo=WIB)
    ends = datetime(2026, 10, 31, 23, 59, 59, tzinfo=WIB)
    for at in (begins - timedelta(seconds=1), begins, ends, ends + timedelta(seconds=1)):
        make_complaint(cast, at, served_on=None)
    make_complaint(cast, IN_OCTOBER, person=Person(), served_on=None)

    report = compiled(cast)

    assert report.content["received"] == {"total": 3, "complaints": 2, "suggestions": 1}


def test_all_fourteen_components_stand_there_and_what_is_not_classified(cast):
    make_complaint(cast, IN_OCTOBER, served_on=None)
    one = make_complaint(cast, IN_OCTOBER, served_on=None)
    Complaint.objects.filter(pk=one.pk).update(problem="waktu", weight="berat")

    report = compiled(cast)

    problems = rows_of(report, "komponen")
    assert len(problems) == 15
    assert problems["Jangka waktu penyelesaian"] == 1
    assert problems["Belum ditentukan"] == 1
    assert problems["Biaya/tarif"] == 0
    assert rows_of(report, "bobot") == {"Berat": 1}
    assert rows_of(report, "saluran") == {"Formulir pengaduan": 2}
    assert rows_of(report, "Menurut layanan") == {cast.service.name: 2}


def test_the_time_is_of_the_answers_of_the_month(cast):
    for day in (7, 9, 28):  # two, four and seventeen working days after Monday the fifth
        answered(cast, datetime(2026, 10, day, 10, 0, tzinfo=WIB), rating=4,
                 rated_at=datetime(2026, 10, 29, 10, 0, tzinfo=WIB))  # fmt: skip
    answered(cast, datetime(2026, 11, 2, 8, 0, tzinfo=WIB))

    report = compiled(cast)

    assert report.content["time"] == {
        "answered": 3, "in_time": 2, "late": 1, "median": "4 hari kerja", "most": "17 hari kerja",
    }  # fmt: skip
    assert report.content["ratings"]["mean"] == "4,00"
    assert report.content["ratings"]["given"] == 3
    assert rows_of(report, "hasil") == {"Dijawab tepat waktu": 2, "Dijawab terlambat": 2}


def test_an_answer_after_reopening_is_late_by_the_promise_of_its_round(cast):
    came = IN_OCTOBER - timedelta(days=60)
    row = make_answered(cast, came, IN_OCTOBER - timedelta(days=20))  # late, in September
    again = IN_OCTOBER - timedelta(days=5)
    row.round = 2
    row.save(update_fields=["round"])
    row = events.fire(row, Event.REOPEN, actor=row.owner, at=again, note="Belum jelas")
    answer_it(row, IN_OCTOBER)

    time = compiled(cast).content["time"]

    assert (time["answered"], time["in_time"], time["late"]) == (1, 1, 0)


def test_what_is_open_and_late_is_said_as_it_was_when_it_was_compiled(cast):
    make_complaint(cast, IN_OCTOBER, served_on=None)
    make_complaint(cast, NOW - timedelta(hours=1), served_on=None)

    assert compiled(cast).content["open"] == {"total": 2, "late": 1}


def test_an_empty_month_is_a_report_too(cast):
    report = compiled(cast)

    assert report.content["received"]["total"] == 0
    assert report.content["time"]["median"] == ""


def test_it_names_nobody(cast):
    make_complaint(cast, IN_OCTOBER, served_on=None)

    words = str(compiled(cast).content)

    for secret in (BUDI.name, BUDI.phone, TEXT, "PGD-"):
        assert secret not in words


# The chain


def test_a_month_that_runs_has_no_report(cast):
    with pytest.raises(DomainError, match="report_too_early"):
        reports.compile_report(cast.office, date(2026, 11, 1), actor=cast.at(OFFICER), at=NOW)


def test_only_complaint_officers_compile(cast):
    for person in ("sekretaris", "kepala-dinas", "back-office"):
        with pytest.raises(DomainError, match="not_a_complaint_officer"):
            reports.compile_report(cast.office, OCTOBER, actor=cast.at(person), at=NOW)


def test_from_the_compiler_by_the_secretary_to_the_head(cast):
    report = approved(cast)
    report = reports.hand_over(report, actor=cast.at("sekretaris"), at=NOW)

    assert report.status == ReportStatus.HANDED_OVER
    assert [row.level for row in reports.valid_initials(report)] == ["penyusun", "sekretaris"]
    assert told("report_check") == ["Petugas sekretaris"]
    assert told("report_approved") == [f"Petugas {OFFICER}"]
    assert told("report_handed") == ["Petugas kepala-dinas"]


def test_the_secretary_hands_it_back_once_with_remarks(cast):
    report = submitted(cast)
    with pytest.raises(TransitionRefused, match="note_missing"):
        reports.return_report(report, actor=cast.at("sekretaris"), at=NOW, note=" ")
    report = reports.return_report(
        report, actor=cast.at("sekretaris"), at=NOW, note="Lengkapi klasifikasi"
    )
    assert report.status == ReportStatus.RETURNED
    assert told("report_returned") == [f"Petugas {OFFICER}"]

    again = compiled(cast)
    assert again.pk == report.pk
    again = reports.submit_report(again, actor=cast.at(OFFICER), at=NOW, seen=again.digest)
    again = reports.approve_report(again, actor=cast.at("sekretaris"), at=NOW, seen=again.digest)
    assert again.status == ReportStatus.APPROVED


def test_compiled_again_the_initials_under_the_old_content_are_void(cast):
    report = submitted(cast)
    make_complaint(cast, IN_OCTOBER, served_on=None)

    again = compiled(cast)

    assert again.status == ReportStatus.COMPILED
    assert again.digest != report.digest
    assert ReportInitial.objects.filter(report=again).exists()
    assert reports.valid_initials(again) == []


def test_initials_are_for_what_was_on_the_screen(cast):
    report = submitted(cast)
    make_complaint(cast, IN_OCTOBER, served_on=None)
    again = compiled(cast)
    again = reports.submit_report(again, actor=cast.at(OFFICER), at=NOW, seen=again.digest)

    with pytest.raises(DomainError, match="report_changed"):
        reports.approve_report(again, actor=cast.at("sekretaris"), at=NOW, seen=report.digest)
    again.refresh_from_db()
    assert again.status == ReportStatus.CHECKED


def test_what_is_approved_is_compiled_no_more(cast):
    approved(cast)

    with pytest.raises(TransitionRefused):
        compiled(cast)


def test_nobody_checks_their_own_report(cast):
    seat = cast.at("sekretaris").appointments.get().position
    ComplaintRole.objects.create(office=cast.office, role=Role.OFFICER, position=seat)
    report = reports.compile_report(cast.office, OCTOBER, actor=cast.at("sekretaris"), at=NOW)
    report = reports.submit_report(report, actor=cast.at("sekretaris"), at=NOW, seen=report.digest)

    with pytest.raises(DomainError, match="report_own"):
        reports.approve_report(report, actor=cast.at("sekretaris"), at=NOW, seen=report.digest)


def test_who_compiled_an_earlier_version_does_not_check_the_last(cast):
    seat = cast.at("sekretaris").appointments.get().position
    ComplaintRole.objects.create(office=cast.office, role=Role.OFFICER, position=seat)
    reports.compile_report(cast.office, OCTOBER, actor=cast.at("sekretaris"), at=NOW)
    report = compiled(cast)
    report = reports.submit_report(report, actor=cast.at(OFFICER), at=NOW, seen=report.digest)
    assert report.compiled_by == cast.at(OFFICER)

    with pytest.raises(DomainError, match="report_own"):
        reports.approve_report(report, actor=cast.at("sekretaris"), at=NOW, seen=report.digest)
    assert not MonthlyReport.objects.waiting_for(cast.at("sekretaris")).exists()


def test_the_head_neither_checks_nor_hands_over(cast):
    report = submitted(cast)

    with pytest.raises(DomainError, match="not_the_secretary"):
        reports.approve_report(report, actor=cast.at("kepala-dinas"), at=NOW, seen=report.digest)


def test_an_office_without_secretary_goes_straight_to_the_head(cast):
    ComplaintRole.objects.filter(role=Role.SECRETARY).delete()

    report = submitted(cast)

    assert report.status == ReportStatus.HANDED_OVER
    assert told("report_handed") == ["Petugas kepala-dinas"]
    assert reports.paper_content(report, cast.at(OFFICER), NOW)["without_secretary"]


def test_the_paper_carries_the_names_of_the_initials(cast):
    report = approved(cast)
    content = reports.paper_content(report, cast.at("kepala-dinas"), NOW)
    paper = book_papers.order(
        BookPaper.Kind.REPORT,
        cast.office,
        content,
        name="Laporan",
        actor=cast.at("kepala-dinas"),
        at=NOW,
    )
    assert book_papers.print_books(NOW).done == 1
    paper.refresh_from_db()

    assert [row[1] for row in content["initials"]] == [
        f"Petugas {OFFICER}", "Petugas sekretaris",
    ]  # fmt: skip
    assert book_papers.read(paper).startswith(b"%PDF")


# The reminder


def test_on_the_first_working_day_who_compiles_is_reminded(cast):
    make_complaint(cast, NOW, served_on=None)
    row = ReportDeadline.objects.get()
    assert row.month == date(2026, 11, 1)

    watch_terms(datetime(2026, 11, 30, 16, 0, tzinfo=WIB))
    assert told("report_due") == []
    watch_terms(datetime(2026, 12, 1, 8, 30, tzinfo=WIB))
    watch_terms(datetime(2026, 12, 1, 9, 30, tzinfo=WIB))

    assert told("report_due") == [f"Petugas {OFFICER}"]
    assert ReportDeadline.objects.filter(month=date(2026, 12, 1)).exists()


def test_the_first_working_day_comes_after_the_holidays(cast):
    reports.report_terms.expect(cast.office, date(2025, 12, 1))

    row = ReportDeadline.objects.get()

    assert row.next_mark_at == datetime(2026, 1, 2, 7, 30, tzinfo=WIB)


def test_a_report_that_was_handed_over_reminds_nobody(cast):
    report = approved(cast)
    reports.hand_over(report, actor=cast.at(OFFICER), at=NOW)

    assert not ReportDeadline.objects.filter(month=OCTOBER).running().exists()


def test_a_late_report_is_told_to_the_secretary_too(cast):
    reports.report_terms.expect(cast.office, OCTOBER)
    extra = make_officer(cast.at(OFFICER).appointments.get().position, full_name="Rekan")

    watch_terms(datetime(2026, 11, 9, 9, 0, tzinfo=WIB))

    assert sorted(told("report_due")) == sorted(
        [f"Petugas {OFFICER}", extra.full_name, "Petugas sekretaris"]
    )
    assert ReportDeadline.objects.get(month=OCTOBER).breached_at is not None


@pytest.mark.parametrize(
    ("days", "language", "words"),
    [
        (0.0, "id", "hari yang sama"),
        (1.0, "id", "1 hari kerja"),
        (3.5, "id", "3,5 hari kerja"),
        (1.0, "en", "1 working day"),
        (3.5, "en", "3.5 working days"),
        (None, "en", ""),
    ],
)
def test_a_length_is_said_in_words(days: float | None, language: str, words: str) -> None:
    with translation.override(language):
        assert figures.days_text(days) == words
