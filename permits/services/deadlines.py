"""The clock of a file and the promises that hang on it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from accounts.models import User
from permits import selectors
from permits.models import (
    Application,
    ApplicationClockEvent,
    ApplicationDeadline,
    ApplicationStep,
)
from workflow.calendars import calendar_of, rules_of
from workflow.domain.clock import ClockEvent, ClockKind, Reckoning, Unit, reckon
from workflow.domain.errors import DomainError
from workflow.sweeps import Swept, sweep

WITH_APPLICANT = "pemohon"
Kind = ApplicationDeadline.Kind


def start(application: Application, *, actor: User | None, at: datetime) -> None:
    """Start the service clock: the file was declared complete and correct."""
    _event(application, ClockKind.START, actor=actor, at=at, ground="lengkap dan benar")
    version = application.version
    unit = Unit(version.term_unit)
    terms = {Kind.SERVICE: version.term_amount, Kind.TARGET: version.target_amount}
    for kind, amount in terms.items():
        if amount:
            ApplicationDeadline.objects.create(
                application=application, kind=kind, term_amount=amount, term_unit=unit,
                started_at=at,
            )  # fmt: skip
    recompute(application, at)


def pause(application: Application, *, actor: User | None, at: datetime, reason: str) -> None:
    """Stop counting: the file lies with the applicant, the office cannot be late meanwhile."""
    _event(application, ClockKind.PAUSE, actor=actor, at=at, key=WITH_APPLICANT, reason=reason)
    recompute(application, at)


def resume(application: Application, *, actor: User | None, at: datetime) -> None:
    """Count on."""
    _event(application, ClockKind.RESUME, actor=actor, at=at, key=WITH_APPLICANT)
    recompute(application, at)


def stop(application: Application, *, actor: User | None, at: datetime) -> None:
    """The promise is kept or has ended: stop the clock and close its deadlines."""
    if not application.clock_events.exists():
        return
    _event(application, ClockKind.STOP, actor=actor, at=at)
    recompute(application, at)
    running = application.deadlines.running().filter(kind__in=[Kind.SERVICE, Kind.TARGET])
    for deadline in running:
        deadline.met_at = at
        deadline.breached_at = deadline.breached_at or (
            at if deadline.due_at and deadline.due_at <= at else None
        )
        deadline.save(update_fields=["met_at", "breached_at"])


def recompute(application: Application, at: datetime) -> None:
    """Write the due dates anew from the events; they are a cache of ``reckon()``."""
    calendar = calendar_of(application.office)
    for deadline in application.deadlines.running().filter(kind__in=[Kind.SERVICE, Kind.TARGET]):
        said = selectors.clock(application, at, deadline.term)
        deadline.due_on, deadline.due_at = said.due_on, said.due_at
        deadline.calendar_version = calendar.version
        deadline.save(update_fields=["due_on", "due_at", "calendar_version"])
        if deadline.kind == Kind.SERVICE:
            application.due_on, application.due_at = said.due_on, said.due_at
            application.save(update_fields=["due_on", "due_at"])


def reckoning_of(deadline: ApplicationDeadline, at: datetime) -> Reckoning:
    """Return what the calendar of today says about one promise."""
    application = deadline.application
    if deadline.kind != Kind.STEP:
        return selectors.clock(application, at, deadline.term)
    office = application.office
    began = [ClockEvent(ClockKind.START, deadline.started_at)]
    return reckon(began, deadline.term, calendar_of(office), rules_of(office), at)


def open_step(visit: ApplicationStep, application: Application) -> None:
    """Promise the standard time of a step from the moment the file was handed over.

    Only the office promises: the applicant's own steps (sending, collecting) have no deadline.
    """
    step = visit.step
    if step.standard_amount is None or step.role.position_id is None:
        return
    deadline = ApplicationDeadline(
        application=application, visit=visit, kind=Kind.STEP, term_amount=step.standard_amount,
        term_unit=step.standard_unit, started_at=visit.handed_over_at,
        calendar_version=calendar_of(application.office).version,
    )  # fmt: skip
    with suppress(DomainError):  # no decree yet for that year: no date until there is one
        said = reckoning_of(deadline, visit.handed_over_at)
        deadline.due_on, deadline.due_at = said.due_on, said.due_at
    deadline.save()


def close_step(visit: ApplicationStep, *, at: datetime) -> None:
    """The step is done: its promise was kept or broken."""
    for deadline in visit.deadlines.running():
        deadline.met_at = at
        if deadline.breached_at is None and deadline.due_at and deadline.due_at < at:
            deadline.breached_at = at
        deadline.save(update_fields=["met_at", "breached_at"])


def flag_breaches(at: datetime) -> Swept:
    """Mark every promise that was broken by ``at``; each once, whoever runs and how often."""
    overdue = ApplicationDeadline.objects.overdue(at)

    def flag(pk: int) -> bool:
        return bool(overdue.filter(pk=pk).update(breached_at=at))

    keys = list(overdue.order_by("due_at").values_list("pk", flat=True)[:1000])
    return sweep("permits.flag_breaches", keys, flag)


def _event(
    application: Application,
    kind: ClockKind,
    *,
    actor: User | None,
    at: datetime,
    key: str = "",
    reason: str = "",
    ground: str = "",
) -> None:
    ApplicationClockEvent.objects.create(
        application=application, kind=kind, at=at, recorded_at=at, key=key, actor=actor,
        reason=reason[:500], ground=ground,
    )  # fmt: skip
