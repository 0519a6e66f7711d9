"""The service clock: recorded events and a term become a due date that can be explained.

Rules (docs/deadlines.md): the day of the start is day zero (or day one, if the office counts it);
an event after closing time or on a free day counts from the next working day; a day is used if
the clock ran at its closing time; pauses with different keys may overlap and count once; a restart
counts again from zero and keeps the earlier lap for the reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar


class ClockKind(StrEnum):
    """What can happen to a clock."""

    START = "mulai"
    PAUSE = "jeda"
    RESUME = "lanjut"
    RESTART = "ulang"
    EXTEND = "perpanjang"
    CORRECT = "koreksi"
    STOP = "henti"


class Unit(StrEnum):
    """In which unit a term is promised."""

    WORKDAY = "hari_kerja"
    CALENDAR_DAY = "hari_kalender"
    WORK_MINUTE = "menit_kerja"


class ClockState(StrEnum):
    """Where the clock stands."""

    NOT_STARTED = "belum_mulai"
    RUNNING = "berjalan"
    PAUSED = "jeda"
    STOPPED = "selesai"


class DayKind(StrEnum):
    """What a calendar day did to the count."""

    ZERO = "hari_nol"
    COUNTED = "dihitung"
    FREE = "libur"
    PAUSED = "jeda"
    AHEAD = "akan_dihitung"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One recorded event. ``seq`` orders events of one instant and is what ``corrects`` names.

    ``key`` names a pause so that it can overlap another; ``amount`` are the units of an extension.
    A correction carries the right instant in ``at`` for the event numbered ``corrects``.
    """

    kind: ClockKind
    at: datetime
    seq: int = 0
    key: str = ""
    amount: int = 0
    corrects: int | None = None
    reason: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A promise: so many units."""

    amount: int
    unit: Unit = Unit.WORKDAY


@dataclass(frozen=True, slots=True)
class ClockRules:
    """How an office counts; ``cut_off`` replaces the closing time as the last hour of receipt."""

    zone: ZoneInfo
    counts_first_day: bool = False
    cut_off: time | None = None


@dataclass(frozen=True, slots=True)
class Lap:
    """A count that a restart ended; it stays in the reports."""

    started_on: date
    used: int
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """One line of the explanation; ``number`` is set on counted days."""

    on: date
    kind: DayKind
    reason: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What the clock says at one instant. ``due_on`` is ``None`` while it stands still."""

    state: ClockState
    term: Term
    zero_on: date | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    used: int = 0
    pauses: int = 0
    laps: tuple[Lap, ...] = ()
    late: bool = False
    _course: Course | None = field(default=None, repr=False, compare=False)

    @property
    def remaining(self) -> int:
        """Units left; negative when the term is exceeded."""
        return self.term.amount - self.used

    def days(self) -> list[Day]:
        """Return every day from day zero on with what it did to the count and why."""
        return list(self._course.explain()) if self._course else []


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which ``day`` is over in ``zone``."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def reckon(
    events: Iterable[ClockEvent],
    term: Term,
    calendar: WorkCalendar,
    rules: ClockRules,
    at: datetime,
) -> Reckoning:
    """Return what the clock says ``at`` an instant.

    Pure: the same events, term, calendar and rules always give the same answer. Raises
    ``DomainError("calendar_not_decreed")`` when the due day lies past the last confirmed year,
    ``DomainError("clock_not_started")`` for an event before the start.
    """
    course = _run(_corrected(events), term, calendar, rules, at)
    if course is None:
        return Reckoning(ClockState.NOT_STARTED, term)
    return course.reckoning()


def _corrected(events: Iterable[ClockEvent]) -> list[ClockEvent]:
    known = list(events)
    right = {e.corrects: e.at for e in sorted(known, key=_order) if e.kind is ClockKind.CORRECT}
    kept = [
        replace(event, at=right[event.seq]) if event.seq in right else event
        for event in known
        if event.kind is not ClockKind.CORRECT
    ]
    return sorted(kept, key=_order)


def _order(event: ClockEvent) -> tuple[datetime, int]:
    return (event.at, event.seq)


@dataclass(slots=True)
class Course:
    """The run of one clock: stretches in which it ran, and what interrupted them."""

    term: Term
    calendar: WorkCalendar
    rules: ClockRules
    at: datetime
    started_at: datetime
    zero_on: date
    stretches: list[tuple[datetime, datetime | None]]
    interruptions: list[tuple[datetime, datetime | None, str]]
    laps: list[Lap]
    pauses: int
    stopped_at: datetime | None = None

    def counts(self, day: date) -> bool:
        """Whether ``day`` is of the counted sort at all."""
        if day < self.zero_on or (day == self.zero_on and not self.rules.counts_first_day):
            return False
        return self.term.unit is Unit.CALENDAR_DAY or self.calendar.is_workday(day)

    def used_until(self, at: datetime) -> int:
        """Return the units used at ``at``."""
        total = 0
        for began, ended in self.stretches:
            if began < at:
                total += self._between(began, at if ended is None or ended > at else ended)
        return total

    def reckoning(self) -> Reckoning:
        """Sum up."""
        running = bool(self.stretches) and self.stretches[-1][1] is None
        due_on, due_at = self._due() if running or self.stopped_at else (None, None)
        if self.stopped_at:
            state = ClockState.STOPPED
        else:
            state = ClockState.RUNNING if running else ClockState.PAUSED
        seen_at = self.stopped_at or self.at
        return Reckoning(
            state=state,
            term=self.term,
            zero_on=self.zero_on,
            due_on=due_on,
            due_at=due_at,
            used=self.used_until(min(seen_at, self.at)),
            pauses=self.pauses,
            laps=tuple(self.laps),
            late=due_at is not None and seen_at >= due_at,
            _course=self,
        )

    def explain(self) -> Iterator[Day]:
        """Yield the days from day zero to the due day, to today when that is later."""
        yield (
            Day(self.zero_on, DayKind.ZERO)
            if not self.counts(self.zero_on)
            else self._day(self.zero_on, 1)
        )
        number = 1 if self.counts(self.zero_on) and self._ran(self.zero_on) else 0
        due_on = self._due()[0] if self.stretches and self.stretches[-1][1] is None else None
        seen_on = (self.stopped_at or self.at).astimezone(self.rules.zone).date()
        last = max(due_on, seen_on) if due_on else seen_on  # an overrun shows its days too
        last = min(last, self.calendar.confirmed_until)
        day = self.zero_on + timedelta(days=1)
        while day <= last:
            if self.counts(day) and self._ran(day):
                number += 1
            yield self._day(day, number)
            day += timedelta(days=1)

    def _day(self, day: date, number: int) -> Day:
        if not self.counts(day):
            return Day(day, DayKind.FREE, self.calendar.why_not(day) or "")
        if not self._ran(day):
            return Day(day, DayKind.PAUSED, self._interruption(day))
        ahead = self._closing(day) > self.at
        return Day(day, DayKind.AHEAD if ahead else DayKind.COUNTED, number=number)

    def _ran(self, day: date) -> bool:
        closing = self._closing(day)
        return any(
            began < closing and (ended is None or closing <= ended)
            for began, ended in self.stretches
        )

    def _interruption(self, day: date) -> str:
        closing = self._closing(day)
        reasons = [
            reason
            for began, ended, reason in self.interruptions
            if began < closing and (ended is None or closing <= ended)
        ]
        return "; ".join(filter(None, reasons))

    def _closing(self, day: date) -> datetime:
        if self.term.unit is Unit.CALENDAR_DAY:
            return end_of(day, self.rules.zone)
        return datetime.combine(day, self.calendar.closes(day), self.rules.zone)

    def _between(self, began: datetime, ended: datetime) -> int:
        began, ended = began.astimezone(self.rules.zone), ended.astimezone(self.rules.zone)
        if self.term.unit is Unit.WORK_MINUTE:
            return self.calendar.minutes(began, ended)
        first, last = self._first_open(began), self._last_closed(ended)
        if last < first:
            return 0
        if self.term.unit is Unit.CALENDAR_DAY:
            return (last - first).days + 1
        last = min(last, self.calendar.confirmed_until)
        return self.calendar.count(first - timedelta(days=1), last)

    def _first_open(self, instant: datetime) -> date:
        """Return the first day that can still be counted when the clock runs from ``instant``."""
        day = instant.date()
        if instant >= self._closing(day):
            day += timedelta(days=1)
        floor = self.zero_on if self.rules.counts_first_day else self.zero_on + timedelta(days=1)
        return max(day, floor)

    def _last_closed(self, instant: datetime) -> date:
        day = instant.date()
        return day if self._closing(day) <= instant else day - timedelta(days=1)

    def _due(self) -> tuple[date, datetime]:
        """Return the due day as if the last stretch had run on for ever."""
        began = self.stretches[-1][0]
        earlier = sum(self._between(b, e) for b, e in self.stretches[:-1] if e is not None)
        left = self.term.amount - earlier
        if self.term.unit is Unit.WORK_MINUTE:
            due_at = self.calendar.add_minutes(began.astimezone(self.rules.zone), max(left, 0))
            return due_at.date(), due_at
        first = self._first_open(began.astimezone(self.rules.zone))
        before = first - timedelta(days=1)
        if self.term.unit is Unit.CALENDAR_DAY:
            due_on = before + timedelta(days=max(left, 0))
        else:
            due_on = self.calendar.add(before, left) if left > 0 else self._exhausted_on()
        return due_on, end_of(due_on, self.rules.zone)

    def _exhausted_on(self) -> date:
        """Return the day on which the term had been used up before the last pause."""
        if self.term.amount < 1:
            return self.zero_on
        number = 0
        day = self.zero_on
        while True:
            if self.counts(day) and self._ran(day):
                number += 1
                if number == self.term.amount:
                    return day
            day += timedelta(days=1)


def _run(
    events: Sequence[ClockEvent],
    term: Term,
    calendar: WorkCalendar,
    rules: ClockRules,
    at: datetime,
) -> Course | None:
    course: Course | None = None
    open_pauses: dict[str, tuple[datetime, str]] = {}
    for event in events:
        if event.kind is ClockKind.START or event.kind is ClockKind.RESTART:
            laps = [*course.laps, _lap(course, event.at)] if course else []
            course = Course(
                term, calendar, rules, at, event.at, _day_zero(event.at, calendar, rules),
                [(event.at, None)], [], laps, course.pauses if course else 0,
            )  # fmt: skip
            open_pauses.clear()
            continue
        if course is None:
            raise DomainError("clock_not_started")
        if event.kind is ClockKind.PAUSE:
            if not open_pauses and course.stretches[-1][1] is None:
                course.stretches[-1] = (course.stretches[-1][0], event.at)
            course.pauses += event.key not in open_pauses
            open_pauses.setdefault(event.key, (event.at, event.reason))
        elif event.kind is ClockKind.RESUME:
            if event.key in open_pauses:
                began, reason = open_pauses.pop(event.key)
                course.interruptions.append((began, event.at, reason))
                if not open_pauses and not course.stopped_at:
                    course.stretches.append((event.at, None))
        elif event.kind is ClockKind.EXTEND:
            course.term = replace(course.term, amount=course.term.amount + event.amount)
        elif event.kind is ClockKind.STOP:
            if course.stretches[-1][1] is None:
                course.stretches[-1] = (course.stretches[-1][0], event.at)
            course.stopped_at = event.at
    if course is not None:
        course.interruptions += [(began, None, reason) for began, reason in open_pauses.values()]
    return course


def _lap(course: Course, ended_at: datetime) -> Lap:
    return Lap(course.zero_on, course.used_until(ended_at), ended_at)


def _day_zero(started_at: datetime, calendar: WorkCalendar, rules: ClockRules) -> date:
    local = started_at.astimezone(rules.zone)
    day = local.date()
    if not calendar.is_workday(day):
        return calendar.next_workday(day)
    last_hour = rules.cut_off or calendar.closes(day)
    return calendar.next_workday(day + timedelta(days=1)) if local.time() > last_hour else day
