"""Periods in words."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from reports.domain.periods import Period, Rhythm


def period_name(period: Period) -> str:
    """Return "Triwulan 4 tahun 2026", or "Oktober 2026", in the active language."""
    if period.rhythm is Rhythm.YEAR:
        return _("Tahun %(year)s") % {"year": period.year}
    if period.rhythm is Rhythm.MONTH:
        return date_format(period.begins, "F Y")
    words = {
        Rhythm.QUARTER: _("Triwulan %(number)s tahun %(year)s"),
        Rhythm.SEMESTER: _("Semester %(number)s tahun %(year)s"),
    }[period.rhythm]
    return words % {"number": period.number, "year": period.year}


period_name_lazy = lazy(period_name, str)
