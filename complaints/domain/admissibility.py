"""Is it a complaint or a suggestion? The rules of the standards, each with its ground.

Nothing is thrown away: what is not a complaint is a suggestion and gets an answer of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Kind(StrEnum):
    """As what a report is taken."""

    COMPLAINT = "pengaduan"
    SUGGESTION = "saran"
    OFFICER_DECIDES = "diputuskan_petugas"  # late: it *may* be treated as a suggestion


class Ground(StrEnum):
    """Why a report is not simply a complaint (component "penanganan pengaduan")."""

    NO_IDENTITY = "tanpa_identitas"
    NO_MATTER = "tanpa_materi"
    TOO_LATE = "lewat_batas"


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a report when it comes in.

    ``served_on`` is the day on which the service was received, where the office stands; without
    one (the service never came) nothing can be too late.
    """

    has_identity: bool
    has_matter: bool
    received_at: datetime
    served_on: date | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """As what the report is taken, why, and how many days after the service it came."""

    kind: Kind
    grounds: tuple[Ground, ...] = ()
    days_after: int | None = None


def assess(report: Report, *, limit_days: int, zone: ZoneInfo) -> Assessment:
    """Return as what ``report`` is taken.

    ``limit_days`` calendar days after the service was received are still in time (30 in the
    standards of all offices so far); the days begin and end where the office stands.
    """
    days = None
    if report.served_on is not None:
        days = (report.received_at.astimezone(zone).date() - report.served_on).days
    missing = tuple(
        ground
        for ground, given in (
            (Ground.NO_IDENTITY, report.has_identity),
            (Ground.NO_MATTER, report.has_matter),
        )
        if not given
    )
    if missing:
        return Assessment(Kind.SUGGESTION, missing, days)
    if days is not None and days > limit_days:
        return Assessment(Kind.OFFICER_DECIDES, (Ground.TOO_LATE,), days)
    return Assessment(Kind.COMPLAINT, (), days)
