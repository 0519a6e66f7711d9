"""Complaints of the past: answers in time, their working days, and what each officer had of them.

They are counted when the board is opened: each reader sees others, and an office has few. Days and
promises are those of the complaint (``complaints.services.figures.answers_sent``), as the monthly
report counts them. A figure and its list ask the same rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from boards.domain import figures
from boards.domain.listed_complaints import AskedComplaints, ListedComplaints
from boards.services.files import Reader, Window
from complaints.domain.lifecycle import UNCLOSED
from complaints.services.figures import answers_sent


@dataclass(slots=True)
class Answers:
    """The answers about one service, or of one officer in one position (``seat``).

    ``days`` are working days from receipt to delivery; ``in_hand`` is open now.
    """

    key: int
    name: str
    position: str = ""
    seat: int = 0
    answered: int = 0
    late: int = 0
    days: Counter[int] = field(default_factory=Counter)
    in_hand: int = 0

    def add(self, row: dict[str, Any]) -> None:
        """Add one answer."""
        self.answered += 1
        self.late += row["late"]
        if row["workdays"] is not None:
            self.days[row["workdays"]] += 1

    @property
    def share(self) -> int | None:
        """Percent of the answers that were in time."""
        return figures.share(self.answered - self.late, self.answered)

    @property
    def median(self) -> float | None:
        """The working days that half of the answers did not exceed."""
        return figures.median(self.days)

    @property
    def most(self) -> int | None:
        """The working days that nine of ten answers did not exceed."""
        return figures.percentile(self.days, 90)


@dataclass(frozen=True, slots=True)
class PastComplaints:
    """What one reader may know of the complaints of an office in a window."""

    total: Answers
    services: list[Answers]
    officers: list[Answers]


def past_complaints(
    seen: QuerySet[Any], window: Window, positions: Collection[int], at: datetime
) -> PastComplaints:
    """Return the answers that were delivered in ``window``, summed up.

    The officers are those in ``positions``, which the caller has below theirs; what they have in
    hand is read at ``at``.
    """
    of_whom = ("complaint__service", "complaint__service__name", "sent_by", "sent_by__full_name")
    answers = _answers(seen, window).values(*of_whom, "sent_at", "workdays", "late")
    rows = list(answers)
    total, services = Answers(0, ""), dict[int, Answers]()
    for row in rows:
        total.add(row)
        key = row["complaint__service"] or 0
        services.setdefault(key, Answers(key, row["complaint__service__name"] or "")).add(row)
    listed = sorted(services.values(), key=lambda one: (one.key == 0, one.name, one.key))
    return PastComplaints(total, listed, _officers(seen, rows, window, positions, at))


def _answers(seen: QuerySet[Any], window: Window) -> QuerySet[Any]:
    return answers_sent(seen, window.begins, window.until)


def _officers(
    seen: QuerySet[Any],
    rows: Iterable[dict[str, Any]],
    window: Window,
    positions: Collection[int],
    at: datetime,
) -> list[Answers]:
    reader, found = Reader(window), dict[tuple[int, int], Answers]()

    def of(officer: int, name: str, when: datetime) -> Answers | None:
        seat = reader.position_of(officer, when)
        if seat is None or seat.pk not in positions:
            return None
        return found.setdefault((officer, seat.pk), Answers(officer, name, seat.name, seat.pk))

    for row in rows:
        who, name, when = row["sent_by"], row["sent_by__full_name"], row["sent_at"]
        if who is not None and (one := of(who, name, when)):
            one.add(row)
    owned = _open(seen).exclude(owner=None).values_list("owner", "owner__full_name")
    for officer, name, number in owned.annotate(number=Count("pk")).order_by():
        if one := of(officer, name, at):
            one.in_hand += number
    return sorted(found.values(), key=lambda one: (one.position, one.name, one.key))


def _open(seen: QuerySet[Any]) -> QuerySet[Any]:
    return seen.filter(status__in=UNCLOSED)


def listed(
    seen: QuerySet[Any], window: Window, asked: AskedComplaints, at: datetime
) -> QuerySet[Any]:
    """Return the rows of a figure: answers with ``late``, or complaints for what is open."""
    reader = Reader(window)
    if asked.figure is ListedComplaints.OPEN:
        mine = reader.seat_of(asked.officer, at) == asked.position
        owned = _open(seen).filter(owner=asked.officer) if mine else seen.none()
        return owned.select_related("service", "office")
    rows: QuerySet[Any] = _answers(seen, window)
    if asked.figure is ListedComplaints.LATE:
        rows = rows.filter(late=True)
    if asked.service is not None:
        rows = rows.filter(complaint__service=asked.service or None)
    if asked.officer is not None:
        sent = rows.filter(sent_by=asked.officer).values_list("pk", "sent_at")
        keys = [pk for pk, when in sent if reader.seat_of(asked.officer, when) == asked.position]
        rows = rows.filter(pk__in=keys)
    return rows.select_related("complaint__service")
