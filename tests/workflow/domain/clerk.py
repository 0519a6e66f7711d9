"""An independent oracle of the clock: a patient clerk with a wall calendar and a register.

The clerk looks at each closing time (or midnight, or each stretch of opening hours) in turn and
asks the register whether the clock ran then. Nothing of the product's arithmetic is used.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.factories.workflow import special_days
from workflow.domain.clock import ClockEvent, ClockKind, ClockRules, Term, Unit

WIB = ZoneInfo("Asia/Jakarta")
FIRST = date(2025, 1, 2)
FREE = {day.on for day in special_days()}
OPEN = {  # minutes of the day
    **dict.fromkeys(range(4), ((450, 720), (780, 960))),
    4: ((450, 690), (780, 990)),
}
KEYS = ("pemohon", "instansi")
_FAR = timedelta(days=3000)


def instant(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(), WIB) + timedelta(minutes=minute)


def works(day: date) -> bool:
    return day.weekday() in OPEN and day not in FREE


def closing(day: date) -> datetime:
    return instant(day, OPEN[day.weekday()][-1][1])


@dataclass
class Register:
    """What the clerk reads out of the events: since when, how much, and when it ran."""

    started: datetime
    amount: int
    events: list[ClockEvent]
    stopped: datetime | None
    standing: bool

    @classmethod
    def of(cls, events: Sequence[ClockEvent], term: Term) -> Register:
        moved = {}
        for event in sorted(events, key=lambda e: e.seq):
            if event.kind is ClockKind.CORRECT:
                moved[event.corrects] = event.at
        rows = [(moved.get(e.seq, e.at), e.seq, e) for e in events if e.kind != ClockKind.CORRECT]
        rows.sort(key=lambda row: row[:2])
        begins = [
            n for n, row in enumerate(rows) if row[2].kind in (ClockKind.START, ClockKind.RESTART)
        ]
        started = rows[begins[-1]][0]
        after = rows[begins[-1] + 1 :]
        extra = sum(event.amount for _at, _seq, event in after if event.kind is ClockKind.EXTEND)
        stops = [at for at, _seq, event in after if event.kind is ClockKind.STOP]
        own = [
            ClockEvent(event.kind, at, seq, event.key) for at, seq, event in after
            if event.kind in (ClockKind.PAUSE, ClockKind.RESUME)
            and (not stops or (at, seq) < (stops[0], 10**9))
        ]  # fmt: skip
        stopped = stops[0] if stops else None
        register = cls(started, term.amount + extra, own, stopped, standing=False)
        register.standing = bool(register.keys_at(started + _FAR))
        return register

    def keys_at(self, moment: datetime) -> set[str]:
        """Return the pauses that are open just before ``moment``."""
        open_keys: set[str] = set()
        for event in self.events:
            if event.at < moment:
                change = open_keys.add if event.kind is ClockKind.PAUSE else open_keys.discard
                change(event.key)
        return open_keys

    def ran(self, moment: datetime) -> bool:
        return self.started < moment and not self.keys_at(moment)


def due(events: Sequence[ClockEvent], term: Term, rules: ClockRules) -> datetime | date | None:
    """Return the promised day (an instant for working minutes); ``None`` while the clock stands."""
    register = Register.of(events, term)
    if register.standing and register.stopped is None:
        return None
    zero = day_zero(register.started, rules)
    left = register.amount
    day = register.started.date() if term.unit is Unit.WORK_MINUTE else zero
    while day < register.started.date() + _FAR and left > 0:
        if term.unit is Unit.WORK_MINUTE:
            for minute in _open_minutes(day):
                if register.ran(instant(day, minute + 1)):
                    left -= 1
                    if left == 0:
                        return instant(day, minute + 1)
        elif _counted(day, zero, term, rules, register):
            left -= 1
            if left == 0:
                return day
        if register.standing and all(event.at.date() < day for event in register.events):
            return None
        day += timedelta(days=1)
    return zero


def used(events: Sequence[ClockEvent], term: Term, rules: ClockRules, at: datetime) -> int:
    """Return the units used up when the clerk looks ``at`` an instant."""
    register = Register.of(events, term)
    zero = day_zero(register.started, rules)
    seen = min(at, register.stopped or at)
    total = 0
    day = register.started.date() if term.unit is Unit.WORK_MINUTE else zero
    while day <= seen.date():
        if term.unit is Unit.WORK_MINUTE:
            moments = [instant(day, minute + 1) for minute in _open_minutes(day)]
            total += sum(moment <= seen and register.ran(moment) for moment in moments)
        elif _counted(day, zero, term, rules, register):
            total += _end(day, term) <= seen
        day += timedelta(days=1)
    return total


def day_zero(started: datetime, rules: ClockRules) -> date:
    zero = started.date()
    if not rules.late_rolls:
        return zero
    if works(zero):
        last = instant(zero, 0).replace(hour=rules.cut_off.hour) if rules.cut_off else closing(zero)
        if started <= last:
            return zero
        zero += timedelta(days=1)
    while not works(zero):
        zero += timedelta(days=1)
    return zero


def _end(day: date, term: Term) -> datetime:
    return instant(day, 1440) if term.unit is Unit.CALENDAR_DAY else closing(day)


def _counted(
    day: date, zero: date, term: Term, rules: ClockRules, register: Register
) -> bool:  # fmt: skip
    if day == zero and not rules.counts_first_day:
        return False
    if term.unit is Unit.WORKDAY and not works(day):
        return False
    return register.ran(_end(day, term))


def _open_minutes(day: date) -> list[int]:
    if not works(day):
        return []
    return [n for opens, closes in OPEN[day.weekday()] for n in range(opens, closes)]


def random_history(dice: random.Random, most: int = 9) -> list[ClockEvent]:
    """Return a start and whatever may befall a file, in the order in which it was recorded."""
    at = instant(FIRST + timedelta(days=dice.randrange(600)), dice.randrange(1440))
    events = [ClockEvent(ClockKind.START, at, 1)]
    standing: set[str] = set()
    for seq in range(2, 2 + dice.randrange(most)):
        at += timedelta(minutes=dice.choice([0, 1, 7, 90, 600, 1440, 4000]) + dice.randrange(50))
        chance = dice.random()
        if chance < 0.75:
            key = dice.choice(KEYS)
            kind = ClockKind.RESUME if key in standing else ClockKind.PAUSE
            (standing.discard if kind is ClockKind.RESUME else standing.add)(key)
            events.append(ClockEvent(kind, at, seq, key))
        elif chance < 0.83:
            events.append(ClockEvent(ClockKind.EXTEND, at, seq, amount=dice.randrange(1, 4)))
        elif chance < 0.9:
            events.append(ClockEvent(ClockKind.RESTART, at, seq))
            standing.clear()
        elif chance < 0.96:
            wrong = dice.choice(events)
            if wrong.kind is not ClockKind.CORRECT:
                # within the neighbours, or pause and resume would change places
                right = wrong.at + timedelta(minutes=dice.choice([-30, -1, 1]))
                if wrong.seq == 1 and right < wrong.at:
                    events.append(ClockEvent(ClockKind.CORRECT, right, seq, corrects=1))
        else:
            events.append(ClockEvent(ClockKind.STOP, at, seq))
            break
    return events
