"""Two appointments to one chair: who may sit beside whom."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.domain.appointments import Tenure, clash, last_day_before, two_definitive

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


BEFORE_JULY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("successor", "other", "expected"),
    [
        # a definitive head ends the one before, and whoever stood in
        (tenure(JULY, None, is_head=True), tenure(JUNE, None, is_head=True), BEFORE_JULY),
        (tenure(JULY, None, is_head=True), tenure(JUNE, JULY, is_head=True), BEFORE_JULY),
        (tenure(JULY, None), tenure(JUNE, AUGUST, acting=True), BEFORE_JULY),
        (tenure(JULY, None), tenure(JUNE, None), None),  # two clerks at one desk
        (
            tenure(JULY, None, acting=True),
            tenure(JUNE, None, is_head=True),
            None,
        ),  # a Plt. ends none
        (tenure(JULY, None), tenure(JUNE, BEFORE_JULY, acting=True), None),  # over already
        (tenure(JULY, None), tenure(JULY, AUGUST, acting=True), None),  # begins that day
        (tenure(JULY, None), tenure(AUGUST, None, acting=True), None),  # stands in later
    ],
)
def test_a_definitive_successor_ends_who_was_there(
    successor: Tenure, other: Tenure, expected: date | None
) -> None:
    assert last_day_before(successor, other) == expected


def test_an_office_has_one_definitive_head() -> None:
    head = tenure(JUNE, None, is_head=True)
    assert two_definitive(head, tenure(JULY, None, is_head=True))
    assert not two_definitive(head, tenure(JULY, None, acting=True, is_head=True))
    assert not two_definitive(tenure(JUNE, JULY, is_head=True), tenure(AUGUST, None, is_head=True))
