"""What is open now, counted under the conditions of the lists that the figures open.

One query counts the files in small groups; the tables of the board are sums of these groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    Min,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import Coalesce

from accounts.models import Office, Position
from boards.models import FileTally
from permits.models import Application
from permits.selectors import Show, load_parts, shown
from standards.models import SopStep
from workflow.domain.workdays import WorkCalendar

NAMED = 5  # files that are named
COUNTED = (
    Show.OFFICE, Show.LATE, Show.NEARLY, Show.STEP_LATE, Show.APPLICANT, Show.PARTS, Show.SIGN,
    Show.ISSUED,
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """How many there are under each filter, and since when the oldest waits."""

    name: str = ""
    numbers: Counter[str] = field(default_factory=Counter)
    oldest: datetime | None = None

    def add(self, row: Mapping[str, Any], shows: Iterable[str], since: datetime | None) -> None:
        """Add a group."""
        self.numbers.update({show: row[show] for show in shows})
        if since is not None:
            self.oldest = min(self.oldest or since, since)


@dataclass(frozen=True, slots=True)
class OpenFiles:
    """The open files of an office: by service, by the step and by the desk at which they lie.

    A file that waits for parts of others lies at their desks as well, and at the rows that run side
    by side before its step.
    """

    services: Mapping[int, Tally]
    steps: list[tuple[SopStep, Tally]]
    desks: list[tuple[Position, Tally]]

    @property
    def total(self) -> Tally:
        """All of them."""
        found = Tally()
        for one in self.services.values():
            found.add(one.numbers, COUNTED, one.oldest)
        return found


def conditions(
    office: Office, at: datetime, calendars: Mapping[int, WorkCalendar]
) -> dict[Show, Q]:
    """Return the condition of each figure: that of the list behind it.

    ``calendars`` are those of ``office`` and of its permit office, by their keys.
    """
    home = office.partner_of or office  # files at a partner body are files of its permit office
    return {show: shown(show, [home], at, calendars) for show in COUNTED}


def open_files(office: Office, where: Mapping[Show, Q]) -> OpenFiles:
    """Return the open files of ``office``, in three queries; in five while parts are owed.

    Files with the applicant lie nowhere. Of a partner body it is what lies at its desks.
    """
    counts = {show.value: Count("pk", filter=condition) for show, condition in where.items()}
    groups = ("service", "service__name", "current_step__step", "desk")
    began = Coalesce("current_step__began_at", "current_step__handed_over_at")
    oldest = {"came": Min("submitted_at"), "here": Min(began)}
    services: dict[int, Tally] = {}
    steps: dict[int, Tally] = {}
    desks: dict[int, Tally] = {}
    for row in _open(office).values(*groups).annotate(**oldest, **counts).order_by():
        service = services.setdefault(row["service"], Tally(row["service__name"]))
        service.add(row, where, row["came"])
        if row["current_step__step"] is not None:
            steps.setdefault(row["current_step__step"], Tally()).add(row, where, row["here"])
        if row["desk"] is not None:
            desks.setdefault(row["desk"], Tally()).add(row, where, row["here"])
    if any(tally.numbers[Show.PARTS] for tally in services.values()):  # else nobody owes one
        owed = _open(office).filter(parts__isnull=False, parts__finished_at=None)
        asked = owed.values("parts__position").annotate(here=Min("parts__asked_at"), **counts)
        for row in asked.order_by():
            desks.setdefault(row["parts__position"], Tally()).add(row, where, row["here"])
        beside = _open(office).filter(parts__step__isnull=False, parts__finished_at=None)
        rows = beside.values("parts__step").annotate(here=Min("parts__asked_at"), **counts)
        for row in rows.order_by():
            steps.setdefault(row["parts__step"], Tally()).add(row, where, row["here"])
    return OpenFiles(
        dict(sorted(services.items(), key=lambda pair: (pair[1].name, pair[0]))),
        [(step, steps[step.pk]) for step in _steps(steps)],
        [(desk, desks[desk.pk]) for desk in _desks(desks, office)],
    )


def _steps(keys: Iterable[int]) -> QuerySet[SopStep]:
    rows = SopStep.objects.filter(pk__in=list(keys)).select_related(
        "procedure", "role__position__office", "recorded_by__position__office"
    )
    return rows.order_by("procedure__name", "procedure", "order")


def _desks(keys: Iterable[int], office: Office) -> QuerySet[Position]:
    """Return the positions in the order of their offices; of a partner body only its own."""
    rows = Position.objects.filter(pk__in=list(keys)).select_related("office")
    return (rows.filter(office=office) if office.partner_of_id else rows).order_by("office", "pk")


@dataclass(frozen=True, slots=True)
class NamedFiles:
    """The files that a board names.

    ``urgent`` are late or nearly late, the least working time left first; ``oldest`` came in first.
    """

    urgent: list[Application]
    oldest: list[Application]


def named_files(office: Office, where: Mapping[Show, Q]) -> NamedFiles:
    """Return the files to be named, with what both lists need of them, in one query for both."""
    listed = _open(office).defer("answers", "declared")
    listed = listed.select_related("service", "office", "current_step__step", "desk__office")
    late = where[Show.LATE] | where[Show.NEARLY]
    urgent = listed.filter(late).order_by("due_at").values("pk")[:NAMED]
    oldest = listed.order_by("submitted_at", "pk").values("pk")[:NAMED]
    rows = listed.filter(Q(pk__in=urgent) | Q(pk__in=oldest)).prefetch_related("deadlines")
    found = list(rows.annotate(is_urgent=ExpressionWrapper(late, BooleanField())))
    load_parts(row.current_step for row in found)
    return NamedFiles(
        sorted((row for row in found if row.is_urgent), key=lambda row: row.due_at)[:NAMED],
        sorted(found, key=lambda row: (row.submitted_at, row.pk))[:NAMED],
    )


def answered_since(office: Office, month: date) -> dict[int, int]:
    """Return how many files of each service were answered since the beginning of ``month``."""
    rows = FileTally.objects.filter(office=office, month__gte=month).order_by()
    return dict(rows.values_list("service").annotate(total=Sum("number")))


def _open(office: Office) -> QuerySet[Any]:
    return Application.objects.sent_to([office]).open()
