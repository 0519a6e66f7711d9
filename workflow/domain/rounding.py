"""Rounding of shares and averages as people round: half up, and not half to even."""

from __future__ import annotations

from decimal import Decimal


def half_up(part: int, whole: int, places: int = 0) -> Decimal:
    """Return ``part / whole`` with so many places: 12.5 is 13, 0.125 with two places is 0.13.

    Neither is below zero. Raises ``ZeroDivisionError`` if ``whole`` is 0.
    """
    shifted = part * 10**places
    return Decimal((2 * shifted + whole) // (2 * whole)).scaleb(-places)


def percent(part: int, whole: int) -> int:
    """Return ``part`` in percent of ``whole``, half up; 0 of nothing."""
    return int(half_up(100 * part, whole)) if whole else 0
