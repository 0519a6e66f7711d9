"""The calendar, the clock's working hour and the people that most tests need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from standards.selectors import forget_published
from tests.factories.base import base_cast, make_base_world
from tests.factories.permits import Cast
from workflow import guards

WIB = ZoneInfo("Asia/Jakarta")
# Monday of a week without holidays: nothing here depends on the day the tests run
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=WIB)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Make the test database of pytest-django, and the base world in it."""
    with django_db_blocker.unblock():
        make_base_world()


@pytest.fixture(autouse=True)
def _base_world_again(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test leaves empty tables: the next one begins with the base world again."""
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames:
        request.getfixturevalue("transactional_db")
    elif marker is None or not marker.kwargs.get("transaction"):
        yield
        return
    make_base_world()
    yield
    guards.lift(connection)  # pytest-django flushes next, and "post_migrate" puts them back


@pytest.fixture(autouse=True)
def _published_standards_anew() -> None:
    """What a process keeps of published standards belongs to the database of one test."""
    forget_published()


@pytest.fixture
def monday() -> datetime:
    """Nine o'clock on Monday 16 November 2026 in Jakarta."""
    return MONDAY


@pytest.fixture
def calendar(db: None) -> None:
    """The decreed years 2025 to 2027 with their holidays, which belong to the base world."""


@pytest.fixture
def cast(db: None) -> Cast:
    """The office of the base world with its published standard and a person at every desk."""
    return base_cast()
