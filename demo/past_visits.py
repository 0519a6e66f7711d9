"""How a file of the past went through its SOP: nearly always in the standard times.

Late files of the demo are late because one step took long, the inspection where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any, Final

from accounts.models import Office, User
from permits.models import Application, ApplicationDeadline, ApplicationStep
from permits.services import deadlines
from standards.domain.steps import StepKind
from standards.models import Requirement, SopStep, StandardVersion
from workflow.domain.clock import ClockEvent, ClockKind, Term, Unit, reckon
from workflow.domain.workdays import WorkCalendar

_SHORT: Final = 15  # minutes for work whose standard time the SOP does not print
_OVER: Final = 0.03  # share of short visits that take twice their standard time
_LAST: Final = timedelta(minutes=3)  # for each step after the signature
Outcome = ApplicationStep.Outcome


@dataclass(frozen=True)
class Made:
    """What the files of one version share."""

    office: Office
    version: StandardVersion
    steps: list[SopStep]
    wanted: list[Requirement]
    calendar: WorkCalendar
    kept: str
    people: dict[int, User]
    applicant: User

    def officer(self, step: SopStep) -> User | None:
        """Return who holds the desk of ``step`` today."""
        return self.people.get(step.desk.pk) if step.desk else None


def walk(
    made: Made, chance: Random, file: Application, stood: tuple[datetime, datetime] | None
) -> list[ApplicationStep]:
    """Return the visits of ``file``: checked before its clock ran, finished with its permit.

    ``stood`` is when the file lay with the applicant: it was sent back from its long step.
    """
    slow = _long_step(made.steps)
    visits: list[ApplicationStep] = []
    handed = file.submitted_at
    for step in made.steps:
        if step == slow and stood:
            visits.append(_visit(made, file, step, visits, (handed, stood[0])))
            visits[-1].outcome = Outcome.RETURNED
            handed = stood[1]
        done = _end(made, chance, file, step, handed, slow)
        visits.append(_visit(made, file, step, visits, (handed, done)))
        handed = done
    return visits


def _long_step(steps: Sequence[SopStep]) -> SopStep:
    """Return the step that takes the days: the inspection, else the first after the check."""
    found = [one for one in steps if one.kind == StepKind.INSPECT]
    return found[0] if found else steps[min(1, len(steps) - 1)]


def _end(
    made: Made, chance: Random, file: Application, step: SopStep, handed: Any, slow: SopStep
) -> datetime:
    """Return when a visit ended that began at ``handed``."""
    accepted, closed = file.accepted_at, file.closed_at
    assert accepted is not None  # noqa: S101
    assert closed is not None  # noqa: S101
    if step == made.steps[0]:
        return accepted
    place = made.steps.index(step)
    sign = next((n for n, one in enumerate(made.steps) if one.kind == StepKind.SIGN), place)
    if place >= sign:
        left = len(made.steps) - 1 - place
        return max(handed, closed - left * _LAST)
    if step == slow:
        day = closed.date() - timedelta(days=1)
        while not made.calendar.is_workday(day):
            day -= timedelta(days=1)
        evening = datetime.combine(day, time(13, chance.randint(0, 50)), closed.tzinfo)
        return max(handed + timedelta(minutes=chance.randint(20, 60)), evening)
    standard = step.standard_amount if step.standard_unit == Unit.WORK_MINUTE else None
    share = 2.0 if chance.random() < _OVER else chance.uniform(0.3, 0.9)
    minutes = max(1, int((standard or _SHORT) * share))
    due = _due(made.calendar, handed, Term(minutes, Unit.WORK_MINUTE))[1]
    return min(due or handed, closed)


def _visit(
    made: Made,
    file: Application,
    step: SopStep,
    earlier: Sequence[ApplicationStep],
    span: tuple[Any, datetime],
) -> ApplicationStep:
    officer = made.officer(step)
    return ApplicationStep(
        application=file,
        step=step,
        visit=1 + sum(one.step == step for one in earlier),
        handed_over_at=span[0],
        received_by=officer,
        received_at=span[0],
        finished_by=officer,
        finished_at=span[1],
        outcome=Outcome.DONE,
    )


def terms(made: Made, visits: Iterable[ApplicationStep]) -> list[ApplicationDeadline]:
    """Return the standard times of the visits, as the portal keeps them."""
    found = []
    for visit in visits:
        term = deadlines.standard_time(visit.step)
        if term is None:
            continue
        due_on, due_at = _due(made.calendar, visit.handed_over_at, term)
        ended = visit.finished_at
        found.append(
            ApplicationDeadline(
                application=visit.application,
                visit=visit,
                kind=ApplicationDeadline.Kind.STEP,
                term_amount=term.amount,
                term_unit=term.unit,
                started_at=visit.handed_over_at,
                due_on=due_on,
                due_at=due_at,
                met_at=ended,
                calendar_version=made.kept,
                breached_at=due_at if due_at and ended and ended > due_at else None,
            )
        )
    return found


def _due(calendar: WorkCalendar, began: Any, term: Term) -> tuple[Any, datetime | None]:
    state = reckon([ClockEvent(ClockKind.START, began)], term, calendar, calendar.rules, began)
    return state.due_on, state.due_at
