"""Who may sign a draft, and when: four eyes and the initials of the SOP."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from standards.domain.steps import Step, StepKind


def breaks_four_eyes(signer: int, drafters: Collection[int]) -> bool:
    """Return whether ``signer`` wrote any revision of the draft: nobody signs what he wrote.

    ``drafters`` are the authors of all revisions, not of the current one alone.
    """
    return signer in drafters


def missing_initials(
    steps: Iterable[Step], *, given: Collection[int], skipped: Collection[int]
) -> list[Step]:
    """Return the initialling steps of the SOP whose initials the current draft still lacks.

    ``given``: the steps at which this very text was initialled; ``skipped``: the steps left out
    with a reason. Both hold keys of steps.
    """
    return [
        step
        for step in steps
        if step.kind is StepKind.INITIAL and step.pk not in given and step.pk not in skipped
    ]


def why_not_sign(*, drafted: bool, missing: Collection[Step]) -> str:
    """Return the code of what keeps everybody from signing; "" if the draft is ready."""
    if not drafted:
        return "draft_missing"
    return "initials_missing" if missing else ""
