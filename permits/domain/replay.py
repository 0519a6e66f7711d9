"""What another term would have meant for files that are closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from workflow.domain.clock import ClockState

ENOUGH = 10  # closed files, as on the board of promises; a share of fewer says nothing


@dataclass(frozen=True, slots=True)
class Stay:
    """One visit of a file to a step, named as the SOP prints it."""

    step: str
    began: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file under one term; ``lost_at`` is the step at which the term ran out."""

    on_time: bool
    lost_at: str = ""


def outcome(state: ClockState, stays: Iterable[Stay]) -> Outcome:
    """Return how a file with a stopped clock ends: late where it lay when the term was used up."""
    if not state.late:
        return Outcome(on_time=True)
    due_at = state.due_at
    before = [stay for stay in stays if due_at is not None and stay.began < due_at]
    latest = max(before, key=lambda stay: stay.began, default=None)
    return Outcome(on_time=False, lost_at=latest.step if latest else "")


@dataclass(frozen=True, slots=True)
class Summary:
    """All files under one term; ``lost`` are steps with the number of files, most first."""

    files: int
    on_time: int
    lost: tuple[tuple[str, int], ...]

    @property
    def late(self) -> int:
        """Files that would not be in time."""
        return self.files - self.on_time

    @property
    def share(self) -> int | None:
        """Whole per cent in time, rounded down; ``None`` with fewer files than ``ENOUGH``."""
        return self.on_time * 100 // self.files if self.files >= ENOUGH else None


def summed(outcomes: Iterable[Outcome]) -> Summary:
    """Return the outcomes of all files together."""
    known = list(outcomes)
    lost = Counter(each.lost_at for each in known if not each.on_time)
    ranked = sorted(lost.items(), key=lambda item: (-item[1], item[0]))
    return Summary(len(known), sum(each.on_time for each in known), tuple(ranked))
