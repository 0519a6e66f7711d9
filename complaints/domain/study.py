"""The six steps of the study (Purwakarta, component 6 number 6) and which of them must be done."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Step(StrEnum):
    """One step, in the order of the standard; the last is what the answer says."""

    CORE = "inti_masalah"
    LINK = "keterkaitan"
    DOCUMENTS = "dokumen"
    PLAN = "rencana"
    INQUIRY = "klarifikasi"
    CONCLUSION = "kesimpulan"


# an inquiry is held where the plan calls for one
_NEEDED = (Step.CORE, Step.LINK, Step.DOCUMENTS, Step.PLAN, Step.CONCLUSION)
_AT_ONCE = (Step.CORE, Step.CONCLUSION)  # what is light is answered at once


def missing(done: Collection[str], *, at_once: bool) -> list[Step]:
    """Return the steps that must still be done before an answer is drafted."""
    return [step for step in (_AT_ONCE if at_once else _NEEDED) if step not in done]
