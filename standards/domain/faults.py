"""What is found in a standard: a code, what its sentence names, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FAULT_COSTS = 10
WARNING_COSTS = 4


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is missing or wrong.

    ``place`` is "office", a column of the version ("term_amount"), a row or list below it
    ("fees-0", the first one), or a step of one of its procedures ("procedure_links-0/steps-3");
    "" is the version as a whole. Of one procedure alone it is a step ("steps-3") or "".
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    place: str = ""


def step_place(at: int | None) -> str:
    """Return the place of the step that stands ``at`` in its procedure, counted from 0."""
    return "" if at is None else f"steps-{at}"


def score(faults: int, warnings: int) -> int:
    """Return the points, 0 to 100, of a standard with so many faults and warnings."""
    return max(0, 100 - FAULT_COSTS * faults - WARNING_COSTS * warnings)
