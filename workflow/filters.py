"""The links with which a list is filtered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter of a list as a link: its label, whether it is on, how many rows it finds."""

    label: str
    url: str
    current: bool
    count: int | None = None
