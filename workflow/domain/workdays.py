"""Working days of a government office: weekdays with hours, less holidays and joint leave.

Perpres 21/2023: Monday to Friday, 37 h 30 without breaks; national joint leave (cuti bersama) is
not a working day for a government office. Past the last decreed year counting goes on with what
is known; a page that shows such a date must mark it as provisional.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

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
    estimated: bool = False


@dataclass(frozen=True)
class Hours:
    """Opening hours of a weekday, local time, with at most one break."""

    opens: time
    closes: time
    break_starts: time | None = None
    break_ends: time | None = None

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Return the stretches of working time in seconds of the day."""
        opens, closes = _second_of(self.opens), _second_of(self.closes)
        if self.break_starts is None or self.break_ends is None:
            return ((opens, closes),)
        return ((opens, _second_of(self.break_starts)), (_second_of(self.break_ends), closes))

    @cached_property
    def seconds(self) -> int:
        """Return the working time of the day in seconds."""
        return sum(closes - opens for opens, closes in self.spans)


def _second_of(moment: time | datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


@dataclass(frozen=True, slots=True)
class Season:
    """Other hours from ``first`` to ``last``, both included (Ramadan)."""

    name: str
    first: date
    last: date
    hours: Mapping[int, Hours]


@dataclass(frozen=True, slots=True)
class ClockRules:
    """How an office counts.

    ``cut_off`` replaces the closing time as the last hour of receipt. If late arrivals do not roll
    forward, the day of the start is day zero whatever the hour, and even if it is a free day.
    """

    zone: ZoneInfo
    counts_first_day: bool = False
    cut_off: time | None = None
    late_rolls: bool = True


_MON_THU = Hours(time(7, 30), time(16, 0), time(12, 0), time(13, 0))
_FRIDAY = Hours(time(7, 30), time(16, 30), time(11, 30), time(13, 0))
PERPRES_21_2023: Mapping[int, Hours] = {
    0: _MON_THU,
    1: _MON_THU,
    2: _MON_THU,
    3: _MON_THU,
    4: _FRIDAY,
}
FIRST_DAY = date(2015, 1, 1)
LAST_YEAR = 2045  # or ten years past the last decreed one: further than any promise of an office
WIB_RULES = ClockRules(ZoneInfo("Asia/Jakarta"))
WEEKEND = "akhir pekan"  # the reason of a day that is free by its weekday alone


class WorkCalendar:
    """The working days of one office.

    The days stand in one row with running totals beside them (working days, working seconds), so
    that every count is a difference of two totals. Local instants in, local days out.

    Why so many: days, seconds and instants are each counted forwards and backwards.
    """

    def __init__(
        self,
        special_days: Iterable[SpecialDay] = (),
        *,
        confirmed_until: date,
        hours: Mapping[int, Hours] = PERPRES_21_2023,
        seasons: Sequence[Season] = (),
        version: str = "",
        rules: ClockRules = WIB_RULES,
    ) -> None:
        self.rules = rules
        self.confirmed_until = confirmed_until
        self.hours = dict(hours)
        self.seasons = tuple(seasons)
        self.version = version
        self._special: dict[date, SpecialDay] = {}
        for special in special_days:
            known = self._special.get(special.on)
            if known is None or known.kind is not HolidayKind.REPLACEMENT:
                self._special[special.on] = special
        self._first = FIRST_DAY.toordinal()
        self._last = date(max(confirmed_until.year + 10, LAST_YEAR), 12, 31).toordinal()
        self._workdays: list[int] = []  # their ordinals
        self._hours: list[Hours | None] = []  # of each day
        self._days_upto: list[int] = []  # working days up to and including each day
        self._seconds_upto: list[int] = []
        seconds = 0
        for ordinal in range(self._first, self._last + 1):
            hours_on = self._opening(date.fromordinal(ordinal))
            if hours_on is not None:
                self._workdays.append(ordinal)
                seconds += hours_on.seconds
            self._hours.append(hours_on)
            self._days_upto.append(len(self._workdays))
            self._seconds_upto.append(seconds)

    @property
    def special_days(self) -> list[SpecialDay]:
        """The days that differ from their weekday."""
        return list(self._special.values())

    # single days

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

    def is_confirmed(self, day: date) -> bool:
        """Whether the holidays around ``day`` are decreed."""
        return day <= self.confirmed_until

    def hours_on(self, day: date) -> Hours | None:
        """Return the hours of ``day`` by season and weekday; ``None`` when the office is shut."""
        return self._hours[self._place(day.toordinal())]

    def closes(self, day: date) -> time:
        """Return the closing time of ``day``; midnight's end on a day without hours."""
        hours = self.hours_on(day)
        return hours.closes if hours else time.max

    # counting days

    def next_workday(self, day: date) -> date:
        """Return ``day`` if it is a working day, else the first one after it."""
        place = self._place(day.toordinal())
        return day if self._hours[place] else self.nth(self._days_upto[place] + 1)

    def add(self, start: date, workdays: int) -> date:
        """Return the ``workdays``-th working day after ``start`` (``start`` is day zero)."""
        if workdays < 1:
            return start
        return self.nth(self.days_through(start) + workdays)

    def count(self, after: date, until: date) -> int:
        """Return how many working days lie after ``after`` up to and including ``until``."""
        return max(0, self.days_through(until) - self.days_through(after))

    def days_through(self, day: date) -> int:
        """Return the number of the last working day up to and including ``day``."""
        return self._days_upto[self._place(day.toordinal())]

    def days_over(self, at: datetime) -> int:
        """Return how many working days have closed at a local instant."""
        place = self._place(at.toordinal())
        hours = self._hours[place]
        upto = self._days_upto[place]
        return upto - 1 if hours is not None and at.time() < hours.closes else upto

    def nth(self, number: int) -> date:
        """Return the working day of that number, as ``days_through`` numbers them.

        Raises ``DomainError("calendar_not_decreed")`` many years past the last decreed one.
        """
        if number > len(self._workdays):
            raise DomainError("calendar_not_decreed", year=date.fromordinal(self._last).year + 1)
        return date.fromordinal(self._workdays[max(number, 1) - 1])

    # counting working time

    def minutes(self, began: datetime, ended: datetime) -> int:
        """Return the working minutes between two local instants of this office."""
        return max(0, self.seconds_over(ended) - self.seconds_over(began)) // 60

    def seconds_through(self, day: date) -> int:
        """Return the working seconds up to the end of ``day``."""
        return self._seconds_upto[self._place(day.toordinal())]

    def seconds_over(self, at: datetime) -> int:
        """Return how many working seconds have passed at a local instant."""
        place = self._place(at.toordinal())
        hours = self._hours[place]
        upto = self._seconds_upto[place]
        if hours is None:
            return upto
        now = _second_of(at)
        passed = sum(max(0, min(now, closes) - opens) for opens, closes in hours.spans)
        return upto - hours.seconds + passed

    def second(self, number: int, zone: tzinfo | None) -> datetime:
        """Return the instant at which the working second of that number is over."""
        place = bisect_left(self._seconds_upto, number)
        if place >= len(self._seconds_upto):
            raise DomainError("calendar_not_decreed", year=date.fromordinal(self._last).year + 1)
        hours = self._hours[place]
        day = datetime.combine(date.fromordinal(self._first + place), time(), zone)
        if hours is None:  # only before the first second of all
            return day
        left = number - (self._seconds_upto[place] - hours.seconds)
        for opens, closes in hours.spans:
            if left <= closes - opens:
                return day + timedelta(seconds=opens + left)
            left -= closes - opens
        raise AssertionError("the spans of a day add up to its seconds")

    def _opening(self, day: date) -> Hours | None:
        """Return the hours of ``day``: of the season that has its weekday, else the ordinary."""
        if not self.is_workday(day):
            return None
        weekday = day.weekday()
        for season in self.seasons:
            if season.first <= day <= season.last and weekday in season.hours:
                return season.hours[weekday]
        ordinary = self.hours.get(weekday)
        return ordinary or next(iter(self.hours.values()))  # a Saturday that replaces a weekday

    def _place(self, ordinal: int) -> int:
        """Return the index of a day; a day before the first has the index of the first."""
        if ordinal > self._last:
            raise DomainError("calendar_not_decreed", year=date.fromordinal(ordinal).year)
        return max(0, ordinal - self._first)


def confirmed_by(version: str) -> date | None:
    """Return until when the holidays were decreed in the calendar of that version."""
    year = version.partition(".")[0]
    return date(int(year), 12, 31) if year.isdigit() else None
