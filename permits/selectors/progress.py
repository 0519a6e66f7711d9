"""The steps of the SOP and how far an application has come."""

from __future__ import annotations

from permits.domain import sop
from permits.domain.lifecycle import Status
from permits.models import Application, ApplicationStep
from standards.domain.steps import Step, StepKind
from standards.models import Procedure
from standards.selectors import load_procedure, walkable_steps


def sop_steps(procedure: Procedure) -> list[Step]:
    """Return the steps of the procedure as values of the domain."""
    return walkable_steps(procedure)


def steps_before(application: Application) -> list[Step]:
    """Return the steps to which the open step may send the application back, in their order.

    Before it is declared complete and correct this is the completeness check alone. Nothing goes
    back once the signature is requested.
    """
    visit = application.current_step
    if visit is None or hasattr(application, "certificate"):
        return []
    steps = sop_steps(application.procedure)
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
    steps = sop_steps(application.procedure)
    usual = sop.sent_back_to(steps, sop.same(steps, visit.step_id, StepKind(visit.step.kind)))
    return usual if usual in before else before[-1]


def public_progress(application: Application) -> list[dict[str, object]]:
    """Return each SOP step with its state, for the tracking page.

    Desks are public, names of officers are not.
    """
    visits: dict[int, ApplicationStep] = {}
    for row in application.steps.all():
        visits[row.step_id] = row
    rows: list[dict[str, object]] = []
    procedure = application.procedure
    for step in load_procedure(procedure).steps.all():
        visit = visits.get(step.pk)
        rows.append(
            {
                "label": step.activity,
                "kind": step.kind,
                "performer": step.role.label,
                "state": _progress(visit, application),
                "at": visit.finished_at if visit else None,
                "skipped": bool(visit and visit.outcome == ApplicationStep.Outcome.SKIPPED),
            }
        )
    return rows


def _progress(visit: ApplicationStep | None, application: Application) -> str:
    if visit is None or visit.outcome == ApplicationStep.Outcome.RETURNED:
        return "todo"
    if visit.pk == application.current_step_id and application.status != Status.COMPLETED:
        return "current"
    return "done" if visit.finished_at else "todo"
