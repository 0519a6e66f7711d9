"""Figures in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from boards.selectors.past import ServiceFigures
from standards.models import TermUnit
from workflow.formats import decimal


def in_days(value: float | None, unit: str) -> str:
    """Return "2,5 hari kerja"; "" for nothing, "hari yang sama" for no day used up."""
    if value is None:
        return ""
    if value == 0:
        return _("hari yang sama")
    return f"{decimal(value)} {TermUnit(unit).label}"


def usual(figures: ServiceFigures) -> tuple[str, str]:
    """Return what half and what nine of ten files did not exceed."""
    return in_days(figures.median, figures.unit), in_days(figures.most, figures.unit)
