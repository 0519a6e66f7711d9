"""What the public reads in the figures, and what it can compute from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import median as middle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.domain.figures import FEWEST, Table, median, percentile, published

NAMES = "abcdefghijklmno"
COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=8).map(
    lambda numbers: dict(zip(NAMES, numbers, strict=False))
)


def fits(table: Table) -> dict[str, set[int]]:
    """Return which values each hidden group can have, for a reader who knows the rule of five.

    Every way to split what the total leaves: a hidden group has at least one member if any zero is
    shown or may be nobody's at all if none is.
    """
    hidden = [name for name, n in table.cells.items() if n is None]
    rest = table.total - sum(n for n in table.cells.values() if n is not None)  # type: ignore[operator]
    least = 0 if len(hidden) == len(table.cells) else 1
    found: dict[str, set[int]] = defaultdict(set)
    for split in splits(rest, len(hidden), least):
        for name, n in zip(hidden, split, strict=True):
            found[name].add(n)
    return found


def splits(total: int, parts: int, least: int) -> Iterator[list[int]]:
    if parts == 1:
        if total >= least:
            yield [total]
        return
    for first in range(least, total + 1):
        for rest in splits(total - first, parts - 1, least):
            yield [first, *rest]


@given(COUNTS)
def test_no_group_of_one_to_four_is_ever_shown(counts):
    table = published(counts)

    assert all(table.cells[name] is None for name, n in counts.items() if 0 < n < FEWEST)
    assert table.total is None or table.total == 0 or table.total >= FEWEST


@given(COUNTS)
def test_what_is_shown_is_true(counts):
    table = published(counts)

    assert all(n in (None, counts[name]) for name, n in table.cells.items())
    assert table.total in (None, sum(counts.values()))


@given(st.lists(st.integers(0, 12), min_size=2, max_size=5).map(
    lambda numbers: dict(zip(NAMES, numbers, strict=False))
))  # fmt: skip
def test_no_hidden_number_can_be_computed_from_what_is_shown(counts):
    table = published(counts)
    if table.total is None or not table.hides:
        return

    for values in fits(table).values():
        assert len(values) > 1


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.no_cover
@pytest.mark.parametrize(("groups", "most"), [(2, 14), (3, 12), (4, 9), (5, 7)])
def test_not_even_by_who_knows_exactly_how_it_is_hidden(groups, most):
    """Every table there is: those that look the same differ in each of their hidden groups."""
    looks: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for numbers in every(groups, most):
        table = published(dict(zip(NAMES, numbers, strict=False)))
        looks[(table.total, *table.cells.values())].append(numbers)

    for (total, *cells), behind in looks.items():
        for place, cell in enumerate(cells):
            if cell is None and (total is None or total <= most):
                assert len({numbers[place] for numbers in behind}) > 1, (total, cells, behind)


def every(groups: int, most: int) -> Iterator[tuple[int, ...]]:
    if not groups:
        yield ()
        return
    for first in range(most + 1):
        for rest in every(groups - 1, most):
            yield (first, *rest)


@pytest.mark.parametrize(
    ("counts", "cells", "total"),
    [
        ([0, 0], [0, 0], 0),
        ([5, 6], [5, 6], 11),
        ([0, 7, 9], [0, 7, 9], 16),
        ([3, 7, 9], [None, None, 9], 19),  # seven as well, or three is the rest of nineteen
        ([1, 1, 9], [None, None, None], 11),  # two groups of one each: two is no secret
        ([2, 3, 9], [None, None, 9], 14),
        ([0, 3, 9, 9], [0, None, None, 9], 21),
        ([0, 2, 2], [None, None, None], None),
        ([0, 3, 4], [None, None, None], 7),
    ],
)
def test_examples(counts, cells, total):
    table = published(dict(zip(NAMES, counts, strict=False)))

    assert list(table.cells.values()) == cells
    assert table.total == total


@given(st.lists(st.integers(0, 100), min_size=1, max_size=40))
def test_the_median_is_the_one_of_the_book(values):
    assert median(values) == middle(values)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=40), st.integers(1, 100))
def test_a_percentile_covers_its_share_and_nothing_smaller_does(values, share):
    found = percentile(values, share)
    assert found is not None

    assert sum(value <= found for value in values) * 100 >= share * len(values)
    assert sum(value < found for value in values) * 100 < share * len(values)


def test_nothing_has_no_median():
    assert median([]) is None
    assert percentile([], 90) is None
