"""Statistics about complaints: suppression of small groups, medians and percentiles.

A group of fewer than five may identify a person. Its count is hidden, together with any other
count from which it could be computed using the total. Zeros identify no person and are shown. They
are hidden only if all other groups are hidden, since they would reveal how many share the total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by group as the public sees them; ``None`` is hidden."""

    cells: dict[str, int | None]
    total: int | None

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        return self.total is None or None in self.cells.values()


def published(counts: Mapping[str, int]) -> Table:
    """Return ``counts`` so that no hidden number can be computed from those that are shown.

    Hidden are the groups of one to four; if that leaves one hidden group, or groups of one each,
    the smallest of the others as well, until more than one distribution fits.
    """
    total = sum(counts.values())
    hidden = {name for name, n in counts.items() if 0 < n < FEWEST}
    shown = sorted((n, name) for name, n in counts.items() if n >= FEWEST)
    while hidden and shown and _can_be_computed([counts[name] for name in hidden]):
        hidden.add(shown.pop(0)[1])
    if hidden and not shown:
        hidden = set(counts)
    return Table(
        {name: None if name in hidden else n for name, n in counts.items()},
        total if total == 0 or total >= FEWEST else None,
    )


def _can_be_computed(hidden: Sequence[int]) -> bool:
    return len(hidden) == 1 or sum(hidden) == len(hidden)


def median(values: Sequence[int]) -> float | None:
    """Return the middle value, or the mean of the two in the middle."""
    if not values:
        return None
    ranked = sorted(values)
    middle = len(ranked) // 2
    return float(ranked[middle]) if len(ranked) % 2 else (ranked[middle - 1] + ranked[middle]) / 2


def percentile(values: Sequence[int], share: int) -> int | None:
    """Return the smallest value that at least ``share`` percent of the values do not exceed."""
    if not values:
        return None
    return sorted(values)[max(0, -(-len(values) * share // 100) - 1)]
