"""The satisfaction index (IKM) of PermenPAN-RB 14/2017: exact inside, rounded once at the end.

An element is known by a stable key: the printed number differs between offices (8 and 9 change
places), so nothing is ever compared by number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

LOWEST, HIGHEST = 1, 4
_PER_POINT = 25  # an index of 1.00-4.00 is published as 25-100
_PLACES = Decimal("0.01")

# index from which a grade begins, and its name (Lampiran PermenPAN-RB 14/2017)
GRADES: Final[Sequence[tuple[Decimal, str]]] = (
    (Decimal("88.31"), "A"),
    (Decimal("76.61"), "B"),
    (Decimal("65.00"), "C"),
)
# the same of one element, by its average: the column "nilai interval" of the same table
ELEMENT_GRADES: Final[Sequence[tuple[Fraction, str]]] = (
    (Fraction("3.5324"), "A"),
    (Fraction("3.0644"), "B"),
    (Fraction("2.60"), "C"),
)
LOWEST_GRADE: Final = "D"

Scores = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ElementResult:
    """What the answers say of one element.

    ``average`` is its NRR (1-4), ``value`` the same as 25-100; ``counts`` are the numbers of
    answers 1, 2, 3 and 4.
    """

    key: str
    average: Fraction
    counts: tuple[int, int, int, int]

    @property
    def answered(self) -> int:
        """How many answered this question."""
        return sum(self.counts)

    @property
    def rounded(self) -> Decimal:
        """The average with two places, as it is printed."""
        return rounded(self.average)

    @property
    def value(self) -> Decimal:
        """The average as 25.00-100.00."""
        return rounded(self.average * _PER_POINT)

    @property
    def grade(self) -> str:
        """A, B, C or D."""
        return element_grade(self.average)


@dataclass(frozen=True, slots=True)
class Result:
    """The index of a set of questionnaires (two places), its grade and its elements."""

    index: Decimal
    respondents: int
    elements: Sequence[ElementResult]

    @property
    def grade(self) -> str:
        """A, B, C or D."""
        return grade(self.index)

    def lowest(self, most: int = 3) -> Sequence[ElementResult]:
        """Return the elements to improve first: at most ``most``, the lowest first."""
        return sorted(self.elements, key=lambda element: element.average)[:most]


def rounded(number: Fraction) -> Decimal:
    """Return an exact number with two places, half up (0.005 is 0.01)."""
    # Decimal has no exact thirds: round the fraction itself, then write it down
    cents = (number * 200 + 1) // 2 if number >= 0 else -((-number * 200 + 1) // 2)
    return (Decimal(cents) / 100).quantize(_PLACES, ROUND_HALF_UP)


def grade(index: Decimal) -> str:
    """Return the grade of an index that is already rounded: 88.31 itself is A."""
    return next((name for least, name in GRADES if index >= least), LOWEST_GRADE)


def element_grade(average: Fraction) -> str:
    """Return the grade of one element by its exact average."""
    return next((name for least, name in ELEMENT_GRADES if average >= least), LOWEST_GRADE)


def equal_weights(keys: Sequence[str]) -> dict[str, Fraction]:
    """Return the same weight for every element: 1/9 for nine, and not 0.11."""
    return {key: Fraction(1, len(keys)) for key in keys}


def weights_are_whole(weights: Iterable[Fraction]) -> bool:
    """Whether an office's own weights may be used: none is below zero and all add up to 1."""
    found = list(weights)
    return bool(found) and min(found) >= 0 and sum(found) == 1


def compute(
    sheets: Iterable[Scores], weights: Mapping[str, Fraction], *, least: int = 1
) -> Result | None:
    """Return the index of questionnaires (element key to score 1-4) with these weights.

    A question that somebody left open is left out, never counted as 0. If fewer than ``least``
    answered an element, it is left out and the index is that of the others with their weights. Keys
    without a weight do not enter. ``None`` without an element. Raises ``ValueError`` for a score
    outside 1-4 or weights that do not add up to 1.
    """
    if not weights_are_whole(weights.values()):
        raise ValueError("weights must add up to 1")
    tallies = {key: [0, 0, 0, 0] for key in weights}
    respondents = 0
    for sheet in sheets:
        answered = {key: score for key, score in sheet.items() if key in tallies}
        respondents += bool(answered)
        for key, score in answered.items():
            if not LOWEST <= score <= HIGHEST:
                raise ValueError(f"score {score} of {key}")
            tallies[key][score - 1] += 1
    elements = [_element(key, counts) for key, counts in tallies.items() if sum(counts) >= least]
    reached = sum((weights[element.key] for element in elements), Fraction())
    if not reached:
        return None
    total = sum((element.average * weights[element.key] for element in elements), Fraction())
    return Result(rounded(total / reached * _PER_POINT), respondents, elements)


def _element(key: str, counts: Sequence[int]) -> ElementResult:
    points = sum(score * count for score, count in enumerate(counts, start=LOWEST))
    ones, twos, threes, fours = counts
    return ElementResult(key, Fraction(points, sum(counts)), (ones, twos, threes, fours))
