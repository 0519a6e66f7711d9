"""Promises kept above the files: counted again when a calendar changes, together with theirs.

An app registers what it keeps; who applies a calendar (``permits.services.recounts``) need not
know it. Every part is small enough for one run of a sweep, and counting twice changes nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from accounts.models import Office
from workflow.sweeps import SweepResult


class Keeper(Protocol):
    """Keeps promises that depend on the calendar of an office."""

    def outdated(self, office: Office, at: datetime) -> int:
        """Return how many promises still ahead were counted with another calendar."""

    def recount(self, office: Office, at: datetime, most: int, *, everything: bool) -> SweepResult:
        """Count up to ``most`` of them again; without ``everything`` only what needs nobody."""


_KEEPERS: dict[str, Keeper] = {}


def register(name: str, keeper: Keeper) -> None:
    """Have ``keeper`` asked whenever a calendar is applied."""
    _KEEPERS[name] = keeper


def outdated(office: Office, at: datetime) -> int:
    """Return how many promises of all keepers wait for the present calendar of ``office``."""
    return sum(keeper.outdated(office, at) for keeper in _KEEPERS.values())


def recount(office: Office, at: datetime, most: int, *, everything: bool) -> SweepResult:
    """Count the next part of every keeper; ``done`` is 0 when nothing is left that can be done."""
    parts = [
        keeper.recount(office, at, most, everything=everything) for keeper in _KEEPERS.values()
    ]
    return SweepResult(sum(part.done for part in parts), sum(part.failed for part in parts))
