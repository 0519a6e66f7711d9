"""The figures about complaints of the past that open a list, and what narrows one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ListedComplaints(StrEnum):
    """A figure about complaints; the value stands in the address of its list."""

    ANSWERED = "dijawab"
    LATE = "terlambat"
    OPEN = "terbuka"  # what an officer has in hand now


@dataclass(frozen=True, slots=True)
class AskedComplaints:
    """A figure of the months from ``first`` to ``last``; what is empty narrows nothing.

    ``service`` 0: about no service. ``officer`` sent the answer while in ``position``, or owns what
    is open and is in it now.
    """

    figure: ListedComplaints
    first: date
    last: date
    service: int | None = None
    officer: int | None = None
    position: int | None = None
