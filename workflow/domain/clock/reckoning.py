"""Compute the state of a clock from its events and its term."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from workflow.domain.clock.run import run
from workflow.domain.clock.values import (
    ClockEvent,
    ClockState,
    ClockStatus,
    Term,
    in_order,
)
from workflow.domain.workdays import ClockRules, WorkCalendar


def reckon(
    events: Iterable[ClockEvent],
    term: Term,
    calendar: WorkCalendar,
    rules: ClockRules,
    at: datetime,
) -> ClockState:
    """Return the state of the clock ``at`` an instant.

    Pure: the same events, term, calendar and rules always give the same answer. Raises
    ``DomainError("clock_not_started")`` for an event before the start.
    """
    course = run(in_order(events), term, calendar, rules, at)
    return course.reckoning() if course else ClockState(ClockStatus.NOT_STARTED, term)
