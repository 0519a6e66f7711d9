"""Working days left: one function, one sign."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.factories.workflow import make_calendar
from workflow.domain import clock
from workflow.domain.deadline_status import (
    DeadlineState,
    met,
    of_clock,
    running,
    running_days,
    workdays_left,
)

WIB = ZoneInfo("Asia/Jakarta")
FRIDAY = date(2026, 11, 20)
MIDNIGHT = clock.end_of(FRIDAY, WIB)


def november(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (16, 4),  # Monday of that week
        (19, 1),
        (20, 0),  # the due day itself
        (21, -1),  # Saturday: over, though no working day has passed
        (22, -1),
        (23, -1),
        (24, -2),
        (30, -6),
    ],
)
def test_working_days_left(today: int, left: int) -> None:
    assert workdays_left(make_calendar(), date(2026, 11, today), FRIDAY) == left


@pytest.mark.parametrize(
    ("at", "state", "left"),
    [
        (november(16), DeadlineState.RUNNING, 4),
        (november(20, 23, 59), DeadlineState.RUNNING, 0),
        (november(21, 0), DeadlineState.LATE, -1),
        (november(24), DeadlineState.LATE, -2),
    ],
)
def test_a_running_deadline_is_late_once_its_day_is_over(
    at: datetime, state: DeadlineState, left: int
) -> None:
    status = running(make_calendar(), FRIDAY, MIDNIGHT, at=at, zone=WIB)
    assert (status.state, status.remaining) == (state, left)


def test_a_deadline_within_the_day_is_late_from_its_minute_on() -> None:
    status = running(make_calendar(), FRIDAY, november(20, 11), at=november(20, 11), zone=WIB)
    assert (status.state, status.remaining) == (DeadlineState.LATE, -1)


@pytest.mark.parametrize(
    ("met_at", "left"),
    [(november(16), 0), (november(20, 23, 59), 0), (november(21, 0), -1), (november(25), -3)],
)
def test_a_met_deadline_keeps_its_delay(met_at: datetime, left: int) -> None:
    status = met(make_calendar(), FRIDAY, MIDNIGHT, met_at=met_at, zone=WIB)
    assert (status.state, status.remaining) == (DeadlineState.MET, left)


def test_a_day_beyond_the_decreed_years_is_provisional() -> None:
    due_on = date(2028, 2, 1)
    status = running(make_calendar(), due_on, clock.end_of(due_on, WIB), at=november(16), zone=WIB)
    assert status.provisional
    assert not running(make_calendar(), FRIDAY, MIDNIGHT, at=november(16), zone=WIB).provisional


def test_what_arrives_after_closing_time_has_no_more_days_than_its_term() -> None:
    calendar, evening = make_calendar(), november(16, 20)
    rules = clock.ClockRules(WIB)
    state = clock.reckon(
        [clock.ClockEvent(clock.ClockKind.START, evening)], clock.Term(6), calendar, rules, evening
    )
    assert state.due_on == date(2026, 11, 25)  # day zero is Tuesday
    assert state.due_at is not None
    seen = of_clock(state, calendar, at=evening, stopped_at=None, zone=WIB)
    stored = running(
        calendar, state.due_on, state.due_at, at=evening, zone=WIB,
        counted_after=clock.counted_after(evening, calendar, rules),
    )  # fmt: skip
    assert (seen.remaining, stored.remaining) == (6, 6)


def test_an_office_that_counts_the_first_day_has_them_too() -> None:
    calendar, evening = make_calendar(), november(16, 20)
    rules = clock.ClockRules(WIB, counts_first_day=True)
    state = clock.reckon(
        [clock.ClockEvent(clock.ClockKind.START, evening)], clock.Term(6), calendar, rules, evening
    )
    assert state.due_on is not None
    assert state.due_at is not None
    seen = of_clock(state, calendar, at=evening, stopped_at=None, zone=WIB)
    stored = running(
        calendar, state.due_on, state.due_at, at=evening, zone=WIB,
        counted_after=clock.counted_after(evening, calendar, rules),
    )  # fmt: skip
    assert (seen.remaining, stored.remaining) == (6, 6)


@pytest.mark.parametrize(
    ("at", "state", "left"),
    [
        (november(10), DeadlineState.RUNNING, 10),
        (november(20, 23, 59), DeadlineState.RUNNING, 0),
        (november(21, 0), DeadlineState.LATE, -1),
    ],
)
def test_a_term_in_calendar_days_counts_every_day(
    at: datetime, state: DeadlineState, left: int
) -> None:
    status = running_days(FRIDAY, MIDNIGHT, at=at, zone=WIB)
    assert (status.state, status.remaining, status.unit) == (state, left, clock.Unit.CALENDAR_DAY)
