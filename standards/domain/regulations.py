"""Laws that standards cite: their kinds (UU 12/2011 art. 7 and 8), whether they hold, citations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class RegulationKind(StrEnum):
    """Kinds of regulations, from the highest down."""

    LAW = "uu"
    EMERGENCY_LAW = "perppu"
    GOVERNMENT = "pp"
    PRESIDENT = "perpres"
    MINISTER = "permen"
    AGENCY = "perban"
    REGION = "perda"
    REGION_HEAD = "perkada"
    DECISION = "keputusan"
    OTHER = "lain"


class RegulationStatus(StrEnum):
    """Whether a regulation holds."""

    IN_FORCE = "berlaku"
    AMENDED = "diubah"
    REVOKED = "dicabut"


@dataclass(frozen=True, slots=True)
class Citation:
    """What the title of a regulation says; ``year`` is ``None`` where it names none."""

    kind: RegulationKind
    number: str = ""
    year: int | None = None


_BEGINNINGS = (  # the longer ones first
    ("peraturan pemerintah pengganti undang-undang", RegulationKind.EMERGENCY_LAW),
    ("undang-undang", RegulationKind.LAW),
    ("peraturan pemerintah", RegulationKind.GOVERNMENT),
    ("peraturan presiden", RegulationKind.PRESIDENT),
    ("peraturan menteri", RegulationKind.MINISTER),
    ("peraturan daerah", RegulationKind.REGION),
    ("peraturan gubernur", RegulationKind.REGION_HEAD),
    ("peraturan bupati", RegulationKind.REGION_HEAD),
    ("peraturan wali", RegulationKind.REGION_HEAD),
    ("peraturan badan", RegulationKind.AGENCY),
    ("peraturan lembaga", RegulationKind.AGENCY),
    ("peraturan kepala", RegulationKind.AGENCY),
    ("keputusan", RegulationKind.DECISION),
)
_SHORT = {  # how decrees shorten them: "PP Nomor 5 Tahun 2021"
    "uu": "undang-undang",
    "perppu": "peraturan pemerintah pengganti undang-undang",
    "perpu": "peraturan pemerintah pengganti undang-undang",
    "pp": "peraturan pemerintah",
    "perpres": "peraturan presiden",
    "permen": "peraturan menteri",
    "perda": "peraturan daerah",
    "pergub": "peraturan gubernur",
    "perbup": "peraturan bupati",
    "perwali": "peraturan wali kota",
    "perwako": "peraturan wali kota",
}
_OF_THE_STATE = (
    RegulationKind.LAW,
    RegulationKind.EMERGENCY_LAW,
    RegulationKind.GOVERNMENT,
    RegulationKind.PRESIDENT,
)
_NUMBER = re.compile(r"\b(?:nomor\b|no\.)\s*([^\s,;]+)", re.IGNORECASE)
_SLASHED = re.compile(r"(\d+)/(\d{4})[\s,;.]*")
_YEAR = re.compile(r"\btahun\s+(\d{4})\b", re.IGNORECASE)


def read_title(title: str) -> Citation:
    """Return kind, number and year as the part of ``title`` before "tentang" names them."""
    head = _in_full(short_title(title))
    kind = next(
        (kind for words, kind in _BEGINNINGS if head.casefold().startswith(words)),
        RegulationKind.OTHER,
    )
    number, year = _NUMBER.search(head), _YEAR.search(head)
    return Citation(kind, number[1] if number else "", int(year[1]) if year else None)


def reads_like_law(title: str) -> bool:
    """Whether ``title`` cites a regulation by its number."""
    said = read_title(title)
    return said.kind is not RegulationKind.OTHER and bool(said.number)


def same_law(one: str, other: str) -> bool:
    """Whether two titles cite one regulation: kind, number, year and who gave it.

    Ministers, regions and their heads number their regulations each for themselves.
    """
    said = read_title(one)
    if not reads_like_law(one) or said != read_title(other):
        return False
    return said.kind in _OF_THE_STATE or _giver(one) == _giver(other)


def _in_full(head: str) -> str:
    """Return ``head`` with its first word in full, and "5/2021" as number and year."""
    first, _blank, rest = head.partition(" ")
    if first.casefold() not in _SHORT:
        return head
    slashed = _SLASHED.fullmatch(rest)
    said = f"nomor {slashed[1]} tahun {slashed[2]}" if slashed else rest
    return f"{_SHORT[first.casefold()]} {said}"


def _giver(title: str) -> str:
    """Return who gave it, whether written "Walikota" or "Wali Kota"."""
    head = _in_full(short_title(title))
    number = _NUMBER.search(head)
    return "".join(head[: number.start() if number else None].casefold().split())


def short_title(title: str) -> str:
    """Return ``title`` without what it is about."""
    return title.partition(" tentang ")[0].strip()
