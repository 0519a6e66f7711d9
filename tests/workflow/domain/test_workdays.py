"""The nine vectors of counting, and the edges of the calendar."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.factories.workflow import make_calendar
from workflow.domain.clock import ClockEvent, ClockKind, ClockRules, Term, reckon
from workflow.domain.errors import DomainError
from workflow.domain.workdays import HolidayKind, SpecialDay, WorkCalendar

CALENDAR = make_calendar()
WIB = ZoneInfo("Asia/Jakarta")
RULES = ClockRules(WIB)

VECTORS = [
    (date(2025, 8, 14), 3, date(2025, 8, 20)),
    (date(2026, 3, 16), 5, date(2026, 3, 30)),
    (date(2026, 3, 17), 5, date(2026, 3, 31)),
    (date(2026, 5, 13), 5, date(2026, 5, 22)),
    (date(2026, 5, 26), 7, date(2026, 6, 9)),
    (date(2026, 11, 20), 14, date(2026, 12, 10)),
    (date(2026, 12, 18), 14, date(2027, 1, 13)),
    (date(2027, 3, 4), 7, date(2027, 3, 23)),
    (date(2026, 3, 18), 5, date(2026, 4, 1)),  # joint leave: received on the 25th
]


@pytest.mark.parametrize(("start", "workdays", "due"), VECTORS)
def test_due_day_of_the_nine_vectors(start, workdays, due):
    began = datetime.combine(start, datetime.min.time(), WIB).replace(hour=9)
    said = reckon([ClockEvent(ClockKind.START, began)], Term(workdays), CALENDAR, RULES, began)
    assert said.due_on == due


@pytest.mark.parametrize(("start", "workdays", "due"), VECTORS[:-1])
def test_adding_workdays_to_a_workday_gives_the_same_day(start, workdays, due):
    assert CALENDAR.add(start, workdays) == due


def test_without_joint_leave_the_second_vector_would_be_wrong():
    national = WorkCalendar(
        [d for d in make_calendar()._special.values() if d.kind is HolidayKind.NATIONAL],
        confirmed_until=date(2027, 12, 31),
    )
    assert national.add(date(2026, 3, 16), 5) == date(2026, 3, 24)


@pytest.mark.parametrize(("year", "workdays"), [(2025, 237), (2026, 240), (2027, 242)])
def test_workdays_of_a_year(year, workdays):
    assert CALENDAR.count(date(year - 1, 12, 31), date(year, 12, 31)) == workdays


def test_counting_past_the_last_decreed_year_is_refused():
    with pytest.raises(DomainError) as refusal:
        CALENDAR.add(date(2027, 12, 29), 5)
    assert refusal.value.code == "calendar_not_decreed"
    assert refusal.value.facts == {"year": 2028}


def test_a_replacement_workday_counts_although_it_is_a_saturday():
    saturday = date(2026, 11, 21)
    extra = SpecialDay(saturday, "Pengganti", HolidayKind.REPLACEMENT)
    assert make_calendar(extra).add(date(2026, 11, 20), 1) == saturday


def test_working_minutes_leave_out_breaks_and_nights():
    friday = datetime(2026, 11, 20, 11, 0, tzinfo=WIB)
    monday = datetime(2026, 11, 23, 8, 0, tzinfo=WIB)
    assert CALENDAR.minutes(friday, monday) == 30 + 210 + 30


def test_minutes_added_run_over_the_weekend():
    friday = datetime(2026, 11, 20, 16, 20, tzinfo=WIB)
    assert CALENDAR.add_minutes(friday, 35) == datetime(2026, 11, 23, 7, 55, tzinfo=WIB)
