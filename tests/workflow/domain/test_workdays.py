"""The nine vectors of counting, and the edges of the calendar."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tests.factories.workflow import make_calendar, special_days
from workflow.domain.clock import ClockEvent, ClockKind, ClockRules, Term, reckon
from workflow.domain.errors import DomainError
from workflow.domain.workdays import (
    PERPRES_21_2023,
    HolidayKind,
    Hours,
    Season,
    SpecialDay,
    WorkCalendar,
)

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


def test_counting_goes_on_past_the_last_decreed_year_with_what_is_known():
    new_year = SpecialDay(date(2028, 1, 3), "Perkiraan", estimated=True)
    assert CALENDAR.add(date(2027, 12, 29), 5) == date(2028, 1, 5)
    assert make_calendar(new_year).add(date(2027, 12, 29), 5) == date(2028, 1, 6)


def test_counting_into_the_blue_is_refused():
    with pytest.raises(DomainError) as refusal:
        CALENDAR.add(date(2027, 12, 29), 5000)
    assert refusal.value.code == "calendar_not_decreed"
    assert refusal.value.facts == {"year": 2046}


def test_days_before_the_calendar_begins_count_nothing():
    assert CALENDAR.count(date(1999, 1, 1), date(2014, 12, 31)) == 0


def test_an_office_may_work_six_days():
    saturday = {**PERPRES_21_2023, 5: Hours(time(8), time(12))}
    calendar = WorkCalendar(special_days(), confirmed_until=date(2027, 12, 31), hours=saturday)
    assert calendar.add(date(2026, 11, 20), 1) == date(2026, 11, 21)


RAMADAN = Season(
    "Ramadan", date(2026, 2, 18), date(2026, 3, 19), {n: Hours(time(8), time(15)) for n in range(4)}
)


def test_a_season_has_its_own_hours_and_leaves_the_other_weekdays_as_they_are():
    calendar = WorkCalendar(special_days(), confirmed_until=date(2027, 12, 31), seasons=[RAMADAN])
    assert calendar.closes(date(2026, 2, 19)) == time(15)  # a Thursday
    assert calendar.closes(date(2026, 2, 20)) == time(16, 30)  # Friday: no row of the season
    assert calendar.closes(date(2026, 4, 6)) == time(16)
    wednesday = datetime(2026, 2, 18, 14, 30, tzinfo=WIB)
    assert calendar.minutes(wednesday, wednesday.replace(hour=18)) == 30


def test_a_replacement_workday_counts_although_it_is_a_saturday():
    saturday = date(2026, 11, 21)
    extra = SpecialDay(saturday, "Pengganti", HolidayKind.REPLACEMENT)
    assert make_calendar(extra).add(date(2026, 11, 20), 1) == saturday


def test_working_minutes_leave_out_breaks_and_nights():
    friday = datetime(2026, 11, 20, 11, 0, tzinfo=WIB)
    monday = datetime(2026, 11, 23, 8, 0, tzinfo=WIB)
    assert CALENDAR.minutes(friday, monday) == 30 + 210 + 30
