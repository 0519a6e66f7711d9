"""Reminders of the monthly report: on the first working day of the next month, and if late."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from complaints import selectors
from complaints.models import MonthlyReport, ReportDeadline, Role
from notices import outbox
from workflow import alarms
from workflow.alarms import Reached, WatchedTerm
from workflow.calendar_versions import keep
from workflow.calendars import calendar_of
from workflow.domain.clock import Unit, end_of
from workflow.domain.errors import DomainError
from workflow.domain.marks import Mark
from workflow.formats import date_format_lazy

WORKDAYS = 5  # internal term: no standard sets one
_MARKS = (
    Mark("hari-pertama", days=1 - WORKDAYS),
    Mark("jatuh-tempo", days=0),
    Mark("lewat", "breach"),
)


def after(month: date) -> date:
    """Return the first day of the next month."""
    return (month + timedelta(days=31)).replace(day=1)


def expect(office: Office, month: date) -> None:
    """Begin the deadline of the report of ``month`` after the month ends; idempotent."""
    if ReportDeadline.objects.filter(office=office, month=month).exists():
        return
    last = after(month) - timedelta(days=1)
    calendar = calendar_of(office)
    try:
        due_on = calendar.add(last, WORKDAYS)
    except DomainError:
        return  # no decree for that year yet: the next report or complaint tries again
    row = ReportDeadline(
        office=office,
        month=month,
        term_amount=WORKDAYS,
        term_unit=Unit.WORKDAY,
        started_at=end_of(last, office.zone),
        due_on=due_on,
        due_at=end_of(due_on, office.zone),
        calendar_version=keep(calendar),
    )
    alarms.plan(row)
    row.save()


def done(report: MonthlyReport, at: datetime) -> None:
    """Mark the deadline as met after the handover, and begin the one of the next month."""
    rows = ReportDeadline.objects.filter(office=report.office, month=report.month)
    for row in rows.running():
        row.met_at = at
        alarms.plan(row)
        row.save(update_fields=["met_at", "next_mark_at"])


def _rows() -> QuerySet[ReportDeadline]:
    return ReportDeadline.objects.select_related("office")


def _lock(row: ReportDeadline) -> ReportDeadline | None:
    return _rows().select_for_update(of=("self",)).filter(pk=row.pk).first()


def _office(row: ReportDeadline) -> Office:
    return row.office


def _answer(reached: Reached) -> None:
    """Remind the compilers; if the report is late, also the secretary and the head."""
    row: ReportDeadline = reached.deadline
    for mark in reached.marks:
        people = selectors.told_with(row.office, Role.OFFICER, reached.at)
        if mark.act == "breach":
            if row.breached_at is None:
                row.breached_at = reached.at
                row.save(update_fields=["breached_at"])
            people += selectors.told_with(row.office, Role.SECRETARY, reached.at)
        notify(row.office, row.month, "report_due", people, reached.at, nth=mark.code)
    expect(row.office, after(row.month))


def notify(
    office: Office,
    month: date,
    what: str,
    people: list[User],
    at: datetime,
    *,
    nth: object,
    report: MonthlyReport | None = None,
    **facts: Any,
) -> None:
    """Post the ``nth`` message about the report of a month to each of ``people``."""
    for person in {user.pk: user for user in people}.values():
        outbox.post(
            f"complaint-{what}:{office.pk}:{month:%Y%m}:{nth}:{person.pk}",
            f"complaints/{what}",
            to=person,
            at=at,
            about=f"complaint-report:{office.pk}:{month:%Y%m}",
            sender=office,
            name=person.full_name,
            office=office.name,
            month=date_format_lazy(month, "F Y"),
            path=report.get_absolute_url() if report else reverse("complaints:reports"),
            **facts,
        )


def register() -> None:
    """Register the reminders of the monthly report."""
    alarms.register(
        WatchedTerm(
            name="complaints.report",
            label=_("Menyusun laporan bulanan pengaduan"),
            marks=_MARKS,
            rows=_rows,
            lock=_lock,
            office=_office,
            office_path="office",
            acts=("warn", "breach"),
            answer=_answer,
        )
    )
