"""Two appointments to one chair: who may sit beside whom."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.domain.appointments import Tenure, clash

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)


def tenure(
    first: date, last: date | None, *, acting: bool = False, is_head: bool = False
) -> Tenure:
    return Tenure(first, last, acting, is_head)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (tenure(JUNE, None), tenure(JULY, None), False),  # two clerks at one desk
        (tenure(JUNE, None), tenure(JULY, AUGUST, acting=True), True),  # a Plt. beside the holder
        (tenure(JUNE, JULY), tenure(JULY, None, acting=True), True),  # both days are included
        (tenure(JUNE, JULY), tenure(AUGUST, None, acting=True), False),
        (tenure(JUNE, None, acting=True), tenure(JUNE, None, acting=True), True),
        (tenure(JUNE, None, is_head=True), tenure(JULY, None, is_head=True), True),
    ],
)
def test_a_chair_for_one_is_held_by_one(one: Tenure, other: Tenure, expected: bool) -> None:
    assert clash(one, other) is expected
    assert clash(other, one) is expected
