"""One application as a row of the worklist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.officers import Officer
from permits.domain.lifecycle import CLOSED, ENDED, Status
from permits.models import Application, ApplicationDeadline, StepPart
from permits.presenters import deadlines, wording
from permits.presenters.deadlines import Promise
from permits.presenters.step_time import StepTime, part_time, step_time
from permits.selectors import (
    PaperAtStep,
    begun,
    desks_of,
    load_parts,
    papers_at_steps,
    part_calendars,
    part_of,
    promise_calendars,
    step_calendars,
)
from standards.domain.steps import StepClock, StepKind
from workflow.domain.deadline_status import NOT_STARTED, PAUSED, met
from workflow.domain.workdays import WorkCalendar

Kind = ApplicationDeadline.Kind


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One application in the list: the model and its texts."""

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


def worklist_rows(
    applications: Iterable[Application],
    officer: Officer,
    papers: Mapping[int, PaperAtStep] | None = None,
) -> list[WorklistRow]:
    """Return the rows of ``applications``, which come from ``for_worklist``.

    ``papers`` are those that their steps make, by application, if the caller has them.
    """
    offices = {office.pk: office for office in officer.file_offices}
    listed = list(applications)
    for application in listed:
        application.office = offices[application.office_id]
    load_parts(application.current_step for application in listed)
    calendars = promise_calendars(listed)
    of_steps = step_calendars(listed, calendars)
    papers = papers_at_steps(listed) if papers is None else papers
    owed = {row.pk: part_of(row, officer.seats) for row in listed}
    of_parts = part_calendars(part for part in owed.values() if part is not None)
    rows = []
    for row in listed:
        calendar, part = calendars[row.pk], owed[row.pk]
        time = _step_time(row, officer.at, of_steps[row.pk])
        if part is not None and row.desk_id not in officer.seats:
            time = part_time(part, officer.at, of_parts.get(part.pk, calendar)) or time
        rows.append(_row(row, officer, calendar, time, papers.get(row.pk), part))
    return rows


def _row(
    application: Application,
    officer: Officer,
    calendar: WorkCalendar,
    time: StepTime | None,
    paper: PaperAtStep | None,
    part: StepPart | None,
) -> WorklistRow:
    mine = application.desk_id in officer.seats
    meaning, sentence = wording.at_the_desk(
        application, officer.at, mine=mine, paper=paper, part=part is not None
    )
    visit = application.current_step
    return WorklistRow(
        application=application,
        meaning=meaning,
        sentence=sentence,
        mine=mine or part is not None,
        own=application.applicant_id == officer.user.pk,
        desk=_desk(application),
        since=visit.handed_over_at if visit else application.closed_at,
        promise=_promise(application, officer.at, calendar),
        step_time=time,
        zone=application.office.time_zone,
    )


def _desk(application: Application) -> str:
    if desks := desks_of(application):
        return ", ".join(desk.name for desk in desks)
    return "" if application.status in CLOSED else _("Pemohon")


def _promise(application: Application, at: datetime, calendar: WorkCalendar) -> Promise | None:
    """Return the deadline from the stored due date; ``None`` if the application ended without one.

    The same result as ``permits.presenters.deadlines.promise``, which reads the clock events.
    """
    status, zone = application.status, application.office.zone
    if status in ENDED:
        return None
    due_on, due_at = application.due_on, application.due_at
    if due_on is None or due_at is None:
        paused = deadlines.paused_step(application) is not None
        state = PAUSED if paused or status == Status.RETURNED else NOT_STARTED
    elif status in (Status.ISSUED, Status.COMPLETED):
        state = met(calendar, due_on, due_at, met_at=_met_at(application) or due_at, zone=zone)
    else:
        state = deadlines.running(application, at, calendar)
    paused_by = deadlines.paused_by(application, "officer") if state is PAUSED else ""
    return Promise.of(state, audience="officer", paused_by=paused_by)


def _met_at(application: Application) -> datetime | None:
    """Return when the service was delivered, as its latest deadline records it."""
    met = [row for row in application.deadlines.all() if row.kind == Kind.SERVICE and row.met_at]
    latest = max(met, key=lambda row: row.pk, default=None)
    return latest.met_at if latest else None


def _step_time(application: Application, at: datetime, calendar: WorkCalendar) -> StepTime | None:
    visit = application.current_step
    if visit is None or application.desk_id is None or not begun(application):
        return None
    waits = visit.step.whose_clock is StepClock.APPLICANT
    if waits or StepKind(visit.step.kind).waits_for_applicant:
        return StepTime("neutral", _("menunggu pemohon"))
    open_steps = (
        row for row in application.deadlines.all() if row.kind == Kind.STEP and not row.met_at
    )
    deadline = next(open_steps, None)
    if deadline is None or deadline.due_at is None:
        return None
    return step_time(deadline.term, deadline.due_at, at, application.office, calendar)
