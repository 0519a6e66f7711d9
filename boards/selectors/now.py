"""What is open now, counted under the conditions of the lists that the figures open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum

from accounts.models import Office
from accounts.officers import Officer
from boards.models import FileTally
from complaints import selectors as complaints
from complaints.domain.lifecycle import UNCLOSED
from complaints.models import Complaint
from permits.models import Application, StepPart
from permits.selectors import Show, load_parts, shown
from standards.models import SopStep

OLDEST = 5
COUNTED = (
    Show.OFFICE, Show.LATE, Show.NEARLY, Show.STEP_LATE, Show.APPLICANT, Show.SIGN, Show.ISSUED,
)  # fmt: skip
OF_COMPLAINTS = (
    complaints.Show.ALL,
    complaints.Show.LATE,
    complaints.Show.NEARLY,
    complaints.Show.COMPLAINANT,
    complaints.Show.SUGGESTIONS,
)


@dataclass(frozen=True, slots=True)
class ServiceCount:
    """The open files of one service: how many under each filter, since when the oldest waits."""

    service: int
    name: str
    numbers: Mapping[Show, int]
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class StepCount:
    """The open files at one step: how many, past its standard time, since when the oldest."""

    step: SopStep
    numbers: Mapping[Show, int]
    oldest: datetime | None
    parts: int  # of further performers, that are not in yet


def conditions(office: Office, at: datetime) -> dict[Show, Q]:
    """Return the condition of each figure: that of the list behind it."""
    return {show: shown(show, [office], at) for show in COUNTED}


def by_service(office: Office, where: Mapping[Show, Q]) -> list[ServiceCount]:
    """Return the open files of ``office`` by service, in one query, by name."""
    rows = (
        _open(office)
        .values("service", "service__name")
        .annotate(oldest=Min("submitted_at"), **_counts(where))
        .order_by("service__name", "service")
    )
    return [
        ServiceCount(row["service"], row["service__name"], _numbers(row, where), row["oldest"])
        for row in rows
    ]


def by_step(office: Office, where: Mapping[Show, Q]) -> list[StepCount]:
    """Return the open files of ``office`` by the step at which they lie, in the order of the SOPs.

    Three queries. Files with the applicant lie at no step.
    """
    rows = (
        _open(office)
        .exclude(current_step=None)
        .values("current_step__step")
        .annotate(oldest=Min("current_step__handed_over_at"), **_counts(where))
        .order_by()
    )
    found = {row["current_step__step"]: row for row in rows}
    steps = SopStep.objects.filter(pk__in=found).select_related(
        "procedure", "role__position", "recorded_by__position"
    )
    owed = StepPart.objects.open().filter(application__in=_open(office)).order_by()
    parts = dict(owed.values_list("visit__step").annotate(number=Count("pk")))
    return [
        StepCount(
            step,
            _numbers(found[step.pk], where),
            found[step.pk]["oldest"],
            parts.get(step.pk, 0),
        )
        for step in steps.order_by("procedure__name", "procedure", "order")
    ]


def oldest(office: Office) -> list[Application]:
    """Return the open files that came in first."""
    rows = _open(office).select_related("service", "current_step__step", "desk")
    found = list(rows.order_by("submitted_at", "pk")[:OLDEST])
    load_parts(row.current_step for row in found)
    return found


def answered_since(office: Office, month: date) -> dict[int, int]:
    """Return how many files of each service were answered since the beginning of ``month``."""
    rows = FileTally.objects.filter(office=office, month__gte=month).order_by()
    return dict(rows.values_list("service").annotate(total=Sum("number")))


def complaint_counts(officer: Officer, office: Office) -> dict[complaints.Show, int]:
    """Return the complaints of ``office`` under the filters of their list, as the officer sees it.

    Empty for whoever has no part in complaints: they have no such list.
    """
    if not complaints.has_part(officer.user, officer.at):
        return {}
    seen = Complaint.objects.visible_to(officer.user).filter(office=office)
    counted = {
        show.value: Count("pk", filter=complaints.shown(show, seen, officer.user, officer.at))
        for show in OF_COMPLAINTS
    }
    found = seen.filter(status__in=UNCLOSED).aggregate(**counted)
    return {show: found[show.value] for show in OF_COMPLAINTS}


def oldest_complaint(officer: Officer, office: Office) -> datetime | None:
    """Return when the first of the open complaints came in that the officer sees."""
    seen = Complaint.objects.visible_to(officer.user).filter(office=office, status__in=UNCLOSED)
    first: datetime | None = seen.aggregate(first=Min("received_at"))["first"]
    return first


def _open(office: Office) -> QuerySet[Any]:
    return Application.objects.sent_to([office]).open()


def _counts(where: Mapping[Show, Q]) -> dict[str, Count]:
    return {show.value: Count("pk", filter=condition) for show, condition in where.items()}


def _numbers(row: Mapping[str, Any], where: Mapping[Show, Q]) -> dict[Show, int]:
    return {show: row[show.value] for show in where}
