"""The monthly report: compiled from the register, checked, approved, handed over to the head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import ChannelKind, Office, User
from accounts.selectors import capacity_text, reachable, seat_in
from complaints import policies, selectors
from complaints.domain.figures import median, percentile
from complaints.domain.lifecycle import OPEN, SUGGESTIONS, Event, Status
from complaints.models import (
    Answer,
    Category,
    Complaint,
    ComplaintRecord,
    MonthlyReport,
    MonthlyReportRecord,
    Problem,
    Rating,
    ReportInitial,
    Role,
    Weight,
)
from complaints.selectors import PROMISES
from complaints.services import report_terms
from complaints.services.books import span
from complaints.services.figures import (
    OUTCOMES,
    answers_sent,
    days_text,
    outcome_counts,
    workdays_used,
)
from complaints.services.report_terms import after, notify
from documents.content import in_indonesian, letterhead
from reports.domain.content import digest
from reports.domain.lifecycle import FIRST_VERSION, ReportEvent, ReportStatus
from workflow import transitions
from workflow.domain.dates import moment, month_words
from workflow.domain.errors import DomainError
from workflow.domain.rounding import half_up

Level = ReportInitial.Level


@transaction.atomic
def compile_report(office: Office, month: date, *, actor: User, at: datetime) -> MonthlyReport:
    """Compile the report of a past month; it may be repeated until the report is approved.

    A new content voids earlier initials. Raises ``DomainError``: report_too_early, out_of_turn,
    and the codes of ``policies.may_compile``.
    """
    _need(policies.may_compile(actor, office, at))
    if at < span(month.year, month.month, office)[1]:
        raise DomainError("report_too_early")
    content = compiled(office, month, at)
    capacity = _capacity(actor, office, at)
    known = MonthlyReport.objects.filter(office=office, month=month).first()
    if known is None:
        report = MonthlyReport.objects.create(
            office=office,
            month=month,
            status=ReportStatus.COMPILED,
            content=content,
            digest=digest(content),
            compiled_by=actor,
            compiled_at=at,
        )
        MonthlyReportRecord.objects.create(
            subject=report,
            event=FIRST_VERSION,
            source="",
            to=report.status,
            actor=actor,
            at=at,
            capacity=capacity,
        )
        report_terms.expect(office, month)
        report_terms.expect(office, after(month))
        return report
    report = transitions.fire(
        known, ReportEvent.COMPILE_AGAIN, actor=actor, at=at, capacity=capacity
    )
    report.content, report.digest = content, digest(content)
    report.compiled_by, report.compiled_at = actor, at
    report.save(update_fields=["content", "digest", "compiled_by", "compiled_at"])
    return report


@transaction.atomic
def submit_report(report: MonthlyReport, *, actor: User, at: datetime, seen: str) -> MonthlyReport:
    """Initial the report as its compiler and submit it to the secretary, or to the head.

    ``seen`` is the digest of the content on screen. Raises ``DomainError``: report_changed,
    out_of_turn, and the codes of ``policies.may_compile``.
    """
    _need(policies.may_compile(actor, report.office, at))
    checked = has_secretary(report.office)
    event = ReportEvent.SUBMIT if checked else ReportEvent.APPROVE_ALONE
    fresh = _initial(report, event, Level.COMPILER, actor, at, seen)
    if not checked:
        return hand_over(fresh, actor=actor, at=at)
    people = selectors.told_with(fresh.office, Role.SECRETARY, at)
    _tell(fresh, "report_check", people, at)
    return fresh


@transaction.atomic
def return_report(report: MonthlyReport, *, actor: User, at: datetime, note: str) -> MonthlyReport:
    """Return the report to its compiler with remarks. Raises ``DomainError``."""
    _need(policies.may_check(actor, report, at))
    capacity = _capacity(actor, report.office, at)
    fresh = transitions.fire(
        report, ReportEvent.RETURN, actor=actor, at=at, note=note, capacity=capacity
    )
    _tell(fresh, "report_returned", _compilers(fresh, at), at, note=note)
    return fresh


@transaction.atomic
def approve_report(report: MonthlyReport, *, actor: User, at: datetime, seen: str) -> MonthlyReport:
    """Approve the report with the secretary's initials. Raises ``DomainError``: report_changed."""
    _need(policies.may_check(actor, report, at))
    fresh = _initial(report, ReportEvent.APPROVE, Level.SECRETARY, actor, at, seen)
    _tell(fresh, "report_approved", _compilers(fresh, at), at)
    return fresh


@transaction.atomic
def hand_over(report: MonthlyReport, *, actor: User, at: datetime) -> MonthlyReport:
    """Hand over the approved report to the head. Raises ``DomainError``."""
    _need(policies.may_hand_over(actor, report, at))
    fresh = transitions.fire(
        report,
        ReportEvent.HAND_OVER,
        actor=actor,
        at=at,
        capacity=_capacity(actor, report.office, at),
    )
    head = selectors.head_of(fresh.office)
    _tell(fresh, "report_handed", reachable(head, at), at)
    report_terms.done(fresh, at)
    return fresh


def has_secretary(office: Office) -> bool:
    """Whether a position of the office has the role of secretary, who checks the report."""
    return bool(selectors.positions_with(office, Role.SECRETARY))


def valid_initials(report: MonthlyReport) -> list[ReportInitial]:
    """Return the initials under the present content of the report."""
    rows = report.initials.filter(digest=report.digest).select_related("officer")
    return list({row.level: row for row in rows}.values())


@in_indonesian
def paper_content(report: MonthlyReport, actor: User, at: datetime) -> dict[str, Any]:
    """Return the content of the printed report, with the names under its initials."""
    zone = report.office.zone
    return {
        "office": letterhead(report.office),
        "title": _("Laporan bulanan pengaduan"),
        "month": month_words(report.month),
        "content": report.content,
        "status": report.get_status_display(),
        "initials": [
            [row.get_level_display(), row.officer.full_name, row.capacity, moment(row.at, zone)]
            for row in valid_initials(report)
        ],
        "without_secretary": not has_secretary(report.office),
        "digest": report.digest,
        "printed": moment(at, zone),
        "printed_by": actor.full_name,
    }


# What is counted ---------------------------------------------------------------------------------


@in_indonesian
def compiled(office: Office, month: date, at: datetime) -> dict[str, Any]:
    """Return the counts of a month: received, answered and still open."""
    began, ended = span(month.year, month.month, office)
    all_rows = Complaint.objects.filter(office=office).order_by()
    rows = all_rows.filter(received_at__gte=began, received_at__lt=ended)
    sent = answers_sent(all_rows, began, ended)
    total = rows.count()
    suggestions = rows.filter(status__in=SUGGESTIONS).count()
    return {
        "received": {
            "total": total,
            "complaints": total - suggestions,
            "suggestions": suggestions,
        },
        "tables": _tables(rows, at),
        "time": _time(sent),
        "open": _open(all_rows, at),
        "reopened": ComplaintRecord.objects.filter(
            subject__office=office, event=Event.REOPEN, at__gte=began, at__lt=ended
        ).count(),
        "ratings": _ratings(
            Answer.objects.filter(complaint__office=office, rated_at__gte=began, rated_at__lt=ended)
        ),
    }


def _tables(rows: QuerySet[Complaint], at: datetime) -> list[dict[str, Any]]:
    services = Counter(rows.values_list("service__name", flat=True))
    return [
        _table(
            _("Menurut jenis masalah (komponen standar pelayanan)"),
            Problem.choices,
            rows.values_list("problem", flat=True),
            whole=True,
        ),
        _table(
            _("Menurut layanan"),
            sorted((name, name) for name in services if name),
            rows.values_list("service__name", flat=True),
            missing=_("Tanpa layanan tertentu"),
        ),
        _table(_("Menurut saluran"), ChannelKind.choices, rows.values_list("channel", flat=True)),
        _table(
            _("Menurut bobot"),
            Weight.choices,
            rows.exclude(weight="").values_list("weight", flat=True),
        ),
        _table(
            _("Menurut kategori penanganan"),
            Category.choices,
            rows.exclude(category="").values_list("category", flat=True),
        ),
        _table(_("Menurut hasil"), OUTCOMES.items(), outcome_counts(rows, at).elements()),
    ]


def _table(
    title: str,
    names: Iterable[tuple[Any, Any]],
    values: Iterable[Any],
    *,
    whole: bool = False,
    missing: str = "",
) -> dict[str, Any]:
    """Return a table of counts; rows with zero only if ``whole``."""
    counts = Counter(value or "" for value in values)
    rows = [[str(label), counts[str(key)]] for key, label in names if whole or counts[str(key)]]
    if counts[""]:
        rows.append([missing or _("Belum ditentukan"), counts[""]])
    return {"title": title, "rows": rows}


def _time(sent: QuerySet[Any]) -> dict[str, Any]:
    days = workdays_used(sent)
    late = sent.filter(late=True).values("complaint").distinct().count()
    answered = sent.values("complaint").distinct().count()
    return {
        "answered": answered,
        "in_time": answered - late,
        "late": late,
        "median": days_text(median(days)),
        "most": days_text(percentile(days, 90)),
    }


def _open(rows: QuerySet[Complaint], at: datetime) -> dict[str, int]:
    running = rows.filter(status__in=[*OPEN, Status.SUGGESTION])
    late = running.filter(
        Q(deadlines__breached_at__isnull=False) | Q(deadlines__due_at__lte=at),
        deadlines__met_at=None,
        deadlines__kind__in=PROMISES,
    )
    return {"total": running.count(), "late": late.values("pk").distinct().count()}


def _ratings(answers: QuerySet[Answer]) -> dict[str, Any]:
    counts = Counter(answers.exclude(rating=None).values_list("rating", flat=True))
    given = sum(counts.values())
    points = sum((value or 0) * n for value, n in counts.items())
    return {
        "given": given,
        "mean": str(half_up(points, given, 2)).replace(".", ",") if given else "",
        "rows": [[str(label), counts[value]] for value, label in Rating.choices],
    }


# Steps of the chain ------------------------------------------------------------------------------


def _initial(
    report: MonthlyReport, event: ReportEvent, level: str, actor: User, at: datetime, seen: str
) -> MonthlyReport:
    capacity = _capacity(actor, report.office, at)
    fresh = transitions.fire(report, event, actor=actor, at=at, capacity=capacity)
    if fresh.digest != seen:
        raise DomainError("report_changed")
    ReportInitial.objects.create(
        report=fresh, level=level, officer=actor, capacity=capacity, digest=fresh.digest, at=at
    )
    return fresh


def _need(verdict: Any) -> None:
    if not verdict:
        raise DomainError(verdict.reason)


def _capacity(actor: User, office: Office, at: datetime) -> str:
    return capacity_text(seat_in(actor, office.pk, at))


def _compilers(report: MonthlyReport, at: datetime) -> list[User]:
    """Return who goes on with a report: its compiler, else the other officers, else superiors."""
    officers = selectors.people_with(report.office, Role.OFFICER, at)
    compiler = [person for person in officers if person.pk == report.compiled_by_id]
    return compiler or officers or selectors.told_with(report.office, Role.OFFICER, at)


def _tell(report: MonthlyReport, what: str, people: list[User], at: datetime, **facts: Any) -> None:
    nth = report.records.count()
    notify(report.office, report.month, what, people, at, nth=nth, report=report, **facts)
