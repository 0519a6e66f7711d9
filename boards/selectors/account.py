"""What an office did in a period: what came in, what went out, what stood open at its end.

Read from the records of status, not from what the files are today: a report that is compiled later
says the same. A file goes out once, with its permit, its refusal, its withdrawal, or by lapsing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Min

from accounts.models import Office
from boards.selectors import past
from boards.selectors.past import ServiceFigures
from complaints.domain.figures import published
from complaints.models import Complaint
from complaints.services.figures import (
    IN_TIME,
    LATE,
    OVERDUE,
    RUNNING,
    outcome_counts_at_end,
)
from permits.domain.lifecycle import Status
from permits.models import Application, ApplicationRecord
from reports.domain.periods import Period
from standards.models import Service

OUT = (Status.ISSUED, Status.REJECTED, Status.WITHDRAWN, Status.LAPSED)


@dataclass(frozen=True, slots=True)
class Account:
    """One period of one office. ``came`` and ``open`` count files by the key of their service.

    ``went`` counts them by service and outcome. ``complaints`` is how many came in; of these, at
    the end of the period, ``in_time`` were answered so, ``late`` were answered or still open past
    their promise, ``running`` were within it: all ``None`` where they would tell of single
    complaints. A period that is not ``is_known`` has no figures: its zeros say nothing.
    """

    period: Period
    is_known: bool
    came: Counter[int]
    went: Counter[tuple[int, str]]
    open: Counter[int]
    kept: Sequence[ServiceFigures]
    complaints: int
    in_time: int | None
    late: int | None
    running: int | None

    @property
    def all_out(self) -> int:
        """How many files went out."""
        return self.went.total()

    def out(self, outcome: str) -> int:
        """How many went out with one outcome."""
        return sum(number for (_service, one), number in self.went.items() if one == outcome)

    def out_of(self, service: int) -> int:
        """How many files of one service went out."""
        return sum(number for (one, _outcome), number in self.went.items() if one == service)


def bounds_of(office: Office, period: Period) -> tuple[datetime, datetime]:
    """Return the first instant of a period where the office stands, and the first one after it."""
    return (
        datetime.combine(period.begins, time(), office.zone),
        datetime.combine(period.ends_before, time(), office.zone),
    )


def is_known(office: Office, period: Period) -> bool:
    """Whether the portal knows ``period`` of ``office`` from its first month on.

    What the office did before its first file or complaint here is written elsewhere: nothing can be
    compared with it.
    """
    found = (
        Application.objects.filter(office=office).aggregate(first=Min("submitted_at"))["first"],
        Complaint.objects.filter(office=office).aggregate(first=Min("received_at"))["first"],
    )
    known = [office.local_date(first) for first in found if first is not None]
    return bool(known) and min(known).replace(day=1) <= period.begins


def account(office: Office, period: Period) -> Account:
    """Return what ``office`` did in ``period``; the same number of queries for many files."""
    began, ended = bounds_of(office, period)
    sent = Application.objects.filter(office=office, submitted_at__lt=ended).order_by()
    came = Counter(sent.filter(submitted_at__gte=began).values_list("service", flat=True))
    first = (
        ApplicationRecord.objects.filter(
            subject__office=office, to__in=OUT, at__lt=ended, subject__submitted_at__isnull=False
        )
        .exclude(source__in=OUT)
        .order_by()
        .values("subject", "subject__service", "to")
        .annotate(first=Min("at"))
    )
    outcomes: dict[int, tuple[datetime, int, str]] = {}
    for row in first:
        known = (row["first"], row["subject__service"], row["to"])
        outcomes[row["subject"]] = min(outcomes.get(row["subject"], known), known)
    went = Counter((service, to) for when, service, to in outcomes.values() if when >= began)
    gone = Counter(service for _when, service, _to in outcomes.values())
    everything = Counter(sent.values_list("service", flat=True))
    rows = Complaint.objects.filter(office=office, received_at__gte=began, received_at__lt=ended)
    counts = outcome_counts_at_end(rows, ended)
    in_time, late, running = counts[IN_TIME], counts[LATE] + counts[OVERDUE], counts[RUNNING]
    hides = published({IN_TIME: in_time, LATE: late, RUNNING: running}).hides
    return Account(
        period=period,
        is_known=is_known(office, period),
        came=came,
        went=went,
        open=everything - gone,
        kept=past.promised(period.begins, _last_month(period), office=office),
        complaints=rows.count(),
        in_time=None if hides else in_time,
        late=None if hides else late,
        running=None if hides else running,
    )


def services_named(keys: Sequence[int]) -> dict[int, Service]:
    """Return the services by key."""
    return Service.objects.in_bulk(keys)


def _last_month(period: Period) -> date:
    return (period.ends_before - timedelta(days=1)).replace(day=1)
