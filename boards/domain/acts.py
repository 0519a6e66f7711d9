"""What is counted of the honesty of a clock, and of the time that officers have a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from workflow.domain.clock import ClockEvent, ClockKind, ClockStatus, Term, in_order, reckon
from workflow.domain.deadline_status import workdays_left
from workflow.domain.workdays import WorkCalendar

BRINK_WORKDAYS = 1  # a pause with so few days left, or fewer, stands on the brink


class ClockAct(StrEnum):
    """An act that moves a due date, and may be meant to."""

    PAUSE = "jeda"
    AGAIN = "kedua"
    BRINK = "menjelang"
    DATED_BACK = "mundur"


def on_the_brink(
    pause: ClockEvent, events: Sequence[ClockEvent], term: Term, calendar: WorkCalendar
) -> bool:
    """Whether ``pause`` stopped a running clock on its due day or the working day before.

    The due date is the one that was promised just before the pause (``reckon`` of what came
    earlier). A clock that is late or stands already is not saved by a pause.
    """
    before = [
        one
        for one in in_order(events)
        if one.seq != pause.seq and (one.at, one.seq) < (pause.at, pause.seq)
    ]
    state = reckon(before, term, calendar, calendar.rules, pause.at)
    if state.state is not ClockStatus.RUNNING or state.late or state.due_on is None:
        return False
    today = pause.at.astimezone(calendar.rules.zone).date()
    return workdays_left(calendar, today, state.due_on) <= BRINK_WORKDAYS


def without_pauses(events: Sequence[ClockEvent]) -> list[ClockEvent]:
    """Return the events of the gross count: from the first start to the stop, whatever paused."""
    kept = (ClockKind.START, ClockKind.STOP, ClockKind.CORRECT)
    return [event for event in events if event.kind in kept]


def in_hand(
    begun_at: datetime,
    received_at: datetime | None,
    received_by: int | None,
    finished_by: int | None,
) -> tuple[int | None, datetime]:
    """Return who had a file in hand during a visit, and since when; its work began at ``begun_at``.

    Whoever confirmed the receipt, since then, also when another finished the step; without a
    receipt whoever finished it, since the work began. Nobody has it in hand before that.
    """
    if received_by is not None and received_at is not None:
        return received_by, max(received_at, begun_at)
    return finished_by, begun_at
