"""Periods in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.domain.periods import Period, Rhythm
from workflow.domain.dates import MONTHS


def period_name(period: Period) -> str:
    """Return "Triwulan 4 tahun 2026"."""
    if period.rhythm is Rhythm.YEAR:
        return _("Tahun %(year)s") % {"year": period.year}
    if period.rhythm is Rhythm.MONTH:
        return f"{MONTHS[period.number - 1]} {period.year}"
    words = {
        Rhythm.QUARTER: _("Triwulan %(number)s tahun %(year)s"),
        Rhythm.SEMESTER: _("Semester %(number)s tahun %(year)s"),
    }[period.rhythm]
    return words % {"number": period.number, "year": period.year}
