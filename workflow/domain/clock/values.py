"""Input and output of a clock: events, terms, rules, days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Protocol


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


class ClockStatus(StrEnum):
    """State of a clock."""

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
    STOPPED = "henti"


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
    """A promise: so many units.

    ``least`` is the shorter end of a promised range, ``None`` of one value; it is only printed.
    """

    amount: int
    unit: Unit = Unit.WORKDAY
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Lap:
    """A count that a restart ended; it stays in the reports."""

    started_on: date
    used: int
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """One line of the explanation; ``number`` are the units used up by the end of a counted day.

    ``pauses`` are the events that stopped the clock. ``certain`` is false for a day whose holidays
    are not decreed yet and for a holiday whose date is an estimate.
    """

    on: date
    kind: DayKind
    reason: str = ""
    number: int | None = None
    decree: str = ""
    certain: bool = True
    pauses: tuple[ClockEvent, ...] = ()


class Explains(Protocol):
    """What can say of every day how it was counted."""

    def explain(self, due_on: date | None) -> Iterator[Day]:
        """Yield the days from day zero to ``due_on``, to today when that is later."""


@dataclass(frozen=True, slots=True)
class ClockState:
    """State of the clock at one instant. ``due_on`` is ``None`` while it is paused.

    ``provisional``: the due day lies where holidays are not decreed yet. ``term`` includes the
    extensions. ``late`` is also true when the clock was paused after the term was over.
    """

    state: ClockStatus
    term: Term
    zero_on: date | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    used: int = 0
    pauses: int = 0
    laps: tuple[Lap, ...] = ()
    late: bool = False
    provisional: bool = False
    _course: Explains | None = field(default=None, repr=False, compare=False)

    @property
    def remaining(self) -> int:
        """Units left; negative when the term is exceeded."""
        return self.term.amount - self.used

    @property
    def restarts(self) -> int:
        """How often the clock was set back to zero."""
        return len(self.laps)

    def days(self) -> list[Day]:
        """Return every day from day zero on with what it did to the count and why."""
        return list(self._course.explain(self.due_on)) if self._course else []


_by_instant = attrgetter("at", "seq")
_by_record = attrgetter("seq")


def in_order(events: Iterable[ClockEvent]) -> list[ClockEvent]:
    """Return the events at their right instants, in order of time, then of recording."""
    known = list(events)
    corrections = [event for event in known if event.kind is ClockKind.CORRECT]
    if corrections:  # of two corrections of one event the later record holds
        right = {event.corrects: event.at for event in sorted(corrections, key=_by_record)}
        known = [
            replace(event, at=right.get(event.seq, event.at))
            for event in known
            if event.kind is not ClockKind.CORRECT
        ]
    known.sort(key=_by_instant)
    return known
