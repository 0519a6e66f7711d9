"""The names of procedures where one is chosen: a copy has the name of what it was copied from."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from standards.models import Procedure
from workflow.formats import day, day_short


def told_apart(procedure: Procedure) -> str:
    """Return the name with code and state: "SOP Reklame (reklame-2, dapat diubah)"."""
    words = {
        "name": procedure,
        "code": procedure.code,
        "number": procedure.number,
        "day": frozen_on(procedure),
    }
    if procedure.published_at is None:
        return _("%(name)s (%(code)s, dapat diubah)") % words
    return _("%(name)s (%(code)s, versi %(number)s, dibekukan %(day)s)") % words


def edition(procedure: Procedure, since: date | None) -> str:
    """Return "Versi 2, berlaku mulai 1 Maret 2026"; "" of one that no standard has been set with.

    ``since`` is its first day (``ProcedureQuerySet.with_first_day``).
    """
    if procedure.number is None or since is None:
        return ""
    words = {"number": procedure.number, "day": day(since)}
    return _("Versi %(number)s, berlaku mulai %(day)s") % words


def frozen_on(procedure: Procedure) -> str:
    """Return the day at the office on which a standard froze ``procedure``; "" if none has."""
    at = procedure.published_at
    return day_short(procedure.office.local_date(at)) if at else ""
