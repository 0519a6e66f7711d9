"""The service clock of an application and its deadlines."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Office, Position, User
from permits import selectors
from permits.domain.lifecycle import Status
from permits.models import (
    Application,
    ApplicationClockEvent,
    ApplicationDeadline,
    ApplicationStep,
    StepPart,
)
from standards.domain.steps import StepClock
from standards.models import SopStep
from workflow import alarms
from workflow.calendar_versions import keep
from workflow.calendars import calendar_of
from workflow.domain.clock import (
    ClockEvent,
    ClockKind,
    ClockState,
    Term,
    Unit,
    end_of,
    reckon,
)
from workflow.domain.dates import add_months
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar

WITH_APPLICANT = "pemohon"
COLLECTION_MONTHS = 1  # standar pelayanan Kota Pekanbaru, jaminan pelayanan huruf b
Kind = ApplicationDeadline.Kind
ON_THE_CLOCK = (Kind.SERVICE, Kind.TARGET)  # the kinds that the service clock counts
_DRAFT_MOVES_AFTER = timedelta(days=1)  # saving a page must not write a date every time


def start(application: Application, *, actor: User | None, at: datetime) -> None:
    """Start the service clock: the application was declared complete and correct."""
    record(application, ClockKind.START, actor=actor, at=at, ground="lengkap dan benar")
    promised = selectors.promised_term(application)
    target = Term(application.version.target_amount or 0, promised.unit)
    for kind, term in {Kind.SERVICE: promised, Kind.TARGET: target}.items():
        if term.amount:
            ApplicationDeadline.objects.create(
                application=application,
                kind=kind,
                term_minimum=term.least,
                term_amount=term.amount,
                term_unit=term.unit,
                started_at=at,
            )
    recompute(application, at)


def pause(application: Application, *, actor: User | None, at: datetime, reason: str) -> None:
    """Pause the clock while the applicant completes the application."""
    record(application, ClockKind.PAUSE, actor=actor, at=at, key=WITH_APPLICANT, reason=reason)
    recompute(application, at, selectors.promise_calendar(application))


def resume(application: Application, *, actor: User | None, at: datetime) -> None:
    """Resume the clock."""
    record(application, ClockKind.RESUME, actor=actor, at=at, key=WITH_APPLICANT)
    recompute(application, at)


def stand(
    application: Application,
    turn: ApplicationStep | StepPart,
    *,
    actor: User | None,
    at: datetime,
) -> None:
    """Pause the clock for the time of a visit or a part, if the SOP has it stand at its row.

    Before the application was accepted and after the product was issued no clock runs.
    """
    step = turn.step
    if step is None:  # a further performer: the clock is that of the visit
        return
    if not step.whose_clock.stands or application.status != Status.IN_PROCESS:
        return
    with translation.override("id"):
        ground = _("SOP %(name)s, langkah %(number)s") % {
            "name": application.procedure.name,
            "number": step.printed_number,
        }
    record(
        application,
        ClockKind.PAUSE,
        actor=actor,
        at=at,
        key=selectors.pause_key(turn),
        reason=step.activity,
        ground=ground,
    )
    recompute(application, at, selectors.promise_calendar(application))


def go_on(
    application: Application,
    turn: ApplicationStep | StepPart,
    *,
    actor: User | None,
    at: datetime,
) -> None:
    """Resume the clock if it stood for this visit or part, which is over."""
    if turn.step is None:
        return
    key = selectors.pause_key(turn)
    if not application.clock_events.filter(kind=ClockKind.PAUSE, key=key).exists():
        return
    record(application, ClockKind.RESUME, actor=actor, at=at, key=key)
    recompute(application, at)


def stop(application: Application, *, actor: User | None, at: datetime) -> None:
    """Stop the clock and end its deadlines, if the clock was started."""
    if not application.clock_events.exists():
        return
    record(application, ClockKind.STOP, actor=actor, at=at)
    recompute(application, at, selectors.promise_calendar(application))
    for deadline in application.deadlines.running().filter(kind__in=ON_THE_CLOCK):
        alarms.end(deadline, at)


def recompute(application: Application, at: datetime, calendar: WorkCalendar | None = None) -> None:
    """Compute the due dates from the events and save them; they are a cache of ``reckon()``.

    A new date is counted with the present calendar; what ends or interrupts a promise passes the
    ``calendar`` of that promise.
    """
    calendar = calendar or calendar_of(application.office)
    version = keep(calendar)
    for deadline in application.deadlines.running().filter(kind__in=ON_THE_CLOCK):
        state = selectors.clock(application, at, deadline.term, calendar=calendar)
        deadline.due_on, deadline.due_at = state.due_on, state.due_at
        deadline.calendar_version = version
        alarms.plan(deadline)
        deadline.save(update_fields=["due_on", "due_at", "calendar_version", "next_mark_at"])
        if deadline.kind == Kind.SERVICE:
            application.due_on, application.due_at = state.due_on, state.due_at
            application.save(update_fields=["due_on", "due_at"])


def clock_state_of(
    deadline: ApplicationDeadline, at: datetime, calendar: WorkCalendar | None = None
) -> ClockState:
    """Return the state of one deadline, counted with the present calendar."""
    application = deadline.application
    calendar = calendar or calendar_of(counting_office(deadline))
    if deadline.kind in ON_THE_CLOCK:
        return selectors.clock(application, at, deadline.term, calendar=calendar)
    began = [ClockEvent(ClockKind.START, deadline.started_at)]
    return reckon(began, deadline.term, calendar, calendar.rules, at)


def open_step(visit: ApplicationStep, application: Application) -> None:
    """Start the deadline of a step: its standard time from when its work begins.

    Steps of the applicant (sending, collecting) have no deadline, nor has a wait for them.
    """
    if term := standard_time(visit.step):
        _open(
            ApplicationDeadline(
                application=application,
                visit=visit,
                kind=Kind.STEP,
                term_amount=term.amount,
                term_unit=term.unit,
                started_at=visit.begun_at,
            )
        )
    else:
        _keep_calendar(visit, visit.step.desk, application)


def open_part(part: StepPart, application: Application) -> None:
    """Start the deadline of a part that the deadline of its step does not hold.

    A row of the SOP has its own standard time. A further performer has that of the step, and a
    deadline of its own only where another calendar counts.
    """
    step, office = part.step or part.visit.step, application.office_id
    here = selectors.counted_by(office, step.desk)
    term = standard_time(step)
    own = part.step is not None or selectors.counted_by(office, part.position) != here
    if term and own:
        _open(
            ApplicationDeadline(
                application=application,
                visit=part.visit,
                part=part,
                kind=Kind.PART,
                term_amount=term.amount,
                term_unit=term.unit,
                started_at=part.asked_at,
            )
        )
    else:
        _keep_calendar(part, part.position, application)


def _keep_calendar(
    row: ApplicationStep | StepPart, desk: Position | None, application: Application
) -> None:
    """Keep what a partner body counts with: a later holiday moves no figure of its work."""
    office = application.office_id
    if desk is not None and selectors.counted_by(office, desk) != office:
        row.calendar_version = keep(calendar_of(desk.office))
        row.save(update_fields=["calendar_version"])


def standard_time(step: SopStep) -> Term | None:
    """Return the standard time of a step of the office; ``None`` where the SOP prints none."""
    if step.standard_amount is None or step.role.position_id is None:
        return None
    if step.whose_clock is StepClock.APPLICANT:
        return None
    return Term(step.standard_amount, Unit(step.standard_unit))


def counting_office(deadline: ApplicationDeadline) -> Office:
    """Return whose calendar counts a deadline: at a desk of a partner body the body's own."""
    office: Office = deadline.application.office
    desk = deadline.visit.step.desk if deadline.visit is not None else None
    if deadline.part is not None:
        desk = deadline.part.position
    key = selectors.counted_by(office.pk, desk)
    return office if desk is None or key == office.pk else desk.office


def _open(deadline: ApplicationDeadline, due_on: date | None = None) -> None:
    """Save a deadline that starts at one instant, due on ``due_on`` or counted by the calendar."""
    office = counting_office(deadline)
    calendar = calendar_of(office)
    deadline.calendar_version = keep(calendar)
    with suppress(DomainError):  # no decree yet for that year: the date stays empty
        if due_on is not None:
            deadline.due_on, deadline.due_at = due_on, end_of(due_on, office.zone)
        else:
            state = clock_state_of(deadline, deadline.started_at, calendar)
            deadline.due_on, deadline.due_at = state.due_on, state.due_at
        alarms.plan(deadline)
    deadline.save()


def close_step(visit: ApplicationStep, *, at: datetime) -> None:
    """End the deadlines of a step and of its parts."""
    for deadline in visit.deadlines.running():
        alarms.end(deadline, at)


def close_part(part: StepPart, *, at: datetime) -> None:
    """End the deadline of a part, if it has one of its own."""
    for deadline in part.deadlines.running():
        alarms.end(deadline, at)


def follow(application: Application, at: datetime) -> None:
    """End the term of the old status and start that of the new one."""
    kind = selectors.TERM_OF_STATUS.get(Status(application.status))
    running = application.deadlines.running().filter(
        kind__in=set(selectors.TERM_OF_STATUS.values())
    )
    running_already = False
    for deadline in running:
        if deadline.kind == kind:
            running_already = True
        else:
            alarms.end(deadline, at)
    if kind is not None and not running_already:
        _begin(application, kind, at)


def postpone(deadline: ApplicationDeadline, days: int, at: datetime) -> None:
    """Set the due date of a term of the applicant to ``days`` calendar days from today."""
    zone = deadline.application.office.zone
    deadline.due_on = at.astimezone(zone).date() + timedelta(days=days)
    deadline.due_at = end_of(deadline.due_on, zone)
    alarms.plan(deadline)
    deadline.save(update_fields=["due_on", "due_at", "next_mark_at"])


def _begin(application: Application, kind: str, at: datetime) -> None:
    office = application.office
    today = office.local_date(at)
    unit, due_on = Unit.CALENDAR_DAY, None
    if kind == Kind.CHECK:
        unit, amount = Unit.WORKDAY, office.check_workdays
    elif kind == Kind.COLLECTION:
        due_on = add_months(today, COLLECTION_MONTHS)
        amount = (due_on - today).days
    else:
        amount = office.draft_days if kind == Kind.DRAFT else office.completion_days
        due_on = today + timedelta(days=amount)
    _open(
        ApplicationDeadline(
            application=application, kind=kind, term_amount=amount, term_unit=unit, started_at=at
        ),
        due_on,
    )


def watch_validity(application: Application, valid_until: date, *, at: datetime) -> None:
    """Start the deadline of the validity, which reminds the holder before the permit ends."""
    today = application.office.local_date(at)
    _open(
        ApplicationDeadline(
            application=application,
            kind=Kind.VALIDITY,
            term_amount=(valid_until - today).days,
            term_unit=Unit.CALENDAR_DAY,
            started_at=at,
        ),
        valid_until,
    )


def touch_draft(application: Application, at: datetime) -> None:
    """Postpone the deletion of a draft that is edited, at most once a day."""
    stale = application.deadlines.running().filter(
        kind=Kind.DRAFT, started_at__lt=at - _DRAFT_MOVES_AFTER
    )
    for deadline in stale:
        alarms.end(deadline, at)
        _begin(application, Kind.DRAFT, at)


def record(
    application: Application,
    kind: ClockKind,
    *,
    actor: User | None,
    at: datetime,
    effective_at: datetime | None = None,
    key: str = "",
    amount: int = 0,
    corrects: int | None = None,
    reason: str = "",
    ground: str = "",
) -> None:
    """Add one event to the clock, recorded ``at`` and effective at ``effective_at``.

    ``amount`` are the units of an extension, ``corrects`` the key of the corrected event.
    """
    ApplicationClockEvent.objects.create(
        application=application,
        kind=kind,
        at=effective_at or at,
        recorded_at=at,
        key=key,
        amount=amount,
        corrects_id=corrects,
        actor=actor,
        reason=reason[:500],
        ground=ground[:200],
    )
