"""How many answers are enough: the sample of Krejcie and Morgan (1970)."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

_CHI_SQUARE: Final = Fraction("3.841")  # one degree of freedom, confidence 95 %
_SPREAD: Final = Fraction("0.25")  # P(1 - P) with P = 0.5: the widest
_ERROR: Final = Fraction("0.0025")  # 5 % squared


def sample_size(population: int) -> int:
    """Return the target for ``population`` finished files of a period; 0 for none.

    It is the formula below their table, rounded to the nearest whole number. The table skips most
    numbers; between two rows the formula is right, and neither row is. The target is shown beside
    what was reached and blocks nothing. Raises ``ValueError`` below zero.
    """
    if population < 0:
        raise ValueError("a population is not below zero")
    if population == 0:
        return 0
    exact = _CHI_SQUARE * population * _SPREAD / (_ERROR * (population - 1) + _CHI_SQUARE * _SPREAD)
    return min(population, int(exact + Fraction(1, 2)))
