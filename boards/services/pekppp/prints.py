"""The whole text of a standard as chapters of evidence: what its public print says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from reports.domain import content
from standards.domain.components import Key
from standards.domain.outline import Item
from standards.models import StandardVersion
from standards.reading import ComponentText, RequirementLine, Standard, read

_NOT_SAID = "Standar ini tidak memuat uraian untuk komponen ini."


def chapters(version: StandardVersion) -> list[dict[str, Any]]:
    """Return requirements, SOP, fees and the components of ``version`` with their words."""
    standard = read(version)
    head = ["Nomor", "Persyaratan", "Berlaku bila"]
    requirements = [
        content.table(
            " ".join(filter(None, (block.number, block.title))) or "Persyaratan",
            head,
            [[line.number, line.text, line.condition] for line in _every(block.lines)],
        )
        for block in standard.blocks
    ]
    fees = [[fee.label, fee.text, fee.ground or "-"] for fee in standard.fees]
    of_fees = content.table("Rincian biaya", ["Untuk", "Tarif", "Dasar hukum"], fees)
    words = [
        content.text(f"{one.number} {one.title}\n{_words(one, standard)}")
        for run in standard.runs
        for one in run.components
    ]
    return [
        content.chapter("Persyaratan", *requirements),
        content.chapter("Alur pelayanan (SOP)", *_procedures(standard)),
        content.chapter("Biaya", of_fees),
        content.chapter("Standar pelayanan lengkap", *words),
    ]


def _procedures(standard: Standard) -> Iterator[content.Block]:
    """Yield the steps of each SOP as a table."""
    head = ["Nomor", "Kegiatan", "Pelaksana", "Waktu", "Keluaran", "Berlaku bila"]
    for sop in standard.procedures:
        rows = [
            [
                row.number,
                "\n".join(_lines(row.activity)),
                row.performer,
                row.time or "-",
                row.output or "-",
                row.condition or "-",
            ]
            for row in sop.rows
        ]
        yield content.table(" ".join(filter(None, (sop.name, sop.number))), head, rows)


def _words(one: ComponentText, standard: Standard) -> str:
    """Return the words of a component; those that stand in rows are read from the rows."""
    lines = list(_lines(one.lines))
    if one.key == Key.LEGAL_BASIS:
        lines += [f"{row.printed_number} {row.text}" for row in standard.legal_bases]
    if lines:
        return "\n".join(lines)
    elsewhere = {
        Key.REQUIREMENTS: "Lihat daftar persyaratan di atas.",
        Key.PROCEDURE: "Lihat alur pelayanan di atas.",
        Key.TERM: standard.promise.term,
        Key.FEE: "Lihat rincian biaya di atas.",
        Key.PRODUCT: standard.promise.product,
        Key.COMPLAINTS: "\n".join(_channels(standard.version)),
    }
    return elsewhere.get(Key(one.key), "") or _NOT_SAID


def _channels(version: StandardVersion) -> Iterator[str]:
    for row in version.service.office.channels.order_by("order"):
        yield f"{row.label}: {row.value}" if row.value else row.label


def _lines(items: Iterable[Item]) -> Iterator[str]:
    """Yield each line with its marker, and the lines below it."""
    for item in items:
        yield f"{item.marker} {item.text}".strip()
        yield from _lines(item.children)


def _every(lines: Iterable[RequirementLine]) -> Iterator[RequirementLine]:
    for line in lines:
        yield line
        yield from _every(line.children)
