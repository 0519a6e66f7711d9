"""Small groups are not shown: who is alone in a group would be known by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SMALLEST: Final = 5


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups that may be shown, and how many people are in the others together."""

    shown: dict[str, int]
    hidden: int


def may_show(respondents: int) -> bool:
    """Whether anything may be said of so many people."""
    return respondents >= SMALLEST


def shown(counts: Mapping[str, int]) -> Groups:
    """Return the groups of five or more; the others are one sum.

    A single small group could be computed from the total: then the next smallest goes with it,
    until the sum is five or more. If that leaves nothing, nothing is shown.
    """
    filled = sorted(
        ((count, name) for name, count in counts.items() if count), key=lambda pair: pair[0]
    )
    hidden = sum(count for count, _name in filled if count < SMALLEST)
    large = [(count, name) for count, name in filled if count >= SMALLEST]
    while 0 < hidden < SMALLEST and large:
        hidden += large.pop(0)[0]
    kept = {name for _count, name in large}
    if hidden < SMALLEST and not kept:
        return Groups({}, 0)
    return Groups({name: count for name, count in counts.items() if name in kept}, hidden)
