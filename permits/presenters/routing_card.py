"""The page of the routing card (kartu kendali): its lines, the clock, the deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from permits import selectors
from permits.models import Application, ApplicationStep
from permits.presenters import deadlines
from permits.presenters.deadlines import Promise
from permits.presenters.routing_lines import SheetLine, office_time, sheet_line
from workflow.domain.clock import ClockState
from workflow.domain.errors import DomainError
from workflow.refusals import sentence


@dataclass(frozen=True, slots=True)
class RoutingSheet:
    """The whole card."""

    lines: list[SheetLine]
    reckoning: ClockState | None
    promise: Promise
    minutes: str
    late: int
    rounds: int
    problem: str = ""


def routing_sheet(application: Application, at: datetime) -> RoutingSheet:
    """Return the card of ``application`` at the instant ``at``."""
    calendar = selectors.promise_calendar(application)
    try:
        card = selectors.routing_card(application, at, calendar=calendar)
        events = selectors.clock_events(application)
        state = selectors.clock(application, at, events=events, calendar=calendar)
    except DomainError as error:
        promise = deadlines.promise(application, at, audience="officer", calendar=calendar)
        return RoutingSheet([], None, promise, "", 0, 0, sentence(error))
    made = selectors.made_at_visits(application)
    return RoutingSheet(
        lines=[sheet_line(line, made.get(line.visit.pk, ())) for line in card],
        reckoning=state,
        promise=deadlines.promise(
            application, at, audience="officer", events=events, state=state, calendar=calendar
        ),
        minutes=office_time(card),
        late=sum(line.late for line in card),
        rounds=sum(line.visit.outcome == ApplicationStep.Outcome.RETURNED for line in card),
    )
