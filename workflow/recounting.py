"""Recounts due dates of other apps when a calendar changes.

An app registers a recounter. The service that applies a calendar
(``permits.services.recounts``) calls them all and imports no app above it.
Every part is small enough for one run of a sweep, and counting twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from accounts.models import Office
from workflow.domain.workdays import WorkCalendar
from workflow.sweeps import SweepResult


class Recounter(Protocol):
    """Recounts due dates that depend on the calendar of an office."""

    def outdated(self, calendars: Mapping[int, WorkCalendar], at: datetime) -> int:
        """Return how many open due dates of these offices were counted with another calendar."""

    def recount(self, office: Office, at: datetime, most: int, *, everything: bool) -> SweepResult:
        """Recount up to ``most`` of them; without ``everything`` only those without review."""


_RECOUNTERS: dict[str, Recounter] = {}


def register_recounter(name: str, recounter: Recounter) -> None:
    """Call ``recounter`` whenever a calendar is applied."""
    _RECOUNTERS[name] = recounter


def outdated(calendars: Mapping[int, WorkCalendar], at: datetime) -> int:
    """Return how many due dates of all recounters wait for these calendars, by their offices."""
    return sum(recounter.outdated(calendars, at) for recounter in _RECOUNTERS.values())


def recount(office: Office, at: datetime, most: int, *, everything: bool) -> SweepResult:
    """Recount the next part of every recounter; ``done`` is 0 when nothing is left to do."""
    parts = [
        recounter.recount(office, at, most, everything=everything)
        for recounter in _RECOUNTERS.values()
    ]
    return SweepResult(sum(part.done for part in parts), sum(part.failed for part in parts))
