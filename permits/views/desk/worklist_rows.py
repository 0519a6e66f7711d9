"""One application as a row of the worklist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.officers import Officer
from permits.domain.lifecycle import CLOSED, ENDED, Status
from permits.models import Application, ApplicationDeadline
from permits.presenters import wording
from permits.presenters.applicant import Promise
from permits.presenters.step_time import StepTime, step_time, workdays_until
from standards.domain.steps import StepKind
from workflow.calendars import calendar_of
from workflow.domain.workdays import WorkCalendar

Kind = ApplicationDeadline.Kind
_FOR_THE_APPLICANT = (StepKind.SURVEY, StepKind.HAND_OVER)  # nobody can hurry at these


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One application in the list: the model and the words that stand beside it."""

    application: Application
    meaning: str
    sentence: str
    mine: bool
    own: bool
    desk: str
    since: datetime | None
    promise: Promise | None
    step_time: StepTime | None
    zone: str


def worklist_rows(applications: Iterable[Application], officer: Officer) -> list[WorklistRow]:
    """Return the rows of ``applications``, which come from ``for_worklist``."""
    offices = {office.pk: office for office in officer.offices}
    calendars = {pk: calendar_of(office) for pk, office in offices.items()}
    rows = []
    for application in applications:
        application.office = offices[application.office_id]
        rows.append(_row(application, officer, calendars[application.office_id]))
    return rows


def _row(application: Application, officer: Officer, calendar: WorkCalendar) -> WorklistRow:
    meaning, sentence = wording.at_the_desk(application, officer.at)
    visit = application.current_step
    return WorklistRow(
        application=application,
        meaning=meaning,
        sentence=sentence,
        mine=application.desk_id in officer.seats,
        own=application.applicant_id == officer.user.pk,
        desk=_desk(application),
        since=visit.handed_over_at if visit else application.closed_at,
        promise=_promise(application, officer.at, calendar),
        step_time=_step_time(application, officer.at, calendar),
        zone=application.office.time_zone,
    )


def _desk(application: Application) -> str:
    if application.desk is not None:
        return application.desk.name
    return "" if application.status in CLOSED else _("Pemohon")


def _promise(application: Application, at: datetime, calendar: WorkCalendar) -> Promise | None:
    """Return the promise of the application from its stored day; ``None`` if it ended without one.

    The same answer as ``permits.presenters.applicant.promise``, which reads the clock events.
    """
    status = application.status
    if status in ENDED:
        return None
    due_on, due_at = application.due_on, application.due_at
    if due_on is None or due_at is None:
        state = "paused" if status == Status.RETURNED else "not_started"
        return Promise(None, state, None, audience="officer")
    if status in (Status.ISSUED, Status.COMPLETED):
        met_at = _met_at(application) or due_at
        left = 0
        if met_at >= due_at:
            left = min(-1, workdays_until(calendar, _day(met_at, application), due_on))
        return Promise(due_on, "met", left, audience="officer")
    guess = not calendar.is_confirmed(due_on)
    left_now = workdays_until(calendar, _day(at, application), due_on)
    if due_at <= at:
        left_now = min(-1, left_now)
        return Promise(due_on, "late", left_now, audience="officer", provisional=guess)
    return Promise(due_on, "running", left_now, audience="officer", provisional=guess)


def _met_at(application: Application) -> datetime | None:
    """Return when the service was delivered, as its latest deadline records it."""
    met = [row for row in application.deadlines.all() if row.kind == Kind.SERVICE and row.met_at]
    latest = max(met, key=lambda row: row.pk, default=None)
    return latest.met_at if latest else None


def _day(at: datetime, application: Application) -> date:
    return at.astimezone(application.office.zone).date()


def _step_time(application: Application, at: datetime, calendar: WorkCalendar) -> StepTime | None:
    visit = application.current_step
    if visit is None or application.desk_id is None:
        return None
    if visit.step.kind in _FOR_THE_APPLICANT:
        return StepTime("neutral", _("menunggu pemohon"))
    open_steps = (
        row for row in application.deadlines.all() if row.kind == Kind.STEP and not row.met_at
    )
    deadline = next(open_steps, None)
    if deadline is None or deadline.due_at is None:
        return None
    return step_time(visit.step.standard_unit, deadline.due_at, at, application.office, calendar)
