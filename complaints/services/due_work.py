"""Complaints and their monthly reports in the digest of a morning."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.officers import Officer
from complaints.domain.lifecycle import UNCLOSED
from complaints.models import Complaint, Escalation, MonthlyReport, ReportDeadline
from notices import due_work
from notices.due_work import Owed, Work
from workflow.formats import day as day_text


def of_complaints(officer: Officer, until: datetime) -> Work:
    """Return the complaints that are the officer's or wait for them; by number alone."""
    seen = Complaint.objects.visible_to(officer.user).filter(status__in=UNCLOSED)
    theirs = Q(owner=officer.user) | seen.turn_of(officer.user)
    mine = seen.filter(theirs, due_at__lte=until).order_by("due_at", "pk")
    brought = Escalation.objects.filter(to_position__in=list(officer.seats)).values("complaint")
    reported = seen.filter(pk__in=brought).exclude(pk__in=mine.values("pk"))
    return Work(
        [Owed(_complaint(row), row.due_at) for row in mine if row.due_at],
        [
            _("Pengaduan %(number)s") % {"number": row.number}
            for row in reported.order_by("received_at", "pk")
        ],
    )


def _complaint(row: Complaint) -> str:
    words = {"number": row.number, "due": day_text(row.due_on)}
    return _("Pengaduan %(number)s: %(due)s") % words


def of_reports(officer: Officer, until: datetime) -> Work:
    """Return the monthly reports that wait for the officer, and the months to be compiled."""
    rows = ReportDeadline.objects.running().filter(due_at__lte=until)
    waiting = MonthlyReport.objects.waiting_for(officer.user).values_list("office", "month")
    known = {(row.office_id, row.month): row for row in rows}
    found = [known[key] for key in waiting if key in known]
    found += rows.filter(pk__in=rows.waiting_for(officer.user, officer.at).values("pk"))
    return Work([Owed(_report(row), row.due_at) for row in found if row.due_at])


def _report(row: ReportDeadline) -> str:
    words = {"month": date_format(row.month, "F Y"), "due": day_text(row.due_on)}
    return _("Laporan bulanan pengaduan %(month)s: %(due)s") % words


def register() -> None:
    """Have the digest name both."""
    due_work.register("complaints", of_complaints)
    due_work.register("complaints.reports", of_reports)
