"""The initials of the SOP."""

from __future__ import annotations

import pytest

from permits.domain.signing import missing_initials, why_not_sign
from standards.domain.steps import Step, StepKind

FIRST, SECOND = (
    Step(11, 2, StepKind.INITIAL),
    Step(12, 3, StepKind.INITIAL, optional=True),
)
STEPS = [FIRST, SECOND]


@pytest.mark.parametrize(
    ("given", "skipped", "missing"),
    [
        (set(), set(), [FIRST, SECOND]),
        ({11}, set(), [SECOND]),
        ({11, 12}, set(), []),
        ({11}, {12}, []),
        (set(), {12}, [FIRST]),
        ({10, 13}, set(), [FIRST, SECOND]),  # other steps have no initials
    ],
)
def test_initials_are_given_or_skipped(
    given: set[int], skipped: set[int], missing: list[Step]
) -> None:
    assert missing_initials(STEPS, given=given, skipped=skipped) == missing


@pytest.mark.parametrize(
    ("drafted", "missing", "why"),
    [
        (False, [], "draft_missing"),
        (False, [FIRST], "draft_missing"),
        (True, [FIRST], "initials_missing"),
        (True, [], ""),
    ],
)
def test_why_nobody_can_sign_yet(drafted: bool, missing: list[Step], why: str) -> None:
    assert why_not_sign(drafted=drafted, missing=missing) == why
