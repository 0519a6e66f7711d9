"""Fingerprints of texts (MinHash with bands), to find reports about the same matter.

MinHash over runs of three words, eight bands of three hashes. Texts with half of their runs in
common share a band in about two cases of three, equal texts always, texts with a tenth in common
in one case of a hundred.
"""

from __future__ import annotations

import hashlib
import re

BANDS = 8
_ROWS = 3
_RUN = 3
_PRIME = (1 << 61) - 1


def bands(text: str) -> list[int]:
    """Return the bands of ``text`` as signed 63-bit numbers; none for a text without words."""
    runs = _runs(text)
    if not runs:
        return []
    lowest = [min((a * run + b) % _PRIME for run in runs) for a, b in _FUNCTIONS]
    return [
        _number(repr((band, lowest[band * _ROWS : (band + 1) * _ROWS]))) for band in range(BANDS)
    ]


def alike(one: str, other: str) -> float:
    """Return the Jaccard similarity of the word runs of two texts, 0 to 1."""
    mine, theirs = _runs(one), _runs(other)
    if not mine or not theirs:
        return 0.0
    return len(mine & theirs) / len(mine | theirs)


def _runs(text: str) -> set[int]:
    words = re.findall(r"\w+", text.casefold())
    if not words:
        return set()
    last = max(1, len(words) - _RUN + 1)
    return {_number(" ".join(words[i : i + _RUN])) for i in range(last)}


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


# must never change and must be equal on all machines: stored bands depend on it
_FUNCTIONS = [(_number(f"a{i}") | 1, _number(f"b{i}")) for i in range(BANDS * _ROWS)]
