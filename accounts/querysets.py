"""Named filters of people and offices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from accounts.prepared import Blank, Prepared

if TYPE_CHECKING:
    from accounts.models import Appointment, User


@dataclass
class _Read:
    """The appointments of a request by person, and what is asked for along with them."""

    along: dict[str, Any]
    rows: dict[int, list[Appointment]] = field(default_factory=dict)


_READ: ContextVar[_Read | None] = ContextVar("appointments", default=None)


@contextmanager
def appointments_read_once(**along: Any) -> Iterator[None]:
    """Read the appointments of each person once: for a request that only shows.

    ``along`` are expressions over ``user`` that every page needs as well: one question less.
    """
    token = _READ.set(_Read(along))
    try:
        yield
    finally:
        _READ.reset(token)


class OfficeQuerySet(models.QuerySet[Any]):
    """Offices are public."""

    def public(self) -> Self:
        """Every office: anybody may read their names and channels."""
        return self.all()


class AppointmentQuerySet(models.QuerySet[Any]):
    """Who holds what, when."""

    def in_force(self, day: date) -> Self:
        """Appointments that hold on ``day`` (first and last day included)."""
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=day),
            started_on__lte=day,
            user__is_active=True,
        )


# what is asked along with them is the same in every request of a process: it has a name
_HELD: dict[tuple[str, ...], Prepared[Any]] = {}


class AppointmentManager(models.Manager.from_queryset(AppointmentQuerySet)):  # type: ignore[misc]
    """Appointments, and those of one person: nearly every request asks for these."""

    def of(self, user: User, at: datetime) -> list[Appointment]:
        """Return the appointments of ``user`` in force at ``at``, by the day of each office."""
        read = _READ.get()
        rows = None if read is None else read.rows.get(user.pk)
        if rows is None:
            rows = self._held(user, read.along if read else {})
            if read is not None:
                read.rows[user.pk] = rows
        return [row for row in rows if row.holds_on(at.astimezone(row.position.office.zone).date())]

    def _held(self, user: User, along: dict[str, Any]) -> list[Appointment]:
        def compose() -> models.QuerySet[Any, Any]:
            held = self.filter(user=Blank("user"), user__is_active=True)
            held = held.order_by("position", "started_on").annotate(**along)
            return held.select_related("position__office").defer("position__office__emblem")

        return _HELD.setdefault(tuple(along), Prepared(compose)).ask(user=user.pk)
