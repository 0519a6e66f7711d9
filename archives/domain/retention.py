"""The retention schedule (jadwal retensi arsip): how long a file is kept, and what follows.

A closed file is active, then inactive; then it is destroyed or kept for good (UU 43/2009). To
*delete* (hapus, UU 27/2022 art. 43) takes it out of daily work when its active years are over; to
*destroy* (musnah, art. 44) takes its content away for good when its inactive years are over too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """A kind of archive with a term of its own."""

    PERMIT = "izin_terbit"
    ENDED = "izin_tidak_terbit"
    COMPLAINT = "pengaduan"
    REGISTER = "register"


class Fate(StrEnum):
    """What happens at the end of the inactive years."""

    DESTROY = "musnah"
    PERMANENT = "permanen"


class Act(StrEnum):
    """The two acts of the schedule."""

    DELETE = "hapus"
    DESTROY = "musnah"


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the schedule: years from the day on which the file was closed."""

    active_years: int
    inactive_years: int
    fate: Fate


def active_until(closed_on: date, term: Term) -> date:
    """Return the first day on which a file closed on ``closed_on`` is inactive."""
    return years_later(closed_on, term.active_years)


def kept_until(closed_on: date, term: Term) -> date | None:
    """Return the first day on which the file may be destroyed; ``None`` if it never may."""
    if term.fate is Fate.PERMANENT:
        return None
    return years_later(closed_on, term.active_years + term.inactive_years)


def act_due(closed_on: date, term: Term, today: date, *, deleted: bool) -> Act | None:
    """Return the act that is due ``today``. What is to be destroyed must have been deleted."""
    if not deleted:
        return Act.DELETE if today >= active_until(closed_on, term) else None
    until = kept_until(closed_on, term)
    return Act.DESTROY if until is not None and today >= until else None


def years_later(day: date, years: int) -> date:
    """Return the same day ``years`` later; 1 March for 29 February of a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
