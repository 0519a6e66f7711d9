"""Counting promised days anew under a changed calendar: which deadlines move, and where to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, When

from accounts.models import Office
from permits.models import ApplicationClockEvent, ApplicationDeadline
from permits.services.deadlines import ON_THE_CLOCK
from workflow.alarms import Planner
from workflow.calendars import calendar_of
from workflow.domain.clock import ClockEvent, ClockKind, Term, Unit, reckon
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar, confirmed_by

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _CountedBy(TypedDict):
        counted_by: int  # key of an office

    CountedDeadline = WithAnnotations[ApplicationDeadline, _CountedBy]

Kind = ApplicationDeadline.Kind

COUNTED = (
    *ON_THE_CLOCK,
    Kind.STEP,
    Kind.PART,
    Kind.CHECK,
)  # counted by working days; the others by days or months

# a step at a desk and a part are counted with the calendar of the desk's office or body
COUNTED_BY = Case(
    When(kind=Kind.STEP, application__desk__isnull=False, then=F("application__desk__office")),
    When(kind=Kind.PART, then=F("part__position__office")),
    default=F("application__office"),
    output_field=BigIntegerField(),
)


class _Row(NamedTuple):
    """The columns of one running deadline; a plain tuple, because a decree concerns all of them."""

    pk: int
    application_id: int
    office_id: int
    counted_by: int
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


def outdated(calendars: Mapping[int, WorkCalendar], at: datetime) -> QuerySet[CountedDeadline]:
    """Return running deadlines in the future that were counted with another calendar than these.

    ``calendars`` are the present ones of some offices, by their keys. Soonest first.
    """
    changed = Q(pk__in=[])
    for office, calendar in calendars.items():
        changed |= Q(counted_by=office) & ~Q(calendar_version=calendar.version)
    rows = ApplicationDeadline.objects.running().filter(kind__in=COUNTED, due_at__gt=at)
    return rows.annotate(counted_by=COUNTED_BY).filter(changed).order_by("due_at", "pk")


class Counter:
    """Counts the deadlines of one office; its calendar is read once, unless it is passed."""

    def __init__(self, office: Office, at: datetime, calendar: WorkCalendar | None = None) -> None:
        self.office, self.at = office, at
        self.calendar = calendar or calendar_of(office)
        self.planner = Planner()

    def outdated(self) -> QuerySet[CountedDeadline]:
        """Those of the deadlines that ``outdated`` returns which this office counts."""
        return outdated({self.office.pk: self.calendar}, self.at)

    def count(self, keys: Sequence[int]) -> tuple[list[Move], list[int]]:
        """Return the moves, and the keys of the deadlines that stay as they are."""
        moves, same = [], []
        for row, events in with_events(self.outdated().filter(pk__in=keys)):
            move = self.move(row, events)
            if move is None:
                same.append(row.pk)
            else:
                moves.append(move)
        return moves, same

    def move(self, row: _Row, events: list[ClockEvent]) -> Move | None:
        """Return how the present calendar moves one deadline; ``None`` if it does not."""
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


def with_events(
    deadlines: QuerySet[CountedDeadline],
) -> list[tuple[_Row, list[ClockEvent]]]:
    """Return these rows of ``outdated`` with the clock of their files, in two queries."""
    rows = [
        _Row._make(values)
        for values in deadlines.values_list(
            "pk",
            "application_id",
            "application__office",
            "counted_by",
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
    return [(row, events[row.application_id]) for row in rows]


def _events(applications: Iterable[int]) -> dict[int, list[ClockEvent]]:
    events: dict[int, list[ClockEvent]] = defaultdict(list)
    rows = ApplicationClockEvent.objects.filter(application__in=applications)
    for application, kind, instant, pk, key, amount, corrects in rows.values_list(
        "application_id", "kind", "at", "pk", "key", "amount", "corrects_id"
    ):
        events[application].append(ClockEvent(ClockKind(kind), instant, pk, key, amount, corrects))
    return events
