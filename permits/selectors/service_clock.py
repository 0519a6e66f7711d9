"""The service clock of an application: its events and its state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from accounts.models import Office, Position
from permits.models import Application, ApplicationDeadline, ApplicationStep, StepPart
from permits.selectors.terms import promised_term
from standards.domain.steps import StepClock
from workflow.calendar_versions import calendars_by, version_of
from workflow.domain.clock import ClockEvent, ClockState, Term, reckon
from workflow.domain.workdays import WorkCalendar


def clock_events(application: Application) -> list[ClockEvent]:
    """Return the events of the service clock; empty before the application is accepted."""
    if application.accepted_at is None:
        return []
    return [row.as_domain() for row in application.clock_events.all()]


def promise_calendars(applications: Iterable[Application]) -> dict[int, WorkCalendar]:
    """Return the calendar with which the promise of each application was counted, by its key.

    Before it is made, it is the calendar of the completeness check; without either the present one
    of the office. At most four queries, and those for ``office`` and ``deadlines`` where the caller
    has not loaded them.
    """
    return calendars_by({row.pk: (promise_version(row), row.office) for row in applications})


def promise_version(application: Application) -> str:
    """Return the version of the calendar of the promise, or of the check before it; "" without."""
    rows, kinds = application.deadlines.all(), ApplicationDeadline.Kind
    return version_of(rows, (kinds.SERVICE,)) or version_of(rows, (kinds.CHECK,))


def promise_calendar(application: Application) -> WorkCalendar:
    """Return the calendar with which the promise of ``application`` was counted."""
    return promise_calendars([application])[application.pk]


def counted_by(office: int, desk: Position | None) -> int:
    """Return the key of the office whose calendar counts the time at ``desk``: the one rule.

    ``office`` is the key of the one that has the file. A partner body counts with its own calendar.
    """
    return office if desk is None else desk.office_id


def step_calendars(
    applications: Collection[Application], promised: Mapping[int, WorkCalendar]
) -> Mapping[int, WorkCalendar]:
    """Return the calendar that counts the time of the open step of each application, by its key.

    It is that of the promise (``promised``); at a desk of a partner body the body's own, which
    takes at most five queries.
    """
    counting = {row.pk: counted_by(row.office_id, row.desk) for row in applications}
    elsewhere = [row for row in applications if counting[row.pk] != row.office_id]
    if not elsewhere:
        return promised
    keys = {counting[row.pk] for row in elsewhere}
    bodies = Office.objects.defer("emblem").in_bulk(keys)
    kind = ApplicationDeadline.Kind.STEP
    wanted = {
        row.pk: (version_of(row.deadlines.all(), (kind,)), bodies[counting[row.pk]])
        for row in elsewhere
    }
    return {**promised, **calendars_by(wanted)}


def part_calendars(parts: Iterable[StepPart]) -> dict[int, WorkCalendar]:
    """Return the calendar of each part at a partner body, by its key.

    It is the calendar with which the part's own deadline was counted, else the one that the body
    had when it was asked. Positions, their offices and the deadlines of ``parts`` are loaded; at
    most four queries.
    """
    kinds = (ApplicationDeadline.Kind.PART,)
    wanted = {
        part.pk: (
            version_of(part.deadlines.all(), kinds) or part.calendar_version,
            part.position.office,
        )
        for part in parts
        if part.position.office.partner_of_id
    }
    return calendars_by(wanted) if wanted else {}


def visit_calendars(
    applications: Iterable[Application], bodies: Mapping[int, Office]
) -> dict[int, WorkCalendar]:
    """Return the calendar of each visit at a desk of a partner body, by the key of the visit.

    ``bodies`` are the bodies by SOP step. It is the calendar with which the standard time of the
    visit was counted, else the one that the body had at the hand-over. The steps and deadlines of
    ``applications`` are loaded; at most five queries.
    """
    kind = ApplicationDeadline.Kind.STEP
    wanted: dict[int, tuple[str, Office]] = {}
    for row in applications:
        terms = list(row.deadlines.all())
        for visit in row.steps.all():
            if body := bodies.get(visit.step_id):
                own = [term for term in terms if term.visit_id == visit.pk]
                version = version_of(own, (kind,)) or visit.calendar_version
                wanted[visit.pk] = (version, body)
    return calendars_by(wanted) if wanted else {}


def pause_key(turn: ApplicationStep | StepPart) -> str:
    """Return the key of the pause for one visit of a step: for whom the clock waits, and where.

    So for a part that is a row of the SOP. "pemohon" alone is the return for completion.
    """
    if isinstance(turn, StepPart):
        row = turn.step or turn.visit.step
        return f"{row.whose_clock}:bagian-{turn.pk}"
    return f"{turn.step.whose_clock}:{turn.pk}"


def waits_for(key: str) -> StepClock:
    """Return for whom the clock waits in a pause with this key; USUAL: a return for completion."""
    whom, _colon, visit = key.partition(":")
    return StepClock(whom) if visit else StepClock.USUAL


def clock(
    application: Application,
    at: datetime,
    term: Term | None = None,
    events: Sequence[ClockEvent] | None = None,
    calendar: WorkCalendar | None = None,
) -> ClockState:
    """Return the state of the service clock of ``application`` at the instant ``at``.

    ``events`` and ``calendar`` (that of the promise) are queried unless given.
    """
    promised = term or promised_term(application)
    events = clock_events(application) if events is None else events
    calendar = calendar or promise_calendar(application)
    return reckon(events, promised, calendar, calendar.rules, at)
