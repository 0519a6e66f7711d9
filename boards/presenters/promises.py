"""The promise board as its page and its data show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from boards.presenters.period import bar_names, promise_of
from boards.presenters.period_tables import days, meaning_of
from boards.selectors.past import ServiceFigures
from boards.selectors.promises import Promises, ServicePromise
from boards.wording import usual
from documents.spreadsheets import Cell, Table
from standards.models import TermUnit
from workflow.charts import Chart, bars

FORMAT = "portal-perizinan/janji"


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One service: what is promised, what is usual, how often the promise was kept."""

    name: str
    url: str
    promised: str
    usual: str
    most: str
    share: str
    meaning: str
    answered: int


def rows(promises: Promises) -> list[PromiseRow]:
    """Return a row for each service with enough files."""
    return [_row(one) for one in promises.services]


def chart(promises: Promises) -> Chart | None:
    """Return the share on time of each service as bars."""
    figures = [one.figures for one in promises.services]
    listed = [
        (name, one.share, f"{one.share}%", meaning_of(one.share))
        for name, one in zip(bar_names(figures), figures, strict=True)
        if one.share is not None
    ]
    return bars(listed) if listed else None


def title_of(promises: Promises) -> str:
    """Return the title of its spreadsheet."""
    return _("Janji layanan %(office)s") % {"office": promises.office.short_name}


def sheets(promises: Promises) -> list[Table]:
    """Return the sheets of its spreadsheet: the figures of the page as numbers."""
    head = [
        _("Layanan"),
        _("Janji"),
        _("Satuan"),
        _("Biasanya (median)"),
        _("Sembilan dari sepuluh paling lama"),
        _("Tepat waktu (%)"),
        _("Berkas dijawab"),
    ]
    lines: list[list[Cell]] = [
        [
            one.service.name,
            _promised(one),
            str(TermUnit(one.figures.unit).label),
            days(one.figures.median),
            one.figures.most,
            one.figures.share,
            one.figures.answered,
        ]
        for one in promises.services
    ]
    title = _("Janji dan kenyataan")
    found = [Table(title, head, lines, title[:31])]
    if promises.complaints is not None:
        names = [_("Pengaduan dijawab tepat waktu (%)"), _("Dari berapa pengaduan")]
        answered: list[list[Cell]] = [[promises.complaints, promises.answered]]
        found.append(Table(_("Pengaduan"), names, answered, _("Pengaduan")))
    return found


def _promised(one: ServicePromise) -> Cell:
    """Return what was promised: a number, or a range as words."""
    counted = promise_of(one.figures)
    printed = one.printed.get(counted, "") if isinstance(counted, int) else ""
    return counted if printed in ("", str(counted)) else printed


def document(promises: Promises) -> dict[str, Any]:
    """Return the same figures as open data; its shape has a name and a version."""
    return {
        "format": FORMAT,
        "versi": 1,
        "kantor": promises.office.name,
        "sejak": promises.first.isoformat(),
        "dihitung": promises.counted_at.isoformat() if promises.counted_at else None,
        "baris": [_record(one.service.slug, one.figures) for one in promises.services],
        "pengaduan_tepat_waktu_persen": promises.complaints,
    }


def _record(slug: str, figures: ServiceFigures) -> dict[str, Any]:
    promised: Sequence[int] = sorted(figures.promises)
    return {
        "layanan": slug,
        "satuan": figures.unit,
        "janji": list(promised),
        "berkas_dijawab": figures.answered,
        "tepat_waktu_persen": figures.share,
        "median": figures.median,
        "persentil_90": figures.most,
    }


def _row(one: ServicePromise) -> PromiseRow:
    figures = one.figures
    half, most = usual(figures)
    unit = str(TermUnit(figures.unit).label)
    promised = [f"{one.printed.get(days, days)} {unit}" for days in sorted(figures.promises)]
    return PromiseRow(
        name=one.service.name,
        url=one.service.get_absolute_url(),
        promised=", ".join(promised),
        usual=half,
        most=most,
        share="" if figures.share is None else f"{figures.share}%",
        meaning=meaning_of(figures.share),
        answered=figures.answered,
    )
