"""The figures of the past, summed up from the small tables: their size is that of the office's
services, steps and officers, not of its files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery, Sum

from accounts.models import Appointment, Office
from boards.domain import figures
from boards.domain.listed import ANSWERS, MANY, VISITS, Asked, Listed
from boards.models import ClockTally, FaultTally, FileTally, HandTally, StepTally, Tallied
from permits.models import ApplicationStep, StepPart
from standards.models import SopStep
from workflow.domain.rounding import half_up


@dataclass
class ServiceFigures:
    """The answered files of one service whose term has one unit. Days are in that unit."""

    service: int
    name: str
    unit: str
    answered: int = 0
    on_time: int = 0
    with_promise: int = 0
    promises: set[int] = field(default_factory=set)
    net: Counter[int] = field(default_factory=Counter)
    gross: Counter[int] = field(default_factory=Counter)
    returns: Counter[int] = field(default_factory=Counter)

    @property
    def share(self) -> int | None:
        """Percent of the files with a promise that were answered in time."""
        return figures.share(self.on_time, self.with_promise)

    @property
    def late(self) -> int:
        """The files with a promise that were not answered in time."""
        return self.with_promise - self.on_time

    @property
    def median(self) -> float | None:
        """The net days that half of the files did not exceed."""
        return figures.median(self.net)

    @property
    def most(self) -> int | None:
        """The net days that nine of ten files did not exceed."""
        return figures.percentile(self.net, 90)

    @property
    def gross_median(self) -> float | None:
        """The same as the median with all pauses counted."""
        return figures.median(self.gross)

    @property
    def gross_most(self) -> int | None:
        """The same as ``most`` with all pauses counted."""
        return figures.percentile(self.gross, 90)

    def returned(self, times: int, *, or_more: bool = False) -> int:
        """Files that were returned to the applicant so many times."""
        if or_more:
            return sum(number for rounds, number in self.returns.items() if rounds >= times)
        return self.returns[times]

    @property
    def returns_a_file(self) -> Decimal:
        """How often a file was returned on average, with two places."""
        every = sum(rounds * number for rounds, number in self.returns.items())
        return half_up(every, self.answered, 2) if self.answered else Decimal("0.00")

    def add(self, row: Mapping[str, Any]) -> None:
        """Add one group of equal files."""
        number = row["total"]
        self.answered += number
        self.net[row["net"]] += number
        if "gross" in row:
            self.gross[row["gross"]] += number
            self.returns[row["returns"]] += number
        if row["on_time"] is not None:
            self.with_promise += number
            self.on_time += number if row["on_time"] else 0
            self.promises.add(row["promised"])


@dataclass(frozen=True, slots=True)
class StepFigures:
    """The finished visits to one step; times are working minutes."""

    step: SopStep
    visits: int
    average: int
    longest: int
    timed: int
    over: int
    sent_back: int


@dataclass(slots=True)
class OfficerFigures:
    """One officer at one position; times are working minutes."""

    officer: int
    name: str
    position: str
    seat: int
    held: int = 0
    finished: int = 0
    minutes: int = 0
    in_hand: int = 0
    acts: Counter[str] = field(default_factory=Counter)

    @property
    def average(self) -> int | None:
        """The working minutes for which they had a file in hand."""
        return self.minutes // self.held if self.held else None


def counted_at(office: Office) -> datetime | None:
    """Return until when the figures of ``office`` are counted; ``None`` if they never were."""
    row = Tallied.objects.filter(office=office).first()
    return row.counted_at if row else None


def services(
    first: date, last: date, *, office: Office | None = None, service: int | None = None
) -> list[ServiceFigures]:
    """Return the figures of each service and unit in these months, by name.

    Of one office, of one service, or of all.
    """
    return _services(_NET + _MORE, first, last, office, service)


def promised(
    first: date, last: date, *, office: Office | None = None, service: int | None = None
) -> list[ServiceFigures]:
    """Return the same with net days and promises alone: far fewer groups."""
    return _services(_NET, first, last, office, service)


_NET = ("service", "service__name", "unit", "promised", "net", "on_time")
_MORE = ("gross", "returns")


def _services(
    columns: Sequence[str], first: date, last: date, office: Office | None, service: int | None
) -> list[ServiceFigures]:
    rows = FileTally.objects.filter(month__gte=first, month__lte=last)
    rows = rows.filter(office__tallied__counted_at__isnull=False)  # nothing of a first count
    if office is not None:
        rows = rows.filter(office=office)
    if service is not None:
        rows = rows.filter(service=service)
    found: dict[tuple[int, str], ServiceFigures] = {}
    for row in rows.values(*columns).annotate(total=Sum("number")).order_by():
        key = row["service"], row["unit"]
        known = found.setdefault(key, ServiceFigures(key[0], row["service__name"], key[1]))
        known.add(row)
    return sorted(found.values(), key=lambda one: (one.name, one.service, one.unit))


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The answered files of one month, of all services."""

    month: date
    answered: int
    with_promise: int
    on_time: int

    @property
    def share(self) -> int | None:
        """Percent of the files with a promise that were answered in time."""
        return figures.share(self.on_time, self.with_promise)


def by_month(office: Office, first: date, last: date) -> list[MonthFigures]:
    """Return the months in which files were answered, the earliest first."""
    rows = FileTally.objects.filter(office=office, month__gte=first, month__lte=last)
    numbers: dict[date, Counter[bool | None]] = {}
    for month, on_time, number in (
        rows.values_list("month", "on_time").annotate(total=Sum("number")).order_by("month")
    ):
        numbers.setdefault(month, Counter())[on_time] += number
    return [
        MonthFigures(month, counts.total(), counts[True] + counts[False], counts[True])
        for month, counts in numbers.items()
    ]


def steps(office: Office, first: date, last: date) -> list[StepFigures]:
    """Return the figures of each step, those first that exceed their standard time most often."""
    rows = StepTally.objects.filter(office=office, month__gte=first, month__lte=last)
    sums = {
        row["step"]: row
        for row in rows.values("step")
        .order_by()
        .annotate(
            of_visits=Sum("visits"),
            of_minutes=Sum("minutes"),
            most=Max("longest"),
            of_timed=Sum("timed"),
            of_over=Sum("over"),
            of_back=Sum("sent_back"),
        )
    }
    rows_of_steps = SopStep.objects.filter(pk__in=sums).select_related(
        "procedure", "role__position__office", "recorded_by__position__office"
    )
    listed = [
        StepFigures(
            step,
            row["of_visits"],
            row["of_minutes"] // row["of_visits"],
            row["most"],
            row["of_timed"],
            row["of_over"],
            row["of_back"],
        )
        for step in rows_of_steps
        if (row := sums[step.pk])
    ]
    return sorted(listed, key=lambda one: (-one.over, -one.average, one.step.pk))


def faults(office: Office, first: date, last: date) -> list[tuple[str, str, int]]:
    """Return service, requirement ("": the answers of the form) and number of what was wrong."""
    rows = FaultTally.objects.filter(office=office, month__gte=first, month__lte=last)
    grouped = rows.values_list("service__name", "requirement__text").annotate(total=Sum("number"))
    ordered = grouped.order_by("-total", "service__name", "requirement__text")
    return [(service, text or "", total) for service, text, total in ordered]


def clock_by_service(
    office: Office, first: date, last: date
) -> list[tuple[int, str, Counter[str]]]:
    """Return what was done to the clock of each service (key and name), by kind of act."""
    rows = ClockTally.objects.filter(office=office, month__gte=first, month__lte=last)
    grouped = rows.values_list("service", "service__name", "kind").annotate(total=Sum("number"))
    found: dict[int, tuple[str, Counter[str]]] = {}
    for key, name, kind, total in grouped.order_by("service__name", "service"):
        found.setdefault(key, (name, Counter()))[1][kind] += total
    return [(key, *one) for key, one in found.items()]


def officers(
    office: Office, first: date, last: date, positions: Collection[int], at: datetime
) -> list[OfficerFigures]:
    """Return what the holders of ``positions`` had in hand, finished, and did to the clock.

    What they have in hand is read at ``at``.

    The caller passes the positions below their own (``policies.positions_led``).
    """
    found: dict[tuple[int, int], OfficerFigures] = {}

    def one(row: Mapping[str, Any]) -> OfficerFigures:
        key = row["officer"], row["position"]
        names = row["officer__full_name"], row["position__name"]
        return found.setdefault(key, OfficerFigures(key[0], *names, key[1]))

    asked = {"office": office, "position__in": positions}
    months = {"month__gte": first, "month__lte": last}
    held = HandTally.objects.filter(**asked, **months).values(*_WHO).order_by()
    for row in held.annotate(a=Sum("held"), b=Sum("finished"), c=Sum("minutes")):
        figure = one(row)
        figure.held, figure.finished, figure.minutes = row["a"], row["b"], row["c"]
    acts = ClockTally.objects.filter(**asked, **months).exclude(officer=None)
    for row in acts.values(*_WHO, "kind").order_by().annotate(total=Sum("number")):
        one(row).acts[row["kind"]] += row["total"]
    for row in (*_received(office, positions), *_asked(office, positions, at)):
        one(row).in_hand += 1
    return sorted(found.values(), key=lambda line: (line.position, line.name, line.officer))


_WHO = ("officer", "officer__full_name", "position", "position__name")


def _received(office: Office, positions: Collection[int]) -> list[dict[str, Any]]:
    """Return a row for each file that an officer has received and not passed on."""
    rows = ApplicationStep.objects.open().filter(
        application__office=office, application__desk__in=positions, received_by__isnull=False
    )
    listed = rows.values_list(
        "received_by", "received_by__full_name", "application__desk", "application__desk__name"
    )
    return [dict(zip(_WHO, row, strict=True)) for row in listed]


def _asked(office: Office, positions: Collection[int], at: datetime) -> list[dict[str, Any]]:
    """Return a row for each part of a step that waits for a position, for each of its holders.

    Nobody confirms the receipt of a part: it is in the hands of who holds the position.
    """
    owed = StepPart.objects.open().filter(application__office=office, position=OuterRef("position"))
    parts = owed.order_by().values("position").annotate(number=Count("pk")).values("number")
    seats = Appointment.objects.in_force(office.local_date(at)).filter(position__in=positions)
    listed = (
        seats.annotate(parts=Subquery(parts))
        .exclude(parts=None)
        .order_by()
        .values_list("user", "user__full_name", "position", "position__name", "parts")
        .distinct()
    )
    return [dict(zip(_WHO, who, strict=True)) for *who, parts in listed for _part in range(parts)]


def total(listed: Sequence[ServiceFigures]) -> tuple[int, int, int]:
    """Return answered files, files with a promise, and those in time, of all services."""
    return (
        sum(one.answered for one in listed),
        sum(one.with_promise for one in listed),
        sum(one.on_time for one in listed),
    )


def number(office: Office, asked: Asked) -> int:
    """Return one figure of the board, as it was counted."""
    where: dict[str, Any] = {"office": office, "month__gte": asked.first, "month__lte": asked.last}
    if asked.service is not None:
        where["service"] = asked.service
    rows: QuerySet[Any]
    column = "number"
    if asked.figure in ANSWERS:
        rows = FileTally.objects.filter(**where, **_answers(asked))
    elif asked.figure in VISITS:
        rows = StepTally.objects.filter(**where, step=asked.step)
        column = {Listed.OVER: "over", Listed.SENT_BACK: "sent_back"}.get(asked.figure, "visits")
    else:
        rows = ClockTally.objects.filter(**where, kind=asked.figure.value)
        if asked.officer is not None:
            rows = rows.filter(officer=asked.officer, position=asked.position)
    return rows.aggregate(total=Sum(column))["total"] or 0


def _answers(asked: Asked) -> dict[str, Any]:
    where: dict[str, Any] = {"unit": asked.unit} if asked.unit else {}
    if asked.figure == Listed.LATE:
        where["on_time"] = False
    if asked.times is not None:
        where["returns__gte" if asked.times == MANY else "returns"] = asked.times
    return where
