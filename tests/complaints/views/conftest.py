"""A complaint desk, the clock of the views, and a client that counts from nought."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from time_machine import TimeMachineFixture

from tests.factories.complaints import make_complaint_desk
from tests.factories.permits import Cast


@pytest.fixture
def now(time_machine: TimeMachineFixture, monday: datetime) -> datetime:
    """Make every view believe that it is half past nine on Monday 16 November 2026."""
    at = monday + timedelta(minutes=30)
    time_machine.move_to(at, tick=False)
    return at


@pytest.fixture
def desk(cast: Cast) -> Cast:
    """The cast with its complaint officer and head of section."""
    make_complaint_desk(cast)
    return cast
