"""The figures of the past: what happened to the files of an office (``files``), summed up.

Whole files are read, in portions; each fact counts in the month in which it happened.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from accounts.models import Office
from boards.domain.acts import in_hand
from boards.domain.months import month_of
from boards.services.files import File, Reader, Visit, Window, minutes_between
from permits.models import (
    AnswerVerdict,
    ApplicationClockEvent,
    ApplicationRecord,
    ApplicationStep,
    RequirementVerdict,
    StepPart,
)

PORTION = 400  # files read at once
_WRONG = (RequirementVerdict.Result.REFUSED, RequirementVerdict.Result.MISSING)

Key = tuple[Any, ...]
Sums = dict[Key, Counter[str]]


@dataclass
class Tallies:
    """Sums by service, month and what else a table is kept by."""

    files: Counter[Key] = field(default_factory=Counter)
    steps: Sums = field(default_factory=lambda: defaultdict(Counter))
    hands: Sums = field(default_factory=lambda: defaultdict(Counter))
    faults: Counter[Key] = field(default_factory=Counter)
    clock: Counter[Key] = field(default_factory=Counter)

    def add(self, file: File) -> None:
        """Add everything that happened to a file in the window of its reader."""
        service = file.row.service_id
        if one := file.answer():
            figures = (one.unit, one.promised, one.net, one.gross, one.on_time, one.returns)
            self.files[(service, one.month, *figures)] += 1
        for visit in file.visits():
            self._add_visit(file, visit)
        self._add_parts(file)
        self._add_faults(file)
        for act in file.acts():
            month = month_of(file.window.office.local_date(act.at))
            seat = file.reader.seat_of(act.officer, act.at)
            self.clock[(service, month, act.kind.value, act.officer, seat)] += 1

    def _add_visit(self, file: File, visit: Visit) -> None:
        row, minutes = visit.row, visit.taken
        sums = self.steps[(file.row.service_id, visit.month, row.step_id)]
        sums["visits"] += 1
        sums["minutes"] += minutes
        sums["longest"] = max(sums["longest"], minutes)
        sums["timed"] += visit.due_at is not None
        sums["over"] += visit.is_over
        sums["sent_back"] += visit.sent_back
        if isinstance(row, StepPart):
            return  # whose work it was: with all parts
        desk = file.reader.desk_of.get(row.step_id)
        holder, since = in_hand(
            row.begun_at, row.received_at, row.received_by_id, row.finished_by_id
        )
        if holder is not None:
            held = self._hand(file, visit.month, desk, holder)
            held["held"] += 1
            held["minutes"] += visit.minutes(since)
        if row.finished_by_id is not None:
            self._hand(file, visit.month, desk, row.finished_by_id)["finished"] += 1

    def _add_parts(self, file: File) -> None:
        """Count the parts that others gave as work of their own, from when they were asked.

        The time of a partner body is counted with its own calendar.
        """
        for part in file.row.parts.all():
            month = file.window.month(part.finished_at)
            if month is None or part.finished_at is None or part.finished_by_id is None:
                continue
            if not part.is_given:  # its row was left out by the desk of the step
                continue
            given = self._hand(file, month, part.position_id, part.finished_by_id)
            given["held"] += 1
            given["finished"] += 1
            calendar = file.of_parts.get(part.pk, file.calendar)
            given["minutes"] += minutes_between(calendar, part.asked_at, part.finished_at)

    def _hand(self, file: File, month: date, position: int | None, officer: int) -> Counter[str]:
        """Return the sums of an officer in a position; what lay at no desk belongs to nobody."""
        if position is None:
            return Counter()
        return self.hands[(file.row.service_id, month, position, officer)]

    def _add_faults(self, file: File) -> None:
        service, month_at = file.row.service_id, file.window.month
        for verdict in file.row.verdicts.all():
            month = month_at(verdict.at)
            if month is not None and verdict.result in _WRONG:
                self.faults[(service, month, verdict.requirement_id)] += 1
        for answer in file.row.answer_verdicts.all():
            month = month_at(answer.at)
            if month is not None and answer.result == AnswerVerdict.Result.REFUSED:
                self.faults[(service, month, None)] += 1


def tallies(office: Office, first: date, last: date, at: datetime) -> Tallies:
    """Return the figures of ``office`` for the months from ``first`` to ``last``, until ``at``."""
    window = Window.of(office, first, last, at)
    found, reader = Tallies(), Reader(window)
    keys = iter(sorted(_touched(window)))
    while portion := list(islice(keys, PORTION)):
        for file in reader.whole(portion):
            found.add(file)
    return found


def _touched(window: Window) -> set[int]:
    """Return the keys of the files with a fact in the window."""
    span = (window.begins, window.until)
    kinds: tuple[tuple[Any, str, str], ...] = (
        (ApplicationStep, "application", "finished_at"),
        (StepPart, "application", "finished_at"),
        (ApplicationClockEvent, "application", "recorded_at"),
        (ApplicationRecord, "subject", "at"),
        (RequirementVerdict, "application", "at"),
        (AnswerVerdict, "application", "at"),
    )
    keys: set[int] = set()
    for model, file, instant in kinds:
        rows = model.objects.filter(
            **{
                f"{file}__office": window.office,
                f"{instant}__gte": span[0],
                f"{instant}__lt": span[1],
            }
        )
        keys |= set(rows.order_by().values_list(file, flat=True).distinct())
    return keys
