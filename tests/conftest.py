"""The calendar, the clock's working hour and the people that most tests need."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone

from tests.factories.kept import one_test
from tests.factories.permits import Cast, make_cast
from tests.factories.workflow import load_calendar
from workflow import guards

WIB = ZoneInfo("Asia/Jakarta")
# Monday of a week without holidays: nothing here depends on the day the tests run
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=WIB)


_emptied = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _empty_without_guards(self: TransactionTestCase) -> None:
    """Emptying the tables is no tampering: lift the triggers while the test database is flushed."""
    guards.lift(connection)
    _emptied(self)
    guards.restore(connection)


TransactionTestCase._fixture_teardown = _empty_without_guards  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _one_test(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Worlds are put back only into what is known, with nothing patched but the time of day."""

    def patched() -> bool:
        replaced = [one for one in monkeypatch._setattr if one[:2] != (timezone, "now")]
        return bool(replaced or monkeypatch._setitem)

    with one_test(patched):
        yield


@pytest.fixture
def monday() -> datetime:
    """Nine o'clock on Monday 16 November 2026 in Jakarta."""
    return MONDAY


@pytest.fixture
def calendar(db: None) -> None:
    """The decreed years 2025 to 2027 with their holidays."""
    load_calendar()


@pytest.fixture
def cast(db: None, calendar: None) -> Cast:
    """One office with a published standard and a person at every desk."""
    return make_cast()


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays: do not look through it for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
