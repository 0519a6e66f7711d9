"""The published standards read with plain regular expressions, knowing nothing of the loader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

from django.conf import settings
from django.db import transaction

from standards.models import StandardVersion
from standards.services import loading

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
AT = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)

# file of fixtures/sources and fixtures/standards -> (office, slug of the service)
STANDARDS = {
    "purwakarta-kbli-78422": ("purwakarta", "kbli-78422"),
    "purwakarta-kbli-70209": ("purwakarta", "kbli-70209"),
    "purwakarta-kbli-71204": ("purwakarta", "kbli-71204"),
    "pekanbaru-tanda-daftar-bkk": ("pekanbaru", "tanda-daftar-bkk"),
    "kampar-rekomendasi-pelatih-anak-putus-sekolah": (
        "kampar",
        "rekomendasi-pelatih-anak-putus-sekolah",
    ),
}
# A converter swallowed the first letter of a paragraph.
REPAIRS = {"<p>elayanan": "<p>pelayanan"}
_SOP = "STANDAR OPERASIONAL PROSEDUR"


@dataclass(frozen=True)
class Row:
    """One printed component: number, title, and the cell as it stands in the document."""

    number: str
    title: str
    cell: str

    @property
    def text(self) -> str:
        """The cell without tags, its white space made plain."""
        return plain(self.cell)


def document(name: str) -> str:
    """Return a published standard as it was found, but for the known repairs."""
    text = (FIXTURES / "sources" / f"{name}.txt").read_text(encoding="utf-8")
    for found, meant in REPAIRS.items():
        text = text.replace(found, meant)
    return text


def component_rows(name: str) -> list[Row]:
    """Return the printed components in their order; a cell cut by a page break is joined again."""
    found: list[list[str]] = []
    for line in document(name).split(_SOP)[0].splitlines():
        start = re.match(r"(\d{1,2}\.?)\t([^\t]+)\t(.*)", line)
        if start:
            found.append(list(start.groups()))
        elif line.startswith("\t\t") and found:
            found[-1][2] += " " + line.strip()
    return [Row(*cells) for cells in found]


def sop_rows(name: str) -> list[list[str]]:
    """Return the cells of the numbered rows of a printed SOP table."""
    table = document(name).split(_SOP)[1]
    return [line.split("\t") for line in table.splitlines() if re.match(r"\d+\t", line)]


def plain(cell: str) -> str:
    """Return text without tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", cell))).strip()


def letters(text: str) -> str:
    """Return ``text`` without tags, white space and colons: what must not be lost."""
    return re.sub(r"[\s:]+", "", plain(text))


def markers(text: str, pattern: str) -> list[str]:
    """Return the printed numbers of ``pattern`` that begin an item."""
    return re.findall(rf"(?:^|(?<=[\s:]))({pattern})(?=\s+[A-Za-z])", text)


@contextmanager
def loaded_fixtures() -> Iterator[dict[str, StandardVersion]]:
    """Load every fixture once for a module of tests, and take it all back at the end."""
    with transaction.atomic():
        list(loading.load_all(FIXTURES, at=AT))
        yield {
            name: StandardVersion.objects.get(service__office__code=office, service__slug=slug)
            for name, (office, slug) in STANDARDS.items()
        }
        transaction.set_rollback(True)
