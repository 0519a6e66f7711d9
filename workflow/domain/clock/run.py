"""The run of one clock since its last start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from workflow.domain.clock.ticks import A_DAY, TICKS, Ticks, end_of
from workflow.domain.clock.values import (
    ClockEvent,
    ClockKind,
    ClockState,
    ClockStatus,
    Day,
    DayKind,
    Lap,
    Term,
    Unit,
)
from workflow.domain.errors import DomainError
from workflow.domain.workdays import ClockRules, WorkCalendar


@dataclass(slots=True)
class ClockRun:
    """The run of one clock since its last start; ``floor`` is the tick at which counting begins."""

    term: Term
    calendar: WorkCalendar
    rules: ClockRules
    at: datetime
    ticks: Ticks
    zero_on: date
    floor: int
    since: int | None  # the tick at which the open stretch began
    stretches: list[tuple[int, int]]  # closed ones
    amount: int
    laps: list[Lap]
    pauses: int
    open_pauses: dict[str, tuple[int, ClockEvent]]
    interruptions: list[tuple[int, int | None, ClockEvent]]
    stopped_at: datetime | None = None

    def take(self, event: ClockEvent, tick: int) -> None:
        """Apply an ``event`` after the start; ``tick`` had passed when it came."""
        match event.kind:
            case ClockKind.PAUSE:
                self.close(tick)
                if event.key not in self.open_pauses:
                    self.pauses += 1
                    self.open_pauses[event.key] = (tick, event)
            case ClockKind.RESUME if event.key in self.open_pauses:
                began, pause = self.open_pauses.pop(event.key)
                self.interruptions.append((began, tick, pause))
                if not self.open_pauses and not self.stopped_at:
                    self.since = tick
            case ClockKind.EXTEND:
                self.amount += event.amount * self.ticks.per_unit
            case ClockKind.STOP:
                self.close(tick)
                self.stopped_at = event.at

    def close(self, tick: int) -> None:
        """The clock stops running, if it runs."""
        if self.since is not None:
            if tick > self.since:
                self.stretches.append((self.since, tick))
            self.since = None

    def used(self, tick: int) -> int:
        """Return the ticks used when ``tick`` had passed."""
        total = 0 if self.since is None or tick <= self.since else tick - self.since
        for began, ended in self.stretches:
            if tick >= ended:
                total += ended - began
            elif tick > began:
                total += tick - began
        return total

    def units_at(self, at: datetime) -> int:
        """Return the units used at an instant."""
        return self._units(self.used(self.ticks.at(at.astimezone(self.rules.zone))))

    def _units(self, ticks: int) -> int:
        return ticks // self.ticks.per_unit

    def reckoning(self) -> ClockState:
        """Sum up."""
        running = self.since is not None
        seen_at = self.stopped_at or self.at
        if self.stopped_at:
            state = ClockStatus.STOPPED
        else:
            state = ClockStatus.RUNNING if running else ClockStatus.PAUSED
        due_on, due_at = self._due()
        late = due_at is not None and seen_at >= due_at
        if state is ClockStatus.PAUSED:
            due_on = due_at = None
        amount = self._units(self.amount)
        term = self.term if amount == self.term.amount else Term(amount, self.term.unit)
        return ClockState(
            state=state,
            term=term,
            zero_on=self.zero_on,
            due_on=due_on,
            due_at=due_at,
            used=self.units_at(min(seen_at, self.at)),
            pauses=self.pauses,
            laps=tuple(self.laps),
            late=late,
            provisional=due_on is not None and self._guessed(due_on),
            _course=self,
        )

    def _guessed(self, due_on: date) -> bool:
        return self.term.unit is not Unit.CALENDAR_DAY and not self.calendar.is_confirmed(due_on)

    def _due(self) -> tuple[date, datetime] | tuple[None, None]:
        """Return when the term is used up: in a past stretch, or if the last one runs on.

        A clock that was stopped in good time is read as if it had run on; one that stood still
        when it was stopped promised no date.
        """
        left = self.amount
        if left < 1:
            return self.zero_on, end_of(self.zero_on, self.rules.zone)
        for began, ended in self.stretches:
            if ended - began >= left:
                return self.ticks.due(began + left, self.rules.zone)
            left -= ended - began
        if self.since is not None:
            return self.ticks.due(self.since + left, self.rules.zone)
        if self.stopped_at and not self.open_pauses:
            stopped = self.ticks.at(self.stopped_at.astimezone(self.rules.zone))
            return self.ticks.due(max(stopped, self.floor) + left, self.rules.zone)
        return None, None

    def explain(self, due_on: date | None) -> Iterator[Day]:
        """Yield the days from day zero to the due day, to today when that is later."""
        seen_on = (self.stopped_at or self.at).astimezone(self.rules.zone).date()
        running_on = due_on if self.stopped_at is None else None
        last = max(running_on, seen_on) if running_on else seen_on
        now = self.ticks.at(self.at.astimezone(self.rules.zone))
        day = self.zero_on
        while day <= last:
            yield self._day(day, now)
            day += A_DAY

    def _day(self, day: date, now: int) -> Day:
        before, after = self.ticks.through(day - A_DAY), self.ticks.through(day)
        certain = self.calendar.is_confirmed(day)
        if before == after:
            return self._free(day, certain)
        used = self.used(after)
        if used > self.used(before):
            if after <= now:
                return Day(day, DayKind.COUNTED, number=self._units(used), certain=certain)
            if self.term.unit is Unit.WORK_MINUTE:  # a term in minutes ends within its last day
                used = min(used, max(self.amount, self.used(now)))
            return Day(day, DayKind.AHEAD, number=self._units(used), certain=certain)
        if day == self.zero_on:
            return Day(day, DayKind.ZERO)
        pauses = tuple(
            event
            for began, ended, event in self.interruptions
            if began < after and (ended is None or ended > before)
        )
        if not pauses:
            return Day(day, DayKind.STOPPED)
        reasons = "; ".join(dict.fromkeys(event.reason for event in pauses if event.reason))
        return Day(day, DayKind.PAUSED, reasons, certain=certain, pauses=pauses)

    def _free(self, day: date, certain: bool) -> Day:
        if day == self.zero_on:
            return Day(day, DayKind.ZERO)
        special = self.calendar.special(day)
        reason = self.calendar.why_not(day) or ""
        if special is None:
            return Day(day, DayKind.FREE, reason, certain=certain)
        sure = certain and not special.estimated
        return Day(day, DayKind.FREE, reason, decree=special.decree, certain=sure)


def run(
    events: Iterable[ClockEvent],
    term: Term,
    calendar: WorkCalendar,
    rules: ClockRules,
    at: datetime,
) -> ClockRun | None:
    course: ClockRun | None = None
    ticks = TICKS[term.unit](calendar)
    zone = rules.zone
    for event in events:
        local = event.at.astimezone(zone)
        if event.kind in (ClockKind.START, ClockKind.RESTART):
            course = _begin(course, term, calendar, rules, at, ticks, local)
            continue
        if course is None:
            raise DomainError("clock_not_started")
        tick = ticks.at(local)
        course.take(event, max(tick, course.floor))
    if course is not None:
        course.interruptions += [
            (began, None, pause) for began, pause in course.open_pauses.values()
        ]
    return course


def _begin(
    before: ClockRun | None,
    term: Term,
    calendar: WorkCalendar,
    rules: ClockRules,
    at: datetime,
    ticks: Ticks,
    local: datetime,
) -> ClockRun:
    """Start counting from zero; what an earlier course had used is stored as a lap."""
    if term.unit is Unit.WORK_MINUTE:  # counted from the instant itself: no day is day zero
        zero_on, floor = local.date(), ticks.at(local)
    else:
        zero_on = _day_zero(local, calendar, rules)
        floor = ticks.through(_counted_after(zero_on, rules))
    laps = [*before.laps, Lap(before.zero_on, before.units_at(local), local)] if before else []
    return ClockRun(
        term,
        calendar,
        rules,
        at,
        ticks,
        zero_on,
        floor,
        since=max(ticks.at(local), floor),
        stretches=[],
        amount=term.amount * ticks.per_unit,
        laps=laps,
        pauses=before.pauses if before else 0,
        open_pauses={},
        interruptions=[],
    )


def counted_after(at: datetime, calendar: WorkCalendar, rules: ClockRules) -> date:
    """Return the day after which the days of a term count that starts ``at`` an instant."""
    return _counted_after(_day_zero(at.astimezone(rules.zone), calendar, rules), rules)


def _counted_after(zero_on: date, rules: ClockRules) -> date:
    return zero_on - A_DAY if rules.counts_first_day else zero_on


def _day_zero(local: datetime, calendar: WorkCalendar, rules: ClockRules) -> date:
    day = local.date()
    if not rules.late_rolls:
        return day
    hours = calendar.hours_on(day)
    if hours is None:
        return calendar.next_workday(day)
    last_hour = rules.cut_off or hours.closes
    return calendar.next_workday(day + A_DAY) if local.time() > last_hour else day
