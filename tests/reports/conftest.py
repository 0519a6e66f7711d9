"""An office that compiles a report of a kind made for tests, at noon."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from time_machine import TimeMachineFixture

from reports.kinds import KINDS
from reports.services.registering import register
from tests.factories.base import base_cast
from tests.factories.permits import NOON, Cast
from tests.factories.reports import KIND, make_roles
from workflow import alarms


@pytest.fixture(autouse=True)
def _kind(time_machine: TimeMachineFixture) -> Iterator[None]:
    time_machine.move_to(NOON, tick=False)
    known, watched = dict(KINDS), dict(alarms.TERMS)
    KINDS.clear()  # what other apps owe is not counted here
    register(KIND)
    yield
    KINDS.clear()
    KINDS.update(known)
    alarms.TERMS.clear()
    alarms.TERMS.update(watched)


@pytest.fixture
def cast() -> Cast:
    cast = base_cast()
    make_roles(cast)
    return cast
