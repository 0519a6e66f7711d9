"""A decree that came this morning, and a year that is decreed at last."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from demo import samples
from notices.models import Notice
from notices.services import deliver_due, gather_digests
from permits.models import ApplicationDeadline, DueDateChange
from permits.services import calendar_changes, recounts, visits
from permits.services.calendar_moves import Move
from tests.factories.permits import Cast, make_accepted, make_cast, make_submitted
from workflow import admin_tasks
from workflow.models import AdminTask, CalendarYear, Holiday

pytestmark = pytest.mark.django_db
DECREED = date(2026, 11, 20)


def decree(office=None):
    kind = "libur_daerah" if office else "cuti_bersama"
    Holiday.objects.create(on=DECREED, name="Pemilihan", kind=kind, office=office, decree="Uji")


def preview(at: datetime, most: int | None = None) -> list[Move]:
    return calendar_changes.preview(calendar_changes.all_counters(at), at, most)


def test_nothing_moves_before_somebody_applies_it(cast, monday):
    application = make_accepted(cast, monday)
    decree()
    calendar_changes.settle(monday)
    moves = preview(monday)
    service = [move for move in moves if move.row.kind == "layanan"]
    assert [(m.old_on, m.new_on) for m in service] == [(date(2026, 11, 24), date(2026, 11, 25))]
    assert samples.reload(application).due_on == date(2026, 11, 24)


def test_a_look_for_a_page_ends_when_the_page_is_full(cast, monday, monkeypatch):
    files = [make_accepted(cast, monday) for _file in range(3)]
    ApplicationDeadline.objects.exclude(kind="layanan").delete()
    decree()
    monkeypatch.setattr(calendar_changes, "BATCH", 1)
    numbers = [move.row.number for move in preview(monday, 2)]
    assert numbers == [file.number for file in files[:2]]
    counters = calendar_changes.all_counters(monday)
    assert len(preview(monday)) == calendar_changes.outdated(counters, monday) == 3


def test_applying_moves_once_tells_the_applicant_and_keeps_old_and_new(cast, monday, mailoutbox):
    application = make_accepted(cast, monday)
    decree()
    assert recounts.apply(monday, actor=None).done >= 1
    assert recounts.apply(monday, actor=None).done == 0
    assert samples.reload(application).due_on == date(2026, 11, 25)
    change = DueDateChange.objects.get(deadline__kind="layanan")
    assert (change.old_on, change.new_on) == (date(2026, 11, 24), date(2026, 11, 25))
    Notice.objects.exclude(template="permits/moved").delete()
    deliver_due(monday)
    assert "Selasa, 24 November 2026" in mailoutbox[0].body
    assert "Rabu, 25 November 2026" in mailoutbox[0].subject


def test_the_marks_of_a_moved_promise_move_with_it(cast, monday):
    application = make_accepted(cast, monday)
    row = application.deadlines.filter(kind="layanan")
    before = row.get().next_mark_at
    decree()
    recounts.apply(monday, actor=None)
    moved = row.get()
    planned = moved.next_mark_at
    from workflow import alarms

    alarms.plan(moved)
    assert planned == moved.next_mark_at
    assert planned is not None
    assert before is not None
    assert planned >= before


def test_each_officer_hears_once_of_all_the_files_on_the_desk(cast, monday, mailoutbox):
    files = [make_accepted(cast, monday) for _n in range(2)]
    decree()
    recounts.apply(monday, actor=None)
    recounts.apply(monday, actor=None)
    [notice] = Notice.objects.filter(template="permits/desk_moved")
    assert notice.recipient == cast.at("tim-teknis")
    assert notice.context["total"] == 2
    assert all(str(file.number) in str(notice.context["moved"]) for file in files)
    Notice.objects.exclude(pk=notice.pk).delete()
    gather_digests(notice.next_try_at)  # it leaves with the digest of the next working day
    deliver_due(notice.next_try_at)
    assert "2 berkas di meja Anda mendapat tanggal janji baru" in mailoutbox[0].body


def test_a_regional_holiday_leaves_other_offices_alone(cast, monday):
    other = make_cast()
    here, there = make_accepted(cast, monday), make_accepted(other, monday)
    decree(cast.office)
    recounts.apply(monday, actor=None)
    assert samples.reload(here).due_on == date(2026, 11, 25)
    assert samples.reload(there).due_on == date(2026, 11, 24)


def test_a_date_that_has_passed_never_moves(cast, monday):
    application = make_accepted(cast, monday)
    decree()
    late = monday + timedelta(days=30)
    assert preview(late) == []
    assert recounts.apply(late, actor=None).done == 0
    assert samples.reload(application).due_on == date(2026, 11, 24)


def test_a_standing_clock_has_no_date_to_move(cast, monday):
    application = make_accepted(cast, monday)
    visits.send_back(application, actor=cast.at("tim-teknis"), at=monday, note="Kurang")
    samples.return_for_completion(samples.reload(application), monday)
    decree()
    assert [m for m in preview(monday) if m.row.kind == "layanan"] == []


def test_one_broken_row_stops_only_itself(cast, monday, monkeypatch):
    good, broken = make_accepted(cast, monday), make_accepted(cast, monday)
    decree()
    whole = calendar_changes._notify_applicants

    def fails(counted, moves):
        if any(move.row.application_id == broken.pk for move in moves):
            raise RuntimeError("broken")
        whole(counted, moves)

    monkeypatch.setattr(calendar_changes, "_notify_applicants", fails)
    assert recounts.apply(monday, actor=None).failed == 1
    assert samples.reload(good).due_on == date(2026, 11, 25)
    assert samples.reload(broken).due_on == date(2026, 11, 24)


# A change without effect, and a look that is asked for ------------------------------------------


def versions(kind: str = "layanan") -> set[str]:
    rows = ApplicationDeadline.objects.filter(kind=kind)
    return set(rows.values_list("calendar_version", flat=True))


def test_a_change_that_moves_nothing_is_noted_by_itself(cast, monday):
    make_accepted(cast, monday)
    before = versions()
    Holiday.objects.create(on=date(2027, 8, 18), name="Uji", kind="cuti_bersama", decree="Uji")
    calendar_changes.settle(monday)
    assert versions() != before
    assert not admin_tasks.waiting().exists()


def test_other_hours_change_the_minute_of_a_step_and_need_nobody(cast, monday):
    sent = make_submitted(cast, monday.replace(hour=15, minute=50))
    step = sent.deadlines.filter(kind="langkah")
    assert step.get().due_at == monday.replace(day=17, hour=7, minute=55)
    for weekday in range(5):
        cast.office.hours.create(weekday=weekday, opens_at="09:00", closes_at="16:00")
    calendar_changes.settle(monday.replace(hour=15, minute=51))
    assert step.get().due_at == monday.replace(day=17, hour=9, minute=25)
    assert not DueDateChange.objects.exists()
    assert not Notice.objects.filter(template="permits/confirmed").exists()


def test_an_administrator_is_asked_to_look_until_it_is_applied(cast, monday):
    make_accepted(cast, monday)
    decree()
    calendar_changes.settle(monday)
    admin_task = admin_tasks.waiting().get()
    assert admin_task.path == reverse("permits:calendar_effect")
    assert "akan bergeser" in admin_tasks.sentence(admin_task)
    recounts.apply(monday, actor=None)
    assert not admin_tasks.waiting().exists()


# A promise beyond the decreed years ---------------------------------------------------------------


@pytest.fixture
def december(monday: datetime) -> datetime:
    """Thursday 23 December 2027: six working days lead into a year without a decree."""
    return monday.replace(year=2027, month=12, day=23)


@pytest.fixture
def estimated(cast: Cast, december: datetime) -> object:
    return make_accepted(cast, december)


def confirm(*holidays: date) -> None:
    for on in holidays:
        Holiday.objects.create(on=on, name="Libur", kind="libur_nasional", decree="SKB 2028")
    CalendarYear.objects.create(year=2028, decree="SKB 2028")


def test_a_promise_past_the_decree_is_an_estimate_and_raises_an_admin_task(estimated, december):
    assert estimated.due_on == date(2028, 1, 3)
    calendar_changes.settle(december)
    admin_task = AdminTask.objects.get(kind="promises_estimated")
    assert "2028" in admin_tasks.sentence(admin_task)
    confirm()
    calendar_changes.settle(december)
    assert not admin_tasks.waiting().exists()


def test_a_decreed_year_moves_its_estimates_without_being_asked(estimated, december, mailoutbox):
    confirm(date(2028, 1, 3))
    calendar_changes.settle(december)
    assert samples.reload(estimated).due_on == date(2028, 1, 4)
    assert DueDateChange.objects.filter(deadline__kind="layanan").count() == 1
    Notice.objects.exclude(template="permits/moved").delete()
    deliver_due(december)
    assert "Selasa, 4 Januari 2028" in mailoutbox[0].subject


def test_an_estimate_that_proves_right_is_confirmed_once(estimated, december, mailoutbox):
    confirm()
    calendar_changes.settle(december)
    calendar_changes.settle(december)
    assert samples.reload(estimated).due_on == date(2028, 1, 3)
    assert not DueDateChange.objects.exists()
    assert Notice.objects.filter(template="permits/confirmed").count() == 1
    Notice.objects.exclude(template="permits/confirmed").delete()
    deliver_due(december)
    assert "sudah pasti" in mailoutbox[0].subject
    assert "bukan perkiraan lagi" in mailoutbox[0].body
