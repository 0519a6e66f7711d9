"""A complaint desk, the clock of the views, and a client that counts from nought."""

from __future__ import annotations

from datetime import datetime, timedelta

import axes.attempts  # noqa: F401  loaded before the clock is stopped: it keeps the "now" it finds
import pytest
from django.utils import timezone

from tests.factories.complaints import make_complaint_desk
from tests.factories.permits import Cast


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch, monday: datetime) -> datetime:
    """Make every view believe that it is half past nine on Monday 16 November 2026."""
    at = monday + timedelta(minutes=30)
    monkeypatch.setattr(timezone, "now", lambda: at)
    return at


@pytest.fixture
def desk(cast: Cast) -> Cast:
    """The cast with its complaint officer and head of section."""
    make_complaint_desk(cast)
    return cast
