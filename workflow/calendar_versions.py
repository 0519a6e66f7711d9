"""Calendars as they were when promises were counted with them.

A deadline names the version of its calendar. Until a changed calendar is applied, and for good once
a file is closed, pages count with that version and not with the rows of today (docs/deadlines.md).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from accounts.models import Office
from workflow.calendars import calendars_of
from workflow.domain.workdays import (
    ClockRules,
    HolidayKind,
    Hours,
    Season,
    SpecialDay,
    WorkCalendar,
)
from workflow.models import CalendarVersion

K = TypeVar("K")


def keep(calendar: WorkCalendar) -> str:
    """Store ``calendar`` unless it is stored; return its version, to be written at a deadline."""
    version = calendar.version
    if not CalendarVersion.objects.filter(version=version).exists():
        CalendarVersion.objects.get_or_create(
            version=version, defaults={"facts": json.dumps(_facts(calendar))}
        )
    return version


def recorded(versions: Iterable[str]) -> dict[str, WorkCalendar]:
    """Return the stored calendars by version, in at most one query; unknown ones are left out."""
    wanted = {version for version in versions if version}
    if not wanted:
        return {}
    rows = CalendarVersion.objects.filter(version__in=wanted)
    return {version: _calendar(version, facts) for version, facts in rows.values_list(*_COLUMNS)}


def calendar_by(version: str, office: Office) -> WorkCalendar:
    """Return the calendar of ``version``; the present one of ``office`` if it is not stored."""
    return calendars_by({0: (version, office)})[0]


def calendars_by(wanted: Mapping[K, tuple[str, Office]]) -> dict[K, WorkCalendar]:
    """Return the calendar of each version by the same key, in at most four queries."""
    kept = recorded(version for version, _office in wanted.values())
    present = calendars_of(office for version, office in wanted.values() if version not in kept)
    return {
        key: kept.get(version) or present[office.pk] for key, (version, office) in wanted.items()
    }


def version_of(rows: Iterable[Any], kinds: Collection[str]) -> str:
    """Return the calendar version of the latest deadline of these kinds; "" without one."""
    latest = max((r for r in rows if r.kind in kinds), key=lambda row: row.pk, default=None)
    return latest.calendar_version if latest else ""


_COLUMNS = ("version", "facts")


def _facts(calendar: WorkCalendar) -> dict[str, Any]:
    rules = calendar.rules
    return {
        "confirmed_until": str(calendar.confirmed_until),
        "special": [
            [str(day.on), day.name, day.kind, day.decree, day.estimated]
            for day in calendar.special_days
        ],
        "hours": _hours_facts(calendar.hours),
        "seasons": [
            [season.name, str(season.first), str(season.last), _hours_facts(season.hours)]
            for season in calendar.seasons
        ],
        "rules": [rules.zone.key, rules.counts_first_day, _text(rules.cut_off), rules.late_rolls],
    }


def _hours_facts(hours: Mapping[int, Hours]) -> list[Any]:
    return [
        [weekday, *map(_text, (day.opens, day.closes, day.break_starts, day.break_ends))]
        for weekday, day in hours.items()
    ]


def _text(moment: time | None) -> str | None:
    return moment.isoformat() if moment else None


@lru_cache(maxsize=64)
def _calendar(version: str, text: str) -> WorkCalendar:
    """Build the calendar of a stored version, which never changes."""
    facts = json.loads(text)
    zone, counts_first_day, cut_off, late_rolls = facts["rules"]
    return WorkCalendar(
        [
            SpecialDay(date.fromisoformat(on), name, HolidayKind(kind), decree, estimated)
            for on, name, kind, decree, estimated in facts["special"]
        ],
        confirmed_until=date.fromisoformat(facts["confirmed_until"]),
        hours=_hours(facts["hours"]),
        seasons=[
            Season(name, date.fromisoformat(first), date.fromisoformat(last), _hours(hours))
            for name, first, last, hours in facts["seasons"]
        ],
        version=version,
        rules=ClockRules(ZoneInfo(zone), counts_first_day, _time(cut_off), late_rolls),
    )


def _hours(rows: list[Any]) -> dict[int, Hours]:
    return {
        weekday: Hours(
            time.fromisoformat(opens), time.fromisoformat(closes), _time(break_starts), _time(ends)
        )
        for weekday, opens, closes, break_starts, ends in rows
    }


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
