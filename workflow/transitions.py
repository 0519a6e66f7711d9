"""The one writer of a status."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import models, transaction

from accounts.models import User
from workflow.models import LifecycleModel

M = TypeVar("M", bound=models.Model)
S = TypeVar("S", bound=LifecycleModel)


def lock(subject: M) -> M:
    """Return a fresh, locked copy of ``subject``'s row; must run inside a transaction.

    PostgreSQL locks the row; SQLite holds its one write lock (IMMEDIATE).
    """
    return type(subject)._default_manager.select_for_update().get(pk=subject.pk)


@transaction.atomic
def fire(
    subject: S,
    event: str,
    *,
    actor: User | None,
    at: datetime,
    note: str = "",
    capacity: str = "",
) -> S:
    """Lock, ask the table, write status and record together; return the fresh row.

    Raises ``TransitionRefused`` when the table has no such move or a needed note is missing.
    """
    fresh = lock(subject)
    source = fresh.status
    fresh.status = fresh.lifecycle.move(event, source, note=note)
    fresh.save(update_fields=["status"])
    fresh.records.create(
        event=event,
        source=source,
        to=fresh.status,
        actor=actor,
        at=at,
        note=note,
        capacity=capacity,
    )
    return fresh
