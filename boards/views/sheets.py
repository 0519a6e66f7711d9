"""A board as a download for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from documents.spreadsheets import XLSX, Table, workbook_of
from workflow.formats import moment


def spreadsheet(
    title: str, counted: datetime | None, zone: ZoneInfo, tables: Sequence[Table]
) -> HttpResponse:
    """Return the tables as an XLSX file that nobody's browser keeps; each says as of when it is."""
    asof = title
    if counted is not None:
        asof = _("%(title)s, per %(at)s") % {"title": title, "at": moment(counted, zone)}
    headers = {
        "Content-Disposition": f'attachment; filename="{slugify(title)}.xlsx"',
        "Cache-Control": "private, no-store",
    }
    dated = [replace(table, title=f"{asof}: {table.title}") for table in tables]
    return HttpResponse(workbook_of(dated), content_type=XLSX, headers=headers)
