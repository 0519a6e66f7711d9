"""The numbers of charts: each bar is as long as its value, each figure says it in words."""

from __future__ import annotations

import pytest

from workflow import charts

pytestmark = pytest.mark.once


def test_a_bar_is_as_long_as_its_value() -> None:
    chart = charts.bars([("A", 0, "0", "late"), ("B", 50, "50", "good"), ("C", 100, "100", "good")])
    assert [bar.width for bar in chart.bars] == [0, chart.width // 2, chart.width]
    assert [(bar.label, bar.figure) for bar in chart.bars] == [
        ("A", "0"),
        ("B", "50"),
        ("C", "100"),
    ]
    tops = [bar.y for bar in chart.bars]
    assert tops == sorted(set(tops))
    assert max(bar.bar_y for bar in chart.bars) < chart.height


def test_the_longest_stack_takes_the_width_and_a_single_file_is_seen() -> None:
    names = [("Terlambat", "late"), ("Lainnya", "rest")]
    chart = charts.stacked(names, [("A", [1, 999]), ("B", [0, 500]), ("C", [0, 0])])
    first, second, empty = chart.bars
    assert [one.figure for one in chart.bars] == ["1000", "500", "0"]
    assert first.pieces[0].width == 3
    assert first.pieces[1].x == 3
    assert [piece.meaning for piece in second.pieces] == ["rest"]
    assert second.pieces[0].width == chart.width // 2
    assert empty.pieces == []
    assert [piece.name for piece in chart.legend] == ["Terlambat", "Lainnya"]


def test_a_line_rises_with_its_values() -> None:
    chart = charts.line([("Jan", 0, "0"), ("Feb", 50, "50"), ("Mar", 100, "100")])
    low, middle, high = chart.points
    assert (low.y, middle.y - high.y) == (chart.floor, low.y - middle.y)
    assert low.x < middle.x < high.x <= chart.width
    assert chart.path.split() == [f"{point.x},{point.y}" for point in chart.points]
    assert charts.line([]).points == []
