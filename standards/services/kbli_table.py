"""Business lines and the pairs of two editions from a table (CSV): docs/operations.md.

A table of lines has the columns kode, edisi, judul; one of pairs kode_lama, edisi_lama, kode_baru,
edisi_baru. What is wrong is named by row and column, and then nothing is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.identifiers import is_kbli
from standards.models import Kbli, KbliSuccessor
from standards.services.csv_rows import rows_of
from standards.services.search_index import index_line
from workflow.tomlfile import FileFault, FileFaults

LINES: Final = ("kode", "edisi", "judul")
PAIRS: Final = ("kode_lama", "edisi_lama", "kode_baru", "edisi_baru")
_EDITIONS: Final = range(1990, 2101)
_TITLE: Final = 250
_MOST: Final = 20_000  # rows; an edition has some 1,800 codes
_Key = tuple[str, int]


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
    path = Path("impor") / (Path(name).name or "kbli.csv")
    head = content.decode("utf-8-sig", "replace").partition("\n")[0].lower()
    if "kode_lama" in head:
        if whole:
            raise FileFault(path, "", _("tabel padanan tidak memuat daftar kode yang lengkap"), 1)
        done = _pairs(rows_of(content, path, PAIRS, PAIRS, _MOST), path)
    else:
        done = _lines(rows_of(content, path, LINES, LINES, _MOST), path, whole=whole)
    for line in Kbli.objects.exclude(services=None).distinct().order_by("pk"):
        index_line(line, on=on)
    return done


def _lines(rows: list[tuple[int, dict[str, str]]], path: Path, *, whole: bool) -> Imported:
    faults: list[FileFault] = []
    given: dict[_Key, str] = {}
    for number, cells in rows:
        key = _key(cells, "kode", "edisi", path, number, faults)
        title = " ".join(cells["judul"].split())
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
    changed = []
    for key, title in given.items():
        row = known.get(key)
        if row is not None and (row.title != title or whole > row.listed):
            row.title, row.listed = title, row.listed or whole
            changed.append(row)
    new = [
        Kbli(code=code, edition=edition, title=title, listed=whole)
        for (code, edition), title in given.items()
        if (code, edition) not in known
    ]
    Kbli.objects.bulk_create(new)
    Kbli.objects.bulk_update(changed, ["title", "listed"])
    return Imported(len(new), len(changed))


def _pairs(rows: list[tuple[int, dict[str, str]]], path: Path) -> Imported:
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
    new = [row for key, row in given.items() if key not in known]
    KbliSuccessor.objects.bulk_create(new)
    return Imported(len(new))


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
        faults.append(FileFault(path, code, _("Kode KBLI terdiri atas lima angka."), number))
    if not (year.isascii() and year.isdigit() and len(year) == 4 and int(year) in _EDITIONS):
        faults.append(FileFault(path, edition, _("tulis tahun edisi, misalnya 2020"), number))
    return (figures, int(year)) if len(faults) == before else None
