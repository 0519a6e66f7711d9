"""What the lists of the desk show, as conditions: a list and a count of it ask the same one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from accounts.models import Office, User
from notices.models import Notice
from permits.domain.lifecycle import CLOSED, OPEN, WITH_APPLICANT, Status
from permits.models import Application, ApplicationDeadline, StepPart
from permits.selectors.parts import load_parts
from standards.domain.steps import StepClock, StepKind
from workflow.calendars import calendars_of
from workflow.domain.workdays import WorkCalendar

_ON_THE_DESK = (
    ApplicationDeadline.Kind.SERVICE, ApplicationDeadline.Kind.STEP, ApplicationDeadline.Kind.CHECK,
)  # fmt: skip
NEARLY = 2  # working days left: the day on which the desk is warned (permits.services.terms)


class Show(StrEnum):
    """The saved filters; the value is used in the query string."""

    MINE = "saya"
    OFFICE = "semua"
    LATE = "terlambat"
    NEARLY = "hampir"
    STEP_LATE = "lewat_baku"
    SIGN = "tanda_tangan"
    APPLICANT = "pemohon"
    PARTS = "bagian"
    ISSUED = "terbit"
    CLOSED = "selesai"


_STATUSES: dict[Show, frozenset[Status]] = {
    Show.OFFICE: OPEN,
    Show.ISSUED: frozenset({Status.ISSUED}),
    Show.CLOSED: CLOSED,
}


def shown(
    show: Show,
    offices: Iterable[Office],
    at: datetime,
    calendars: Mapping[int, WorkCalendar] | None = None,
) -> Q:
    """Return the condition of the applications of ``offices`` under a saved filter.

    ``MINE`` depends on the desks of an officer and is not one of them. ``calendars``: those of the
    offices by their keys, if the caller has read them.
    """
    if show is Show.LATE:
        return late(at)
    if show is Show.NEARLY:
        return Q(status=Status.IN_PROCESS) & due_soon(offices, at, calendars)
    if show is Show.STEP_LATE:
        return over_standard_time(at)
    if show is Show.APPLICANT:
        return with_applicant()
    if show is Show.PARTS:
        return waiting_for_parts()
    if show is Show.SIGN:
        return Q(status=Status.IN_PROCESS, current_step__step__kind=StepKind.SIGN)
    return Q(status__in=_STATUSES[show])


def late(at: datetime) -> Q:
    """Return the condition of an application past its due date."""
    return Q(status=Status.IN_PROCESS, due_at__lte=at)


def with_applicant() -> Q:
    """Return the condition of an open one that waits for its applicant.

    It was returned for completion, or its service clock stands at a step that is the applicant's
    time: a payment, unless the SOP says else (``standards.domain.steps.clock_of``).
    """
    own = Q(current_step__step__clock=StepClock.APPLICANT)
    usual = Q(current_step__step__clock=StepClock.USUAL, current_step__step__kind=StepKind.PAY)
    returned = Q(status__in=WITH_APPLICANT & OPEN)
    return returned | Q(status=Status.IN_PROCESS, due_at=None) & (own | usual)


def due_soon(
    offices: Iterable[Office], at: datetime, calendars: Mapping[int, WorkCalendar] | None = None
) -> Q:
    """Return the condition of a promise that is due within ``NEARLY`` working days from today.

    Of rows with ``office``, ``due_on`` and ``due_at``, complaints too. The days are those of each
    office; three queries for their calendars unless the caller has read them.
    """
    listed = list(offices)
    if calendars is None:
        calendars = calendars_of(listed)
    soon = Q(pk__in=[])
    for office in listed:
        last = calendars[office.pk].add(office.local_date(at), NEARLY)
        soon |= Q(office=office, due_on__lte=last)
    return soon & Q(due_at__gt=at)


def over_standard_time(at: datetime) -> Q:
    """Return the condition of an open one whose present step has used up its standard time.

    So has one with a part that is owed past its own deadline.
    """
    kinds = (ApplicationDeadline.Kind.STEP, ApplicationDeadline.Kind.PART)
    steps = ApplicationDeadline.objects.overdue_at(at).filter(kind__in=kinds)
    return Q(pk__in=steps.values("application"), status__in=OPEN)


def waiting_for_parts() -> Q:
    """Return the condition of an open one at whose step further performers owe their parts."""
    owed = StepPart.objects.open()
    return Q(pk__in=owed.values("application"), status__in=OPEN)


def at_row(step: int) -> Q:
    """Return the condition of one at this row (key) of the SOP: its step, or one beside others."""
    owed = StepPart.objects.open().filter(step=step).order_by()
    return Q(current_step__step=step) | Q(pk__in=owed.values("application"))


def due_at_desks(desks: Iterable[int], until: datetime) -> list[ApplicationDeadline]:
    """Return what the desks (keys of positions) owe until then, the earliest first.

    The terms that the office keeps: the promise, the standard time of the step, the check. Whoever
    owes a part with a deadline of its own is held by that instead of the step's.
    """
    keys = list(desks)
    parts = ApplicationDeadline.objects.running().filter(part__position__in=keys)
    here = Q(kind__in=_ON_THE_DESK, application__in=Application.objects.waiting_on(keys))
    elsewhere = Q(kind=ApplicationDeadline.Kind.STEP, visit__in=parts.values("visit"))
    elsewhere &= ~Q(application__desk__in=keys)
    rows = ApplicationDeadline.objects.overdue_at(until).filter(
        here & ~elsewhere | Q(pk__in=parts.values("pk"))
    )
    return list(rows.select_related("application__service").order_by("due_at", "pk"))


def reported_to(user: User, at: datetime) -> list[Application]:
    """Return the late files of which ``user`` was told as a superior and that are late still."""
    told = Notice.objects.filter(recipient=user, template="permits/escalated")
    abouts = told.values_list("about", flat=True).distinct().order_by()
    keys = [int(about.partition(":")[2]) for about in abouts]
    seen = Application.objects.visible_to(user)
    rows = seen.filter(late(at) | over_standard_time(at), pk__in=keys)
    found = list(
        rows.select_related("service", "desk", "current_step").order_by("submitted_at", "pk")
    )
    load_parts(row.current_step for row in found)
    return found
