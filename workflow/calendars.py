"""Holiday and hour rows become the pure ``WorkCalendar`` of an office."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, time
from typing import Any, NamedTuple

from django.db import connection

from accounts.models import Office
from workflow.domain.clock import ClockRules
from workflow.domain.workdays import (
    FIRST_DAY,
    PERPRES_21_2023,
    HolidayKind,
    Hours,
    Season,
    SpecialDay,
    WorkCalendar,
)

Rows = tuple[tuple[Any, ...], ...]
_HOURS, _HOLIDAY, _YEAR = "jam", "libur", "tahun"
# days and hours as text: they are parsed only when a row is new
_QUESTION = f"""
    SELECT '{_HOURS}', CAST(first_on AS varchar(10)), weekday, CAST(last_on AS varchar(10)), season,
        CAST(opens_at AS varchar(15)), CAST(closes_at AS varchar(15)),
        CAST(break_starts_at AS varchar(15)), CAST(break_ends_at AS varchar(15))
    FROM accounts_officehours WHERE office_id = %s
    UNION ALL
    SELECT '{_HOLIDAY}', CAST("on" AS varchar(10)), id, '', name, kind, decree,
        CASE WHEN estimated THEN 'perkiraan' ELSE '' END, ''
    FROM workflow_holiday WHERE office_id IS NULL OR office_id = %s
    UNION ALL
    SELECT '{_YEAR}', '', year, '', '', '', '', '', '' FROM workflow_calendaryear
"""  # noqa: S608  nothing from outside is put into it


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


_NEVER = FIRST_DAY.year
_KEPT: dict[Rows, WorkCalendar] = {}  # per process; a changed row is another key
_READ: ContextVar[dict[int, WorkCalendar] | None] = ContextVar("calendars_read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Read the rows of each office once: for a page that only shows, and asks again and again."""
    if _READ.get() is not None:
        yield
        return
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def calendar_of(office: Office) -> WorkCalendar:
    """Return the working calendar of ``office``; one small query, the rest is kept by its rows.

    The rows are read each time: a holiday entered now counts in the next request of every process.
    """
    read = _READ.get()
    if read is not None and office.pk in read:
        return read[office.pk]
    rows = _rows(office)
    known = _KEPT.get(rows)
    if known is None:
        known = _calendar(rows)
        if len(_KEPT) > 50:
            _KEPT.clear()
        _KEPT[rows] = known
    if read is not None:
        read[office.pk] = known
    return known


def _rows(office: Office) -> Rows:
    """Ask three small tables in one question, in words of our own: almost every page asks it."""
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION, [office.pk, office.pk])
        found = cursor.fetchall()
    return tuple(sorted(found, key=lambda row: (row[0], row[1] or "", row[2])))


def _calendar(rows: Rows) -> WorkCalendar:
    parts: dict[str, list[Any]] = {_HOURS: [], _HOLIDAY: [], _YEAR: []}
    for part, *columns in rows:
        parts[part].append(columns)
    years = [year for _on, year, *_ in parts[_YEAR]]
    hours = [
        HoursRow(
            weekday, _day(first), _day(last), season, time.fromisoformat(opens),
            time.fromisoformat(closes), _hour(break_starts), _hour(break_ends),
        )
        for first, weekday, last, season, opens, closes, break_starts, break_ends in parts[_HOURS]
    ]  # fmt: skip
    confirmed = last_confirmed(years)
    special = [
        SpecialDay(date.fromisoformat(on), name, HolidayKind(kind), decree, bool(estimated))
        for on, _pk, _last, name, kind, decree, estimated, _ in parts[_HOLIDAY]
    ]
    return WorkCalendar(
        special,
        confirmed_until=date(confirmed, 12, 31),
        hours=_hours(row for row in hours if row.first_on is None) or PERPRES_21_2023,
        seasons=_seasons(hours),
        version=f"{confirmed}.{_digest(special, hours, years)}",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _hour(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def rules_of(office: Office) -> ClockRules:
    """Return how ``office`` counts."""
    return ClockRules(
        office.zone, office.counts_first_day, office.cut_off, office.late_arrivals_roll
    )


def confirmed_by(version: str) -> date | None:
    """Return until when the holidays were decreed in the calendar of that version."""
    year = version.partition(".")[0]
    return date(int(year), 12, 31) if year.isdigit() else None


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


def _seasons(rows: list[HoursRow]) -> list[Season]:
    periods = {(row.first_on, row.last_on, row.season) for row in rows if row.first_on}
    return [
        Season(name, first, last or first, _hours(r for r in rows if r.first_on == first))
        for first, last, name in sorted(periods, key=lambda period: str(period[0]))
        if first
    ]


def _digest(special: list[SpecialDay], hours: list[HoursRow], years: list[int]) -> str:
    def plain(value: date | time | None) -> str:
        return value.isoformat() if value else ""

    text = repr(
        (
            [(day.on, day.name, str(day.kind), day.decree) for day in special],
            [
                (h.weekday, plain(h.opens_at), plain(h.closes_at), plain(h.break_starts_at),
                 plain(h.break_ends_at), plain(h.first_on), plain(h.last_on), h.season)
                for h in hours
            ],
            sorted(years),
        )
    )  # fmt: skip
    return hashlib.sha256(text.encode()).hexdigest()[:16]
