"""Terms of a complaint: the kinds that an office may set, and their defaults."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from complaints.domain.ladder import Approver, Category, Weight


class ComplaintTermKind(StrEnum):
    """Kinds of terms: what must be done within the term."""

    ANSWER = "jawaban"  # the promise to the complainant
    COMPLETENESS = "kelengkapan"  # the office says whether the complaint is complete
    COMPLETION = "melengkapi"  # the complainant completes it
    CATEGORY = "kategori"
    PLAN = "rencana"
    DRAFT = "konsep"
    LEVEL = "tingkat"  # one level of the ladder approves the answer
    SUGGESTION = "saran"  # a suggestion is answered too


CALENDAR_DAYS = frozenset({ComplaintTermKind.COMPLETION})


@dataclass(frozen=True, slots=True)
class DefaultTerm:
    """A length in working days (``COMPLETION``: calendar days) and its source."""

    amount: int
    source: str


# ``source`` names the standard or law; "Tanda internal" marks terms set by this project.
DEFAULT_TERMS: dict[ComplaintTermKind, DefaultTerm] = {
    ComplaintTermKind.ANSWER: DefaultTerm(
        14, "Standar pelayanan, komponen penanganan pengaduan angka 4"
    ),
    ComplaintTermKind.COMPLETENESS: DefaultTerm(3, "Verifikasi pengaduan SP4N-LAPOR!"),
    ComplaintTermKind.COMPLETION: DefaultTerm(30, "UU 25/2009 pasal 44"),
    ComplaintTermKind.CATEGORY: DefaultTerm(2, "Tanda internal"),
    ComplaintTermKind.PLAN: DefaultTerm(5, "Tanda internal"),
    ComplaintTermKind.DRAFT: DefaultTerm(10, "Tanda internal"),
    ComplaintTermKind.LEVEL: DefaultTerm(2, "Tanda internal"),
    ComplaintTermKind.SUGGESTION: DefaultTerm(14, "Tanda internal"),
}
LIMIT_DAYS = 30  # standar pelayanan, komponen penanganan pengaduan angka 2
LIMIT_SOURCE = "Perpres 76/2013"  # until an office names its own standard
GROUND_SOURCE = ""  # no law says so: empty unless the standard of the office does
REOPEN_DAYS = 14  # set by this project; an office may set another

# a term may be set for one class of complaints or for one level of the ladder
CLASSES: tuple[str, ...] = (*Weight, *Category)
LEVELS: tuple[str, ...] = tuple(Approver)


def refines(kind: ComplaintTermKind, of: str) -> bool:
    """Whether a term of ``kind`` may be set for ``of`` (a class or level; "" means all)."""
    if not of:
        return True
    return of in {ComplaintTermKind.ANSWER: CLASSES, ComplaintTermKind.LEVEL: LEVELS}.get(kind, ())
