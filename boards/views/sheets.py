"""A board as a download for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.text import slugify

from documents.spreadsheets import XLSX, Table, workbook_of


def spreadsheet(title: str, tables: Sequence[Table]) -> HttpResponse:
    """Return the tables as an XLSX file that nobody's browser keeps."""
    headers = {
        "Content-Disposition": f'attachment; filename="{slugify(title)}.xlsx"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(workbook_of(tables), content_type=XLSX, headers=headers)
