"""The kinds of SOP steps, and what makes a written procedure walkable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class StepKind(StrEnum):
    """What the portal does at a step; the words on screen are the procedure's own."""

    FILE = "ajukan"
    CHECK = "periksa"
    WORK = "kerjakan"
    INSPECT = "tinjau"
    PAY = "bayar"
    DRAFT = "konsep"
    INITIAL = "paraf"
    SIGN = "tanda_tangan"
    NUMBER = "nomor"
    SURVEY = "kuesioner"
    HAND_OVER = "serahkan"

    @property
    def is_ordinary(self) -> bool:
        """Whether the desk finishes the step by passing the application on, and nothing else."""
        return self in (StepKind.WORK, StepKind.PAY, StepKind.SURVEY)

    @property
    def waits_for_applicant(self) -> bool:
        """Whether the applicant, not the desk, decides how long the step takes."""
        return self in (StepKind.SURVEY, StepKind.HAND_OVER)


ORDINARY: Final = tuple(kind for kind in StepKind if kind.is_ordinary)


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the SOP as the walker sees it."""

    pk: int
    order: int
    kind: StepKind
    optional: bool = False
    returns_to: int | None = None
    has_desk: bool = True


def faults(steps: Sequence[Step]) -> list[str]:
    """Return the codes of what keeps a procedure from being walked; empty when it is sound."""
    kinds = [step.kind for step in sorted(steps, key=lambda step: step.order)]
    codes = []
    for kind, code in (
        (StepKind.FILE, "procedure_needs_file"),
        (StepKind.CHECK, "procedure_needs_check"),
        (StepKind.DRAFT, "procedure_needs_draft"),
        (StepKind.SIGN, "procedure_needs_sign"),
        (StepKind.NUMBER, "procedure_needs_number"),
        (StepKind.HAND_OVER, "procedure_needs_hand_over"),
    ):
        if kinds.count(kind) != 1:
            codes.append(code)
    if codes:
        return codes
    place = {kind: kinds.index(kind) for kind in kinds}
    if kinds[0] is not StepKind.FILE or kinds[1] is not StepKind.CHECK:
        codes.append("procedure_starts_wrong")
    if kinds[-1] is not StepKind.HAND_OVER:
        codes.append("procedure_ends_wrong")
    initials = [index for index, kind in enumerate(kinds) if kind is StepKind.INITIAL]
    in_order = place[StepKind.DRAFT] < place[StepKind.SIGN] < place[StepKind.NUMBER]
    if not in_order or any(
        not place[StepKind.DRAFT] < index < place[StepKind.SIGN] for index in initials
    ):
        codes.append("procedure_signs_out_of_order")
    if any(not step.has_desk for step in steps if step.kind is not StepKind.FILE):
        codes.append("procedure_step_without_desk")
    by_pk = {step.pk: step for step in steps}
    for step in steps:
        target = by_pk.get(step.returns_to) if step.returns_to else None
        if target is not None and target.order >= step.order:
            codes.append("procedure_returns_forward")
    return codes
