"""The order of the steps of an SOP: the next step, and the step to send an application back to."""

from __future__ import annotations

from collections.abc import Sequence

from standards.domain.steps import Step, StepKind
from workflow.domain.errors import DomainError

_MAY_GO_BACK_TO_DRAFT = frozenset({StepKind.INITIAL, StepKind.SIGN})


def same(steps: Sequence[Step], pk: int, kind: StepKind) -> Step:
    """Return the step ``pk``; if the procedure was changed, the step of its ``kind``.

    Raises ``DomainError("procedure_broken")`` if there is neither.
    """
    return next((step for step in steps if step.pk == pk), None) or first(steps, kind)


def first(steps: Sequence[Step], kind: StepKind) -> Step:
    """Return the step of ``kind``; raise ``DomainError("procedure_broken")`` if there is none."""
    for step in steps:
        if step.kind is kind:
            return step
    raise DomainError("procedure_broken", kind=kind)


def after(steps: Sequence[Step], current: Step) -> Step | None:
    """Return the step that follows ``current`` when it is done, or ``None`` at the end."""
    following = [step for step in steps if step.order > current.order]
    return min(following, key=lambda step: step.order, default=None)


def back_from(steps: Sequence[Step], current: Step) -> Step | None:
    """Return the step to which ``current`` sends an application back; ``None`` if there is none.

    This is the return edge of the SOP. A step of initials or signature without one sends back to
    the drafter: a faulty text must be correctable.
    """
    if current.returns_to is not None:
        return next(step for step in steps if step.pk == current.returns_to)
    if current.kind in _MAY_GO_BACK_TO_DRAFT:
        return first(steps, StepKind.DRAFT)
    return None


def sent_back_to(steps: Sequence[Step], current: Step) -> Step | None:
    """Return the step whose desk ``current`` may send an application back to.

    ``None`` if its kind sends nothing back, or if the edge leads to the applicant.
    """
    target = back_from(steps, current) if current.kind.sends_back else None
    return None if target is None or target.kind is StepKind.FILE else target
