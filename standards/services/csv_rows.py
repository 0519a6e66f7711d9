"""The rows of a table (CSV) with the numbers that a spreadsheet shows; faults name both."""

from __future__ import annotations

import csv
from collections.abc import Collection
from io import StringIO
from itertools import zip_longest
from pathlib import Path

from django.utils.translation import gettext as _

from documents.spreadsheets import safe
from standards.domain.standard_file import MOST_ALL
from workflow.tomlfile import FileFault


def rows_of(
    content: bytes,
    path: Path,
    columns: Collection[str],
    required: Collection[str],
    most: int = MOST_ALL,
) -> list[tuple[int, dict[str, str]]]:
    """Return the rows below the heads with their numbers, by column; empty ones are left out.

    UTF-8, separated by commas or semicolons. The sign that keeps a spreadsheet from taking words
    for a formula is taken away. Raises ``FileFault``: no UTF-8, no CSV, a column that is not among
    ``columns`` or twice, one of ``required`` that is missing, too many rows, words beside them.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = _("bukan teks UTF-8: simpan lembar kerja sebagai “CSV UTF-8”")
        raise FileFault(path, "", what, 1) from error
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    found: list[list[str]] = []
    try:
        found += csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:  # also a quotation mark that is never closed
        raise FileFault(path, "", _("bukan CSV yang benar"), len(found) + 1) from error
    names = [cell.strip().lower() for cell in found[0]] if found else []
    for name in names:
        if name not in columns or names.count(name) > 1:
            raise FileFault(path, name[:40], _("kolom ini tidak dikenal atau tertulis dua kali"), 1)
    for name in required:
        if name not in names:
            raise FileFault(path, name, _("kolom ini harus ada"), 1)
    if len(found) > most:
        what = _("lebih dari %(most)s baris") % {"most": most}
        raise FileFault(path, "", what, most + 1)
    rows = [
        (number, cells) for number, cells in enumerate(found[1:], 2) if any(map(str.strip, cells))
    ]
    for number, cells in rows:
        if any(map(str.strip, cells[len(names) :])):
            what = _("ada isi di luar kolom: beri tanda petik pada teks yang memuat pemisah kolom")
            raise FileFault(path, "", what, number)
    return [
        (number, dict(zip_longest(names, map(_word, cells[: len(names)]), fillvalue="")))
        for number, cells in rows
    ]


def _word(cell: str) -> str:
    rest = cell[1:]
    return rest if cell.startswith("'") and (rest.startswith("'") or safe(rest) != rest) else cell
