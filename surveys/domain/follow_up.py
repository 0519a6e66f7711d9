"""When the follow-up of an element is due, and which elements are planned for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from reports.domain.periods import Period
from surveys.domain.index import Result

OWED_GRADES: Final = ("C", "D")  # kurang baik, tidak baik
LOWEST: Final = 3  # the elements to improve first (PermenPAN-RB 14/2017, report)


def last_day(period: Period) -> date:
    """Return the day by which what was found in ``period`` is followed up: the end of the next."""
    months = period.rhythm.months
    year, month = divmod(period.ends_before.month - 1 + months, 12)
    return date(period.ends_before.year + year, month + 1, 1) - timedelta(days=1)


def end_of_month(month: date) -> date:
    """Return the last day of a month."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def share_done(done: int, all_of_them: int) -> int:
    """Return how many of 100 are done, rounded down: 100 says that all are. 0 of none."""
    return 100 * done // all_of_them if all_of_them else 0


def to_follow_up(result: Result) -> Sequence[tuple[str, str]]:
    """Return key and grade of the elements to plan for: the three lowest, and all graded C or D."""
    lowest = {element.key for element in result.lowest(LOWEST)}
    found = sorted(result.elements, key=lambda element: element.average)
    return [
        (element.key, element.grade)
        for element in found
        if element.key in lowest or element.grade in OWED_GRADES
    ]
