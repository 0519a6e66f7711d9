"""Reads the texts of one sheet of an uploaded workbook (XLSX) in the sandbox (docs/adr/0078).

Values are those that the spreadsheet computed last. What has no plain text (dates, TRUE and FALSE,
errors, merged cells) is refused by row and column: a law must not depend on a guess.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.sandbox import SandboxLimitExceeded, run_in_sandbox
from workflow.tomlfile import FileFault, FileFaults

logger = logging.getLogger(__name__)
Row = tuple[int, list[str]]  # the number that the spreadsheet shows, and the texts of its cells
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO 2.3.4.4
# More would take longer than the sandbox allows; an archive that states less ends there.
_MOST_UNFOLDED: Final = 32 * 1024 * 1024  # bytes
_LONGEST_TEXT: Final = 1024 * 1024  # letters of all cells
_LONGEST_ANSWER = 8 * _LONGEST_TEXT  # bytes: JSON writes a letter in up to six, and counts rows
_MOST_FAULTS = 200  # that a page lists

_FILE: dict[str, str | Promise] = {
    "old": _(
        "buku kerja bentuk lama (.xls): buka di aplikasi lembar kerja, lalu simpan sebagai XLSX"
    ),
    "locked": _("buku kerja ini dikunci dengan kata sandi: simpan tanpa kata sandi"),
    "macros": _("buku kerja ini memuat makro: simpan sebagai XLSX tanpa makro"),
    "unreadable": _(
        "bukan buku kerja XLSX yang utuh: buka di aplikasi lembar kerja, lalu simpan sebagai XLSX"
    ),
    "hidden": _("semua lembar tersembunyi: tampilkan lembar yang memuat tabel"),
    "too_long": _("lembar ini memuat lebih dari 1 MB teks"),
    "too_heavy": _(
        "buku kerja ini terlalu besar setelah dibuka: salin tabelnya saja ke buku kerja baru, "
        "tanpa baris kosong yang berformat"
    ),
}
_CELL: dict[str, str | Promise] = {
    "date": _("berisi tanggal atau jam: beri sel format Teks, lalu ketik isinya lagi"),
    "flag": _("berisi TRUE atau FALSE: tulis sebagai kata"),
    "error": _("berisi kesalahan rumus"),
    "formula": _(
        "berisi rumus tanpa hasil: buka dan simpan di aplikasi lembar kerja, atau tempel nilainya"
    ),
    "merged": _("sel ini digabung dengan sel lain: pisahkan, lalu isi setiap sel"),
}
_KINDS: Final = {"d": "date", "b": "flag", "e": "error"}  # openpyxl.cell.Cell.data_type


def is_workbook(content: bytes) -> bool:
    """Whether the file is a workbook of any kind, by its first bytes; its name is no promise."""
    return content.startswith((_ZIP, _OLE))


def sheet_rows(content: bytes, path: Path, *, sheet: str, most: int) -> list[Row]:
    """Return the rows that are not empty, of the sheet with this name, else of the first one shown.

    At most ``most`` rows and one, so that the caller can say that there are too many. Rows and
    columns that are hidden count like others. Raises ``FileFault`` naming row and column.
    """
    import openpyxl  # noqa: F401  before the fork, so that each need not import it anew

    if content.startswith(_OLE):
        raise FileFault(path, "", _FILE["locked" if _LOCKED in content else "old"])
    try:
        found = run_in_sandbox(lambda: _read(content, sheet, most), longest=_LONGEST_ANSWER)
    except SandboxLimitExceeded:
        found = {"refused": "too_heavy"}
    if found["refused"] == "too_heavy":
        logger.warning("upload refused: workbook_too_heavy")
    if found["refused"]:
        raise FileFault(path, "", _FILE[found["refused"]])
    if found["faults"]:
        raise FileFaults(
            path, [FileFault(path, name, _CELL[code], row) for row, name, code in found["faults"]]
        )
    return [(number, texts) for number, texts in found["rows"]]


def _read(content: bytes, name: str, most: int) -> dict[str, Any]:
    """Return rows, faults of cells, and the code of what is wrong with the whole ("": nothing)."""
    warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out, such as drawings
    rows: list[Row] = []
    faults: list[tuple[int, str, str]] = []
    refused = ""
    try:
        parts = ZipFile(BytesIO(content)).infolist()
        if any(part.filename.endswith("vbaProject.bin") for part in parts):
            refused = "macros"
        elif sum(part.file_size for part in parts) > _MOST_UNFOLDED:
            refused = "too_heavy"
        elif (sheet := _sheet(content, name, values=False)) is None:
            refused = "hidden"
        else:
            results = _results(content, sheet)
            for number, cells in _filled(sheet, most):
                heads = rows[0][1] if rows else []
                texts, wrong = _texts(cells, results)
                faults += [(number, _column(place, heads), code) for place, code in wrong]
                rows.append((number, texts))
            faults += _merged(sheet, rows)
            if sum(len(text) for _number, texts in rows for text in texts) > _LONGEST_TEXT:
                refused = "too_long"
    except MemoryError:
        raise
    except Exception:  # a malformed workbook may raise anything; it is not readable
        refused = "unreadable"
    if refused:
        rows, faults = [], []
    return {"refused": refused, "rows": rows, "faults": faults[:_MOST_FAULTS]}


def _sheet(content: bytes, name: str, *, values: bool) -> Any:
    """Return the sheet, with formulas or with the ``values`` they had; ``None``: none is shown."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), data_only=values, keep_links=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return next((sheet for sheet in shown if sheet.title == name), shown[0] if shown else None)


def _results(content: bytes, sheet: Any) -> Any:
    """Return the sheet with the results of its formulas; the same one if it has none."""
    if any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row):
        return _sheet(content, sheet.title, values=True)
    return sheet


def _filled(sheet: Any, most: int) -> Iterator[tuple[int, Any]]:
    """Yield the rows with their numbers that have a value, ``most`` and one of them at most."""
    left = most
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if any(cell.value is not None for cell in cells):
            yield number, cells
            if not left:
                return
            left -= 1


def _texts(cells: Any, results: Any) -> tuple[list[str], list[tuple[int, str]]]:
    """Return the texts of a row, and the place and fault of each cell that has none."""
    texts: list[str] = []
    wrong: list[tuple[int, str]] = []
    for place, typed in enumerate(cells):
        cell = results[typed.coordinate] if typed.data_type == "f" else typed
        code = _KINDS.get(cell.data_type, "")
        if typed.data_type == "f" and cell.value is None:
            code = "formula"
        if code:
            wrong.append((place, code))
        texts.append("" if code or cell.value is None else _text(cell.value))
    while texts and not texts[-1]:
        texts.pop()
    return texts, wrong


def _text(value: str | int | float) -> str:
    """Return what the cell says; a spreadsheet computes numbers with fifteen figures."""
    if isinstance(value, str):
        return value.replace("_x000D_", "\r")  # so Excel writes a carriage return
    return format(value, ".15g") if isinstance(value, float) else str(value)


def _merged(sheet: Any, rows: list[Row]) -> Iterator[tuple[int, str, str]]:
    """Yield the merged cells that hold a value."""
    heads = rows[0][1] if rows else []
    for cells in sheet.merged_cells.ranges:
        if sheet.cell(cells.min_row, cells.min_col).value is not None:
            yield cells.min_row, _column(cells.min_col - 1, heads), "merged"


def _column(place: int, heads: list[str]) -> str:
    """Return the name in the first row, else the letter that the spreadsheet shows."""
    from openpyxl.utils import get_column_letter

    return (heads[place].strip() if place < len(heads) else "") or get_column_letter(place + 1)
