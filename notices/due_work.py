"""Where work comes from that the digest of a morning names: each app registers its own at startup.

The boards send the digest and import no app above them; an app that owes somebody something says
so here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.officers import Officer


@dataclass(frozen=True, slots=True)
class Owed:
    """A line about one piece of work, in the active language, and until when it is to be done."""

    words: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Work:
    """What an officer owes, and lines about what was reported to them as a superior."""

    owed: Sequence[Owed] = ()
    reported: Sequence[str] = ()


# the officer, and until when work must be due to be named: the end of their day
Source = Callable[[Officer, datetime], Work]
SOURCES: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Have the digest name what ``source`` finds; ``name`` is that of the app or of the work."""
    SOURCES[name] = source


def work_of(officer: Officer, until: datetime) -> Work:
    """Return the work of all sources, the most urgent first."""
    found = [source(officer, until) for source in SOURCES.values()]
    owed = [one for work in found for one in work.owed]
    return Work(
        sorted(owed, key=lambda one: one.due_at),
        [line for work in found for line in work.reported],
    )
