"""What the words of a pasted SOP say: what is done at a row, by whom, and for how long."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from standards.domain.steps import StepKind
from workflow.domain.clock import Unit

_TIME = re.compile(
    r"\(?\s*(?<![\d.,])(?:(\d{1,3})\s*[-–]\s*)?(\d{1,4})\s*(?:\([a-z ]+\)\s*)?"
    r"(menit|hari kerja|hari kalender|hari)\s*\)?[.;]?\s*$",
    re.IGNORECASE,
)
_UNITS: Final = {
    "menit": Unit.WORK_MINUTE,
    "hari kerja": Unit.WORKDAY,
    "hari": Unit.WORKDAY,
    "hari kalender": Unit.CALENDAR_DAY,
}
# the first line that finds one of its words decides; what finds none is ordinary work
_WORDS: Final = (
    (StepKind.SURVEY, ("kuesioner", "survei kepuasan")),
    (StepKind.PAY, ("membayar", "pembayaran", "retribusi")),
    (StepKind.CHECK, ("kelengkapan",)),
    (StepKind.INSPECT, ("tim teknis", "tinjau", "lapangan", "berita acara")),
    (StepKind.INITIAL, ("paraf",)),
    (StepKind.SIGN, ("tanda tangan", "menandatangani", "ditandatangani", "penandatanganan")),
    (StepKind.NUMBER, ("nomor", "penomoran", "register")),
    (StepKind.HAND_OVER, ("menyerahkan", "penyerahan", "diserahkan", "mengambil", "menerima izin")),
    (StepKind.FILE, ("mengajukan", "permohonan masuk", "menyampaikan permohonan")),
    (StepKind.DRAFT, ("konsep", "menyusun", "mencetak", "membuat draf")),
)


@dataclass(frozen=True, slots=True)
class StepWords:
    """A row of an SOP as read from one line; ``amount`` is ``None`` where no time is written."""

    activity: str
    kind: StepKind
    least: int | None
    amount: int | None
    unit: Unit | None


def read_step(line: str) -> StepWords:
    """Return what ``line`` says; its standard time is the one at its end."""
    match = _TIME.search(line)
    activity = line[: match.start()].strip(" -–:;,(") if match else line
    least = amount = unit = None
    if match and activity:
        least = int(match[1]) if match[1] else None
        amount, unit = int(match[2]), _UNITS[" ".join(match[3].lower().split())]
        if amount == 0 or (least is not None and not 0 < least < amount):
            activity, least, amount, unit = line, None, None, None
    return StepWords(activity or line, kind_of(activity or line), least, amount, unit)


def kind_of(activity: str) -> StepKind:
    """Return the kind of step that the words of ``activity`` name."""
    words = activity.lower()
    for kind, names in _WORDS:
        if any(name in words for name in names):
            return kind
    return StepKind.WORK


def named_in(activity: str, labels: Sequence[str]) -> str | None:
    """Return the column whose heading opens ``activity``, or stands in it; the longest first."""
    words = f" {activity.lower()} "
    found = [label for label in labels if label and f" {label.lower()} " in words]
    return min(found, key=lambda label: (words.index(label.lower()), -len(label)), default=None)
