"""A holiday decreed late: promises about complaints are counted again, as those of files are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from complaints import selectors
from complaints.models import Complaint, ComplaintDeadline
from complaints.services import deadlines, recounting
from complaints.views.public import tracking_page
from notices.models import Notice
from permits.services import calendar_changes, recounts
from tests.factories.complaints import make_complaint, make_complaint_desk
from tests.factories.permits import Cast
from workflow.models import AdminTask, Holiday

NOW_DUE = date(2026, 12, 4)


@pytest.fixture
def complaint(cast: Cast, monday):
    make_complaint_desk(cast)
    return make_complaint(cast, monday)


def decree(day: int) -> None:
    """A day of joint leave in November 2026."""
    on = date(2026, 11, day)
    Holiday.objects.create(on=on, name="Cuti", kind="cuti_bersama", decree="Uji")


def due(complaint: Complaint) -> date | None:
    complaint.refresh_from_db()
    return complaint.due_on


def test_a_decree_moves_nothing_by_itself(complaint, monday):
    decree(20)
    calendar_changes.settle(monday)
    assert due(complaint) == NOW_DUE
    admin_task = AdminTask.objects.get(kind="calendar_changed")
    # the answer, the plan and the draft lie behind that day; the others keep theirs
    assert admin_task.facts["total"] == 3


def test_applied_it_moves_what_lies_ahead_and_tells_who_complained(complaint, monday):
    decree(20)
    recounts.apply(monday, actor=None)
    assert due(complaint) == date(2026, 12, 7)
    days = dict(ComplaintDeadline.objects.values_list("kind", "due_on"))
    assert days["kategori"] == date(2026, 11, 18)
    assert days["rencana"] == date(2026, 11, 24)
    assert complaint.records.filter(event=recounting.MOVED).count() == 3
    assert Notice.objects.filter(template="complaints/moved").count() == 1
    recounts.apply(monday, actor=None)
    assert complaint.records.filter(event=recounting.MOVED).count() == 3
    assert not AdminTask.objects.filter(kind="calendar_changed", closed_at=None).exists()


def test_a_date_that_has_passed_stays(complaint, monday):
    decree(17)
    later = monday + timedelta(days=8)  # 24 November: category, completeness and plan are over
    recounts.apply(later, actor=None)
    days = dict(ComplaintDeadline.objects.values_list("kind", "due_on"))
    assert days["kategori"] == date(2026, 11, 18)
    assert days["rencana"] == date(2026, 11, 23)
    assert days["jawaban"] == date(2026, 12, 7)


def test_a_broken_row_stops_only_itself(complaint, cast, monday, monkeypatch):
    other = make_complaint(cast, monday)
    decree(20)
    plain = recounting.transitions.lock

    def lock(row):
        if row.pk == complaint.pk:
            raise RuntimeError("broken")
        return plain(row)

    monkeypatch.setattr(recounting.transitions, "lock", lock)
    recounts.apply(monday, actor=None)
    assert due(complaint) == NOW_DUE
    assert due(other) == date(2026, 12, 7)


def counted_days(complaint: Complaint, at) -> list[date]:
    """The promised day as the desk and the sender see it, and as the count explains it."""
    complaint.refresh_from_db()
    complaint = Complaint.objects.get(pk=complaint.pk)
    calendar = selectors.promise_calendars([complaint])[complaint.pk]
    row = complaint.deadlines.get(kind="jawaban")
    state = deadlines.reckoning_of(row, at, calendar)
    public = tracking_page._promise(complaint, at)
    return [day for day in (complaint.due_on, state.due_on, public.due_on) if day]


def test_pages_show_the_stored_promise_until_the_calendar_is_applied(complaint, monday):
    decree(20)
    assert set(counted_days(complaint, monday)) == {NOW_DUE}
    recounts.apply(monday, actor=None)
    assert set(counted_days(complaint, monday)) == {date(2026, 12, 7)}


def test_figures_of_what_was_answered_keep_their_days(complaint, monday):
    sent_at = monday + timedelta(days=8)
    deadlines.done(complaint, deadlines.ComplaintTermKind.ANSWER, sent_at)
    assert selectors.workdays_until(complaint, sent_at) == 6
    decree(20)
    recounts.apply(monday + timedelta(days=9), actor=None)
    assert selectors.workdays_until(Complaint.objects.get(pk=complaint.pk), sent_at) == 6
    row = complaint.deadlines.get(kind="jawaban")
    calendar = selectors.promise_calendars([complaint])[complaint.pk]
    assert deadlines.reckoning_of(row, monday + timedelta(days=40), calendar).used == 5
