"""Tables as files, with text, numbers and dates, without formulas: a spreadsheet (XLSX) or CSV."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO, StringIO
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_STARTS = ("=", "+", "-", "@", "\t", "\r")  # first characters of formulas
_WIDTHS = (8, 60)
_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LONGEST_CELL: Final = 32_767  # letters that a cell holds
_EMPTY_ROWS: Final = 1000  # below a form, with the lists of their columns
Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """What a sheet shows; ``name`` is that of the sheet, at most 31 characters."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table that people fill in: what belongs there, and which values it may have.

    ``choices`` are values with their meaning ("": it is plain); ``whole``: they are whole numbers.
    """

    name: str
    help: str | Promise
    choices: Mapping[str, str | Promise] = field(default_factory=dict)
    whole: bool = False


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
    book = Workbook(written, _OPTIONS)
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
        sheet.set_column(column, column, _width(name, [row[column] for row in table.rows]))
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


def _width(name: str, values: Sequence[Cell]) -> int:
    """Return the width of a column in letters of the usual size."""
    low, high = _WIDTHS
    longest = max((len(str(value or "")) for value in values), default=0)
    return min(max(longest, len(name), low), high)


def form_of(name: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> bytes:
    """Return an XLSX workbook to be filled in: a sheet ``name`` with its heads in the first row.

    A second sheet says what belongs in each column. Cells are text, so that a spreadsheet keeps
    what is typed; the texts of ``rows`` are ``safe`` already, and none is longer than
    ``LONGEST_CELL``.
    """
    from xlsxwriter import Workbook

    written = BytesIO()
    book = Workbook(written, _OPTIONS)
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    whole = book.add_format({"num_format": "0", "valign": "top", "align": "left"})
    sheet = book.add_worksheet(name)
    for place, column in enumerate(columns):
        values = [row[place] for row in rows]
        width = _width(column.name, values)
        sheet.set_column(place, place, width, whole if column.whole else text)
        sheet.write_string(0, place, column.name, bold)
        for line, value in enumerate(values, 1):
            if column.whole and value.isdigit():
                sheet.write_number(line, place, int(value), whole)
            elif value:
                sheet.write_string(line, place, value, text)
        _offer(sheet, place, column, len(rows) + _EMPTY_ROWS)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:Z1048576"})
    _explain(book, columns, bold, text)
    book.close()
    return written.getvalue()


def _offer(sheet: Any, place: int, column: Column, last: int) -> None:
    """Let the cells of a column be chosen from its list."""
    if column.choices:
        rule = {
            "validate": "list",
            "source": list(column.choices),
            "error_title": column.name,
            "error_message": _("Pilih dari daftar."),
        }
        sheet.data_validation(1, place, last, place, rule)


def _explain(book: Any, columns: Sequence[Column], bold: Any, text: Any) -> None:
    """Write the sheet that says what belongs in each column."""
    lines: list[tuple[str, str]] = []
    for column in columns:
        lines.append((column.name, str(column.help)))
        lines += [("", f"{value}: {label}") for value, label in column.choices.items() if label]
    sheet = book.add_worksheet(_("Petunjuk"))
    sheet.set_column(0, 0, 16, text)
    sheet.set_column(1, 1, 90, text)
    sheet.write_row(0, 0, (_("Kolom"), _("Isi")), bold)
    for number, line in enumerate(lines, 1):
        sheet.write_row(number, 0, line, text)
