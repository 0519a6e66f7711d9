"""How far the working calendar reaches: the decreed years, and what is still a guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from workflow import admin_tasks
from workflow.calendars import last_confirmed
from workflow.domain.dates import add_months
from workflow.models import CalendarYear, Holiday, HolidayKind
from workflow.sweeps import SweepResult, sweep

SWEEP = "workflow.watch_calendar"
NOT_DECREED = "year_not_decreed"
_STILL_ESTIMATED = "holidays_estimated"
_USUAL_MONTHS = 3  # unless an office has set another

admin_tasks.add(
    {
        NOT_DECREED: _(
            "Hari libur tahun %(year)s belum ditetapkan. Masukkan hari libur dan cuti bersamanya, "
            "lalu tambahkan tahun itu."
        ),
        _STILL_ESTIMATED: _(
            "Tahun %(year)s sudah ditetapkan, tetapi %(total)s hari liburnya masih bertanda "
            "perkiraan. Cocokkan dengan keputusannya."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class YearCoverage:
    """One year of the calendar: ``sure`` when it is decreed and no year before it is missing."""

    year: int
    decree: str
    sure: bool
    national: int
    joint_leave: int
    estimated: int


def coverage() -> list[YearCoverage]:
    """Return every year that the calendar knows anything about, the latest first."""
    decrees = dict(CalendarYear.objects.values_list("year", "decree"))
    last = last_confirmed(decrees)
    per_year = (
        Holiday.objects.filter(office=None)
        .order_by()
        .values_list("on__year")
        .annotate(
            national=Count("pk", filter=Q(kind=HolidayKind.NATIONAL)),
            joint_leave=Count("pk", filter=Q(kind=HolidayKind.JOINT_LEAVE)),
            estimated=Count("pk", filter=Q(estimated=True)),
        )
    )
    days = {year: counts for year, *counts in per_year}
    nothing = (0, 0, 0)
    return [
        YearCoverage(
            year,
            decrees.get(year, ""),
            year in decrees and year <= last,
            *days.get(year, nothing),
        )
        for year in sorted({*decrees, *days}, reverse=True)
    ]


def sure_until() -> date | None:
    """Return the last day of the last decreed year; ``None`` while there is none."""
    years = list(CalendarYear.objects.values_list("year", flat=True))
    return date(last_confirmed(years), 12, 31) if years else None


def missing_year(today: date) -> int | None:
    """Return the year whose decree is due by ``today``, months ahead; ``None`` when all is well."""
    until = sure_until()
    if until is None:
        return today.year
    months = Office.objects.aggregate(most=Max("calendar_warning_months"))["most"]
    return until.year + 1 if add_months(today, months or _USUAL_MONTHS) > until else None


def watch_calendar(at: datetime, today: date) -> SweepResult:
    """Ask for a decree in time, and for a look at estimates that a decree should have settled."""

    def look(_key: int) -> bool:
        return _ask_for_decree(at, today) | _ask_for_look(at)

    return sweep(SWEEP, [0], look)


def _ask_for_decree(at: datetime, today: date) -> bool:
    year = missing_year(today)
    open_keys = admin_tasks.waiting().filter(kind=NOT_DECREED).values_list("key", flat=True)
    for key in [key for key in open_keys if key != f"{NOT_DECREED}:{year}"]:
        admin_tasks.close_task(key, at=at)
    if year is None:
        return False
    path = reverse("admin:workflow_calendaryear_changelist")
    return admin_tasks.open_task(f"{NOT_DECREED}:{year}", NOT_DECREED, at=at, path=path, year=year)


def _ask_for_look(at: datetime) -> bool:
    page = reverse("admin:workflow_holiday_changelist")
    opened = False
    for row in coverage():
        key = f"{_STILL_ESTIMATED}:{row.year}"
        if row.sure and row.estimated:
            path = f"{page}?estimated__exact=1&on__year={row.year}"
            opened |= admin_tasks.open_task(
                key, _STILL_ESTIMATED, at=at, path=path, year=row.year, total=row.estimated
            )
        else:
            admin_tasks.close_task(key, at=at)
    return opened
