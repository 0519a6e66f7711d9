"""The files of an office and what happened to each: how it was answered, visits, the clock.

Both the figures of the past and the lists behind them ask these rules. Days are counted by
``reckon()`` with the calendar of the promise, as the due date is; time at a desk of a partner body
with the calendar of the body, as the standard time of the step is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from accounts.models import Appointment, Capacity, Office, Position
from boards.domain.acts import ClockAct, on_the_brink, without_pauses
from boards.domain.months import following, month_of
from permits.domain.lifecycle import Event, Status
from permits.models import (
    Application,
    ApplicationClockEvent,
    ApplicationDeadline,
    ApplicationRecord,
    ApplicationStep,
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

ANSWERED = (Status.ISSUED, Status.COMPLETED, Status.REJECTED)  # by the office, not by the applicant
RETURNS = (Event.RETURN, Event.REFUSE_INTAKE)
NOT_WORKED = (ApplicationStep.Outcome.SKIPPED, ApplicationStep.Outcome.ENDED)
_CLOCK = ("clock_events", "deadlines", "records")
_STEPS = Prefetch("steps", ApplicationStep.objects.order_by("pk"))
_BESIDE = Prefetch("parts", StepPart.objects.exclude(step=None).with_givers())
_WORK = (
    "verdicts",
    "answer_verdicts",
    Prefetch("parts", StepPart.objects.with_givers()),
    _STEPS,
)


def begins(office: Office, month: date) -> datetime:
    """Return the instant at which ``month`` begins where the office stands."""
    return datetime(month.year, month.month, 1, tzinfo=office.zone)


@dataclass(frozen=True)
class Window:
    """The months that are counted, as instants of the office; ``until`` is now."""

    office: Office
    begins: datetime
    until: datetime

    @classmethod
    def of(cls, office: Office, first: date, last: date, at: datetime) -> Window:
        """Return the months from ``first`` to ``last`` of ``office``, until ``at``."""
        return cls(office, begins(office, first), min(at, begins(office, following(last))))

    def month(self, at: datetime | None) -> date | None:
        """Return the month of an instant in the window, else ``None``."""
        if at is None or not self.begins <= at < self.until:
            return None
        return month_of(self.office.local_date(at))


@dataclass(frozen=True, slots=True)
class Answer:
    """How a file was answered: ``stop`` ended its clock. ``net`` and ``gross`` are in ``unit``."""

    stop: ApplicationClockEvent
    month: date
    unit: str
    promised: int | None
    net: int
    gross: int
    on_time: bool | None
    returns: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to a step that was done, returned or refused; ``calendar`` counts its time.

    So is a row that runs side by side with others and was given as a part.
    """

    row: ApplicationStep | StepPart
    month: date
    ended: datetime
    due_at: datetime | None
    calendar: WorkCalendar

    @property
    def is_over(self) -> bool:
        """Whether it took longer than the standard time of its step."""
        return self.due_at is not None and self.ended > self.due_at

    @property
    def sent_back(self) -> bool:
        """Whether it ended with a return."""
        return self.row.outcome == ApplicationStep.Outcome.RETURNED

    @property
    def taken(self) -> int:
        """The working minutes from its beginning to its end."""
        return self.minutes(self.row.begun_at)

    def minutes(self, since: datetime) -> int:
        """Return the working minutes from ``since`` to its end."""
        return minutes_between(self.calendar, since, self.ended)


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to the clock of a file; ``row`` is the event or the record that says so."""

    kind: ClockAct
    row: ApplicationClockEvent | ApplicationRecord
    officer: int | None
    at: datetime


@dataclass
class File:
    """One file, and what happened to it in the window of its reader."""

    row: Application
    calendar: WorkCalendar
    elsewhere: Mapping[int, WorkCalendar]  # of visits at partner bodies
    of_parts: Mapping[int, WorkCalendar]  # of parts that partner bodies gave
    reader: Reader

    @property
    def window(self) -> Window:
        """The months that are counted."""
        return self.reader.window

    @cached_property
    def _clock(self) -> list[tuple[ApplicationClockEvent, ClockEvent]]:
        return [(event, event.as_domain()) for event in self.row.clock_events.all()]

    @property
    def _events(self) -> list[ClockEvent]:
        return [plain for _row, plain in self._clock]

    def _promise(self) -> Term | None:
        kind = ApplicationDeadline.Kind.SERVICE
        rows = [row for row in self.row.deadlines.all() if row.kind == kind]
        return max(rows, key=lambda row: row.pk).term if rows else None

    def answer(self) -> Answer | None:
        """Return how the file was answered in the window, if it was."""
        stops = [event for event, _plain in self._clock if event.kind == ClockKind.STOP]
        stop = max(stops, key=lambda event: (event.at, event.pk), default=None)
        month = self.window.month(stop.at) if stop else None
        if stop is None or month is None or self.row.status not in ANSWERED:
            return None
        promised = self._promise()
        term = promised or Term(0, Unit(self.row.version.term_unit))
        events = self._events
        net = clock(self.row, stop.at, term, events, self.calendar)
        gross = clock(self.row, stop.at, term, without_pauses(events), self.calendar)
        return Answer(
            stop=stop,
            month=month,
            unit=term.unit.value,
            promised=promised.amount if promised else None,
            net=net.used,
            gross=gross.used,
            on_time=not net.late if promised else None,
            returns=len(self._returned()),
        )

    def _returned(self) -> list[ApplicationRecord]:
        return [row for row in self.row.records.all() if row.event in RETURNS]

    def visits(self) -> Iterator[Visit]:
        """Yield the visits to steps that ended in the window with work."""
        due = step_due_dates(self.row)
        for visit in self.row.steps.all():
            month = self.window.month(visit.finished_at)
            if month is None or visit.finished_at is None or visit.outcome in NOT_WORKED:
                continue
            calendar = self.elsewhere.get(visit.pk, self.calendar)
            yield Visit(visit, month, visit.finished_at, due.get(visit.pk), calendar)
        for part in self.row.parts.all():
            month = self.window.month(part.finished_at)
            if part.step_id is None or month is None or not part.is_given:
                continue
            own = part.deadline
            calendar = self.of_parts.get(part.pk, self.calendar)
            ended = part.finished_at or self.window.until
            yield Visit(part, month, ended, own.due_at if own else None, calendar)

    def acts(self) -> Iterator[Act]:
        """Yield what was recorded of the clock in the window."""
        promised, events = self._promise(), self._events
        for event, plain in self._clock:
            at, officer = event.recorded_at, event.actor_id
            if self.window.month(at) is None:
                continue
            if event.kind == ClockKind.PAUSE:
                yield Act(ClockAct.PAUSE, event, officer, at)
                if promised and on_the_brink(plain, events, promised, self.calendar):
                    yield Act(ClockAct.BRINK, event, officer, at)
            if event.at < at:
                yield Act(ClockAct.DATED_BACK, event, officer, at)
        for record in self._returned()[1:]:
            if self.window.month(record.at) is not None:
                yield Act(ClockAct.AGAIN, record, record.actor_id, record.at)


class Reader:
    """Reads files with what is counted of them in a window; each is read once."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def seat_of(self, officer: int | None, at: datetime) -> int | None:
        """Return the key of the position that somebody held at an instant."""
        position = self.position_of(officer, at)
        return position.pk if position else None

    @cached_property
    def position_of(self) -> Callable[[int | None, datetime], Position | None]:
        """Which position somebody held at an instant."""
        return _seats(self.window.office)

    @cached_property
    def desk_of(self) -> dict[int, int | None]:
        """The position that does or records each SOP step."""
        return _desks()

    @cached_property
    def bodies(self) -> dict[int, Office]:
        """The partner bodies, by the step at their desks."""
        return _bodies(self.window.office)

    def whole(self, keys: Collection[int]) -> Iterator[File]:
        """Yield files with everything that is counted."""
        rows = self._rows(keys, *_CLOCK, *_WORK)
        calendars = promise_calendars(rows)
        elsewhere = visit_calendars(rows, self.bodies)
        of_parts = part_calendars(part for row in rows for part in row.parts.all())
        for row in rows:
            yield File(row, calendars[row.pk], elsewhere, of_parts, self)

    def clocks(self, keys: Collection[int]) -> Iterator[File]:
        """Yield files with their clock alone: their answers and acts can be asked."""
        rows = self._rows(keys, *_CLOCK)
        calendars = promise_calendars(rows)
        for row in rows:
            yield File(row, calendars[row.pk], {}, {}, self)

    def routes(self, keys: Collection[int]) -> Iterator[File]:
        """Yield files with their visits alone."""
        rows = self._rows(keys, "deadlines", _STEPS, _BESIDE)
        calendars = promise_calendars(rows)
        elsewhere = visit_calendars(rows, self.bodies)
        of_parts = part_calendars(part for row in rows for part in row.parts.all())
        for row in rows:
            yield File(row, calendars[row.pk], elsewhere, of_parts, self)

    def _rows(self, keys: Collection[int], *related: Any) -> list[Application]:
        rows = Application.objects.filter(pk__in=keys).select_related("version")
        found = list(rows.defer("answers", "declared").prefetch_related(*related))
        for row in found:
            row.office = self.window.office
        return found


def _seats(office: Office) -> Callable[[int | None, datetime], Position | None]:
    """Return a function that says which position somebody held at an instant, definitive first."""
    held: dict[int, list[Appointment]] = defaultdict(list)
    rows = Appointment.objects.filter(position__office=office).order_by("pk")
    for row in sorted(rows, key=lambda row: row.capacity != Capacity.DEFINITIVE):
        held[row.user_id].append(row)

    def position_of(officer: int | None, at: datetime) -> Position | None:
        day = office.local_date(at)
        for row in held.get(officer or 0, ()):
            if row.started_on <= day and (row.ended_on is None or day <= row.ended_on):
                return row.position
        return None

    return position_of


def minutes_between(calendar: WorkCalendar, since: datetime, until: datetime) -> int:
    zone = calendar.rules.zone
    return calendar.minutes(since.astimezone(zone), until.astimezone(zone))


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
