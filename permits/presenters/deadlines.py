"""The promise about a file, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from permits import selectors
from permits.domain.lifecycle import Status
from permits.models import Application
from workflow.calendars import calendar_of
from workflow.domain.clock import ClockEvent, ClockKind, ClockState, Reckoning, Unit
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar

_STATES = {
    ClockState.NOT_STARTED: "not_started",
    ClockState.RUNNING: "running",
    ClockState.PAUSED: "paused",
    ClockState.STOPPED: "met",
}


@dataclass(frozen=True, slots=True)
class Promise:
    """What ``{% deadline %}`` shows: the day, where the clock stands, working days left."""

    due_on: date | None
    state: str
    remaining: int | None
    url: str = ""
    audience: str = "applicant"
    provisional: bool = False


def promise(
    application: Application,
    at: datetime,
    *,
    url: str = "",
    audience: str = "applicant",
    events: Sequence[ClockEvent] | None = None,
    said: Reckoning | None = None,
) -> Promise:
    """Return the promise about ``application`` as it stands ``at`` an instant.

    The distance is counted from today to the promised day: on that day itself it is nought.
    ``said`` is what the service clock says, if somebody has asked it already.
    """
    try:
        events = selectors.clock_events(application) if events is None else events
        said = said or selectors.clock(application, at, events=events)
        distance = _distance(application, said, at, events)
    except DomainError:  # a term that ends decades ahead: no day can be promised
        return Promise(None, "not_started", None, "", audience)
    state = "late" if said.late and said.state is ClockState.RUNNING else _STATES[said.state]
    link = url if said.state is not ClockState.NOT_STARTED else ""
    return Promise(said.due_on, state, distance, link, audience, said.provisional)


def _distance(
    application: Application, said: Reckoning, at: datetime, events: Sequence[ClockEvent]
) -> int | None:
    if said.term.unit is not Unit.WORKDAY:
        return None if said.state is not ClockState.STOPPED else -1 if said.late else 0
    if said.due_on is None:
        return said.remaining if said.state is ClockState.PAUSED else None
    seen = at
    if said.state is ClockState.STOPPED:
        if not said.late:
            return 0
        seen = max(event.at for event in events if event.kind is ClockKind.STOP)
    day = seen.astimezone(application.office.zone).date()
    return _workdays(calendar_of(application.office), day, said.due_on)


def _workdays(calendar: WorkCalendar, day: date, due_on: date) -> int:
    """Return the working days from ``day`` to ``due_on``; negative once it is past."""
    if day <= due_on:
        return calendar.count(day, due_on)
    return -max(calendar.count(due_on, day), 1)


def short_promise(application: Application, at: datetime) -> Promise | None:
    """Return the promise of a running file for a list, from the dates kept with it."""
    if application.status != Status.IN_PROCESS or application.due_on is None:
        return None
    due_on = application.due_on
    calendar = calendar_of(application.office)
    state = "late" if application.due_at is not None and application.due_at <= at else "running"
    left = _workdays(calendar, at.astimezone(application.office.zone).date(), due_on)
    return Promise(due_on, state, left, provisional=not calendar.is_confirmed(due_on))
