"""The figures of the past that open a list, and what narrows one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from boards.domain.acts import ClockAct

MANY: Final = 3  # returns: so many or more are one figure


class Listed(StrEnum):
    """A figure of the board of the past; the value stands in the address of its list."""

    ANSWERED = "dijawab"
    LATE = "terlambat"
    VISITS = "selesai"
    OVER = "lewat"
    SENT_BACK = "dikembalikan"
    PAUSE = ClockAct.PAUSE
    AGAIN = ClockAct.AGAIN
    BRINK = ClockAct.BRINK
    DATED_BACK = ClockAct.DATED_BACK


ANSWERS: Final = (Listed.ANSWERED, Listed.LATE)
VISITS: Final = (Listed.VISITS, Listed.OVER, Listed.SENT_BACK)


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure of the months from ``first`` to ``last``; what is empty narrows nothing.

    ``times``: how often an answered file was returned. ``officer`` acted while in ``position``.
    """

    figure: Listed
    first: date
    last: date
    service: int | None = None
    unit: str = ""
    times: int | None = None
    step: int | None = None
    officer: int | None = None
    position: int | None = None

    @property
    def is_rare(self) -> bool:
        """Whether few of the files that may belong to the list do."""
        exact = (Listed.ANSWERED, Listed.VISITS, Listed.SENT_BACK, Listed.PAUSE, Listed.DATED_BACK)
        return self.figure not in exact or self.times is not None or bool(self.unit)
