"""Terms of UU 27/2022, in clock hours: holidays and nights count."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

ANSWER_HOURS: Final = 3 * 24  # access and correction: arts. 30 and 32


def answer_due(asked_at: datetime) -> datetime:
    """Return the instant until which a request of ``asked_at`` must be answered."""
    return asked_at + timedelta(hours=ANSWER_HOURS)
