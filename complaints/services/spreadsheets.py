"""Tables as a spreadsheet with text and dates, without formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STARTS = ("=", "+", "-", "@", "\t", "\r")  # first characters of formulas
_WIDTHS = (8, 60)


def safe(text: str) -> str:
    """Return ``text`` escaped against formula injection, also when saved as CSV."""
    return f"'{text}" if text.startswith(_STARTS) else text


def workbook(title: str, head: Sequence[str], rows: Sequence[Sequence[str | date | None]]) -> bytes:
    """Return an XLSX workbook with one sheet: title, column names, rows."""
    from xlsxwriter import Workbook

    written = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(written, options)
    bold = book.add_format({"bold": True})
    names = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    text_format = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd-mm-yyyy", "valign": "top", "align": "left"})
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, safe(title), bold)
    for column, name in enumerate(head):
        sheet.write_string(2, column, safe(name), names)
        longest = max((len(str(row[column] or "")) for row in rows), default=0)
        low, high = _WIDTHS
        sheet.set_column(column, column, min(max(longest, len(name), low), high))
    for line, row in enumerate(rows, start=3):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            elif value:
                sheet.write_string(line, column, safe(value), text_format)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_footer("&C&P / &N")
    book.close()
    return written.getvalue()
