"""The page of evidence: the latest pack that is composed, and the one that is being made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Office
from accounts.officers import Officer
from boards.domain.indicators import INDICATORS, NOT_HELD, State
from boards.models import EvidencePack
from boards.presenters.gaps import Gap, Gaps
from workflow.models import JobStatus

_SHOWN = 12  # earlier packs
_MEANINGS = {
    State.HELD: "good",
    State.PARTLY: "attention",
    State.MISSING: "late",
    State.NOT_HELD: "neutral",
}


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator; ``state`` is "" before the first pack."""

    code: str
    title: str
    aspect: str
    meaning: str
    state: str
    gaps: Sequence[Gap]
    has_pdf: bool


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """``shown`` is the pack that the rows tell of, ``running`` the one that is being made."""

    rows: Sequence[IndicatorRow]
    not_held: Sequence[Sequence[str]]
    shown: EvidencePack | None = None
    running: EvidencePack | None = None
    has_failed: bool = False
    earlier: Sequence[EvidencePack] = field(default_factory=tuple)


def page_of(officer: Officer, office: Office) -> EvidencePage:
    """Return what the page of an office shows to ``officer``."""
    packs = list(EvidencePack.objects.of([office]).select_related("asked_by")[:_SHOWN])
    running = next((row for row in packs if row.job_status == JobStatus.QUEUED), None)
    done = [row for row in packs if row.composed_at is not None and row.file]
    shown = done[0] if done else None
    if shown is None:
        rows = [
            IndicatorRow(one.code, one.title, one.aspect, "", "", (), False) for one in INDICATORS
        ]
        not_held: Sequence[Sequence[str]] = NOT_HELD
    else:
        made = set(shown.files.values_list("code", flat=True))
        gaps = Gaps(officer, office)
        rows = [_row(one, made, gaps) for one in shown.content["indicators"]]
        not_held = shown.content["not_held"]
    failed = bool(packs) and packs[0].job_status == JobStatus.FAILED
    return EvidencePage(rows, not_held, shown, running, failed, done[1:])


def _row(found: Mapping[str, Any], made: set[str], gaps: Gaps) -> IndicatorRow:
    state = State(found["state"])
    return IndicatorRow(
        found["code"],
        found["title"],
        found["aspect"],
        _MEANINGS[state],
        str(EvidencePack.STATES[state]),
        gaps.shown(found["gaps"]),
        found["code"] in made,
    )
