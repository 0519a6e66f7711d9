"""When a draft may be signed: the initials of the SOP. Four eyes: ``accounts.domain.four_eyes``."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from standards.domain.steps import Step


def initialled(signer: int, officers: Collection[int]) -> bool:
    """Return whether ``signer`` is among ``officers``, who initialled the text."""
    return signer in officers


def decides_own_proposal(decider: int, proposer: int) -> bool:
    """Return whether ``decider`` would confirm a refusal that they proposed at another desk."""
    return decider == proposer


def missing_initials(
    steps: Iterable[Step], *, given: Collection[int], skipped: Collection[int]
) -> list[Step]:
    """Return those of ``steps``, which initial a text, whose initials it still lacks.

    ``given``: the steps at which this text was initialled; ``skipped``: the steps left out
    with a reason. Both hold keys of steps.
    """
    return [step for step in steps if step.pk not in given and step.pk not in skipped]


def why_not_sign(*, drafted: bool, missing: Collection[Step], outdated: bool = False) -> str:
    """Return the code of the reason why the draft cannot be signed; "" if it can.

    ``outdated``: a legal ground was repealed since it was written, and the text does not say so.
    """
    if not drafted:
        return "draft_missing"
    if outdated:
        return "grounds_changed"
    return "initials_missing" if missing else ""
