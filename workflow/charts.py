"""Charts drawn by the server: the numbers of an SVG, which ``components/bars.html`` writes.

A table with the same figures stands beside each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_ROW, _WIDTH = 44, 400  # in units of the chart itself


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its words, and where it stands."""

    label: str
    figure: str
    y: int
    bar_y: int
    width: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart for ``components/bars.html``."""

    width: int
    height: int
    bars: Sequence[Bar]


def bars(rows: Sequence[tuple[str, Decimal | int, str, str]]) -> Chart:
    """Return a chart of values from 0 to 100, one bar a row: label, value, its text, meaning."""
    drawn = [
        Bar(label, figure, nth * _ROW + 16, nth * _ROW + 22, int(value * _WIDTH / 100), meaning)
        for nth, (label, value, figure, meaning) in enumerate(rows)
    ]
    return Chart(_WIDTH, len(rows) * _ROW, drawn)
