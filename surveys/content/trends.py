"""The index of one questionnaire over several periods, as the report shows it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reports.domain import content
from reports.domain.content import Block
from reports.domain.periods import Period, Rhythm
from reports.wording import period_name
from surveys.services.results import Figures
from surveys.tables import decimal_text


def trend_blocks(trend: Sequence[Figures], *, graded: bool = True) -> list[Block]:
    """Return line and table of the periods that have an index; ``trend`` begins with the latest.

    ``graded``: with the grades of PermenPAN-RB 14/2017, which are those of SKM.
    """
    known = [(one.period, one.result) for one in reversed(trend) if one.result is not None]
    if not known:
        return []
    points = [(_mark(one), float(found.index), decimal_text(found.index)) for one, found in known]
    head = [_("Periode"), _("Indeks"), *([_("Mutu")] if graded else []), _("Jawaban")]
    rows = [
        [
            period_name(one),
            decimal_text(found.index),
            *([found.grade] if graded else []),
            found.respondents,
        ]
        for one, found in known
    ]
    return [
        content.line(_("Indeks setiap periode"), points),
        content.table(_("Tren indeks"), head, rows),
    ]


def _mark(period: Period) -> str:
    """Return the period as short as the axis of a chart takes it: "2026", or "26/4"."""
    if period.rhythm is Rhythm.YEAR:
        return str(period.year)
    return f"{period.year % 100}/{period.number}"
