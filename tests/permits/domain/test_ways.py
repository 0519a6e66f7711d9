"""Walking the SOP: the next step, and the way back."""

from __future__ import annotations

import pytest

from permits.domain import sop
from standards.domain.steps import Step, StepKind
from workflow.domain.errors import DomainError

FILE, CHECK, WORK, INSPECT, DRAFT, INITIAL, SIGN, NUMBER = (
    Step(10, 1, StepKind.FILE),
    Step(11, 2, StepKind.CHECK, returns_to=10),
    Step(12, 3, StepKind.WORK, returns_to=11),
    Step(13, 5, StepKind.INSPECT, returns_to=10),
    Step(14, 6, StepKind.DRAFT, returns_to=12),
    Step(15, 7, StepKind.INITIAL),
    Step(16, 8, StepKind.SIGN, returns_to=15),
    Step(17, 9, StepKind.NUMBER, returns_to=16),
)
STEPS = [NUMBER, FILE, CHECK, WORK, INSPECT, DRAFT, INITIAL, SIGN]  # in no order


@pytest.mark.parametrize(
    ("current", "following"),
    [
        (FILE, CHECK),
        (CHECK, WORK),
        (WORK, INSPECT),
        (INITIAL, SIGN),
        (SIGN, NUMBER),
        (NUMBER, None),
    ],
)
def test_the_next_step_is_the_next_in_order(current: Step, following: Step | None) -> None:
    assert sop.after(STEPS, current) is following


@pytest.mark.parametrize(
    ("current", "target"),
    [
        (WORK, CHECK),  # the written edge
        (SIGN, INITIAL),
        (INITIAL, DRAFT),  # initials without an edge go back to the drafter
        (INSPECT, CHECK),  # the edge leads to the applicant: the check returns to the applicant
        (CHECK, None),
        (DRAFT, WORK),
    ],
)
def test_the_way_back(current: Step, target: Step | None) -> None:
    assert sop.sent_back_to(STEPS, current) is target


def test_a_step_of_a_changed_procedure_is_found_by_its_kind() -> None:
    assert sop.same(STEPS, 12, StepKind.WORK) is WORK
    assert sop.same(STEPS, 99, StepKind.WORK) is WORK
    with pytest.raises(DomainError, match="procedure_broken"):
        sop.same(STEPS, 99, StepKind.PAY)
