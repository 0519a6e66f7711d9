"""Patterns of numbers: what they must hold, and which print the same."""

from __future__ import annotations

import re

_PLACE = re.compile(r"\{(nomor|bulan|bulan_romawi|tahun)(?::0?\d)?\}")


def pattern_formats(pattern: str) -> bool:
    """Whether ``pattern`` holds {nomor} and no placeholder but {bulan} {bulan_romawi} {tahun}."""
    rest = _PLACE.sub("", pattern)
    return "{nomor" in pattern and "{" not in rest and "}" not in rest


def printed(pattern: str) -> str:
    """Return ``pattern`` so that two which may print the same number are equal."""
    return _PLACE.sub(lambda match: f"{{{match[1]}}}", pattern).strip().casefold()


def faults(pattern: str) -> list[str]:
    """Return the codes of what is wrong with one pattern.

    Numbers begin with 1 every year, so a pattern without the year gives the same number twice.
    """
    if not pattern_formats(pattern):
        return ["number_pattern_malformed"]
    return [] if "{tahun" in pattern else ["number_pattern_without_year"]
