"""The figures of the past from the raw records: hand-overs, clock events, verdicts.

Whole files are read, in portions; each fact counts in the month in which it happened. Days are
counted by ``reckon()`` with the calendar of the promise, as the due date is; time at a desk of a
partner body with the calendar of the body, as the standard time of the step is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import Prefetch

from accounts.models import Appointment, Capacity, Office
from boards.domain.acts import ClockAct, in_hand, on_the_brink, without_pauses
from boards.domain.months import following, month_of
from permits.domain.lifecycle import Event, Status
from permits.models import (
    AnswerVerdict,
    Application,
    ApplicationClockEvent,
    ApplicationDeadline,
    ApplicationRecord,
    ApplicationStep,
    RequirementVerdict,
    StepPart,
)
from permits.selectors import (
    clock,
    counted_by,
    part_calendars,
    promise_calendars,
    step_due_dates,
    visit_calendars,
)
from standards.models import SopStep
from workflow.domain.clock import ClockEvent, ClockKind, Term, Unit
from workflow.domain.workdays import WorkCalendar

PORTION = 400  # files read at once
ANSWERED = (Status.ISSUED, Status.COMPLETED, Status.REJECTED)  # by the office, not by the applicant
RETURNS = (Event.RETURN, Event.REFUSE_INTAKE)
_NOT_WORKED = (ApplicationStep.Outcome.SKIPPED, ApplicationStep.Outcome.ENDED)
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


@dataclass(frozen=True)
class _Window:
    """The months that are counted, as instants of the office; ``until`` is now."""

    office: Office
    begins: datetime
    until: datetime

    def month(self, at: datetime | None) -> date | None:
        """Return the month of an instant in the window, else ``None``."""
        if at is None or not self.begins <= at < self.until:
            return None
        return month_of(self.office.local_date(at))


def begins(office: Office, month: date) -> datetime:
    """Return the instant at which ``month`` begins where the office stands."""
    return datetime(month.year, month.month, 1, tzinfo=office.zone)


def tallies(office: Office, first: date, last: date, at: datetime) -> Tallies:
    """Return the figures of ``office`` for the months from ``first`` to ``last``, until ``at``."""
    until = min(at, begins(office, following(last)))
    window = _Window(office, begins(office, first), until)
    found = Tallies()
    seat_of, desk_of = _seats(office), _desks()
    bodies = _bodies(office)
    keys = iter(sorted(_touched(window)))
    while portion := list(islice(keys, PORTION)):
        rows = list(_files(portion))
        for row in rows:
            row.office = office
        calendars = promise_calendars(rows)
        elsewhere = visit_calendars(rows, bodies)
        of_parts = part_calendars(part for row in rows for part in row.parts.all())
        for row in rows:
            own = (calendars[row.pk], elsewhere, of_parts)
            _File(row, *own, window, seat_of, desk_of).add_to(found)
    return found


def _touched(window: _Window) -> set[int]:
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


def _files(keys: list[int]) -> Iterator[Application]:
    steps = ApplicationStep.objects.order_by("pk")
    rows = Application.objects.filter(pk__in=keys).select_related("version")
    return iter(
        rows.defer("answers", "declared").prefetch_related(
            "clock_events",
            "deadlines",
            "records",
            "verdicts",
            "answer_verdicts",
            Prefetch("parts", StepPart.objects.with_givers()),
            Prefetch("steps", steps),
        )
    )


def _seats(office: Office) -> Callable[[int | None, datetime], int | None]:
    """Return a function that says which position somebody held at an instant, definitive first."""
    held: dict[int, list[Appointment]] = defaultdict(list)
    rows = Appointment.objects.filter(position__office=office).order_by("pk")
    for row in sorted(rows, key=lambda row: row.capacity != Capacity.DEFINITIVE):
        held[row.user_id].append(row)

    def seat_of(officer: int | None, at: datetime) -> int | None:
        day = office.local_date(at)
        for row in held.get(officer or 0, ()):
            if row.started_on <= day and (row.ended_on is None or day <= row.ended_on):
                return row.position_id
        return None

    return seat_of


@dataclass
class _File:
    """One file and what it adds to the figures."""

    row: Application
    calendar: WorkCalendar
    elsewhere: Mapping[int, WorkCalendar]  # of visits at partner bodies
    of_parts: Mapping[int, WorkCalendar]  # of parts that partner bodies gave
    window: _Window
    seat_of: Callable[[int | None, datetime], int | None]
    desk_of: dict[int, int | None]

    def add_to(self, found: Tallies) -> None:
        """Add everything that happened to the file in the window."""
        events = list(self.row.clock_events.all())
        domain = [event.as_domain() for event in events]
        self._add_answer(found, events, domain)
        self._add_visits(found)
        self._add_parts(found)
        self._add_faults(found)
        self._add_clock(found, events, domain)

    def _key(self, month: date, *more: Any) -> Key:
        return (self.row.service_id, month, *more)

    def _promise(self) -> Term | None:
        kind = ApplicationDeadline.Kind.SERVICE
        rows = [row for row in self.row.deadlines.all() if row.kind == kind]
        return max(rows, key=lambda row: row.pk).term if rows else None

    def _add_answer(self, found: Tallies, events: list[Any], domain: list[ClockEvent]) -> None:
        stops = [event.at for event in events if event.kind == ClockKind.STOP]
        month = self.window.month(max(stops, default=None))
        if month is None or self.row.status not in ANSWERED:
            return
        stopped, promised = max(stops), self._promise()
        term = promised or Term(0, Unit(self.row.version.term_unit))
        net = clock(self.row, stopped, term, domain, self.calendar)
        gross = clock(self.row, stopped, term, without_pauses(domain), self.calendar)
        returns = sum(row.event in RETURNS for row in self.row.records.all())
        amount = promised.amount if promised else None
        on_time = not net.late if promised else None
        key = self._key(month, term.unit.value, amount, net.used, gross.used, on_time, returns)
        found.files[key] += 1

    def _add_visits(self, found: Tallies) -> None:
        due = step_due_dates(self.row)
        for visit in self.row.steps.all():
            month = self.window.month(visit.finished_at)
            if month is None or visit.finished_at is None or visit.outcome in _NOT_WORKED:
                continue
            calendar = self.elsewhere.get(visit.pk, self.calendar)
            zone = calendar.rules.zone
            ended = visit.finished_at.astimezone(zone)
            minutes = calendar.minutes(visit.handed_over_at.astimezone(zone), ended)
            due_at = due.get(visit.pk)
            sums = found.steps[self._key(month, visit.step_id)]
            sums["visits"] += 1
            sums["minutes"] += minutes
            sums["longest"] = max(sums["longest"], minutes)
            sums["timed"] += due_at is not None
            sums["over"] += due_at is not None and visit.finished_at > due_at
            sums["sent_back"] += visit.outcome == ApplicationStep.Outcome.RETURNED
            holder, since = in_hand(
                visit.handed_over_at, visit.received_at, visit.received_by_id, visit.finished_by_id
            )
            if holder is not None:
                held = self._hand(found, month, self.desk_of.get(visit.step_id), holder)
                held["held"] += 1
                held["minutes"] += calendar.minutes(since.astimezone(zone), ended)
            if visit.finished_by_id is not None:
                desk = self.desk_of.get(visit.step_id)
                self._hand(found, month, desk, visit.finished_by_id)["finished"] += 1

    def _add_parts(self, found: Tallies) -> None:
        """Count what further performers gave as work of their own, from when it was asked.

        The time of a partner body is counted with its own calendar.
        """
        for part in self.row.parts.all():
            month = self.window.month(part.finished_at)
            if month is None or part.finished_at is None or part.finished_by_id is None:
                continue
            given = self._hand(found, month, part.position_id, part.finished_by_id)
            given["held"] += 1
            given["finished"] += 1
            calendar = self.of_parts.get(part.pk, self.calendar)
            zone = calendar.rules.zone
            given["minutes"] += calendar.minutes(
                part.asked_at.astimezone(zone), part.finished_at.astimezone(zone)
            )

    def _hand(
        self, found: Tallies, month: date, position: int | None, officer: int
    ) -> Counter[str]:
        """Return the sums of an officer in a position; what lay at no desk belongs to nobody."""
        if position is None:
            return Counter()
        return found.hands[self._key(month, position, officer)]

    def _add_faults(self, found: Tallies) -> None:
        for verdict in self.row.verdicts.all():
            month = self.window.month(verdict.at)
            if month is not None and verdict.result in _WRONG:
                found.faults[self._key(month, verdict.requirement_id)] += 1
        for answer in self.row.answer_verdicts.all():
            month = self.window.month(answer.at)
            if month is not None and answer.result == AnswerVerdict.Result.REFUSED:
                found.faults[self._key(month, None)] += 1

    def _add_clock(self, found: Tallies, events: list[Any], domain: list[ClockEvent]) -> None:
        promised = self._promise()
        for event, plain in zip(events, domain, strict=True):
            at = event.recorded_at
            if self.window.month(at) is None:
                continue
            if event.kind == ClockKind.PAUSE:
                self._count(found, ClockAct.PAUSE, event.actor_id, at)
                if promised and on_the_brink(plain, domain, promised, self.calendar):
                    self._count(found, ClockAct.BRINK, event.actor_id, at)
            if event.at < at:
                self._count(found, ClockAct.DATED_BACK, event.actor_id, at)
        returned = [row for row in self.row.records.all() if row.event in RETURNS]
        for record in returned[1:]:
            self._count(found, ClockAct.AGAIN, record.actor_id, record.at)

    def _count(self, found: Tallies, kind: ClockAct, officer: int | None, at: datetime) -> None:
        month = self.window.month(at)
        if month is not None:
            key = self._key(month, kind.value, officer, self.seat_of(officer, at))
            found.clock[key] += 1


def _bodies(office: Office) -> dict[int, Office]:
    """Return the partner bodies at whose desks steps of the SOPs of ``office`` are, by step."""
    steps = SopStep.objects.filter(procedure__office=office).select_related(
        "role__position__office", "recorded_by__position__office"
    )
    return {
        step.pk: step.desk.office
        for step in steps
        if step.desk is not None and counted_by(office.pk, step.desk) != office.pk
    }


def _desks() -> dict[int, int | None]:
    """Return the key of the position that does or records each SOP step."""
    steps = SopStep.objects.select_related("role", "recorded_by")
    return {step.pk: (step.recorded_by or step.role).position_id for step in steps}
