"""Working days of a government office: weekdays with hours, less holidays and joint leave.

Perpres 21/2023: Monday to Friday, 37 h 30 without breaks; national joint leave (cuti bersama) is
not a working day for a government office. Counting stops where no decree stands any more.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from workflow.domain.errors import DomainError


class HolidayKind(StrEnum):
    """Why a day differs from its weekday."""

    NATIONAL = "libur_nasional"
    JOINT_LEAVE = "cuti_bersama"
    REGIONAL = "libur_daerah"
    REPLACEMENT = "hari_kerja_pengganti"  # a working day although weekday or decree say no


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One row of the calendar: the day, its name, its kind and the decree behind it."""

    on: date
    name: str
    kind: HolidayKind = HolidayKind.NATIONAL
    decree: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of a weekday, local time, with at most one break."""

    opens: time
    closes: time
    break_starts: time | None = None
    break_ends: time | None = None

    def spans(self) -> tuple[tuple[time, time], ...]:
        """Return the stretches of working time."""
        if self.break_starts is None or self.break_ends is None:
            return ((self.opens, self.closes),)
        return ((self.opens, self.break_starts), (self.break_ends, self.closes))


@dataclass(frozen=True, slots=True)
class Season:
    """Other hours from ``first`` to ``last``, both included (Ramadan)."""

    name: str
    first: date
    last: date
    hours: Mapping[int, Hours]


_MON_THU = Hours(time(7, 30), time(16, 0), time(12, 0), time(13, 0))
_FRIDAY = Hours(time(7, 30), time(16, 30), time(11, 30), time(13, 0))
PERPRES_21_2023: Mapping[int, Hours] = {
    0: _MON_THU,
    1: _MON_THU,
    2: _MON_THU,
    3: _MON_THU,
    4: _FRIDAY,
}
_FIRST_YEAR = 2020
WEEKEND = "akhir pekan"  # the reason of a day that is free by its weekday alone


class WorkCalendar:
    """The working days of one office until the end of the last decreed year."""

    def __init__(
        self,
        special_days: Iterable[SpecialDay] = (),
        *,
        confirmed_until: date,
        hours: Mapping[int, Hours] = PERPRES_21_2023,
        seasons: Sequence[Season] = (),
        version: str = "",
    ) -> None:
        self.confirmed_until = confirmed_until
        self.hours = dict(hours)
        self.seasons = tuple(seasons)
        self.version = version
        self._special: dict[date, SpecialDay] = {}
        for special in special_days:
            known = self._special.get(special.on)
            if known is None or known.kind is not HolidayKind.REPLACEMENT:
                self._special[special.on] = special
        first = date(_FIRST_YEAR, 1, 1).toordinal()
        self._days = [
            ordinal
            for ordinal in range(first, confirmed_until.toordinal() + 1)
            if self.why_not(date.fromordinal(ordinal)) is None
        ]

    def special(self, day: date) -> SpecialDay | None:
        """Return the calendar's row about ``day``."""
        return self._special.get(day)

    def why_not(self, day: date) -> str | None:
        """Return why ``day`` is no working day, or ``None`` if it is one."""
        special = self._special.get(day)
        if special is not None:
            return None if special.kind is HolidayKind.REPLACEMENT else special.name
        return None if day.weekday() in self.hours else WEEKEND

    def is_workday(self, day: date) -> bool:
        """Whether the office works on ``day``."""
        return self.why_not(day) is None

    def next_workday(self, day: date) -> date:
        """Return ``day`` if it is a working day, else the first one after it."""
        return self._at(bisect_left(self._days, day.toordinal()))

    def add(self, start: date, workdays: int) -> date:
        """Return the ``workdays``-th working day after ``start`` (``start`` is day zero).

        Raises ``DomainError("calendar_not_decreed")`` past the last confirmed year.
        """
        if workdays < 1:
            return start
        return self._at(bisect_right(self._days, start.toordinal()) + workdays - 1)

    def count(self, after: date, until: date) -> int:
        """Return how many working days lie after ``after`` up to and including ``until``."""
        self._refuse_beyond(until)
        first = bisect_right(self._days, after.toordinal())
        return max(0, bisect_right(self._days, until.toordinal()) - first)

    def hours_on(self, day: date) -> Hours | None:
        """Return the hours of ``day`` by season and weekday; ``None`` when the office is shut."""
        if not self.is_workday(day):
            return None
        hours: Mapping[int, Hours] = self.hours
        for season in self.seasons:
            if season.first <= day <= season.last:
                hours = season.hours
                break
        return hours.get(day.weekday()) or next(iter(self.hours.values()))

    def closes(self, day: date) -> time:
        """Return the closing time of ``day``; midnight's end on a day without hours."""
        hours = self.hours_on(day)
        return hours.closes if hours else time.max

    def minutes(self, began: datetime, ended: datetime) -> int:
        """Return the working minutes between two local instants of this office."""
        total = timedelta()
        day = began.date()
        while day <= ended.date():
            hours = self.hours_on(day)
            for opens, closes in hours.spans() if hours else ():
                first = max(began, datetime.combine(day, opens, began.tzinfo))
                last = min(ended, datetime.combine(day, closes, began.tzinfo))
                if last > first:
                    total += last - first
            day += timedelta(days=1)
        return int(total.total_seconds() // 60)

    def add_minutes(self, began: datetime, minutes: int) -> datetime:
        """Return the local instant at which ``minutes`` working minutes are over."""
        left = timedelta(minutes=minutes)
        day = began.date()
        while True:
            self._refuse_beyond(day)
            hours = self.hours_on(day)
            for opens, closes in hours.spans() if hours else ():
                first = max(began, datetime.combine(day, opens, began.tzinfo))
                last = datetime.combine(day, closes, began.tzinfo)
                if last > first:
                    if left <= last - first:
                        return first + left
                    left -= last - first
            day += timedelta(days=1)

    def _at(self, index: int) -> date:
        if index >= len(self._days):
            raise DomainError("calendar_not_decreed", year=self.confirmed_until.year + 1)
        return date.fromordinal(self._days[index])

    def _refuse_beyond(self, day: date) -> None:
        if day > self.confirmed_until:
            raise DomainError("calendar_not_decreed", year=day.year)
