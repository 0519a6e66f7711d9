"""Parts of further performers, written as rows."""

from __future__ import annotations

from permits.models import Application, ApplicationStep, StepPart


def ask_part(file: Application, label: str = "Sekretaris") -> StepPart:
    """Let the position behind a column of the SOP owe a part of the present step of ``file``."""
    visit = ApplicationStep.objects.get(application=file, finished_at=None)
    role = visit.step.procedure.roles.get(label=label)
    assert role.position is not None
    ApplicationStep.objects.filter(pk=visit.pk).update(asked=1)
    return StepPart.objects.create(
        application=file, visit=visit, role=role, position=role.position,
        asked_at=visit.handed_over_at,
    )  # fmt: skip
