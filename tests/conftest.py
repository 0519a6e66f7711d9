"""The calendar, the clock's working hour and the people that most tests need."""

from __future__ import annotations

import itertools
from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings

from permits.models import Application
from portal.settings import security
from standards.selectors import forget_published
from surveys.selectors import forget_published as forget_surveys
from tests.factories.base import base_cast, make_base_world, on_monday
from tests.factories.permits import (
    Cast,
    make_accepted,
    make_completed,
    make_issued,
    make_submitted,
)
from workflow import guards

WIB = ZoneInfo("Asia/Jakarta")
# Monday of a week without holidays: nothing here depends on the day the tests run
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=WIB)
_FOLDERS = itertools.count()
_blockers: list[Any] = []  # of pytest-django, for the hook below


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Make the test database of pytest-django, and the base world in it."""
    _blockers.append(django_db_blocker)
    with django_db_blocker.unblock():
        make_base_world()


def _is_transactional(item: pytest.Item) -> bool:
    """Whether the database is flushed after a test."""
    marker = item.get_closest_marker("django_db")
    asked = "transactional_db" in getattr(item, "fixturenames", ())
    return asked or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(autouse=True)
def _flush_without_guards(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let pytest-django flush the tables after a test; "post_migrate" puts the guards back."""
    if not _is_transactional(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    guards.lift(connection)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Make the base world again after the flush, for the test that comes next.

    After the last one there is no database any more.
    """
    result = yield
    if nextitem is not None and _is_transactional(item):
        with _blockers[-1].unblock():
            make_base_world()
    return result


@pytest.fixture(autouse=True)
def _published_rows_anew() -> None:
    """What a process keeps of published standards and surveys belongs to one test's database."""
    forget_published()
    forget_surveys()


@pytest.fixture(autouse=True, scope="module")
def _registers_of_the_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The numbers kept outside the database belong to the world that a module makes …"""
    with override_settings(AUDIT_DIR=_new_folder(tmp_path_factory)):
        yield


@pytest.fixture(autouse=True)
def _registers_of_the_test(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """… or to the database of one test."""
    settings.AUDIT_DIR = _new_folder(tmp_path_factory)


def _new_folder(temporary: pytest.TempPathFactory) -> Path:
    return temporary.getbasetemp() / f"audit-{next(_FOLDERS)}"


@pytest.fixture
def limits_on(settings: Any) -> None:
    """Requests are limited, guesses refused and sign-ins recorded as in production."""
    settings.ACCOUNT_RATE_LIMITS = security.ACCOUNT_RATE_LIMITS
    settings.AXES_ENABLED = True
    cache.clear()


@pytest.fixture
def own_storage(settings: Any, tmp_path: Path) -> None:
    """A storage in which only what the test stores is found."""
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "private"}}
    (tmp_path / "private").mkdir()
    settings.STORAGES = {**settings.STORAGES, "default": default}


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


# --- what a module makes once ---


@pytest.fixture(scope="module")
def module_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Keep what fixtures of the module write, under the transactions of its tests, until its end.

    They write on Monday morning. A fixture of one test reads the rows anew: no test sees what
    another one changed.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _submitted(module_world: None) -> int:
    return on_monday(make_submitted)


@pytest.fixture
def submitted(_submitted: int, db: None) -> Application:
    """A file sent on Monday: played once for the module."""
    return Application.objects.get(pk=_submitted)


@pytest.fixture(scope="module")
def _accepted(module_world: None) -> int:
    return on_monday(make_accepted)


@pytest.fixture
def accepted(_accepted: int, db: None) -> Application:
    """A file declared complete and correct on Monday: played once for the module."""
    return Application.objects.get(pk=_accepted)


@pytest.fixture(scope="module")
def _issued(module_world: None) -> int:
    return on_monday(make_issued)


@pytest.fixture
def issued(_issued: int, db: None) -> Application:
    """A file whose permit was issued on Monday: played once for the module."""
    return Application.objects.get(pk=_issued)


@pytest.fixture(scope="module")
def _completed(module_world: None) -> int:
    return on_monday(make_completed)


@pytest.fixture
def completed(_completed: int, db: None) -> Application:
    """A file handed over on Monday: played once for the module."""
    return Application.objects.get(pk=_completed)
