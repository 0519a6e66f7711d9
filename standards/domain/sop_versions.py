"""Which procedures are versions of one SOP: copies of copies of one another."""

from __future__ import annotations

import re
from collections.abc import Mapping


def origin(key: int | None, copied_from: Mapping[int, int | None]) -> int | None:
    """Return the key of the procedure from which ``key`` comes, by copies of copies.

    ``copied_from`` holds the key of the procedure of which each one is a copy. ``None`` stays.
    """
    while key is not None and (earlier := copied_from.get(key)) is not None:
        key = earlier
    return key


def family(code: str) -> str:
    """Return ``code`` without the number that a copy has behind it: "reklame" of "reklame-2"."""
    return re.sub(r"-\d+$", "", code)
