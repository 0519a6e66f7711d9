"""Charts drawn by the server: the numbers of an SVG (``components/bars.html`` and its neighbours).

A table with the same figures stands beside each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_ROW, _WIDTH = 44, 400  # in units of the chart itself
_SHADES = ("#12304f", "#6f87a0", "#c3ccd6")  # of pieces on paper, the darkest first


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
class Piece:
    """One piece of a stacked bar, or of the legend above them."""

    x: int
    width: int
    meaning: str
    shade: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class StackedBar:
    """One bar that is cut into pieces: its words, and where it stands."""

    label: str
    figure: str
    y: int
    bar_y: int
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class StackedChart:
    """A chart of stacked bars for ``components/stacked.html``."""

    width: int
    height: int
    legend: Sequence[Piece]
    bars: Sequence[StackedBar]


def stacked(
    names: Sequence[tuple[str, str]], rows: Sequence[tuple[str, Sequence[int]]]
) -> StackedChart:
    """Return a chart of counts: names and meanings of at most three pieces; rows of label, counts.

    The longest bar takes the whole width. A piece that is not empty is wide enough to be seen.
    """
    most = max((sum(counts) for _label, counts in rows), default=0) or 1
    apart = _WIDTH // max(len(names), 1)
    legend = [
        Piece(nth * apart, 12, meaning, _SHADES[nth], name)
        for nth, (name, meaning) in enumerate(names)
    ]
    drawn = []
    for nth, (label, counts) in enumerate(rows, start=1):
        pieces, x = [], 0
        for key, count in zip(legend, counts, strict=True):
            if not count:
                continue
            width = max(3, count * _WIDTH // most)
            pieces.append(Piece(x, width, key.meaning, key.shade))
            x += width
        top = nth * _ROW - 16
        drawn.append(StackedBar(label, str(sum(counts)), top, top + 6, pieces))
    return StackedChart(_WIDTH, 16 + len(rows) * _ROW, legend, drawn)


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a line chart: its words, and where it and its figure stand."""

    label: str
    figure: str
    x: int
    y: int
    figure_y: int


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line chart for ``components/line.html``."""

    width: int
    height: int
    floor: int
    points: Sequence[Point]
    path: str  # the points as ``points`` of an SVG polyline


_SIDE, _TOP, _TALL = 40, 24, 120


def line(rows: Sequence[tuple[str, Decimal | float, str]]) -> LineChart:
    """Return a chart of values from 0 to 100, one point a row: label, value, its text."""
    apart = (_WIDTH - 2 * _SIDE) // max(len(rows) - 1, 1)
    heights = [_TOP + int(_TALL - float(value) * _TALL / 100) for _label, value, _figure in rows]
    drawn = [
        Point(label, figure, _SIDE + nth * apart, heights[nth], _figure_y(heights, nth))
        for nth, (label, _value, figure) in enumerate(rows)
    ]
    path = " ".join(f"{point.x},{point.y}" for point in drawn)
    return LineChart(_WIDTH, _TOP + _TALL + 24, _TOP + _TALL, drawn, path)


def _figure_y(heights: Sequence[int], nth: int) -> int:
    """Return where a figure stands: above its point, in a valley below it if there is room."""
    y = heights[nth]
    beside = [*heights[max(nth - 1, 0) : nth], *heights[nth + 1 : nth + 2]]
    valley = bool(beside) and all(other < y for other in beside)
    return y + 18 if valley and y + 24 < _TOP + _TALL else y - 9
