"""The six steps of the study (Purwakarta, component 6 number 6) and which of them are required."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Step(StrEnum):
    """A step of the study, in the order of the standard; the last is the conclusion."""

    CORE = "inti_masalah"
    LINK = "keterkaitan"
    DOCUMENTS = "dokumen"
    PLAN = "rencana"
    INQUIRY = "klarifikasi"
    CONCLUSION = "kesimpulan"


# an inquiry is held where the plan calls for one
_NEEDED = (Step.CORE, Step.LINK, Step.DOCUMENTS, Step.PLAN, Step.CONCLUSION)
_AT_ONCE = (Step.CORE, Step.CONCLUSION)  # for a light complaint


def missing(done: Collection[str], *, at_once: bool) -> list[Step]:
    """Return the required steps that are not done yet; ``at_once``: a light complaint."""
    return [step for step in (_AT_ONCE if at_once else _NEEDED) if step not in done]
