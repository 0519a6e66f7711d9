"""When the digest of a morning leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo

OPENS, CLOSES = time(7), time(12)  # local; a digest that could not leave by noon is left out


def begun(at: datetime, zone: tzinfo) -> bool:
    """Whether the hour of digests has come on the local day of ``at``."""
    return at.astimezone(zone).time() >= OPENS


def is_morning(at: datetime, zone: tzinfo) -> bool:
    """Whether ``at`` lies between the hour of digests and noon where the office stands."""
    return OPENS <= at.astimezone(zone).time() < CLOSES


def first_of_week(day: date, is_workday: Callable[[date], bool]) -> bool:
    """Whether ``day`` is the first working day of its week: Monday unless it is a holiday."""
    earlier = (day - timedelta(days=back) for back in range(1, day.weekday() + 1))
    return is_workday(day) and not any(map(is_workday, earlier))
