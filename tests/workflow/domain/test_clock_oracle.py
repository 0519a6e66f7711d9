"""Ten thousand random histories, reckoned by the clock and by the clerk."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, time, timedelta

import pytest

from tests.factories.workflow import make_calendar
from tests.workflow.domain import clerk
from workflow.domain.clock import ClockKind, ClockRules, ClockStatus, Term, Unit, reckon

CALENDAR = make_calendar()
SORTS = [  # unit, rules, how many histories
    (Unit.WORKDAY, ClockRules(clerk.WIB), 4000),
    (Unit.WORKDAY, ClockRules(clerk.WIB, counts_first_day=True), 2000),
    (Unit.WORKDAY, ClockRules(clerk.WIB, cut_off=time(14)), 1000),
    (Unit.WORKDAY, ClockRules(clerk.WIB, counts_first_day=True, late_rolls=False), 1000),
    (Unit.CALENDAR_DAY, ClockRules(clerk.WIB), 1500),
    (Unit.WORK_MINUTE, ClockRules(clerk.WIB), 500),
]


def test_they_are_ten_thousand():
    assert sum(count for _unit, _rules, count in SORTS) == 10_000


@pytest.mark.parametrize(("unit", "rules", "count"), SORTS)
def test_random_histories_agree_with_the_clerk(unit: Unit, rules: ClockRules, count: int):
    dice = random.Random(20261121)
    seen: Counter[str] = Counter()
    for _case in range(count):
        events = clerk.random_history(dice, most=6 if unit is Unit.WORK_MINUTE else 9)
        term = Term(dice.randrange(1, 900 if unit is Unit.WORK_MINUTE else 20), unit)
        at = events[-1].at + timedelta(minutes=dice.randrange(10_000))
        said = reckon(events, term, CALENDAR, rules, at)
        expected = clerk.due(events, term, rules)
        promised = said.due_at if unit is Unit.WORK_MINUTE else said.due_on
        assert promised == expected, (events, term)
        assert said.used == clerk.used(events, term, rules, at), (events, term, at)
        seen.update({event.kind for event in events})
        seen[said.state] += 1
        seen["fixed" if isinstance(expected, datetime) else "day" if expected else "none"] += 1
    kinds = {*ClockKind, ClockStatus.RUNNING, ClockStatus.PAUSED, ClockStatus.STOPPED, "none"}
    assert all(seen[kind] >= count // 50 for kind in kinds), seen  # every sort was really tried
