"""The names of procedures where one is chosen: a copy has the name of what it was copied from."""

from __future__ import annotations

from django.utils.translation import gettext as _

from standards.models import Procedure
from workflow.formats import day_short


def told_apart(procedure: Procedure) -> str:
    """Return the name with code and state: "SOP Reklame (reklame-2, dapat diubah)"."""
    words = {"name": procedure, "code": procedure.code, "day": frozen_on(procedure)}
    if procedure.published_at is None:
        return _("%(name)s (%(code)s, dapat diubah)") % words
    return _("%(name)s (%(code)s, dibekukan %(day)s)") % words


def frozen_on(procedure: Procedure) -> str:
    """Return the day at the office on which a standard froze ``procedure``; "" if none has."""
    at = procedure.published_at
    return day_short(procedure.office.local_date(at)) if at else ""
