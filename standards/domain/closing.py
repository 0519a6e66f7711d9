"""Whether a service still takes applications: an office may close it from a day on."""

from __future__ import annotations

from datetime import date


def is_closed(closed_from: date | None, day: date) -> bool:
    """Whether a service closed from ``closed_from`` (``None``: never) is closed on ``day``.

    ``day`` is the local day of the office. Files that were sent before stay what they are.
    """
    return closed_from is not None and closed_from <= day
