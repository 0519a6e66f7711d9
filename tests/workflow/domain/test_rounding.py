"""Shares and averages are rounded half up."""

from __future__ import annotations

import pytest

from workflow.domain.rounding import half_up, percent


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [(5, 40, 13), (15, 40, 38), (1, 200, 1), (1, 201, 0), (2, 3, 67), (7, 7, 100), (0, 9, 0)],
)
def test_half_a_percent_is_rounded_up(part: int, whole: int, found: int) -> None:
    assert percent(part, whole) == found


def test_nothing_is_no_percent_of_nothing() -> None:
    assert percent(0, 0) == 0


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [(1, 8, "0.13"), (17, 8, "2.13"), (3, 8, "0.38"), (2, 1, "2.00"), (1, 3, "0.33")],
)
def test_half_a_hundredth_is_rounded_up(part: int, whole: int, found: str) -> None:
    assert str(half_up(part, whole, 2)) == found
