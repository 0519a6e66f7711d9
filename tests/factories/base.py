"""The base world: what every test finds in its database.

It is made once in a test process and stays in the database; each test runs in a transaction on top
of it, which is rolled back. A test that wants another office makes one with ``make_cast``.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import time_machine
from django.db import connection
from django.db.models import Model

from accounts.models import Appointment, Office, Position, User
from permits.models import Application
from standards.models import Evaluation, Procedure, Service, StandardVersion
from tests.factories.permits import NOON, Cast, make_cast
from tests.factories.standards import PUBLISHED_AT
from tests.factories.workflow import load_calendar
from workflow import guards
from workflow.models import CalendarYear, Holiday

_made: list[Cast] = []  # the last one made


def make_base_world() -> None:
    """Write the calendar and one office with its people, unless they are there."""
    if CalendarYear.objects.exists():
        return
    with time_machine.travel(PUBLISHED_AT, tick=False):
        load_calendar()
        _made[:] = [make_cast()]


def base_cast() -> Cast:
    """Return a copy of the cast in the base world, which a test may change."""
    return deepcopy(_made[-1])


def on_monday(make: Callable[..., Application], *arguments: Any) -> int:
    """Play a file of the base world on Monday, and return its key (for fixtures of a module)."""
    with time_machine.travel(NOON, tick=False):
        return make(base_cast(), *arguments, NOON).pk


def remove_base_world() -> None:
    """Empty the tables of the base world, for a test of a portal without any entries."""
    guards.lift(connection)  # a published standard cannot be deleted otherwise
    models: tuple[type[Model], ...] = (
        Evaluation, StandardVersion, Procedure, Service, Appointment, Position, User, Office,
        Holiday, CalendarYear,
    )  # fmt: skip
    for model in models:
        model._default_manager.all().delete()
    connection.check_constraints()  # PostgreSQL changes no trigger while a check is pending
    guards.restore(connection)
