"""Status of a promised day: running, late or met, and how many working days are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from workflow.domain.clock import ClockState, ClockStatus, Unit
from workflow.domain.workdays import WorkCalendar


class DeadlineState(StrEnum):
    """What a deadline does at one instant."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    LATE = "late"
    MET = "met"


@dataclass(frozen=True, slots=True)
class DeadlineStatus:
    """One deadline at one instant.

    ``remaining`` is the number of working days (``unit``) from today to the due day: zero on the
    due day, negative afterwards, ``None`` if nothing can be counted; never more than the term. Of a
    deadline that is met it is zero if it was met in time, and the negative delay if not.
    ``provisional``: the holidays up to the due day are not decreed yet.
    """

    due_on: date | None
    state: DeadlineState
    remaining: int | None = None
    provisional: bool = False
    unit: Unit = Unit.WORKDAY


NOT_STARTED = DeadlineStatus(None, DeadlineState.NOT_STARTED)
PAUSED = DeadlineStatus(None, DeadlineState.PAUSED)


def workdays_left(calendar: WorkCalendar, today: date, due_on: date) -> int:
    """Return the working days from ``today`` to ``due_on``.

    Negative once the due day is over, also if no working day has passed since.
    """
    if today <= due_on:
        return calendar.count(today, due_on)
    return -max(1, calendar.count(due_on, today))


def running(
    calendar: WorkCalendar,
    due_on: date,
    due_at: datetime,
    *,
    at: datetime,
    zone: ZoneInfo,
    counted_after: date | None = None,
) -> DeadlineStatus:
    """Return the status of a deadline that is not met yet: running, or late from ``due_at``.

    ``counted_after`` (``clock.counted_after``) is the day after which the term counts: a later
    day than today for what arrived after closing time.
    """
    late = due_at <= at
    today = at.astimezone(zone).date()
    left = workdays_left(calendar, max(today, counted_after or today), due_on)
    return DeadlineStatus(
        due_on,
        DeadlineState.LATE if late else DeadlineState.RUNNING,
        min(-1, left) if late else left,
        provisional=not calendar.is_confirmed(due_on),
    )


def running_days(due_on: date, due_at: datetime, *, at: datetime, zone: ZoneInfo) -> DeadlineStatus:
    """Return the same of a term in calendar days, which needs no calendar."""
    late = due_at <= at
    left = (due_on - at.astimezone(zone).date()).days
    return DeadlineStatus(
        due_on,
        DeadlineState.LATE if late else DeadlineState.RUNNING,
        min(-1, left) if late else left,
        unit=Unit.CALENDAR_DAY,
    )


def met(
    calendar: WorkCalendar, due_on: date, due_at: datetime, *, met_at: datetime, zone: ZoneInfo
) -> DeadlineStatus:
    """Return the status of a deadline that was met at ``met_at``, in time or late."""
    left = 0
    if met_at >= due_at:
        left = min(-1, workdays_left(calendar, met_at.astimezone(zone).date(), due_on))
    return DeadlineStatus(due_on, DeadlineState.MET, left)


_STATES = {
    ClockStatus.NOT_STARTED: DeadlineState.NOT_STARTED,
    ClockStatus.RUNNING: DeadlineState.RUNNING,
    ClockStatus.PAUSED: DeadlineState.PAUSED,
    ClockStatus.STOPPED: DeadlineState.MET,
}


def of_clock(
    reckoning: ClockState,
    calendar: WorkCalendar,
    *,
    at: datetime,
    stopped_at: datetime | None,
    zone: ZoneInfo,
) -> DeadlineStatus:
    """Return the status of a service clock ``at`` an instant.

    ``stopped_at`` is the last stop of the clock. Terms that are not in working days have no
    ``remaining`` before they are met.
    """
    state, due_on = _STATES[reckoning.state], reckoning.due_on
    if state is DeadlineState.RUNNING and reckoning.late:
        state = DeadlineState.LATE
    remaining: int | None = None
    if reckoning.term.unit is not Unit.WORKDAY:
        if state is DeadlineState.MET:
            remaining = -1 if reckoning.late else 0
    elif due_on is None:
        remaining = reckoning.remaining if state is DeadlineState.PAUSED else None
    elif state is DeadlineState.MET and not reckoning.late:
        remaining = 0
    else:
        seen_at = stopped_at if state is DeadlineState.MET and stopped_at else at
        remaining = workdays_left(calendar, seen_at.astimezone(zone).date(), due_on)
        if not reckoning.late:  # before day zero there are more days than the term has
            remaining = min(remaining, reckoning.remaining)
    return DeadlineStatus(due_on, state, remaining, reckoning.provisional)
