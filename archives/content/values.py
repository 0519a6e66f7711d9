"""Plain values of the copy of one's own data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

Row = dict[str, Any]


def instant(at: datetime | None) -> str | None:
    """Return ``at`` in ISO 8601 with its zone; ``None`` stays."""
    return at.isoformat(timespec="seconds") if at else None
