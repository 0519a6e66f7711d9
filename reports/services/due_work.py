"""Reports of the office in the digest of a morning: to compile, to check, to sign."""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.officers import Officer
from notices import due_work
from notices.due_work import Owed, Work
from reports.domain.lifecycle import ReportStatus
from reports.domain.periods import read_period
from reports.kinds import KINDS
from reports.models import Report, ReportDeadline
from reports.wording import period_name
from workflow.formats import day as day_text

_TO_COMPILE = gettext_lazy("menyusun")
_TASKS: dict[str, str | LazyText] = {
    ReportStatus.COMPILED: gettext_lazy("memaraf"),
    ReportStatus.RETURNED: gettext_lazy("memperbaiki"),
    ReportStatus.CHECKED: gettext_lazy("memeriksa"),
    ReportStatus.APPROVED: gettext_lazy("menandatangani"),
}


def of_reports(officer: Officer, until: datetime) -> Work:
    """Return the reports whose term is up and that cannot go on until the officer acts."""
    rows = ReportDeadline.objects.running().filter(due_at__lte=until)
    known = {(row.office_id, row.kind, row.period): row for row in rows}
    waiting = Report.objects.waiting_for(officer.user, officer.at)
    found = [
        (known[key], _TASKS[status])
        for *place, status in waiting.values_list("office", "kind", "period", "status")
        if (key := tuple(place)) in known
    ]
    missing = rows.waiting_for(officer.user, officer.at)
    found += [(row, _TO_COMPILE) for row in missing]
    return Work([Owed(_line(row, task), row.due_at) for row, task in found if row.due_at])


def _line(row: ReportDeadline, task: str | LazyText) -> str:
    period = read_period(row.period)
    name = KINDS[row.kind].name if row.kind in KINDS else row.kind
    return _("%(report)s, %(period)s: %(task)s, %(due)s") % {
        "report": name,
        "period": period_name(period) if period else row.period,
        "task": task,
        "due": day_text(row.due_on),
    }


def register() -> None:
    """Have the digest name reports."""
    due_work.register("reports", of_reports)
