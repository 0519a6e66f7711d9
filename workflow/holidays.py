"""Decreed years become rows of the calendar; the days come from the package ``holidays``.

The year after the last decreed one comes as estimates, so that promises that reach into it are as
near as can be known; its decree replaces them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from workflow import tomlfile
from workflow.domain.workdays import HolidayKind
from workflow.models import CalendarYear, Holiday

FILE = "holidays.toml"
_ESTIMATED = "(perkiraan)"
_CATEGORIES = {"public": HolidayKind.NATIONAL, "government": HolidayKind.JOINT_LEAVE}


@dataclass(frozen=True, slots=True)
class DecreedYear:
    """A year with the decree that set its holidays."""

    year: int
    decree: str


@dataclass(frozen=True, slots=True)
class FreeDay:
    """One day of one kind as the package knows it."""

    on: date
    name: str
    kind: HolidayKind
    estimated: bool


def read_years(folder: Path) -> list[DecreedYear]:
    """Return the decreed years of ``years.toml``; raises ``FileFault``."""
    page = tomlfile.read(folder / FILE)
    years = []
    for table in page.tables("years"):
        years.append(DecreedYear(table.whole("year"), table.text("decree")))
        table.end()
    page.end()
    return years


def load_year(decreed: DecreedYear, *, again: bool = False) -> int:
    """Add the holidays of a decreed year and confirm it; return how many days were added.

    A confirmed year is left alone: its rows belong to the office, also the deleted ones.
    With ``again``, days the package has learned since are added; no row is ever changed. Estimates
    without a decree were ours: the decree takes their place.
    """
    confirmed = CalendarYear.objects.filter(year=decreed.year).exists()
    if confirmed and not again:
        return 0
    with transaction.atomic():
        if not confirmed:
            _estimates(decreed.year).delete()
        CalendarYear.objects.get_or_create(year=decreed.year, defaults={"decree": decreed.decree})
        return sum(_add(day, decreed.decree) for day in free_days(decreed.year))


def estimate_year(year: int) -> int:
    """Add what the package expects of a year without a decree; return how many days were added."""
    if CalendarYear.objects.filter(year=year).exists() or _estimates(year).exists():
        return 0
    with transaction.atomic():
        return sum(_add(replace(day, estimated=True), "") for day in free_days(year))


def _estimates(year: int) -> QuerySet[Holiday]:
    return Holiday.objects.filter(on__year=year, office=None, estimated=True, decree="")


def free_days(year: int) -> Iterator[FreeDay]:
    """Yield the holidays and joint leave of ``year``; several of one kind on one day are joined."""
    import holidays

    for category, kind in _CATEGORIES.items():
        known = holidays.country_holidays(
            "ID", years=year, language="id", categories=(category,), expand=False
        )
        for on in sorted(known):
            label = known[on]
            names = [name.replace(_ESTIMATED, "").strip() for name in label.split(";")]
            yield FreeDay(on, " / ".join(names), kind, _ESTIMATED in label)


def _add(day: FreeDay, decree: str) -> bool:
    row, added = Holiday.objects.get_or_create(
        on=day.on,
        kind=day.kind,
        office=None,
        defaults={"name": day.name, "decree": decree, "estimated": day.estimated},
    )
    return added
