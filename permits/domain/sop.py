"""The order of the steps of an SOP: the next step, and the step to send an application back to."""

from __future__ import annotations

from collections.abc import Sequence

from standards.domain.steps import Step, StepKind, order_of, visited
from workflow.domain.errors import DomainError

_MAY_GO_BACK_TO_DRAFT = frozenset({StepKind.INITIAL, StepKind.SIGN})


def same(steps: Sequence[Step], pk: int, kind: StepKind) -> Step:
    """Return the step ``pk``; if the procedure was changed, the step of its ``kind``.

    Raises ``DomainError("procedure_broken")`` if there is neither.
    """
    return next((step for step in steps if step.pk == pk), None) or first(steps, kind)


def first(steps: Sequence[Step], kind: StepKind) -> Step:
    """Return the step of ``kind``; raise ``DomainError("procedure_broken")`` if there is none."""
    for step in visited(steps):
        if step.kind is kind:
            return step
    raise DomainError("procedure_broken", kind=kind)


def after(steps: Sequence[Step], current: Step) -> Step | None:
    """Return the step that follows ``current`` when it is done, or ``None`` at the end."""
    following = [step for step in visited(steps) if step.order > current.order]
    return min(following, key=lambda step: step.order, default=None)


def earlier(steps: Sequence[Step], current: Step) -> list[Step]:
    """Return the steps before ``current`` that are at a desk of the office, in their order.

    The applicant is none of them: only the completeness check returns to the applicant. What the
    SOP prints before the filing is no visit of an application, nor is a row beside others.
    """
    filed = order_of(steps, StepKind.FILE)
    before = [
        step
        for step in visited(steps)
        if step.order < current.order and (filed is None or step.order > filed)
    ]
    return sorted(before, key=lambda step: step.order)


def sent_back_to(steps: Sequence[Step], current: Step, writing: int | None = None) -> Step | None:
    """Return the step to which ``current`` sends an application back if nobody chooses another.

    This is the return edge of the SOP. An edge to the applicant leads to the completeness check.
    Without an edge it is the step that wrote the text for initials and signature, because a faulty
    text must be correctable, else the step before: ``writing`` is the key of that step if
    ``current`` initials or signs a paper beside the permit. ``None`` if no desk is before
    ``current``.
    """
    before = earlier(steps, current)
    edge = next((step for step in steps if step.pk == current.returns_to), None)
    if edge in before:
        return edge
    wanted = None
    if edge is not None:
        wanted, writing = StepKind.CHECK, None
    elif current.kind in _MAY_GO_BACK_TO_DRAFT:
        wanted = StepKind.DRAFT
    named = (step for step in before if step.kind is wanted or step.pk == writing)
    return next(named, before[-1] if before else None)
