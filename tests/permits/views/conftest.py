"""The clock of the views: half an hour after the files of the sample office were made."""

from __future__ import annotations

from datetime import datetime, timedelta

import axes.attempts  # noqa: F401  loaded before the clock is stopped: it keeps the "now" it finds
import pytest
from django.utils import timezone


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch, monday: datetime) -> datetime:
    """Make every view believe that it is half past nine on Monday 16 November 2026."""
    at = monday + timedelta(minutes=30)
    monkeypatch.setattr(timezone, "now", lambda: at)
    return at
