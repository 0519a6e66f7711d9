"""Patterns of the numbers of a version: of its permit and of its other papers."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.domain.number_patterns import faults, printed
from standards.domain.versions import VersionSnapshot


def patterns(version: VersionSnapshot) -> list[str]:
    """Return the patterns of ``version`` that are its own: of the permit and of other papers."""
    of_papers = (paper.number_pattern for paper in version.papers)
    return [text for text in (version.number_pattern, *of_papers) if text.strip()]


def version_faults(version: VersionSnapshot) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what is wrong with the patterns of ``version``, each by the code of its sentence."""
    seen: set[str] = set()
    for pattern in patterns(version):
        for code in faults(pattern):
            yield code, {"pattern": pattern}
        if printed(pattern) in seen:
            yield "number_pattern_twice", {"pattern": pattern}
        seen.add(printed(pattern))
