"""The one writer of a status."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, TypeVar

from django.db import models, transaction

from accounts.models import User
from workflow.domain.machine import Machine
from workflow.models import TransitionRecord


class Subject(Protocol):
    """A model with a lifecycle: ``status``, its table, and the class of its records."""

    pk: int
    status: str
    lifecycle: Machine
    record_class: type[TransitionRecord]


S = TypeVar("S", bound=models.Model)


def lock(subject: S) -> S:
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
    source = fresh.status  # type: ignore[attr-defined]
    fresh.status = fresh.lifecycle.move(event, source, note=note)  # type: ignore[attr-defined]
    fresh.save(update_fields=["status"])
    fresh.record_class.objects.create(  # type: ignore[attr-defined]
        subject=fresh,
        event=event,
        source=source,
        to=fresh.status,  # type: ignore[attr-defined]
        actor=actor,
        at=at,
        note=note,
        capacity=capacity,
    )
    return fresh
