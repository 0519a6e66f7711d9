"""A calendar that does not depend on any package: the decreed days of 2025 to 2027."""

from __future__ import annotations

from datetime import date

from workflow.domain.workdays import HolidayKind, SpecialDay, WorkCalendar
from workflow.models import CalendarYear, Holiday

# SKB 3 Menteri: 1017/2024 as changed by 933/2025; 1497/2025; that of 2027
NATIONAL = """
2025-01-01 2025-01-27 2025-01-29 2025-03-29 2025-03-31 2025-04-01 2025-04-18 2025-04-20 2025-05-01
2025-05-12 2025-05-29 2025-06-01 2025-06-06 2025-06-27 2025-08-17 2025-09-05 2025-12-25
2026-01-01 2026-01-16 2026-02-17 2026-03-19 2026-03-21 2026-03-22 2026-04-03 2026-04-05 2026-05-01
2026-05-14 2026-05-27 2026-05-31 2026-06-01 2026-06-16 2026-08-17 2026-08-25 2026-12-25
2027-01-01 2027-01-05 2027-02-06 2027-03-08 2027-03-10 2027-03-11 2027-03-26 2027-03-28 2027-05-01
2027-05-06 2027-05-17 2027-05-20 2027-06-01 2027-06-06 2027-08-15 2027-08-17 2027-12-25 2027-12-26
"""
JOINT_LEAVE = """
2025-01-28 2025-03-28 2025-04-02 2025-04-03 2025-04-04 2025-04-07 2025-05-13 2025-05-30 2025-06-09
2025-08-18 2025-12-26
2026-02-16 2026-03-18 2026-03-20 2026-03-23 2026-03-24 2026-05-15 2026-05-28 2026-12-24
2027-02-05 2027-03-09 2027-03-12 2027-03-15 2027-03-25 2027-05-18 2027-05-19 2027-12-24
"""


def special_days() -> list[SpecialDay]:
    """Return every free day of the three years."""
    return [
        SpecialDay(date.fromisoformat(day), name, kind, "SKB 3 Menteri")
        for days, name, kind in (
            (NATIONAL, "Libur nasional", HolidayKind.NATIONAL),
            (JOINT_LEAVE, "Cuti bersama", HolidayKind.JOINT_LEAVE),
        )
        for day in days.split()
    ]


def make_calendar(*extra: SpecialDay) -> WorkCalendar:
    """Return the pure calendar of the three years and ``extra`` days."""
    return WorkCalendar([*special_days(), *extra], confirmed_until=date(2027, 12, 31))


def load_calendar() -> None:
    """Write the three years into the database."""
    CalendarYear.objects.bulk_create(
        [CalendarYear(year=year, decree="SKB 3 Menteri") for year in (2025, 2026, 2027)]
    )
    Holiday.objects.bulk_create(
        [
            Holiday(on=day.on, name=day.name, kind=day.kind, decree=day.decree)
            for day in special_days()
        ]
    )
