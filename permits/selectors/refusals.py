"""The proposal to refuse an application."""

from __future__ import annotations

from permits.models import Application, Refusal
from standards.domain.steps import StepKind


def open_refusal(application: Application) -> Refusal | None:
    """Return the proposal that waits for the decision of the signing desk."""
    visit = application.current_step
    if visit is None or visit.step.kind != StepKind.SIGN:
        return None
    refusal: Refusal | None = getattr(visit, "refusal_to_decide", None)
    return refusal if refusal is not None and refusal.decided_at is None else None
