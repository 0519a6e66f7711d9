"""When an office does not want to disturb anybody, and when it sums up the day."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo


def next_at(at: datetime, clock: time, zone: tzinfo) -> datetime:
    """Return the first instant after ``at`` at which the clocks of ``zone`` show ``clock``."""
    local = at.astimezone(zone)
    today = local.replace(hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=0)
    return today if today > local else today + timedelta(days=1)


def quiet_until(at: datetime, begins: time, ends: time, zone: tzinfo) -> datetime | None:
    """Return the end of the quiet hours in which ``at`` lies; ``None`` outside of them.

    Hours that end earlier than they begin go over midnight; equal ones are none at all.
    """
    now = at.astimezone(zone).time()
    over_midnight = ends < begins
    inside = now >= begins or now < ends if over_midnight else begins <= now < ends
    return next_at(at, ends, zone) if inside else None
