"""Who signs an answer alone: only where the ladder names nobody else in the office."""

from __future__ import annotations

import pytest

from complaints.domain.ladder import (
    Approver,
    Category,
    Ladder,
    Weight,
    approvers,
    author_signs,
    without,
)


@pytest.mark.parametrize("weight", Weight)
def test_of_the_weights_only_a_light_one_is_signed_by_its_author(weight: Weight) -> None:
    levels = approvers(Ladder.WEIGHT, weight=weight)
    assert author_signs(levels) is (weight is Weight.LIGHT)


@pytest.mark.parametrize("category", Category)
def test_of_the_categories_none_is_unless_the_head_is_barred(category: Category) -> None:
    levels = approvers(Ladder.CATEGORY, category=category, head_agreed=True)
    assert not author_signs(levels)
    barred = without(levels, Approver.OFFICE_HEAD)
    assert author_signs(barred)
    assert {Approver.REGION, Approver.APIP} & set(barred)  # approved outside, by a document
