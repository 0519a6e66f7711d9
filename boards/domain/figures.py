"""Medians and percentiles of counted values, and the share of what was on time."""

from __future__ import annotations

from collections.abc import Mapping

FEWEST = 10  # closed files below which nothing is said about a service in public


def percentile(counts: Mapping[int, int], share: int) -> int | None:
    """Return the smallest value that at least ``share`` percent of all do not exceed.

    ``counts`` says how often each value occurs.
    """
    total = sum(counts.values())
    if not total:
        return None
    return _nth(counts, -(-total * share // 100) - 1)


def median(counts: Mapping[int, int]) -> float | None:
    """Return the middle value, or the mean of the two in the middle."""
    total = sum(counts.values())
    if not total:
        return None
    return (_nth(counts, (total - 1) // 2) + _nth(counts, total // 2)) / 2


def share(part: int, total: int) -> int | None:
    """Return ``part`` in percent of ``total``, rounded down: 99.9 is not all; None of nothing."""
    return 100 * part // total if total else None


def days_to_clear(waiting: int, answered: int, workdays: int) -> int | None:
    """Return in how many working days what waits is done at the pace of the past, rounded up.

    ``answered`` files in ``workdays`` are the pace; ``None`` if nothing was answered.
    """
    if not waiting:
        return 0
    return -(-waiting * max(workdays, 1) // answered) if answered else None


def _nth(counts: Mapping[int, int], place: int) -> int:
    """Return the value at a place, counted from 0, of all values in order."""
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed > place:
            return value
    raise IndexError(place)
