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
_NUMBER = re.compile(r"\bnomor\s+(\S+)", re.IGNORECASE)
_YEAR = re.compile(r"\btahun\s+(\d{4})\b", re.IGNORECASE)


def read_title(title: str) -> Citation:
    """Return kind, number and year as the part of ``title`` before "tentang" names them."""
    head = short_title(title)
    kind = next(
        (kind for words, kind in _BEGINNINGS if head.casefold().startswith(words)),
        RegulationKind.OTHER,
    )
    number, year = _NUMBER.search(head), _YEAR.search(head)
    return Citation(kind, number[1] if number else "", int(year[1]) if year else None)


def short_title(title: str) -> str:
    """Return ``title`` without what it is about."""
    return title.partition(" tentang ")[0].strip()
