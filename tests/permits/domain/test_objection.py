"""The term of an objection is counted in working days after the day of the letter."""

from __future__ import annotations

from datetime import date

import pytest

from permits.domain.objection import last_day
from tests.factories.workflow import make_calendar


@pytest.mark.parametrize(
    ("announced", "last"),
    [
        (date(2026, 11, 16), date(2026, 12, 15)),  # three weeks without a holiday, and one day
    ],
)
def test_the_last_day_is_the_twenty_first_working_day(announced: date, last: date) -> None:
    assert last_day(make_calendar(), announced) == last
