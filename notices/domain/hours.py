"""Arithmetic of quiet hours and digest times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo


def next_at(at: datetime, clock: time, zone: tzinfo) -> datetime:
    """Return the first instant after ``at`` with the local time ``clock`` in ``zone``."""
    local = at.astimezone(zone)
    today = local.replace(hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=0)
    return today if today > local else today + timedelta(days=1)


def next_on_workday(
    at: datetime, clock: time, zone: tzinfo, is_workday: Callable[[date], bool]
) -> datetime:
    """Return the first instant after ``at`` with the local time ``clock`` on a working day."""
    when = next_at(at, clock, zone)
    while not is_workday(when.date()):
        when = next_at(when, clock, zone)
    return when


def quiet_until(at: datetime, begins: time, ends: time, zone: tzinfo) -> datetime | None:
    """Return the end of the quiet hours in which ``at`` lies; ``None`` outside of them.

    Hours that end before they begin extend over midnight; equal times mean no quiet hours.
    """
    now = at.astimezone(zone).time()
    over_midnight = ends < begins
    inside = now >= begins or now < ends if over_midnight else begins <= now < ends
    return next_at(at, ends, zone) if inside else None
