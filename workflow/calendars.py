"""Holiday and hour rows become the pure ``WorkCalendar`` of an office."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, time

from django.db.models import Q

from accounts.models import Office, OfficeHours
from workflow.domain.clock import ClockRules
from workflow.domain.errors import DomainError
from workflow.domain.workdays import (
    PERPRES_21_2023,
    HolidayKind,
    Hours,
    Season,
    SpecialDay,
    WorkCalendar,
)
from workflow.models import CalendarYear, Holiday

_KEPT: dict[str, WorkCalendar] = {}  # per process; a changed row changes the version and the key
_READ: ContextVar[dict[int, WorkCalendar] | None] = ContextVar("calendars_read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Read the rows of each office once: for a page that only shows, and asks again and again."""
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def calendar_of(office: Office) -> WorkCalendar:
    """Return the working calendar of ``office``; two small queries, the rest is kept by version.

    Raises ``DomainError("calendar_not_decreed")`` when no year is confirmed.
    """
    read = _READ.get()
    if read is not None and office.pk in read:
        return read[office.pk]
    rows = list(
        Holiday.objects.filter(Q(office=None) | Q(office=office))
        .order_by("on", "pk")
        .values_list("on", "name", "kind", "decree")
    )
    hours = list(office.hours.all())
    years = list(CalendarYear.objects.values_list("year", flat=True))
    version = _version(rows, hours, years)
    known = _KEPT.get(version)
    if known is None:
        if len(_KEPT) > 50:
            _KEPT.clear()
        known = _KEPT[version] = WorkCalendar(
            [SpecialDay(on, name, HolidayKind(kind), decree) for on, name, kind, decree in rows],
            confirmed_until=date(_last_confirmed(years), 12, 31),
            hours=_hours(row for row in hours if row.first_on is None) or PERPRES_21_2023,
            seasons=_seasons(hours),
            version=version,
        )
    if read is not None:
        read[office.pk] = known
    return known


def rules_of(office: Office) -> ClockRules:
    """Return how ``office`` counts."""
    return ClockRules(office.zone, office.counts_first_day, office.cut_off)


def _last_confirmed(years: list[int]) -> int:
    if not years:
        raise DomainError("calendar_not_decreed", year="")
    last = min(years)
    while last + 1 in years:
        last += 1
    return last


def _hours(rows: Iterable[OfficeHours]) -> dict[int, Hours]:
    return {
        row.weekday: Hours(row.opens_at, row.closes_at, row.break_starts_at, row.break_ends_at)
        for row in rows
    }


def _seasons(rows: list[OfficeHours]) -> list[Season]:
    periods = {(row.first_on, row.last_on, row.season) for row in rows if row.first_on}
    return [
        Season(name, first, last or first, _hours(r for r in rows if r.first_on == first))
        for first, last, name in sorted(periods, key=lambda period: str(period[0]))
        if first
    ]


def _version(
    rows: list[tuple[date, str, str, str]], hours: list[OfficeHours], years: list[int]
) -> str:
    def plain(value: date | time | None) -> str:
        return value.isoformat() if value else ""

    text = repr(
        (
            rows,
            [
                (h.weekday, plain(h.opens_at), plain(h.closes_at), plain(h.break_starts_at),
                 plain(h.break_ends_at), plain(h.first_on), plain(h.last_on), h.season)
                for h in hours
            ],
            sorted(years),
        )
    )  # fmt: skip
    return hashlib.sha256(text.encode()).hexdigest()[:16]
