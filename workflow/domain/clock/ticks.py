"""The three units: from instants to ticks and back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workflow.domain.clock.values import Unit
from workflow.domain.workdays import WorkCalendar

A_DAY = timedelta(days=1)
_MIDNIGHT = time()


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which ``day`` is over in ``zone``."""
    return datetime.combine(day + A_DAY, _MIDNIGHT, zone)


class Workdays:
    """A tick is a working day that has closed."""

    per_unit = 1

    def __init__(self, calendar: WorkCalendar) -> None:
        self.at = calendar.days_over
        self.through = calendar.days_through
        self._nth = calendar.nth

    def due(self, tick: int, zone: ZoneInfo) -> tuple[date, datetime]:
        due_on = self._nth(tick)
        return due_on, end_of(due_on, zone)


class CalendarDays:
    """A tick is a day that is over."""

    per_unit = 1

    def __init__(self, calendar: WorkCalendar) -> None:
        self.through = date.toordinal

    def at(self, local: datetime) -> int:
        return local.toordinal() - 1

    def due(self, tick: int, zone: ZoneInfo) -> tuple[date, datetime]:
        due_on = date.fromordinal(tick)
        return due_on, end_of(due_on, zone)


class WorkMinutes:
    """A tick is a working second."""

    per_unit = 60

    def __init__(self, calendar: WorkCalendar) -> None:
        self.at = calendar.seconds_over
        self.through = calendar.seconds_through
        self._second = calendar.second

    def due(self, tick: int, zone: ZoneInfo) -> tuple[date, datetime]:
        due_at = self._second(tick, zone)
        return due_at.date(), due_at


Ticks = Workdays | CalendarDays | WorkMinutes
TICKS: dict[Unit, type[Ticks]] = {
    Unit.WORKDAY: Workdays,
    Unit.CALENDAR_DAY: CalendarDays,
    Unit.WORK_MINUTE: WorkMinutes,
}
