"""The clock of the views: half an hour after the files of the sample office were made."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from time_machine import TimeMachineFixture


@pytest.fixture
def now(time_machine: TimeMachineFixture, monday: datetime) -> datetime:
    """Make every view believe that it is half past nine on Monday 16 November 2026."""
    at = monday + timedelta(minutes=30)
    time_machine.move_to(at, tick=False)
    return at
