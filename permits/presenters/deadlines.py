"""The promise about a file, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from permits import selectors
from permits.domain.lifecycle import Status
from permits.models import Application
from workflow.calendars import calendar_of
from workflow.domain import deadline_status
from workflow.domain.clock import ClockEvent, ClockKind, ClockState, ClockStatus
from workflow.domain.deadline_status import DeadlineStatus
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Promise:
    """What ``{% deadline %}`` shows: the day, where the clock stands, working days left."""

    due_on: date | None
    state: str
    remaining: int | None
    url: str = ""
    audience: str = "applicant"
    provisional: bool = False

    @classmethod
    def of(cls, status: DeadlineStatus, *, url: str = "", audience: str = "applicant") -> Promise:
        """Return ``status`` as a page shows it; ``url`` leads to the day-by-day count."""
        return cls(status.due_on, status.state, status.remaining, url, audience, status.provisional)


def promise(
    application: Application,
    at: datetime,
    *,
    url: str = "",
    audience: str = "applicant",
    events: Sequence[ClockEvent] | None = None,
    state: ClockState | None = None,
    calendar: WorkCalendar | None = None,
) -> Promise:
    """Return the promise about ``application`` as it stands ``at`` an instant.

    The distance is counted from today to the promised day: on that day itself it is nought.
    ``events``, ``said`` (what the service clock says) and ``calendar`` are read unless given.
    """
    office = application.office
    try:
        events = selectors.clock_events(application) if events is None else events
        calendar = calendar or calendar_of(office)
        state = state or selectors.clock(application, at, events=events, calendar=calendar)
        stops = [event.at for event in events if event.kind is ClockKind.STOP]
        status = deadline_status.of_clock(
            state, calendar, at=at, stopped_at=max(stops, default=None), zone=office.zone
        )
    except DomainError:  # a term that ends decades ahead: no day can be promised
        return Promise.of(deadline_status.NOT_STARTED, audience=audience)
    link = url if state.state is not ClockStatus.NOT_STARTED else ""
    return Promise.of(status, url=link, audience=audience)


def short_promise(application: Application, at: datetime, calendar: WorkCalendar) -> Promise | None:
    """Return the promise of a running file for a list, from the dates kept with it."""
    due_on, due_at, office = application.due_on, application.due_at, application.office
    if application.status != Status.IN_PROCESS or due_on is None or due_at is None:
        return None
    return Promise.of(deadline_status.running(calendar, due_on, due_at, at=at, zone=office.zone))
