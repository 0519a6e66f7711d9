"""The service clock of an application: its events and its state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from permits.models import Application
from workflow.calendars import calendar_of, rules_of
from workflow.domain.clock import ClockEvent, ClockState, Term, Unit, reckon
from workflow.domain.workdays import WorkCalendar


def clock_events(application: Application) -> list[ClockEvent]:
    """Return the events of the service clock; empty before the application is accepted."""
    if application.accepted_at is None:
        return []
    return [row.as_domain() for row in application.clock_events.all()]


def clock(
    application: Application,
    at: datetime,
    term: Term | None = None,
    events: Sequence[ClockEvent] | None = None,
    calendar: WorkCalendar | None = None,
) -> ClockState:
    """Return the state of the service clock of ``application`` at the instant ``at``.

    ``events`` and ``calendar`` are queried unless given.
    """
    version = application.version
    promised = term or Term(version.term_amount or 0, Unit(version.term_unit))
    office = application.office
    events = clock_events(application) if events is None else events
    return reckon(events, promised, calendar or calendar_of(office), rules_of(office), at)
