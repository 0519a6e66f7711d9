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
from surveys.domain.index import Result
from surveys.models import FollowUp
from surveys.services.results import Figures
from surveys.tables import decimal_text, element_name

PLAN = "rencana"  # the key of the follow-up plan in the content


def recap_rows(
    office: Office, period: Period, figures: Figures, before: Sequence[FollowUp]
) -> list[list[Any]]:
    """Return the rows that regional SKM applications ask for: each service, then the agency."""
    done = sum(row.done_on is not None for row in before)
    share = round(100 * done / len(before)) if before else ""
    found: list[tuple[str, Result]] = [(service.name, one) for service, one in figures.services]
    if figures.result is not None:
        found.append((_("Seluruh layanan"), figures.result))
    rows = []
    for number, (name, result) in enumerate(found, start=1):
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
                _("Elektronik dan kertas"),
                low,
                share,
            ]
        )
    return rows


def recap_tables(known: Mapping[str, Any]) -> list[Table]:
    """Return the recap as a sheet; the plan stands in it as it was last written."""
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
        *SKM_KEYS,
        "IKM",
        _("Responden"),
        _("Metode"),
        _("Unsur yang diperbaiki"),
        _("Rencana tindak lanjut"),
        _("Tindak lanjut periode lalu selesai (%)"),
    ]
    rows = [[*row[:-1], plans, row[-1]] for row in known["facts"]["recap"]]
    return [Table(_("Rekapitulasi SKM"), head, rows, _("Rekapitulasi"))]
