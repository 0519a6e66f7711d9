"""The answer to a complaint: 14 working days from receipt, over the holidays of three years."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaints.domain.terms import DEFAULT_TERMS, ComplaintTermKind
from tests.factories.workflow import make_calendar
from workflow.domain.clock import ClockEvent, ClockKind, ClockRules, Term, reckon

CALENDAR = make_calendar()
ANSWER = Term(DEFAULT_TERMS[ComplaintTermKind.ANSWER].amount)
ZONES = [ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura")]


def due(received: date, zone: ZoneInfo) -> date | None:
    at = datetime.combine(received, time(9), zone)
    events = [ClockEvent(ClockKind.START, at)]
    return reckon(events, ANSWER, CALENDAR, ClockRules(zone), at).due_on


def by_walking(received: date) -> date:
    """The same in the plainest way: from the first working day on, fourteen more."""
    day = received
    while not CALENDAR.is_workday(day):
        day += timedelta(days=1)
    left = 14
    while left:
        day += timedelta(days=1)
        left -= CALENDAR.is_workday(day)
    return day


@pytest.mark.parametrize("zone", ZONES, ids=["WIB", "WITA", "WIT"])
def test_every_day_of_three_years(zone: ZoneInfo) -> None:
    first, last = date(2025, 1, 1), date(2027, 11, 30)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert {day: due(day, zone) for day in days} == {day: by_walking(day) for day in days}


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (date(2026, 3, 16), date(2026, 4, 13)),  # Nyepi, Idulfitri, joint leave, Good Friday
        (date(2026, 3, 21), date(2026, 4, 15)),  # on Idulfitri itself: day zero is 25 March
        (date(2026, 12, 24), date(2027, 1, 19)),  # on joint leave before Christmas
    ],
)  # fmt: skip
def test_complaints_of_a_holiday_begin_on_the_next_working_day(
    received: date, expected: date
) -> None:
    assert due(received, ZONES[0]) == expected == by_walking(received)
