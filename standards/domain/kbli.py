"""The categories of KBLI: the first two digits of a code say in which one it stands.

The divisions of KBLI 2020 (Peraturan BPS 2/2020) follow ISIC. KBLI 2025 gives some categories
another letter, but a division stays with its neighbours. The letters here are those of 2020, for
codes of both editions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

# first division of each category; the next one ends it
_FIRST = (
    (1, "A"), (5, "B"), (10, "C"), (35, "D"), (36, "E"), (41, "F"), (45, "G"), (49, "H"),
    (55, "I"), (58, "J"), (64, "K"), (68, "L"), (69, "M"), (77, "N"), (84, "O"), (85, "P"),
    (86, "Q"), (90, "R"), (94, "S"), (97, "T"), (99, "U"),
)  # fmt: skip


def section(code: str) -> str:
    """Return the letter of the category of a five-digit ``code``; "" for what is no code."""
    if len(code) != 5 or not (code.isascii() and code.isdigit()):
        return ""
    division = int(code[:2])
    return next((letter for first, letter in reversed(_FIRST) if division >= first), "")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the portal holds of one edition of KBLI: codes, and divisions (first two figures).

    ``whole`` divisions came from a table that named all their codes, ``partial`` ones did not.
    """

    edition: int
    codes: int
    whole: int
    partial: int


def coverage(rows: Iterable[tuple[int, str, bool]]) -> list[Coverage]:
    """Return what is held of each edition; ``rows`` (edition, code, listed) come by edition."""
    found = []
    for edition, lines in groupby(rows, itemgetter(0)):
        codes = [(code[:2], listed) for _edition, code, listed in lines]
        divisions = {division for division, _listed in codes}
        partial = {division for division, listed in codes if not listed}
        whole = len(divisions) - len(partial)
        found.append(Coverage(edition, len(codes), whole, len(partial)))
    return found
