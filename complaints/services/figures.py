"""What happened to the complaints of this year, for everybody to read: numbers, never a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Office
from complaints.domain.figures import FEWEST, median, percentile, published
from complaints.domain.lifecycle import Status
from complaints.models import Answer, Complaint, ComplaintDeadline, ComplaintRecord, Problem
from complaints.selectors import PROMISES
from complaints.services.books import span
from workflow.formats import decimal

IN_TIME, LATE, RUNNING, OVERDUE, THANKED, SUGGESTION, MERGED, WITHDRAWN = (
    "tepat",
    "terlambat",
    "berjalan",
    "lewat",
    "saran_dijawab",
    "saran",
    "digabung",
    "dicabut",
)
OUTCOMES = {
    IN_TIME: gettext_lazy("Dijawab tepat waktu"),
    LATE: gettext_lazy("Dijawab terlambat"),
    RUNNING: gettext_lazy("Sedang ditangani"),
    OVERDUE: gettext_lazy("Sedang ditangani, lewat waktu"),
    THANKED: gettext_lazy("Saran yang sudah dijawab"),
    SUGGESTION: gettext_lazy("Saran yang belum dijawab"),
    MERGED: gettext_lazy("Digabung dengan pengaduan lain"),
    WITHDRAWN: gettext_lazy("Dicabut oleh pengadu"),
}
UNCLASSIFIED = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One group; an empty ``number`` is hidden."""

    label: str
    number: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The year of one office, or what was received since a day of ``year``."""

    year: int
    total: str
    outcomes: list[FigureRow]
    problems: list[FigureRow]
    hides: bool
    median: str
    most: str  # working days that nine of ten answers did not exceed


def public_figures(office: Office, at: datetime) -> Figures:
    """Return what the public may know of this year, up to the midnight before ``at``."""
    began, _ended = span(office.local_date(at).year, 0, office)
    return figures_since(office, began, at)


def figures_since(office: Office, began: datetime, at: datetime) -> Figures:
    """Return the same of what was received since ``began``; ``year`` is that of its beginning."""
    today, year = office.local_date(at), office.local_date(began).year
    midnight = datetime.combine(today, time(), office.zone)  # or the hour of a report could be seen
    rows = Complaint.objects.filter(
        office=office, received_at__gte=began, received_at__lt=midnight
    ).order_by()
    outcomes: Counter[str] = Counter(dict.fromkeys(OUTCOMES, 0))
    problems: Counter[str] = Counter(dict.fromkeys([*Problem.values, UNCLASSIFIED], 0))
    grouped = _with_late(rows, at).values_list("status", "late", "problem")
    for status, late, problem, n in grouped.annotate(n=Count("pk")):
        outcomes[_outcome(status, late=late)] += n
        problems[problem] += n
    by_outcome, by_problem = published(outcomes), published(problems)
    answered = [by_outcome.cells[IN_TIME], by_outcome.cells[LATE]]
    days: list[int] = []
    if None not in answered and sum(n or 0 for n in answered) >= FEWEST:
        sent = Answer.objects.filter(
            complaint__office=office,
            complaint__status=Status.ANSWERED,
            round=1,
            complaint__received_at__gte=began,
            complaint__received_at__lt=midnight,
        )
        days = workdays_used(sent)
    return Figures(
        year=year,
        total=_number(by_outcome.total),
        outcomes=[FigureRow(str(OUTCOMES[key]), _number(n)) for key, n in by_outcome.cells.items()],
        problems=[
            FigureRow(str(Problem(key).label) if key else _("Belum ditentukan"), _number(n))
            for key, n in by_problem.cells.items()
            if n != 0
        ],
        hides=by_outcome.hides or by_problem.hides,
        median=days_text(median(days)) if len(days) >= FEWEST else "",
        most=days_text(percentile(days, 90)) if len(days) >= FEWEST else "",
    )


def outcome_counts(rows: QuerySet[Complaint], at: datetime) -> Counter[str]:
    """Return how many of ``rows`` came to what; late is whoever was promised a day that passed."""
    grouped = _with_late(rows.order_by(), at).values_list("status", "late")
    found: Counter[str] = Counter()
    for status, late, n in grouped.annotate(n=Count("pk")):
        found[_outcome(status, late=late)] += n
    return found


def outcome_counts_at_end(rows: QuerySet[Complaint], ended: datetime) -> Counter[str]:
    """Return what ``rows`` had come to at ``ended``, from their records: the same on any later day.

    ``rows`` were received before. In three queries.
    """
    rows = rows.order_by()
    records = ComplaintRecord.objects.filter(subject__in=rows.values("pk"))
    stood = dict(rows.values_list("pk", "status"))
    latest_first = records.order_by("-at", "-pk").values_list("subject", "source", "to", "at")
    decided: set[int] = set()
    for subject, source, to, at in latest_first:
        if subject in decided:
            continue
        stood[subject] = source
        if at < ended:
            stood[subject] = to
            decided.add(subject)
    missed = Q(due_at__lte=ended) & (Q(met_at=None) | Q(met_at__gte=F("due_at")))
    promises = ComplaintDeadline.objects.filter(
        missed | Q(breached_at__lt=ended), complaint__in=rows.values("pk"), kind__in=PROMISES
    )
    late = set(promises.values_list("complaint", flat=True))
    return Counter(_outcome(status, late=key in late) for key, status in stood.items())


def _with_late(rows: QuerySet[Complaint], at: datetime) -> QuerySet[Any]:
    """Annotate ``late``: whether a promised day has passed."""
    broken = ComplaintDeadline.objects.filter(
        Q(breached_at__isnull=False) | Q(met_at=None, due_at__lte=at),
        complaint=OuterRef("pk"),
        kind__in=PROMISES,
    )
    return rows.annotate(late=Exists(broken))


def _outcome(status: str, *, late: bool) -> str:
    if status == Status.ANSWERED:
        return LATE if late else IN_TIME
    closed = {
        Status.THANKED: THANKED,
        Status.SUGGESTION: SUGGESTION,
        Status.MERGED: MERGED,
        Status.WITHDRAWN: WITHDRAWN,
    }
    return closed.get(Status(status), OVERDUE if late else RUNNING)


def answers_sent(rows: QuerySet[Complaint], began: datetime, ended: datetime) -> QuerySet[Any]:
    """Return the answers to ``rows`` that were delivered from ``began`` until before ``ended``.

    Each says whether it was ``late``: delivered after the day that was promised in its round. The
    monthly report and the boards count them.
    """
    broken = ComplaintDeadline.objects.filter(
        complaint=OuterRef("complaint"),
        met_at=OuterRef("sent_at"),  # a delivery ends the promise of its round
        breached_at__isnull=False,
        kind__in=PROMISES,
    )
    sent = Answer.objects.filter(
        complaint__in=rows.order_by().values("pk"), sent_at__gte=began, sent_at__lt=ended
    )
    return sent.annotate(late=Exists(broken)).order_by()


def workdays_used(answers: QuerySet[Answer]) -> list[int]:
    """Return for each answer how many working days after receipt it was sent.

    They were counted at delivery: a holiday entered later changes no figure.
    """
    counted = answers.filter(workdays__isnull=False).order_by().values_list("workdays")
    days: list[int] = []
    for used, n in counted.annotate(n=Count("pk")):
        days += [used] * n
    return days


def _number(n: int | None) -> str:
    return "" if n is None else str(n)


def days_text(days: float | None) -> str:
    """Return "3 hari kerja", "3,5 hari kerja", or that it is the same day."""
    if days is None:
        return ""
    if not days:
        return _("hari yang sama")
    many = 1 if days == 1 else 2  # halves as well are many
    return ngettext("%(n)s hari kerja", "%(n)s hari kerja", many) % {"n": decimal(days)}
