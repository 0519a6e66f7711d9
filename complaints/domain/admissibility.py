"""Rules that classify a report as a complaint or a suggestion, each with its ground.

Every report is registered. A report that is not a complaint is a suggestion and is answered too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Kind(StrEnum):
    """How a report is classified."""

    COMPLAINT = "pengaduan"
    SUGGESTION = "saran"
    OFFICER_DECIDES = "diputuskan_petugas"  # late: an officer may treat it as a suggestion


class Ground(StrEnum):
    """Why a report is not simply a complaint (component "penanganan pengaduan")."""

    NO_IDENTITY = "tanpa_identitas"
    NO_MATTER = "tanpa_materi"
    TOO_LATE = "lewat_batas"


@dataclass(frozen=True, slots=True)
class Report:
    """Facts about a report at the time of receipt.

    ``served_on`` is the local day on which the service was received. ``None``: the service was
    not received, and the report cannot be too late.
    """

    has_identity: bool
    has_matter: bool
    received_at: datetime
    served_on: date | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The classification, its grounds, and the days between the service and the report."""

    kind: Kind
    grounds: tuple[Ground, ...] = ()
    days_after: int | None = None


def assess(report: Report, *, limit_days: int, zone: ZoneInfo) -> Assessment:
    """Return the classification of ``report``.

    ``limit_days``: calendar days after the service within which a report is in time (30 in the
    standards of all offices so far). Days are counted in ``zone``, the time zone of the office.
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
