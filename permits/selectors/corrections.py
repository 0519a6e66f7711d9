"""Corrections of data that the office granted: papers stay as they were sent, this is said beside.

Requests about data belong to an app above (``archives``), which registers how they are read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from permits.models import Application


@dataclass(frozen=True, slots=True)
class Correction:
    """What the applicant asked to correct, what the office answered, who and when."""

    asked: str
    answer: str
    by: str
    at: datetime


Reader = Callable[[Application], list[Correction]]
_readers: list[Reader] = []


def register_reader(reader: Reader) -> None:
    """Let ``reader`` say which corrections of a file were granted; an app does so as it starts."""
    _readers.append(reader)


def corrections_of(application: Application) -> list[Correction]:
    """Return the corrections of the data of ``application`` that were granted, the latest first."""
    found = [row for reader in _readers for row in reader(application)]
    return sorted(found, key=lambda row: row.at, reverse=True)
