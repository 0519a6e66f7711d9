"""Tables as files, with text, numbers and dates, without formulas: a spreadsheet (XLSX) or CSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import Any

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_STARTS = ("=", "+", "-", "@", "\t", "\r")  # first characters of formulas
_WIDTHS = (8, 60)
Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """What a sheet shows; ``name`` is that of the sheet, at most 31 characters."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    name: str = ""


def safe(text: str) -> str:
    """Return ``text`` escaped against formula injection, also when saved as CSV."""
    return f"'{text}" if text.startswith(_STARTS) else text


def comma_separated(head: Sequence[str], rows: Sequence[Sequence[str | date | None]]) -> bytes:
    """Return the table as CSV in UTF-8 with its mark, so that spreadsheets read it; days in ISO."""
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow([safe(name) for name in head])
    for row in rows:
        lines.writerow([safe(str(value or "")) for value in row])
    return written.getvalue().encode("utf-8-sig")


def workbook(title: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return an XLSX workbook with one sheet: title, column names, rows."""
    return workbook_of([Table(title, head, rows)])


def workbook_of(tables: Sequence[Table]) -> bytes:
    """Return an XLSX workbook with a sheet for each table."""
    from xlsxwriter import Workbook

    written = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(written, options)
    for table in tables:
        _write(book, table)
    book.close()
    return written.getvalue()


def _write(book: Any, table: Table) -> None:
    bold = book.add_format({"bold": True})
    names = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    text_format = book.add_format({"text_wrap": True, "valign": "top"})
    top = book.add_format({"valign": "top"})
    day = book.add_format({"num_format": "dd-mm-yyyy", "valign": "top", "align": "left"})
    sheet = book.add_worksheet(table.name or None)
    sheet.write_string(0, 0, safe(table.title), bold)
    for column, name in enumerate(table.head):
        sheet.write_string(2, column, safe(name), names)
        longest = max((len(str(row[column] or "")) for row in table.rows), default=0)
        low, high = _WIDTHS
        sheet.set_column(column, column, min(max(longest, len(name), low), high))
    for line, row in enumerate(table.rows, start=3):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            elif isinstance(value, int | float):
                sheet.write_number(line, column, value, top)
            elif value:
                sheet.write_string(line, column, safe(value), text_format)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_footer("&C&P / &N")
