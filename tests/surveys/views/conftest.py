"""An office with questionnaires, at noon."""

from __future__ import annotations

import pytest
from time_machine import TimeMachineFixture

from tests.factories.base import base_cast
from tests.factories.permits import NOON, Cast
from tests.factories.surveys import load_questionnaires


@pytest.fixture(autouse=True)
def _noon(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def cast() -> Cast:
    """The people of the base world; their office has published SKM and IPAK."""
    load_questionnaires()
    return base_cast()
