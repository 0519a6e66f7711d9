"""Tables of results: what is said of respondents where every group is small."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from reports.domain.periods import Rhythm, period_of
from surveys import tables
from surveys.domain import groups
from surveys.domain.elements import Kind
from surveys.domain.index import compute
from surveys.services.results import Figures


@pytest.mark.parametrize(
    ("counts", "rows"),
    [
        ({"L": 8, "P": 7}, [("Laki-laki", 8, 53), ("Perempuan", 7, 47)]),
        ({"L": 35, "P": 5}, [("Laki-laki", 35, 88), ("Perempuan", 5, 13)]),  # half up
        ({"L": 8, "P": 4}, [("Tidak dirinci, agar tidak ada yang dikenali", 12, 100)]),
        ({"L": 3, "P": 4}, [("Tidak dirinci, agar tidak ada yang dikenali", 7, 100)]),
        ({"L": 3, "P": 1}, []),
    ],
)
def test_no_group_is_called_another_where_none_is_shown(
    counts: dict[str, int], rows: list[tuple[str, int, int]]
) -> None:
    found = Figures(
        period_of(date(2026, 11, 1), Rhythm.QUARTER), Kind.SKM, sum(counts.values()), 20,
        groups={"sex": groups.shown(counts)},
    )  # fmt: skip
    [table] = tables.respondents(found)
    assert list(table.rows) == rows


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((6, 0, 0, 6), [6, 0, 0, 6]),
        ((0, 1, 12, 30), [None, None, None, 30]),  # the one would be the total less the others
        ((2, 3, 12, 30), [None, None, 12, 30]),
        ((1, 1, 1, 30), [None, None, None, None]),
        ((1, 2, 0, 1), [None, None, None, None]),
    ],
)
def test_an_answer_of_fewer_than_five_is_not_shown(counts, shown) -> None:
    sheets = [{"waktu": score} for score, many in enumerate(counts, 1) for _one in range(many)]
    result = compute(sheets, {"waktu": Fraction(1)})
    assert result is not None
    assert tables.spread(result.elements[0]) == shown
