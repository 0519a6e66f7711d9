"""Holiday and hour rows become the pure ``WorkCalendar`` of an office."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, time
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q

from accounts.models import Office, OfficeHours
from workflow.domain.workdays import (
    FIRST_DAY,
    PERPRES_21_2023,
    ClockRules,
    HolidayKind,
    Hours,
    Season,
    SpecialDay,
    WorkCalendar,
)
from workflow.models import CalendarYear, Holiday


class HoursRow(NamedTuple):
    """The hours of one weekday, always or in one season."""

    weekday: int
    first_on: date | None
    last_on: date | None
    season: str
    opens_at: time
    closes_at: time
    break_starts_at: time | None
    break_ends_at: time | None


class HolidayRow(NamedTuple):
    """One holiday of everybody or of one office."""

    on: date
    name: str
    kind: str
    decree: str
    estimated: bool


_NEVER = FIRST_DAY.year


def calendar_of(office: Office) -> WorkCalendar:
    """Return the working calendar of ``office``: three queries, each time it is called.

    A page that counts several terms reads it once and passes it on.
    """
    return calendars_of([office])[office.pk]


def calendars_of(offices: Iterable[Office]) -> dict[int, WorkCalendar]:
    """Return the working calendar of each office by its key, in three queries for all of them."""
    rules = {office.pk: rules_of(office) for office in offices}
    keys = set(rules)
    if not keys:
        return {}
    years = tuple(CalendarYear.objects.order_by("year").values_list("year", flat=True))
    hours: dict[int, list[HoursRow]] = defaultdict(list)
    rows = OfficeHours.objects.filter(office__in=keys).order_by("first_on", "weekday")
    for key, *row in rows.values_list("office_id", *HoursRow._fields):
        hours[key].append(HoursRow(*row))
    days = Holiday.objects.filter(Q(office=None) | Q(office__in=keys)).order_by("on", "pk")
    holidays = [
        (of, HolidayRow(*row)) for of, *row in days.values_list("office_id", *HolidayRow._fields)
    ]
    return {
        key: _calendar(
            tuple(sorted(hours[key], key=_place)),
            tuple(day for of, day in holidays if of in (None, key)),
            years,
            rules[key],
        )
        for key in keys
    }


def _place(row: HoursRow) -> tuple[str, int]:
    """Rows that always hold come first; databases differ in where they put NULL."""
    return (str(row.first_on or ""), row.weekday)


@lru_cache(maxsize=64)
def _calendar(
    hours: tuple[HoursRow, ...],
    holidays: tuple[HolidayRow, ...],
    years: tuple[int, ...],
    rules: ClockRules,
) -> WorkCalendar:
    """Build the calendar from its rows; a changed row is another argument."""
    confirmed = last_confirmed(years)
    special = [
        SpecialDay(row.on, row.name, HolidayKind(row.kind), row.decree, row.estimated)
        for row in holidays
    ]
    return WorkCalendar(
        special,
        confirmed_until=date(confirmed, 12, 31),
        hours=_hours(row for row in hours if row.first_on is None) or PERPRES_21_2023,
        seasons=_seasons(hours),
        version=f"{confirmed}.{_digest(special, hours, years, rules)}",
        rules=rules,
    )


def rules_of(office: Office) -> ClockRules:
    """Return how ``office`` counts."""
    return ClockRules(
        office.zone, office.counts_first_day, office.cut_off, office.late_arrivals_roll
    )


def last_confirmed(years: Iterable[int]) -> int:
    """Return the last decreed year without a gap before it; without any, everything is a guess."""
    known = set(years)
    last = min(known, default=_NEVER)
    while last + 1 in known:
        last += 1
    return last


def _hours(rows: Iterable[HoursRow]) -> dict[int, Hours]:
    return {
        row.weekday: Hours(row.opens_at, row.closes_at, row.break_starts_at, row.break_ends_at)
        for row in rows
    }


def _seasons(rows: Sequence[HoursRow]) -> list[Season]:
    periods = {(row.first_on, row.last_on, row.season) for row in rows if row.first_on}
    return [
        Season(name, first, last or first, _hours(r for r in rows if r.first_on == first))
        for first, last, name in sorted(periods, key=lambda period: str(period[0]))
        if first
    ]


def _digest(
    special: Iterable[SpecialDay],
    hours: Iterable[HoursRow],
    years: Iterable[int],
    rules: ClockRules,
) -> str:
    def plain(value: date | time | None) -> str:
        return value.isoformat() if value else ""

    text = repr(
        (
            [(day.on, day.name, str(day.kind), day.decree) for day in special],
            [
                (
                    h.weekday,
                    plain(h.opens_at),
                    plain(h.closes_at),
                    plain(h.break_starts_at),
                    plain(h.break_ends_at),
                    plain(h.first_on),
                    plain(h.last_on),
                    h.season,
                )
                for h in hours
            ],
            sorted(years),
            (rules.zone.key, rules.counts_first_day, plain(rules.cut_off), rules.late_rolls),
        )
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]
