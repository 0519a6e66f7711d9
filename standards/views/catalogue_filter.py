"""The filters of the catalogue: reading the query string, the choices, the addresses of pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.domain.text import clean_line
from accounts.models import Office
from standards.models import Risk, Section
from standards.search import LONGEST, Wanted


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a select."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Select:
    """One filter: its name in the address, its label, and what may be chosen."""

    name: str
    label: str
    all_label: str
    options: list[Option]


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """The filters of the query string; values that do not exist are ignored."""

    words: str = ""
    office: Office | None = None
    sector: str = ""
    risk: str = ""
    section: str = ""

    @classmethod
    def read(cls, query: QueryDict, office: Office | None) -> CatalogueFilter:
        """Return the filters of ``query``; the caller has found the office."""
        risk, section = query.get("risiko", ""), query.get("kategori", "")
        return cls(
            words=clean_line(query.get("q", ""))[:LONGEST],
            office=office,
            sector=clean_line(query.get("sektor", ""))[:80],
            risk=risk if risk in Risk.values else "",
            section=section if section in Section.values else "",
        )

    @property
    def wanted(self) -> Wanted:
        """What the search is asked for."""
        office = self.office.pk if self.office else None
        return Wanted(self.words, office, self.sector, self.risk, self.section)

    @property
    def narrowed(self) -> bool:
        """Whether any filter beside the words is on."""
        return bool(self.office or self.sector or self.risk or self.section)

    def url(self, page: int) -> str:
        """Return the address of another page of the same search."""
        parameters = {
            "q": self.words,
            "kantor": self.office.code if self.office else "",
            "sektor": self.sector,
            "risiko": self.risk,
            "kategori": self.section,
            "hal": str(page) if page > 1 else "",
        }
        return f"?{urlencode({name: value for name, value in parameters.items() if value})}"

    def choices(self, offices: Iterable[Office], sectors: Iterable[str]) -> list[Select]:
        """Return the filters as selects, in the order of the page."""
        office = self.office.code if self.office else ""
        names = [(row.code, row.short_name) for row in offices]
        risks = [(value, str(label)) for value, label in Risk.choices if value]
        sections = [(value, f"{value} {label}") for value, label in Section.choices]
        return [
            Select("kantor", _("Kantor"), _("Semua kantor"), _options(names, office)),
            Select(
                "sektor", _("Sektor"), _("Semua sektor"), _options(_pairs(sectors), self.sector)
            ),
            Select("risiko", _("Tingkat risiko"), _("Semua tingkat"), _options(risks, self.risk)),
            Select(
                "kategori",
                _("Kategori KBLI"),
                _("Semua kategori"),
                _options(sections, self.section),
            ),
        ]


def _pairs(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


def _options(pairs: Iterable[tuple[str, str]], chosen: str) -> list[Option]:
    return [Option(value, label, value == chosen) for value, label in pairs]
