"""The recap of a survey report for the agency above: a row a service, and one for the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Office
from documents.spreadsheets import Table
from reports.domain import content
from reports.domain.periods import Period
from reports.wording import period_name
from surveys.domain.elements import SKM_KEYS
from surveys.domain.follow_up import share_done
from surveys.domain.groups import Groups
from surveys.domain.index import Result
from surveys.models import FollowUp, Response
from surveys.services.results import Figures
from surveys.tables import decimal_text, element_name

PLAN = "rencana"  # the key of the follow-up plan in the content


def recap_rows(
    office: Office, period: Period, figures: Figures, before: Sequence[FollowUp]
) -> list[list[Any]]:
    """Return the rows that regional SKM applications ask for: each service, then the agency.

    Plans are the agency's: how much of the last ones is done stands in its row alone.
    """
    found: list[tuple[str, Result, str]] = [
        (service.name, one, _ways(figures.ways[service.pk])) for service, one in figures.services
    ]
    if figures.result is not None:
        found.append((_("Seluruh layanan"), figures.result, _ways(figures.groups["source"])))
    done = sum(row.done_on is not None for row in before)
    rows = []
    for number, (name, result, ways) in enumerate(found, start=1):
        values = {one.key: decimal_text(one.value) for one in result.elements}
        low = ", ".join(element_name(figures, one) for one in result.lowest())
        rows.append(
            [
                number,
                office.name,
                period_name(period),
                name,
                *(values.get(key, "") for key in SKM_KEYS),
                decimal_text(result.index),
                result.respondents,
                ways,
                low,
                share_done(done, len(before)) if before and number == len(found) else "",
            ]
        )
    return rows


def _ways(found: Groups) -> str:
    """Return how people answered; a way that fewer than five took is not named."""
    names = [str(label) for code, label in Response.Source.choices if code in found.shown]
    if found.hidden:
        names.append(_("cara lain") if names else _("tidak dirinci"))
    return ", ".join(names)


def recap_tables(known: Mapping[str, Any]) -> list[Table]:
    """Return the recap as a sheet; the plan stands in the last row, as it was last written."""
    plans = "; ".join(
        f"{row[1]}: {row[3]}"
        for block in content.blocks(known)
        if block.get("key") == PLAN
        for row in block["rows"]
        if row[3]
    )
    head = [
        _("Nomor"),
        _("Unit penyelenggara"),
        _("Periode"),
        _("Jenis pelayanan"),
        *_elements(),
        "IKM",
        _("Responden"),
        _("Metode"),
        _("Unsur yang diperbaiki"),
        _("Rencana tindak lanjut"),
        _("Tindak lanjut periode lalu selesai (%)"),
    ]
    facts = known["facts"]["recap"]
    rows = [
        [*row[:-1], plans if nth == len(facts) else "", row[-1]]
        for nth, row in enumerate(facts, start=1)
    ]
    return [Table(_("Rekapitulasi SKM"), head, rows, _("Rekapitulasi"))]


def _elements() -> list[str]:
    """Return the names of the nine elements in the regulation, in the order of the rows."""
    names = {
        "persyaratan": _("Persyaratan"),
        "prosedur": _("Sistem, mekanisme, dan prosedur"),
        "waktu": _("Waktu penyelesaian"),
        "biaya": _("Biaya/tarif"),
        "produk": _("Produk spesifikasi jenis pelayanan"),
        "kompetensi": _("Kompetensi pelaksana"),
        "perilaku": _("Perilaku pelaksana"),
        "sarana": _("Sarana dan prasarana"),
        "pengaduan": _("Penanganan pengaduan, saran dan masukan"),
    }
    return [names[key] for key in SKM_KEYS]
