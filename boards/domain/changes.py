"""How a figure of one period stands beside an earlier one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """From ``before`` to ``now``."""

    now: int
    before: int

    @property
    def difference(self) -> int:
        """How many more (or, negative, fewer) there are now."""
        return self.now - self.before

    @property
    def percent(self) -> int | None:
        """The difference in percent of ``before``, halves away from zero; ``None`` of nothing."""
        if not self.before:
            return None
        size = (200 * abs(self.difference) + self.before) // (2 * self.before)
        return size if self.difference >= 0 else -size
