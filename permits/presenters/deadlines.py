"""The deadline of an application, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from permits import selectors
from permits.domain.lifecycle import Status
from permits.models import Application
from standards.domain.steps import StepClock
from standards.models import SopStep
from standards.term_wording import term_words
from workflow.domain import deadline_status
from workflow.domain.clock import (
    ClockEvent,
    ClockKind,
    ClockState,
    ClockStatus,
    Unit,
    counted_after,
)
from workflow.domain.deadline_status import DeadlineStatus
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Promise:
    """What ``{% deadline %}`` shows: the due date, the state of the clock, working days left."""

    due_on: date | None
    state: str
    remaining: int | None
    url: str = ""
    audience: str = "applicant"
    provisional: bool = False
    unit: str = Unit.WORKDAY
    paused_by: str = ""

    @classmethod
    def of(
        cls,
        status: DeadlineStatus,
        *,
        url: str = "",
        audience: str = "applicant",
        paused_by: str = "",
    ) -> Promise:
        """Return ``status`` as a page shows it; ``url`` leads to the explanation."""
        return cls(
            status.due_on,
            status.state,
            status.remaining,
            url,
            audience,
            status.provisional,
            status.unit,
            paused_by,
        )


def term_in_words(application: Application) -> str:
    """Return the service term of ``application`` in words, such as "6 hari kerja"."""
    return term_words(selectors.promised_term(application))


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
    """Return the deadline of ``application`` at the instant ``at``.

    The remaining days are counted from today to the due date: on the due date they are 0.
    ``events``, ``state`` (of the service clock) and ``calendar`` (that of the promise) are queried
    unless given.
    """
    office = application.office
    try:
        events = selectors.clock_events(application) if events is None else events
        calendar = calendar or selectors.promise_calendar(application)
        state = state or selectors.clock(application, at, events=events, calendar=calendar)
        stops = [event.at for event in events if event.kind is ClockKind.STOP]
        status = deadline_status.of_clock(
            state, calendar, at=at, stopped_at=max(stops, default=None), zone=office.zone
        )
    except DomainError:  # a term that ends decades ahead has no due date
        return Promise.of(deadline_status.NOT_STARTED, audience=audience)
    link = url if state.state is not ClockStatus.NOT_STARTED else ""
    return Promise.of(
        status, url=link, audience=audience, paused_by=paused_by(application, audience)
    )


def paused_by(application: Application, audience: str) -> str:
    """Return why the clock stands at the present step of the SOP; "" where it does not."""
    step = paused_step(application)
    if step is None:
        return ""
    waits: dict[StepClock, str] = {
        StepClock.APPLICANT: _("menunggu pemohon")
        if audience == "officer"
        else _("menunggu Anda pada langkah ini"),
        StepClock.OTHER_BODY: _("menunggu lembaga lain"),
        StepClock.NOT_COUNTED: _("langkah ini tidak dihitung"),
    }
    return waits[step.whose_clock]


def paused_step(application: Application) -> SopStep | None:
    """Return the present step of the SOP at which the service clock stands, if it does.

    While rows run side by side it is one of those, not the step at which they meet.
    """
    visit = application.current_step
    if visit is None or application.status != Status.IN_PROCESS:
        return None
    beside = [part.step for part in selectors.rows_owed(application) if part.step is not None]
    steps: list[SopStep] = beside or [visit.step]
    return next((step for step in steps if step.whose_clock.stands), None)


def short_promise(
    application: Application, at: datetime, calendar: WorkCalendar | None
) -> Promise | None:
    """Return the deadline of a running application for a list, from its stored dates."""
    if application.status != Status.IN_PROCESS or application.due_on is None:
        return None
    calendar = calendar or selectors.promise_calendar(application)
    return Promise.of(running(application, at, calendar))


def running(application: Application, at: datetime, calendar: WorkCalendar) -> DeadlineStatus:
    """Return the status of a running service term from its stored dates."""
    due_on, due_at, began = application.due_on, application.due_at, application.accepted_at
    if due_on is None or due_at is None or began is None:
        return deadline_status.NOT_STARTED
    office = application.office
    first = counted_after(began, calendar, calendar.rules)
    return deadline_status.running(
        calendar, due_on, due_at, at=at, zone=office.zone, counted_after=first
    )
