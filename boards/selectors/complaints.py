"""The open complaints of an office as one officer sees them, by stage and by service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from accounts.models import Office
from accounts.officers import Officer
from boards.selectors.now import NAMED, Tally
from complaints import selectors
from complaints.domain.lifecycle import UNCLOSED, Status
from complaints.models import Complaint
from complaints.selectors import Show
from permits.selectors import due_soon
from workflow.domain.workdays import WorkCalendar

COUNTED = (
    Show.ALL, Show.LATE, Show.NEARLY, Show.COMPLAINANT, Show.APPROVAL, Show.SUGGESTIONS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenComplaints:
    """Sums by status and by service (0: about no service), and those that came in first.

    ``answered``: how many of each service were answered since an instant.
    """

    stages: Mapping[str, Tally]
    services: Mapping[int, Tally]
    answered: Mapping[int, int]
    oldest: list[Complaint]

    @property
    def total(self) -> Tally:
        """All of them."""
        found = Tally()
        for one in self.stages.values():
            found.add(one.numbers, COUNTED, one.oldest)
        return found


def shows_complaints(officer: Officer, office: Office) -> bool:
    """Whether the boards of ``office`` tell the officer of complaints.

    Not who has no part in complaints, and not at a partner body, which has none.
    """
    return office.partner_of_id is None and selectors.has_part(officer.user, officer.at)


def seen_by(officer: Officer, office: Office) -> QuerySet[Any] | None:
    """Return the complaints of ``office`` that the officer sees, archived ones too.

    ``None`` if the boards show them none.
    """
    if not shows_complaints(officer, office):
        return None
    seen: QuerySet[Any] = Complaint.objects.in_book_of(officer.user).filter(office=office)
    return seen


def open_complaints(
    officer: Officer, office: Office, calendar: WorkCalendar, since: datetime
) -> OpenComplaints | None:
    """Return the open complaints of ``office`` that the officer sees, in three queries.

    Also how many complaints and suggestions were answered ``since`` an instant. ``calendar`` is
    that of the office. ``None`` for whoever has no part in complaints: they have no such list.
    """
    if not shows_complaints(officer, office):
        return None
    seen = Complaint.objects.visible_to(officer.user).filter(office=office)
    unclosed = Q(status__in=UNCLOSED)
    answered = Q(status__in=(Status.ANSWERED, Status.THANKED), closed_at__gte=since)
    nearly = due_soon([office], officer.at, {office.pk: calendar})
    counts = {
        show.value: Count(
            "pk", filter=selectors.shown(show, seen, officer.user, officer.at, nearly)
        )
        for show in COUNTED
    }
    stages: dict[str, Tally] = {}
    services: dict[int, Tally] = {}
    answers: Counter[int] = Counter()
    groups = seen.filter(unclosed | answered).values("status", "service", "service__name")
    for row in groups.annotate(came=Min("received_at"), number=Count("pk"), **counts).order_by():
        if row["status"] not in UNCLOSED:
            answers[row["service"] or 0] += row["number"]
            continue
        stages.setdefault(row["status"], Tally()).add(row, COUNTED, row["came"])
        named = Tally(row["service__name"] or "")
        services.setdefault(row["service"] or 0, named).add(row, COUNTED, row["came"])
    rows = seen.filter(unclosed).select_related("service", "owner", "desk", "office")
    first = rows.prefetch_related("deadlines").order_by("received_at", "pk")[:NAMED]
    return OpenComplaints(
        {status: stages[status] for status in Status if status in stages},
        dict(sorted(services.items(), key=lambda pair: (pair[0] == 0, pair[1].name))),
        answers,
        list(first),
    )
