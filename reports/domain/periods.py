"""The periods over which an office adds up and reports: month, quarter, semester, year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Rhythm(StrEnum):
    """How long a period is. Surveys: at least once a year (PermenPAN-RB 14/2017)."""

    MONTH = "bulan"
    QUARTER = "triwulan"
    SEMESTER = "semester"
    YEAR = "tahun"

    @property
    def months(self) -> int:
        """The length of a period."""
        return {Rhythm.MONTH: 1, Rhythm.QUARTER: 3, Rhythm.SEMESTER: 6, Rhythm.YEAR: 12}[self]


@dataclass(frozen=True, slots=True)
class Period:
    """The ``number``-th period of a year."""

    rhythm: Rhythm
    year: int
    number: int

    @property
    def begins(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * self.rhythm.months + 1, 1)

    @property
    def ends_before(self) -> date:
        """The first day after it."""
        month = self.number * self.rhythm.months
        return date(self.year + month // 12, month % 12 + 1, 1)

    @property
    def code(self) -> str:
        """Return the period as it stands in an address: ``2026-triwulan-4``."""
        return f"{self.year}-{self.rhythm}-{self.number}"

    @property
    def previous(self) -> Period:
        """The period before it."""
        if self.number > 1:
            return Period(self.rhythm, self.year, self.number - 1)
        return Period(self.rhythm, self.year - 1, 12 // self.rhythm.months)


def period_of(day: date, rhythm: Rhythm) -> Period:
    """Return the period in which ``day`` is."""
    return Period(rhythm, day.year, (day.month - 1) // rhythm.months + 1)


def read_period(code: str) -> Period | None:
    """Return the period of a code; ``None`` if there is no such period."""
    parts = code.split("-")
    if len(parts) != 3 or not (parts[0].isascii() and parts[0].isdigit() and parts[2].isascii()):
        return None
    year, rhythm, number = parts
    if rhythm not in list(Rhythm) or not number.isdigit() or not 2000 <= int(year) <= 2999:
        return None
    found = Period(Rhythm(rhythm), int(year), int(number))
    return found if found.code == code and 1 <= found.number <= 12 // found.rhythm.months else None


def last_periods(day: date, rhythm: Rhythm, most: int) -> list[Period]:
    """Return the period of ``day`` and those before it, the latest first."""
    found = [period_of(day, rhythm)]
    while len(found) < most:
        found.append(found[-1].previous)
    return found
