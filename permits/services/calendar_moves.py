"""Counting promised days anew under a changed calendar: which deadlines move, and where to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from accounts.models import Office
from permits.models import ApplicationClockEvent, ApplicationDeadline
from permits.services.deadlines import ON_THE_CLOCK
from workflow.alarms import Planner
from workflow.calendars import calendar_of
from workflow.domain.clock import ClockEvent, ClockKind, Term, Unit, reckon
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar, confirmed_by

Kind = ApplicationDeadline.Kind

COUNTED = (
    *ON_THE_CLOCK,
    Kind.STEP,
    Kind.PART,
    Kind.CHECK,
)  # counted by working days; the others by days or months


class _Row(NamedTuple):
    """The columns of one running deadline; a plain tuple, because a decree concerns all of them."""

    pk: int
    application_id: int
    office_id: int
    kind: str
    amount: int
    unit: str
    started_at: datetime
    due_on: date
    due_at: datetime
    marked_at: datetime | None
    calendar_version: str
    number: str


@dataclass(frozen=True, slots=True)
class Move:
    """One deadline whose date changes with the present calendar, or is no longer an estimate.

    Changed office hours may change the minute at which a step is due but not the day.
    """

    row: _Row
    office: Office
    old_on: date
    new_on: date
    new_at: datetime
    was_estimate: bool

    @property
    def kind(self) -> str:
        """The label of the kind of deadline."""
        return str(Kind(self.row.kind).label)

    @property
    def moves(self) -> bool:
        """Whether the day changes."""
        return self.new_on != self.old_on


@dataclass(slots=True)
class Counter:
    """Counts the deadlines of one office; its calendar is read once."""

    office: Office
    at: datetime
    calendar: WorkCalendar = field(init=False)
    planner: Planner = field(default_factory=Planner)

    def __post_init__(self) -> None:
        self.calendar = calendar_of(self.office)

    def outdated(self) -> QuerySet[ApplicationDeadline]:
        """Running deadlines in the future that were counted with another calendar.

        A step at a desk and a part are counted with the calendar of the desk's office or body.
        """
        at_desk = Q(kind=Kind.STEP, application__desk__isnull=False)
        others = Q(kind__in=[kind for kind in COUNTED if kind not in (Kind.STEP, Kind.PART)])
        others |= Q(kind=Kind.STEP, application__desk=None)
        return (
            ApplicationDeadline.objects.running()
            .filter(
                at_desk & Q(application__desk__office=self.office)
                | Q(kind=Kind.PART, part__position__office=self.office)
                | others & Q(application__office=self.office),
                due_at__gt=self.at,
            )
            .exclude(calendar_version=self.calendar.version)
            .order_by("due_at", "pk")
        )

    def count(self, keys: Sequence[int]) -> tuple[list[Move], list[int]]:
        """Return the moves, and the keys of the deadlines that stay as they are."""
        rows = [
            _Row._make(values)
            for values in self.outdated()
            .filter(pk__in=keys)
            .values_list(
                "pk",
                "application_id",
                "application__office",
                "kind",
                "term_amount",
                "term_unit",
                "started_at",
                "due_on",
                "due_at",
                "marked_at",
                "calendar_version",
                "application__number",
            )
        ]
        events = _events({row.application_id for row in rows if row.kind in ON_THE_CLOCK})
        moves, same = [], []
        for row in rows:
            move = self._move(row, events[row.application_id])
            if move is None:
                same.append(row.pk)
            else:
                moves.append(move)
        return moves, same

    def _move(self, row: _Row, events: list[ClockEvent]) -> Move | None:
        if row.kind not in ON_THE_CLOCK:
            events = [ClockEvent(ClockKind.START, row.started_at)]
        term = Term(row.amount, Unit(row.unit))
        try:
            state = reckon(events, term, self.calendar, self.calendar.rules, self.at)
        except DomainError:  # decades ahead: the old date stays
            return None
        if state.due_on is None or state.due_at is None or state.due_at <= self.at:
            return None
        confirmed_until = confirmed_by(row.calendar_version)
        confirmed = (
            confirmed_until is not None and row.due_on > confirmed_until and not state.provisional
        )
        if state.due_at == row.due_at and not confirmed:
            return None
        return Move(row, self.office, row.due_on, state.due_on, state.due_at, confirmed)


def _events(applications: Iterable[int]) -> dict[int, list[ClockEvent]]:
    events: dict[int, list[ClockEvent]] = defaultdict(list)
    rows = ApplicationClockEvent.objects.filter(application__in=applications)
    for application, kind, instant, pk, key, amount, corrects in rows.values_list(
        "application_id", "kind", "at", "pk", "key", "amount", "corrects_id"
    ):
        events[application].append(ClockEvent(ClockKind(kind), instant, pk, key, amount, corrects))
    return events
