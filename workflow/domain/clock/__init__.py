"""The service clock: recorded events and a term become a due date that can be explained.

Rules (docs/deadlines.md): the day of the start is day zero (or day one, if the office counts it);
a start after the last hour or on a free day counts from the next working day, if the office rolls
late arrivals; a day is used if the clock ran at its closing time; pauses with different keys may
overlap and count once; a restart counts again from zero and keeps the earlier lap for the reports.

Every instant becomes a tick: how many units (closings, midnights, working seconds) had passed by
then. Used time is a difference of ticks, and the due date is the instant of one.
"""

from workflow.domain.clock.reckoning import reckon
from workflow.domain.clock.run import counted_after
from workflow.domain.clock.ticks import end_of
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
    in_order,
)
from workflow.domain.workdays import ClockRules

__all__ = [
    "ClockEvent",
    "ClockKind",
    "ClockRules",
    "ClockStatus",
    "Day",
    "DayKind",
    "Lap",
    "ClockState",
    "Term",
    "Unit",
    "counted_after",
    "end_of",
    "in_order",
    "reckon",
]
