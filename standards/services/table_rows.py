"""The rows of an uploaded table (XLSX or CSV) with the numbers that a spreadsheet shows.

Both kinds come to the same rows; what is wrong is named by row and column.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from io import StringIO
from itertools import zip_longest
from pathlib import Path

from django.utils.translation import gettext as _

from documents.spreadsheets import safe
from documents.workbooks import Row, is_workbook, sheet_rows
from workflow.tomlfile import FileFault


def table_rows(content: bytes, path: Path, *, most: int, sheet: str = "") -> list[Row]:
    """Return the rows that are not empty, the heads first.

    A workbook is read from its sheet of this name, else from the first one; CSV is UTF-8, separated
    by commas or semicolons. Raises ``FileFault`` for what is neither, or more than ``most`` rows.
    """
    if is_workbook(content):
        read = sheet_rows(content, path, sheet=sheet, most=most)
    else:
        read = _csv_rows(content, path)
    found = [(number, cells) for number, cells in read if any(map(str.strip, cells))]
    if len(found) > most:
        what = _("lebih dari %(most)s baris") % {"most": most}
        raise FileFault(path, "", what, found[most][0])
    return found


def _csv_rows(content: bytes, path: Path) -> list[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = _("bukan XLSX dan bukan teks UTF-8: simpan lembar kerja sebagai XLSX")
        raise FileFault(path, "", what, 1) from error
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    found: list[list[str]] = []
    try:
        found += csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:  # also a quotation mark that is never closed
        raise FileFault(path, "", _("bukan CSV yang benar"), len(found) + 1) from error
    return list(enumerate(found, 1))


def heads_of(found: Sequence[Row]) -> list[str]:
    """Return the names of the columns of a table, in small letters."""
    return [cell.strip().lower() for cell in found[0][1]] if found else []


def by_column(
    found: Sequence[Row], path: Path, columns: Collection[str], required: Collection[str]
) -> list[tuple[int, dict[str, str]]]:
    """Return the rows below the heads with their numbers, by column.

    The sign that keeps a spreadsheet from taking words for a formula is taken away. Raises
    ``FileFault``: a column that is not among ``columns`` or twice, one of ``required`` that is
    missing, words beside the columns.
    """
    names = heads_of(found)
    top = found[0][0] if found else 1
    for name in names:
        if name not in columns or names.count(name) > 1:
            what = _("kolom ini tidak dikenal atau tertulis dua kali")
            raise FileFault(path, name[:40], what, top)
    for name in required:
        if name not in names:
            raise FileFault(path, name, _("kolom ini harus ada"), top)
    for number, cells in found[1:]:
        if any(map(str.strip, cells[len(names) :])):
            what = _("ada isi di luar kolom: beri tanda petik pada teks yang memuat pemisah kolom")
            raise FileFault(path, "", what, number)
    return [
        (number, dict(zip_longest(names, map(_word, cells[: len(names)]), fillvalue="")))
        for number, cells in found[1:]
    ]


def guarded(cell: str) -> str:
    """Keep spreadsheets from taking words for a formula; ``by_column`` takes the sign away."""
    return f"'{cell}" if cell.startswith("'") else safe(cell)


def _word(cell: str) -> str:
    rest = cell[1:]
    return rest if cell.startswith("'") and (rest.startswith("'") or safe(rest) != rest) else cell
