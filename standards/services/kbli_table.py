"""Business lines and the pairs of two editions from a table: docs/operations.md.

A table of lines has the columns kode, edisi, judul; one of pairs kode_lama, edisi_lama, kode_baru,
edisi_baru. It is read, compared with what is known, and stored; what is wrong is named by row and
column, and then nothing is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.identifiers import is_kbli
from accounts.domain.text import clean_line
from documents.spreadsheets import Column, form_of
from standards.models import Kbli, KbliSuccessor
from standards.services.search_index import index_line
from standards.services.table_rows import by_column, guarded, heads_of, table_rows
from workflow.tomlfile import FileFault, FileFaults

_FIGURES = gettext_lazy("Lima angka, sebagai teks supaya angka 0 di depan tidak hilang.")
_YEAR = gettext_lazy("Tahun edisi, misalnya 2020 atau 2025.")
LINES: Final = (
    Column("kode", _FIGURES),
    Column("edisi", _YEAR, whole=True),
    Column("judul", gettext_lazy("Judul pada edisi itu, paling panjang 250 huruf.")),
)
PAIRS: Final = (
    Column("kode_lama", _FIGURES),
    Column("edisi_lama", _YEAR, whole=True),
    Column("kode_baru", _FIGURES),
    Column("edisi_baru", _YEAR, whole=True),
)
_EDITIONS: Final = range(1990, 2101)
_TITLE: Final = 250
_MOST: Final = 20_000  # rows; an edition has some 1,800 codes
_Key = tuple[str, int]
_Rows = list[tuple[int, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class KbliTable:
    """The rows of a table with their numbers, by column; ``pairs``: it is one of pairs."""

    name: str
    rows: _Rows
    pairs: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What a table would change; nothing of it is stored yet.

    ``retitled`` are known lines with the title they had, ``completed`` known ones that become part
    of a whole list, ``unchanged`` the rows of the table that change nothing.
    """

    lines: list[Kbli] = field(default_factory=list)
    pairs: list[KbliSuccessor] = field(default_factory=list)
    retitled: list[tuple[Kbli, str]] = field(default_factory=list)
    completed: list[Kbli] = field(default_factory=list)
    unchanged: list[Kbli | KbliSuccessor] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lines or self.pairs or self.retitled or self.completed)


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were added, how many known titles were changed."""

    added: int
    changed: int = 0


@transaction.atomic
def import_kbli(content: bytes, name: str, *, on: date, whole: bool = False) -> Imported:
    """Add the lines or pairs of a table that are not known yet; a title becomes that of the table.

    ``whole``: the table has every line of the divisions (first two figures) that it names, so that
    an answer that is none of them can be refused. The catalogue finds them ``on`` that day. Raises
    ``FileFaults`` with everything that is wrong, or ``FileFault`` for what is no such table.
    """
    return store(changes_of(read_kbli(content, name), whole=whole), on=on)


def read_kbli(content: bytes, name: str) -> KbliTable:
    """Return the rows of a file (XLSX or CSV); which table it is say its columns.

    Raises ``FileFault``.
    """
    path = _path(name)
    found = table_rows(content, path, most=_MOST)
    pairs = "kode_lama" in heads_of(found)
    names = [column.name for column in (PAIRS if pairs else LINES)]
    return KbliTable(path.name, by_column(found, path, names, names), pairs)


def changes_of(table: KbliTable, *, whole: bool) -> Changes:
    """Return what the table would change today; nothing is stored.

    Raises ``FileFaults`` with everything that is wrong.
    """
    path = _path(table.name)
    if not table.pairs:
        return _lines(table.rows, path, whole=whole)
    if whole:
        raise FileFault(path, "", _("tabel padanan tidak memuat daftar kode yang lengkap"), 1)
    return _pairs(table.rows, path)


@transaction.atomic
def store(changes: Changes, *, on: date) -> Imported:
    """Store the changes and write the entries of the search anew; somebody may have been first."""
    Kbli.objects.bulk_create(
        changes.lines,
        update_conflicts=True,
        unique_fields=["code", "edition"],
        update_fields=["title", "listed"],
    )
    retitled = [line for line, _earlier_title in changes.retitled]
    Kbli.objects.bulk_update(retitled, ["title"])
    Kbli.objects.bulk_update(changes.completed, ["listed"])
    KbliSuccessor.objects.bulk_create(
        changes.pairs,
        update_conflicts=True,
        unique_fields=["earlier", "later"],
        update_fields=["later"],  # a pair has nothing else: it stays, and its key is known
    )
    for line in Kbli.objects.exclude(services=None).distinct().order_by("pk"):
        index_line(line, on=on)
    return Imported(len(changes.lines) + len(changes.pairs), len(retitled))


def lines_xlsx() -> bytes:
    """Return every line as a workbook that can be imported again."""
    rows = Kbli.objects.order_by("edition", "code").values_list("code", "edition", "title")
    table = [[code, str(edition), guarded(title)] for code, edition, title in rows]
    return form_of("KBLI", LINES, table)


def pairs_xlsx() -> bytes:
    """Return every pair as a workbook that can be imported again."""
    columns = ("earlier__code", "earlier__edition", "later__code", "later__edition")
    rows = KbliSuccessor.objects.order_by(*columns).values_list(*columns)
    return form_of("Padanan", PAIRS, [[str(cell) for cell in row] for row in rows])


def _path(name: str) -> Path:
    return Path("impor") / (Path(name).name or "kbli")


def _lines(rows: _Rows, path: Path, *, whole: bool) -> Changes:
    faults: list[FileFault] = []
    given: dict[_Key, str] = {}
    for number, cells in rows:
        key = _key(cells, "kode", "edisi", path, number, faults)
        title = clean_line(cells["judul"])
        if not title or len(title) > _TITLE:
            what = _("tulis judul, paling panjang %(most)s huruf") % {"most": _TITLE}
            faults.append(FileFault(path, "judul", what, number))
        if key in given:
            faults.append(FileFault(path, "kode", _("kode ini tertulis dua kali"), number))
        if key is not None:
            given[key] = title
    if faults:
        raise FileFaults(path, faults)
    known = {(row.code, row.edition): row for row in Kbli.objects.all()}
    changes = Changes()
    for (code, edition), title in given.items():
        row = known.get((code, edition))
        if row is None:
            changes.lines.append(Kbli(code=code, edition=edition, title=title, listed=whole))
            continue
        if row.title == title and whole <= row.listed:
            changes.unchanged.append(row)
        if row.title != title:
            changes.retitled.append((row, row.title))
            row.title = title
        if whole > row.listed:
            changes.completed.append(row)
            row.listed = True
    return changes


def _pairs(rows: _Rows, path: Path) -> Changes:
    faults: list[FileFault] = []
    lines = {(row.code, row.edition): row for row in Kbli.objects.all()}
    given: dict[tuple[int, int], KbliSuccessor] = {}
    for number, cells in rows:
        earlier = _line(cells, "lama", lines, path, number, faults)
        later = _line(cells, "baru", lines, path, number, faults)
        if earlier is None or later is None:
            continue
        if earlier.edition >= later.edition:
            what = _("Edisi KBLI baru harus lebih muda dari KBLI lama.")
            faults.append(FileFault(path, "edisi_baru", what, number))
        if (earlier.pk, later.pk) in given:
            faults.append(FileFault(path, "", _("padanan ini tertulis dua kali"), number))
        given[earlier.pk, later.pk] = KbliSuccessor(earlier=earlier, later=later)
    if faults:
        raise FileFaults(path, faults)
    known = set(KbliSuccessor.objects.values_list("earlier", "later"))
    changes = Changes()
    for key, row in given.items():
        (changes.unchanged if key in known else changes.pairs).append(row)
    return changes


def _line(
    cells: dict[str, str],
    which: str,
    lines: Mapping[_Key, Kbli],
    path: Path,
    number: int,
    faults: list[FileFault],
) -> Kbli | None:
    code = f"kode_{which}"
    key = _key(cells, code, f"edisi_{which}", path, number, faults)
    if key is None:
        return None
    if key not in lines:
        faults.append(FileFault(path, code, _("kode ini belum ada di daftar edisi itu"), number))
    return lines.get(key)


def _key(
    cells: dict[str, str],
    code: str,
    edition: str,
    path: Path,
    number: int,
    faults: list[FileFault],
) -> _Key | None:
    """Return code and edition of a row; ``None`` after adding what is wrong to ``faults``."""
    figures, year = cells[code].strip(), cells[edition].strip()
    before = len(faults)
    if not is_kbli(figures):
        what = _("tulis lima angka; kode yang diawali 0 harus berupa teks")
        faults.append(FileFault(path, code, what, number))
    if not (year.isascii() and year.isdigit() and len(year) == 4 and int(year) in _EDITIONS):
        faults.append(FileFault(path, edition, _("tulis tahun edisi, misalnya 2020"), number))
    return (figures, int(year)) if len(faults) == before else None
