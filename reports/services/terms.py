"""A report is owed once its period is over: reminders, and who hears that it is late."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import format_lazy

from accounts.models import Office
from reports import selectors
from reports.domain.periods import Period, period_of, read_period
from reports.kinds import KINDS, ReportKind
from reports.models import Report, ReportDeadline, ReportRole
from reports.services.notifying import notify_due
from reports.wording import period_name_lazy
from workflow import alarms
from workflow.alarms import Reached, WatchedTerm
from workflow.calendar_versions import keep
from workflow.calendars import calendar_of
from workflow.domain.clock import Unit, end_of
from workflow.domain.errors import DomainError
from workflow.domain.marks import Mark
from workflow.sweeps import SweepResult, sweep

Role = ReportRole.Role


def expect_due(at: datetime) -> SweepResult:
    """Begin the terms of all reports whose period is over. May run twice, or late."""
    offices = list(Office.objects.public().order_by("pk").values_list("pk", flat=True))
    return sweep("reports.expect_due", offices, partial(_expect_of, at=at))


@transaction.atomic
def _expect_of(office: int, *, at: datetime) -> bool:
    found = Office.objects.get(pk=office)
    begun = False
    for kind in selectors.kinds_of(found):
        rhythm = kind.rhythm(found)
        if rhythm is not None:
            last = period_of(found.local_date(at), rhythm).previous
            begun = expect(kind, found, last) or begun
    return begun


def expect(kind: ReportKind, office: Office, period: Period) -> bool:
    """Begin the term of one report at the end of its period; return whether that was new.

    Without a decree of holidays for the year of its due day there is none yet: the next run tries
    again.
    """
    last = period.ends_before - timedelta(days=1)
    calendar = calendar_of(office)
    try:
        due_on = calendar.add(last, kind.workdays)
    except DomainError:
        return False
    row, is_new = ReportDeadline.objects.get_or_create(
        office=office,
        kind=kind.code,
        period=period.code,
        defaults={
            "term_amount": kind.workdays,
            "term_unit": Unit.WORKDAY,
            "started_at": end_of(last, office.zone),
            "due_on": due_on,
            "due_at": end_of(due_on, office.zone),
            "calendar_version": keep(calendar),
        },
    )
    if is_new:
        alarms.plan(row)
        row.save(update_fields=["next_mark_at"])
    return is_new


def done(report: Report, at: datetime) -> None:
    """End the term of a report that is signed."""
    rows = ReportDeadline.objects.filter(
        office=report.office, kind=report.kind, period=report.period
    )
    for row in rows.running():
        alarms.end(row, at)


def _rows(code: str) -> QuerySet[ReportDeadline]:
    return ReportDeadline.objects.select_related("office").filter(kind=code)


def _lock(row: ReportDeadline) -> ReportDeadline | None:
    return _rows(row.kind).select_for_update(of=("self",)).filter(pk=row.pk).first()


def _office(row: ReportDeadline) -> Office:
    return row.office


def _answer(reached: Reached) -> None:
    """Remind who compiles; once it is late, also who checks and who signs."""
    row: ReportDeadline = reached.deadline
    period = read_period(row.period)
    if period is None:
        return
    title = format_lazy("{}, {}", KINDS[row.kind].name, period_name_lazy(period))
    for mark in reached.marks:
        people = selectors.told(row.office, Role.COMPILER, reached.at)
        what = "due"
        if mark.act == "breach":
            what = "late"
            row.breached_at = row.breached_at or reached.at
            row.save(update_fields=["breached_at"])
            people += selectors.told(row.office, Role.SECRETARY, reached.at)
            people += selectors.heads(row.office, reached.at)
        key = f"report-{what}:{row.pk}:{mark.code}"
        notify_due(key, row.office, title, what, people, reached.at)


def register(kind: ReportKind) -> None:
    """Have the terms of a kind watched: on the first day, the last day, and when it is over."""
    marks = (
        Mark("hari-pertama", days=1 - kind.workdays),
        Mark("jatuh-tempo", days=0),
        Mark("lewat", "breach"),
    )
    alarms.register(
        WatchedTerm(
            name=f"reports.{kind.code}",
            label=kind.name,
            marks=marks,
            rows=partial(_rows, kind.code),
            lock=_lock,
            office=_office,
            office_path="office",
            acts=("warn", "breach"),
            answer=_answer,
        )
    )
