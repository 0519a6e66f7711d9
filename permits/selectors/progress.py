"""The steps of the SOP and how far an application has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from django.db.models import Q

from permits.domain import sop
from permits.domain.lifecycle import CLOSED, Status
from permits.models import Application, ApplicationStep, StepPart
from permits.selectors.facts import asked_facts
from permits.selectors.further_papers import writing_step
from permits.selectors.refusals import open_refusal
from standards.domain.fees import FeeKind
from standards.domain.steps import Phase, Step, StepKind, applying, order_of, phase
from standards.models import SopStep, StandardVersion
from standards.selectors import load_procedure, walkable_steps

Outcome = ApplicationStep.Outcome
_NOT_DONE = (Outcome.RETURNED, Outcome.ENDED, Outcome.PROPOSED, Outcome.REFUSED)


def sop_steps(application: Application, here: int | None = None) -> list[Step]:
    """Return the steps of the SOP that apply with the answers of ``application``.

    ``here`` is the key of the step that it is about to leave; its open step always applies.
    """
    steps = walkable_steps(application.procedure)
    if not any(step.when for step in steps):
        return steps
    visit = application.current_step
    at = here if visit is None else visit.step_id
    return applying(steps, asked_facts(application).values, at)


def steps_before(application: Application) -> list[Step]:
    """Return the steps to which the open step may send the application back, in their order.

    Before it is declared complete and correct this is the completeness check alone. Nothing goes
    back once the signature is requested.
    """
    visit = application.current_step
    if visit is None or application.certificate_id is not None:
        return []
    steps = sop_steps(application)
    before = sop.earlier(steps, sop.same(steps, visit.step_id, StepKind(visit.step.kind)))
    if application.accepted_at is not None:
        return before
    return [step for step in before if step.kind is StepKind.CHECK]


def step_to_return_to(application: Application) -> Step | None:
    """Return which of ``steps_before`` the SOP names; ``None`` if there is none."""
    before = steps_before(application)
    visit = application.current_step
    if not before or visit is None:
        return None
    steps = sop_steps(application)
    if refusal := open_refusal(application):
        return next((step for step in before if step.pk == refusal.visit.step_id), before[-1])
    current = sop.same(steps, visit.step_id, StepKind(visit.step.kind))
    usual = sop.sent_back_to(steps, current, writing_step(application))
    return usual if usual in before else before[-1]


def is_free(version: StandardVersion) -> bool:
    """Whether the standard sets its fees and all of them are free: nothing is ever to be paid."""
    kinds = [row.kind for row in version.fees.all()]
    return bool(kinds) and all(kind == FeeKind.FREE for kind in kinds)


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """One step of the SOP as the public sees it.

    ``state`` is done, current, todo, or returned (to the applicant); ``again`` is a step of the
    applicant after a return.
    """

    step: SopStep
    state: str
    at: datetime | None = None
    again: bool = False


def public_progress(application: Application) -> list[ProgressRow]:
    """Return what has happened and, unless the application ended early, what is still to come.

    Steps that do not apply (by the answers, skipped, or a payment of a free service) and those
    before the filing are left out. Desks are public, names of officers are not.
    """
    steps = {step.pk: step for step in load_procedure(application.procedure).steps.all()}
    visits = [visit for visit in application.steps.all() if visit.step_id in steps]
    latest = {visit.step_id: visit for visit in visits}
    rows = list(_rounds(visits, latest, steps))
    current = steps.get(visits[-1].step_id) if visits and not visits[-1].finished_at else None
    free = is_free(application.version) or (
        application.submitted_at is not None and not application.charges.exists()
    )
    applicable = {step.pk for step in sop_steps(application)}
    beside = _latest_parts(application, steps.values())
    owed = {pk for pk, part in beside.items() if part.is_open}
    filed, handed_over = (
        order_of((step for step in steps.values() if step.pk in applicable), kind)
        for kind in (StepKind.FILE, StepKind.HAND_OVER)
    )
    for step in steps.values():
        visit: ApplicationStep | StepPart | None = latest.get(step.pk) or beside.get(step.pk)
        where = phase(step.order, filed, handed_over)
        if where is Phase.BEFORE or step.pk not in (applicable | owed):
            continue
        if step.kind == StepKind.PAY and free:
            continue
        if visit is not None and visit.outcome == Outcome.SKIPPED:
            continue
        state = _state(visit, step, current, application.status, where)
        if owed and step == current:
            state = "todo"  # it begins after the rows that run side by side before it
        if state == "todo" and application.status in CLOSED:
            continue
        again = isinstance(visit, ApplicationStep) and visit.visit > 1
        at = visit.finished_at if visit and state == "done" else None
        rows.append(ProgressRow(step, state, at, again))
    return rows


def _rounds(
    visits: list[ApplicationStep], latest: dict[int, ApplicationStep], steps: dict[int, SopStep]
) -> Iterator[ProgressRow]:
    """Yield the earlier rounds: each sending by the applicant, and each return to them."""
    for visit, following in pairwise([*visits, None]):
        assert visit is not None  # noqa: S101  only the last one is
        step = steps[visit.step_id]
        if step.kind == StepKind.FILE and visit is not latest[visit.step_id]:
            yield ProgressRow(step, "done", visit.finished_at, again=visit.visit > 1)
        back = following is not None and steps[following.step_id].kind == StepKind.FILE
        if back and visit.outcome == Outcome.RETURNED:
            yield ProgressRow(step, "returned", visit.finished_at)


def _latest_parts(application: Application, steps: Iterable[SopStep]) -> dict[int | None, StepPart]:
    """Return the latest part of each row that runs side by side with others, by its step."""
    if not any(step.parallel for step in steps):
        return {}
    rows = application.parts.exclude(step=None).order_by("pk")
    return {part.step_id: part for part in rows}


def _state(
    visit: ApplicationStep | StepPart | None,
    step: SopStep,
    current: SopStep | None,
    status: str,
    where: Phase,
) -> str:
    if visit is None or visit.outcome in _NOT_DONE:
        return "todo"
    if not visit.finished_at:
        over = status == Status.COMPLETED and where is not Phase.AFTER
        return "done" if over else "current"
    # what was done before a return is to be done again
    return "todo" if current is not None and step.order > current.order else "done"


def went_on(desks: Iterable[int], key: UUID) -> bool:
    """Whether a visit or a part of this application at one of the desks (positions) is over."""
    keys = list(desks)
    at_them = Q(step__recorded_by__position__in=keys)
    at_them |= Q(step__recorded_by=None, step__role__position__in=keys)
    visits = ApplicationStep.objects.filter(at_them, application__public_id=key)
    given = StepPart.objects.filter(position__in=keys, application__public_id=key)
    over = {"finished_at__isnull": False}
    return visits.filter(**over).exists() or given.filter(**over).exists()
