"""Weights of elements as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from surveys.domain.index import equal_weights, weights_are_whole


def read_weight(text: str) -> Fraction | None:
    """Return the weight that "1/9" or "0,125" says; ``None`` if it is no number from 0 to 1."""
    try:
        found = Fraction(text.strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None
    return found if 0 <= found <= 1 else None


def weights_of(written: Mapping[str, Fraction | None]) -> dict[str, Fraction] | None:
    """Return the weight of each element; ``None`` if what is written makes no index.

    Either no element has a weight of its own (all weigh the same), or all have and they add up to
    exactly 1.
    """
    own = {key: weight for key, weight in written.items() if weight is not None}
    if written and not own:
        return equal_weights(list(written))
    return own if len(own) == len(written) and weights_are_whole(own.values()) else None
