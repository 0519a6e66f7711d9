"""Promises of the clock over random histories, and an oracle written another way."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.workflow import make_calendar, special_days
from workflow.domain.clock import ClockEvent, ClockKind, ClockRules, DayKind, Term, reckon
from workflow.domain.workdays import HolidayKind, SpecialDay, WorkCalendar

WIB = ZoneInfo("Asia/Jakarta")
CALENDAR = make_calendar()
FREE = {day.on for day in special_days()}
CLOSES = {0: 16 * 60, 1: 16 * 60, 2: 16 * 60, 3: 16 * 60, 4: 16 * 60 + 30}
FIRST, LAST = date(2025, 1, 2), date(2027, 6, 30)

days = st.dates(FIRST, LAST)
minutes = st.integers(0, 24 * 60 - 1)
terms = st.integers(1, 60)


def instant(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(), WIB) + timedelta(minutes=minute)


def due(events: list[ClockEvent], term: int, calendar: WorkCalendar = CALENDAR) -> date | None:
    return reckon(events, Term(term), calendar, ClockRules(WIB), events[-1].at).due_on


def oracle(history: list[tuple[str, datetime]], term: int, first_day: bool) -> date | None:
    """Walk minute marks day by day: what a patient clerk with a wall calendar would do."""

    def works(day: date) -> bool:
        return day.weekday() < 5 and day not in FREE

    def closing(day: date) -> datetime:
        return instant(day, CLOSES.get(day.weekday(), 0))

    started = history[0][1]
    zero = started.date()
    if not works(zero) or started > closing(zero):
        zero += timedelta(days=1)
        while not works(zero):
            zero += timedelta(days=1)
    left = term
    day = zero
    while True:
        if works(day) and (day > zero or first_day):
            standing: set[str] = set()
            began = started < closing(day)
            for what, at in history[1:]:
                if at < closing(day):
                    kind, key = what.split(":")
                    (standing.add if kind == "pause" else standing.discard)(key)
            if began and not standing:
                left -= 1
                if left == 0:
                    return day
        if all(at < instant(day, 0) for _w, at in history) and _stands(history):
            return None
        day += timedelta(days=1)


def _stands(history: list[tuple[str, datetime]]) -> bool:
    standing: set[str] = set()
    for what, _at in history[1:]:
        kind, key = what.split(":")
        (standing.add if kind == "pause" else standing.discard)(key)
    return bool(standing)


def random_history(dice: random.Random) -> list[tuple[str, datetime]]:
    """Return a start and up to four pauses with two keys, in order of time."""
    at = instant(FIRST + timedelta(days=dice.randrange(700)), dice.randrange(1440))
    history = [("start", at)]
    standing: set[str] = set()
    for _event in range(dice.randrange(9)):
        at += timedelta(minutes=dice.choice([1, 7, 90, 600, 1440, 4000, 9000]) + dice.randrange(50))
        key = dice.choice(["pemohon", "instansi"])
        kind = "resume" if key in standing else "pause"
        (standing.discard if kind == "resume" else standing.add)(key)
        history.append((f"{kind}:{key}", at))
    return history


def as_events(history: list[tuple[str, datetime]]) -> list[ClockEvent]:
    kinds = {"start": ClockKind.START, "pause": ClockKind.PAUSE, "resume": ClockKind.RESUME}
    return [
        ClockEvent(kinds[what.split(":")[0]], at, seq, key=what.partition(":")[2])
        for seq, (what, at) in enumerate(history)
    ]


@pytest.mark.parametrize("first_day", [False, True])
def test_ten_thousand_random_histories_agree_with_the_oracle(first_day):
    dice = random.Random(20261121)
    rules = ClockRules(WIB, counts_first_day=first_day)
    standing = 0
    for _case in range(5000):
        history, term = random_history(dice), dice.randrange(1, 20)
        said = reckon(as_events(history), Term(term), CALENDAR, rules, history[-1][1])
        expected = None if _stands(history) else oracle(history, term, first_day)
        standing += expected is None
        assert said.due_on == expected, (history, term)
    assert 500 < standing < 4500  # both kinds of history were really tried


@settings(max_examples=200, deadline=None)
@given(day=days, minute=minutes, term=terms, extra=days)
def test_a_holiday_added_never_makes_a_date_earlier(day, minute, term, extra):
    events = [ClockEvent(ClockKind.START, instant(day, minute))]
    more = make_calendar(SpecialDay(extra, "Libur daerah", HolidayKind.REGIONAL))
    before, after = due(events, term), due(events, term, more)
    assert before
    assert after
    assert after >= before


@settings(max_examples=200, deadline=None)
@given(day=days, term=st.integers(5, 30), wait=st.integers(0, 3), length=st.integers(1, 20))
def test_a_pause_of_n_workdays_moves_the_date_by_exactly_n(day, term, wait, length):
    start = instant(CALENDAR.next_workday(day), 9 * 60)
    paused_on = CALENDAR.add(start.date(), wait + 1)
    resumed_on = CALENDAR.add(paused_on, length)
    events = [ClockEvent(ClockKind.START, start)]
    plain = due(events, term)
    events += [
        ClockEvent(ClockKind.PAUSE, instant(paused_on, 9 * 60), 1),
        ClockEvent(ClockKind.RESUME, instant(resumed_on, 9 * 60), 2),
    ]
    assert plain
    assert due(events, term) == CALENDAR.add(plain, length)


@settings(max_examples=100, deadline=None)
@given(day=days, term=st.integers(5, 30))
def test_a_pause_over_a_weekend_moves_nothing(day, term):
    start = instant(CALENDAR.next_workday(day), 9 * 60)
    friday = CALENDAR.next_workday(start.date() + timedelta(days=1))
    monday = CALENDAR.add(friday, 1)
    events = [ClockEvent(ClockKind.START, start)]
    plain = due(events, term)
    events += [
        ClockEvent(ClockKind.PAUSE, instant(friday, 17 * 60), 1),
        ClockEvent(ClockKind.RESUME, instant(monday, 7 * 60), 2),
    ]
    assert due(events, term) == plain


@settings(max_examples=100, deadline=None)
@given(day=days, minute=minutes, term=terms, later=st.integers(1, 40))
def test_a_restart_never_erases_the_earlier_count(day, minute, term, later):
    start = instant(day, minute)
    again = start + timedelta(days=later)
    events = [ClockEvent(ClockKind.START, start), ClockEvent(ClockKind.RESTART, again, 1)]
    first = reckon(events[:1], Term(term), CALENDAR, ClockRules(WIB), again)
    both = reckon(events, Term(term), CALENDAR, ClockRules(WIB), again)
    assert [lap.used for lap in both.laps] == [first.used]
    assert both.used == 0


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10_000), term=terms)
def test_the_explanation_counts_what_the_date_counts(seed, term):
    history = random_history(random.Random(seed))
    said = reckon(as_events(history), Term(term), CALENDAR, ClockRules(WIB), history[-1][1])
    if said.due_on is None:
        return
    counted = [day for day in said.days() if day.kind in (DayKind.COUNTED, DayKind.AHEAD)]
    until_due = [day for day in counted if day.on <= said.due_on]
    assert len(until_due) == term  # days after it, if any, are those of a late file
    assert until_due[-1].on == said.due_on
