"""The rating that a complainant gives an answer, and what a bad one means."""

from __future__ import annotations

from enum import IntEnum


class Rating(IntEnum):
    """Four points, as in the satisfaction surveys of public services."""

    VERY_GOOD = 4
    GOOD = 3
    POOR = 2
    BAD = 1


def is_low(rating: int | None) -> bool:
    """Whether the owner and the superior are told, and reopening is offered at once."""
    return rating is not None and rating <= Rating.POOR
