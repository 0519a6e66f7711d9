"""Patterns of the numbers of a version: of its permits, its refusals and other papers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from accounts.domain.number_patterns import faults, printed
from standards.domain.faults import Fault
from standards.domain.versions import VersionSnapshot


def patterns(version: VersionSnapshot) -> list[tuple[str, str]]:
    """Return the patterns of ``version`` that are its own, each with its place on the page."""
    found = [
        (version.number_pattern, "number_pattern"),
        (version.refusal_number_pattern, "refusal_number_pattern"),
        *((rule.number_pattern, f"permits-{at}") for at, rule in enumerate(version.permits)),
        *((paper.number_pattern, f"papers-{at}") for at, paper in enumerate(version.papers)),
    ]
    return [(text, place) for text, place in found if text.strip()]


def version_faults(version: VersionSnapshot) -> Iterator[Fault]:
    """Yield what is wrong with the patterns of ``version``."""
    seen: set[str] = set()
    for pattern, place in patterns(version):
        for code in faults(pattern):
            yield Fault(code, {"pattern": pattern}, place)
        if printed(pattern) in seen:
            yield Fault("number_pattern_twice", {"pattern": pattern}, place)
        seen.add(printed(pattern))


def book_of_pattern(pattern: str) -> str:
    """Return the name of the book of numbers of a permit that has a pattern of its own.

    Rows of a standard have no identity over its versions, a pattern has: the same one goes on.
    """
    return hashlib.sha256(printed(pattern).encode()).hexdigest()[:16]
