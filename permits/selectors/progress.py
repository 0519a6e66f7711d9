"""The steps of the SOP and how far an application has come."""

from __future__ import annotations

from permits.domain.lifecycle import Status
from permits.models import Application, ApplicationStep
from standards.domain.steps import Step
from standards.models import Procedure
from standards.selectors import load_procedure, walkable_steps


def sop_steps(procedure: Procedure) -> list[Step]:
    """Return the steps of the procedure as values of the domain."""
    return walkable_steps(procedure)


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
