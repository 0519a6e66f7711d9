"""Reports that wait for a person: those about complaints, and the others of the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.officers import Officer
from complaints.models import MonthlyReport
from complaints.models import ReportDeadline as MonthDeadline
from reports.domain.lifecycle import ReportStatus
from reports.domain.periods import read_period
from reports.kinds import KINDS
from reports.models import Report, ReportDeadline
from reports.wording import period_name

_TASKS: dict[str, str | LazyText] = {
    ReportStatus.COMPILED: gettext_lazy("Periksa isinya, lalu paraf"),
    ReportStatus.RETURNED: gettext_lazy("Perbaiki menurut catatan pemeriksa"),
    ReportStatus.CHECKED: gettext_lazy("Periksa dan setujui"),
}
_OF_COMPLAINTS = {**_TASKS, ReportStatus.APPROVED: gettext_lazy("Serahkan kepada kepala")}
_OF_OFFICE = {
    **_TASKS,
    ReportStatus.APPROVED: gettext_lazy("Baca, lalu tanda tangani"),
    ReportStatus.SIGNED: gettext_lazy("Terbitkan di halaman kantor"),
}


class Work(NamedTuple):
    """One report that waits: where it is, what it is, whose office, what is to be done."""

    url: str
    title: str
    office: str
    task: str


def of_complaints(officer: Officer) -> tuple[QuerySet[MonthlyReport], QuerySet[MonthDeadline]]:
    """Return the monthly reports to act on, and the months to be reported."""
    return (
        MonthlyReport.objects.waiting_for(officer.user),
        MonthDeadline.objects.waiting_for(officer.user, officer.at),
    )


def of_office(officer: Officer) -> tuple[QuerySet[Report], QuerySet[ReportDeadline]]:
    """Return the other reports to act on, and the periods to be reported."""
    return (
        Report.objects.waiting_for(officer.user, officer.at),
        ReportDeadline.objects.waiting_for(officer.user, officer.at),
    )


def first_of_complaints(officer: Officer, most: int) -> Iterator[Work]:
    """Yield the first monthly reports about complaints, those to act on before those to compile."""
    reports, months = of_complaints(officer)
    found = list(reports.select_related("office").defer("content")[:most])
    for row in found:
        task = str(_OF_COMPLAINTS[row.status])
        yield Work(row.get_absolute_url(), _month(row.month), row.office.name, task)
    for due in months.select_related("office").order_by("month")[: most - len(found)]:
        address = f"{reverse('complaints:reports')}?kantor={due.office.code}"
        yield Work(address, _month(due.month), due.office.name, _("Susun laporan"))


def first_of_office(officer: Officer, most: int) -> Iterator[Work]:
    """Yield the first other reports, those to act on before those to compile."""
    reports, periods = of_office(officer)
    found = list(reports.select_related("office").defer("content")[:most])
    for row in found:
        task = str(_OF_OFFICE[row.status])
        yield Work(row.get_absolute_url(), row.title, row.office.name, task)
    rows = periods.select_related("office").order_by("due_at", "pk")
    for due in rows[: most - len(found)]:
        period = read_period(due.period)
        if period is not None:
            title = f"{KINDS[due.kind].name}, {period_name(period)}"
            address = f"{reverse('reports:list')}?kantor={due.office.code}"
            yield Work(address, title, due.office.name, _("Susun laporan"))


def _month(month: date) -> str:
    return _("Laporan %(month)s") % {"month": date_format(month, "F Y")}
