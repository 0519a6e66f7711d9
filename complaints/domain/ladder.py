"""Who must approve the answer to a complaint: each office uses one of two ladders (jenjang).

Purwakarta goes by category (internal; technical team or other agency; APIP, only after the head's
consent), Pekanbaru by weight (light is answered at once; medium goes to the head of section and
the head of office; heavy to the mayor's assistant or the regional secretary as well).
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from workflow.domain.errors import DomainError


class Ladder(StrEnum):
    """The criterion by which an office determines the approvers."""

    CATEGORY = "kategori"
    WEIGHT = "bobot"


class Category(StrEnum):
    """Where the cause lies (Purwakarta, component 6 number 7)."""

    INTERNAL = "internal"
    OTHER_AGENCY = "tim_teknis_atau_perangkat_daerah"
    APIP = "apip"


class Weight(StrEnum):
    """The weight of a complaint (Pekanbaru, component 6 letters c to e)."""

    LIGHT = "ringan"
    MEDIUM = "sedang"
    HEAVY = "berat"


class Approver(StrEnum):
    """Approvers of an answer, from the lowest level to the highest."""

    OFFICER = "petugas_pengaduan"
    SECTION_HEAD = "kepala_bidang"
    OFFICE_HEAD = "kepala_dinas"
    AGENCY = "perangkat_daerah"
    APIP = "apip"
    REGION = "asisten_atau_sekretaris_daerah"


OUTSIDE = frozenset({Approver.AGENCY, Approver.APIP, Approver.REGION})  # recorded with a document

_BY_CATEGORY = {
    Category.INTERNAL: (Approver.OFFICER, Approver.OFFICE_HEAD),
    Category.OTHER_AGENCY: (Approver.OFFICER, Approver.AGENCY, Approver.OFFICE_HEAD),
    Category.APIP: (Approver.OFFICER, Approver.OFFICE_HEAD, Approver.APIP),
}
_BY_WEIGHT = {
    Weight.LIGHT: (Approver.OFFICER,),
    Weight.MEDIUM: (Approver.OFFICER, Approver.SECTION_HEAD, Approver.OFFICE_HEAD),
    Weight.HEAVY: (Approver.OFFICER, Approver.OFFICE_HEAD, Approver.REGION),
}


def approvers(
    ladder: Ladder,
    *,
    category: Category | None = None,
    weight: Weight | None = None,
    head_agreed: bool = False,
) -> tuple[Approver, ...]:
    """Return the approvers of an answer, in order.

    ``head_agreed``: the head of office has given recorded consent to involving APIP. Raises
    ``DomainError``: complaint_not_classified, apip_without_consent.
    """
    if ladder is Ladder.WEIGHT:
        if weight is None:
            raise DomainError("complaint_not_classified")
        return _BY_WEIGHT[weight]
    if category is None:
        raise DomainError("complaint_not_classified")
    if category is Category.APIP and not head_agreed:
        raise DomainError("apip_without_consent")
    return _BY_CATEGORY[category]


def author_signs(levels: Collection[str]) -> bool:
    """Return whether the author signs the answer: nobody else in the office is among ``levels``.

    So it is with a light complaint, which the officer answers at once (Pekanbaru, component 6
    letter c), and where the head is a subject or an author, so that the region or APIP approves
    with a document of its own.
    """
    return not set(levels) - OUTSIDE - {Approver.OFFICER}


def without(levels: tuple[Approver, ...], *absent: Approver) -> tuple[Approver, ...]:
    """Return ``levels`` without those that cannot approve because of a conflict of interest.

    The head is replaced by the region, or by APIP if that is among the levels. A level below the
    head is skipped.
    """
    remaining = [level for level in levels if level not in absent]
    if Approver.OFFICE_HEAD in levels and Approver.OFFICE_HEAD in absent:
        above = {Approver.REGION, Approver.APIP}
        if not above & set(remaining):
            remaining.append(Approver.REGION)
    return tuple(remaining)
