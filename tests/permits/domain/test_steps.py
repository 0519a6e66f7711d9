"""The walk through a procedure: forwards in its order, backwards along its edges."""

from __future__ import annotations

import pytest

from permits.domain.sop import after, earlier, first, sent_back_to
from standards.domain.steps import Step, StepKind
from workflow.domain.errors import DomainError

FILE = Step(11, 1, StepKind.FILE)
CHECK = Step(12, 2, StepKind.CHECK, returns_to=11)
INSPECT = Step(13, 3, StepKind.INSPECT, returns_to=12)
DRAFT = Step(14, 4, StepKind.DRAFT)
INITIAL = Step(15, 5, StepKind.INITIAL)
SECOND_INITIAL = Step(16, 6, StepKind.INITIAL, returns_to=12)
SIGN = Step(17, 7, StepKind.SIGN)
NUMBER = Step(18, 8, StepKind.NUMBER)
HAND_OVER = Step(19, 9, StepKind.HAND_OVER)
WALK = [FILE, CHECK, INSPECT, DRAFT, INITIAL, SECOND_INITIAL, SIGN, NUMBER, HAND_OVER]
MIXED = [WALK[n] for n in (4, 0, 8, 2, 6, 1, 3, 7, 5)]  # rows may come in any order


def test_each_step_is_followed_by_the_next_number() -> None:
    assert [after(MIXED, step) for step in WALK] == [*WALK[1:], None]


def test_numbers_may_have_gaps() -> None:
    assert after([FILE, SIGN, HAND_OVER], FILE) == SIGN


@pytest.mark.parametrize(
    ("current", "target"),
    [
        (FILE, None),
        (CHECK, None),  # back to the applicant is another act
        (INSPECT, CHECK),
        (DRAFT, INSPECT),  # no written edge: the step before
        (INITIAL, DRAFT),  # no written edge: a text that nobody may correct is never signed
        (SECOND_INITIAL, CHECK),  # the written edge is stronger
        (SIGN, DRAFT),
    ],
)
def test_a_step_sends_back_along_its_edge_or_to_the_drafter(
    current: Step, target: Step | None
) -> None:
    assert sent_back_to(MIXED, current) == target


def test_every_desk_reaches_every_desk_before_it() -> None:
    assert earlier(MIXED, SIGN) == [CHECK, INSPECT, DRAFT, INITIAL, SECOND_INITIAL]
    assert earlier(MIXED, DRAFT) == [CHECK, INSPECT]
    assert earlier(MIXED, CHECK) == []


def test_a_step_is_found_by_its_kind_and_a_missing_one_is_refused() -> None:
    assert first(MIXED, StepKind.SIGN) == SIGN
    assert first(WALK, StepKind.INITIAL) == INITIAL
    with pytest.raises(DomainError) as refused:
        first(WALK, StepKind.PAY)
    assert refused.value.code == "procedure_broken"
