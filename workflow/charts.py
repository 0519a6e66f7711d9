"""Charts drawn by the server: the numbers of an SVG (``components/bars.html``, ``line.html``).

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


def bars(rows: Sequence[tuple[str, Decimal | float, str, str]]) -> Chart:
    """Return a chart of values from 0 to 100, one bar a row: label, value, its text, meaning."""
    drawn = [
        Bar(
            label,
            figure,
            nth * _ROW + 16,
            nth * _ROW + 22,
            int(float(value) * _WIDTH / 100),
            meaning,
        )
        for nth, (label, value, figure, meaning) in enumerate(rows)
    ]
    return Chart(_WIDTH, len(rows) * _ROW, drawn)


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a line chart: its words, and where it stands."""

    label: str
    figure: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line chart for ``components/line.html``."""

    width: int
    height: int
    floor: int
    points: Sequence[Point]

    @property
    def path(self) -> str:
        """The points as ``points`` of an SVG polyline."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


_SIDE, _TOP, _TALL = 40, 24, 120


def line(rows: Sequence[tuple[str, Decimal | float, str]]) -> LineChart:
    """Return a chart of values from 0 to 100, one point a row: label, value, its text."""
    apart = (_WIDTH - 2 * _SIDE) // max(len(rows) - 1, 1)
    drawn = [
        Point(label, figure, _SIDE + nth * apart, _TOP + int(_TALL - float(value) * _TALL / 100))
        for nth, (label, value, figure) in enumerate(rows)
    ]
    return LineChart(_WIDTH, _TOP + _TALL + 24, _TOP + _TALL, drawn)
