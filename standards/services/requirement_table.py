"""The requirements of a draft as a table (XLSX or CSV): out, and in again in place of what stood.

A row of level 0 is a group, the rows below it are its requirements; a row of level 2 hangs below
the row of level 1 before it, and so on. docs/standard-file.md describes the columns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.spreadsheets import LONGEST_CELL, Column, form_of
from standards import selectors
from standards.domain import standard_file as keys
from standards.domain.conditions import written
from standards.domain.versions import GroupText, RequirementText
from standards.models import Requirement, StandardVersion
from standards.services import sheets
from standards.services.file_reader import Known, Reader
from standards.services.table_rows import by_column, guarded, table_rows
from standards.services.writing import write_requirements
from workflow.domain.errors import DomainError
from workflow.tomlfile import FileFault, FileFaults, Table

SHEET: Final = "Persyaratan"
COLUMNS: Final = (
    Column(
        "tingkat",
        gettext_lazy(
            "0 untuk judul kelompok, 1 untuk persyaratan di bawahnya, 2 untuk butir di bawah "
            "persyaratan itu, dan seterusnya."
        ),
        {str(level): "" for level in range(keys.MOST_DEPTH + 1)},
        whole=True,
    ),
    Column("nomor", gettext_lazy("Nomor seperti tercetak, misalnya A., 1., atau a.")),
    Column("teks", gettext_lazy("Judul kelompok, atau bunyi persyaratan.")),
    Column(
        "pemenuhan",
        gettext_lazy("Yang dilakukan pemohon. Kosong pada baris kelompok."),
        dict(Requirement.Kind.choices),
    ),
    Column(
        "wajib",
        gettext_lazy("ya atau tidak; kosong berarti ya. Kosong pada baris kelompok."),
        {"ya": "", "tidak": ""},
    ),
    Column(
        "berlaku_bila",
        gettext_lazy(
            "Syarat seperti pada halaman standar, misalnya tenaga_asing = ya. Kosong: selalu."
        ),
    ),
    Column("petunjuk", gettext_lazy("Kalimat pengantar kelompok, atau petunjuk bagi pemohon.")),
    Column(
        "kode",
        gettext_lazy(
            "Jangan diubah: persyaratan dikenali dari kodenya walau bunyinya diganti. Kosong pada "
            "persyaratan baru dan pada baris kelompok."
        ),
    ),
)
NAMES: Final = tuple(column.name for column in COLUMNS)
_GROUP = {"nomor": "number", "teks": "title", "petunjuk": "lead", "berlaku_bila": "when"}
_REQUIREMENT = {
    "nomor": "number", "teks": "text", "pemenuhan": "kind", "wajib": "mandatory",
    "petunjuk": "help", "berlaku_bila": "when", "kode": "code",
}  # fmt: skip
_YES: Final = {"": True, "ya": True, "tidak": False}


def requirements_csv(version: StandardVersion) -> bytes:
    """Return the table of groups and requirements, in UTF-8 with its mark for spreadsheets.

    Raises ``DomainError("file_unwritable")`` for a requirement that hangs elsewhere.
    """
    out = StringIO()
    csv.writer(out).writerows([NAMES, *_table(version)])
    return out.getvalue().encode("utf-8-sig")


def requirements_xlsx(version: StandardVersion) -> bytes:
    """Return the same table as a workbook, with lists of choices and an explanation.

    Raises ``DomainError``: "file_unwritable", "cell_too_long".
    """
    rows = _table(version)
    for cell in (cell for row in rows for cell in row):
        if len(cell) > LONGEST_CELL:
            raise DomainError("cell_too_long", item=cell[:40])
    return form_of(SHEET, COLUMNS, rows)


def _table(version: StandardVersion) -> list[list[str]]:
    """Return the rows below the heads."""
    snapshot = selectors.snapshot(version)
    children: dict[tuple[int, int | None], list[int]] = {}
    for place, row in enumerate(snapshot.requirements):
        children.setdefault((row.group, row.parent), []).append(place)
    table: list[list[str]] = []
    for place, group in enumerate(snapshot.groups):
        table.append(_cells("0", _group_cells(group)))
        table += [
            _cells(str(level), _requirement_cells(row))
            for level, row in _nested(children, snapshot.requirements, place, None, 1)
        ]
    if len(table) != len(snapshot.groups) + len(snapshot.requirements):
        raise DomainError("file_unwritable", item=_("Persyaratan"))
    return table


def _nested(
    children: dict[tuple[int, int | None], list[int]],
    rows: Sequence[RequirementText],
    group: int,
    parent: int | None,
    level: int,
) -> Iterator[tuple[int, RequirementText]]:
    for place in children.get((group, parent), ()):
        yield level, rows[place]
        yield from _nested(children, rows, group, place, level + 1)


def _group_cells(group: GroupText) -> list[str]:
    return [group.printed_number, group.title, "", "", written(group.when), group.lead, ""]


def _requirement_cells(row: RequirementText) -> list[str]:
    mandatory = {True: "ya", False: "tidak"}[row.mandatory]
    cells = [row.printed_number, row.text, row.kind, mandatory, written(row.when)]
    return [*cells, row.help_text, row.code]


def _cells(level: str, cells: Sequence[str]) -> list[str]:
    return [level, *map(guarded, cells)]


def read_requirements(
    content: bytes, name: str, version: StandardVersion
) -> tuple[tuple[GroupText, ...], tuple[RequirementText, ...]]:
    """Return the groups and requirements of a table for ``version``; nothing is stored.

    Raises ``FileFaults``: what is wrong by row and column.
    """
    path = Path("unggahan") / (Path(name).name or "persyaratan")
    found = table_rows(content, path, most=keys.MOST_ALL, sheet=SHEET)
    values, lines = _values(by_column(found, path, NAMES, ("tingkat", "teks")), path)
    page = Table(path, {"format": keys.FORMAT, "groups": values}, lines=lines)
    reader = Reader(page, Known(version.service.office_id))
    groups, requirements = sheets.requirements_of(reader, page)
    if not reader.faults:
        facts = {row.key: row.asked() for row in version.facts.order_by("order", "pk")}
        sheets.check_later(reader, facts, [*groups, *requirements])
    if reader.faults:
        raise FileFaults(path, [_by_column(path, fault) for fault in reader.faults])
    return tuple(row for row, _table in groups), tuple(row for row, _table in requirements)


def _by_column(path: Path, fault: FileFault) -> FileFault:
    """Name the column of the table instead of the key of the file."""
    table, _dot, key = fault.key.rpartition(".")
    names = _REQUIREMENT if "requirements" in table or "children" in table else _GROUP
    column = next((column for column, known in names.items() if known == key), "")
    return FileFault(path, column, fault.what, fault.line)


def _values(
    rows: list[tuple[int, dict[str, str]]], path: Path
) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Return the groups as they stand in a file of a standard, and the row of each by its place."""
    groups: list[dict[str, Any]] = []
    lines: dict[str, int] = {}
    above: list[tuple[str, dict[str, Any]]] = []  # the last row of each level
    for number, cells in rows:
        level = cells["tingkat"].strip()
        known = [str(depth) for depth in range(min(len(above), keys.MOST_DEPTH) + 1)]
        if level not in known:
            what = _("harus 0 untuk kelompok, atau paling banyak satu lebih dari baris di atasnya")
            raise FileFault(path, "tingkat", what, number)
        depth = int(level)
        place, siblings = "groups", groups
        if depth:
            name = "requirements" if depth == 1 else "children"
            parent, values = above[depth - 1]
            place, siblings = f"{parent}.{name}", values.setdefault(name, [])
        row = _row(cells, _REQUIREMENT if depth else _GROUP, path, number)
        siblings.append(row)
        place = f"{place}[{len(siblings)}]"
        lines[place] = number
        above = [*above[:depth], (place, row)]
    return groups, lines


def _row(cells: dict[str, str], names: dict[str, str], path: Path, number: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column, cell in cells.items():
        if column == "tingkat" or not cell.strip():
            continue
        if column not in names:
            raise FileFault(path, column, _("harus kosong pada baris kelompok"), number)
        if column == "wajib":
            if cell.strip().lower() not in _YES:
                raise FileFault(path, column, _("tulis ya atau tidak"), number)
            row[names[column]] = _YES[cell.strip().lower()]
        else:
            row[names[column]] = cell.replace("\r\n", "\n").strip("\n")
    return row


@transaction.atomic
def replace_requirements(version: StandardVersion, content: bytes, name: str) -> int:
    """Put the groups and requirements of a table in place of those of a draft; return how many.

    A row with the code of a requirement stays that requirement, with what was uploaded, whatever
    its words are; so does a row without a code in the same words. Any other row is a new one.
    Locks the version, so that it cannot be published meanwhile. Raises ``FileFault``;
    ``DomainError("standard_published")``.
    """
    version = StandardVersion.objects.select_for_update().get(pk=version.pk)
    if version.is_published:
        raise DomainError("standard_published")
    groups, requirements = read_requirements(content, name, version)
    codes = dict(version.requirements.order_by("-pk").values_list("text", "code"))
    version.requirements.all().delete()
    version.requirement_groups.all().delete()
    given = {row.code for row in requirements}
    kept = {text: code for text, code in codes.items() if code not in given}
    requirements = tuple(
        row if row.code else replace(row, code=kept.pop(row.text, "")) for row in requirements
    )
    snapshot = replace(selectors.snapshot(version), groups=groups, requirements=requirements)
    write_requirements(version, snapshot, Path(name))
    return len(requirements)
