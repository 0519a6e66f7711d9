"""Named filters of people and offices.

Their rows are ``Any`` here: the models import this module, and it does not import them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q

from accounts.domain.text import clean_email


class OfficeQuerySet(models.QuerySet[Any]):
    """Offices are public."""

    def public(self) -> Self:
        """Every permit office, but no partner body: anybody may read their names and channels."""
        return self.filter(partner_of=None)


class OfficeManager(models.Manager.from_queryset(OfficeQuerySet)):  # type: ignore[misc]
    """Offices."""

    def get_by_natural_key(self, code: str) -> Any:
        return self.get(code=code)


class PositionManager(models.Manager[Any]):
    """Positions."""

    def get_by_natural_key(self, office: str, code: str) -> Any:
        return self.get(office__code=office, code=code)

    def in_procedures_of(self, office: object) -> models.QuerySet[Any]:
        """Positions that may stand in an SOP of ``office``: its own and its partner bodies'."""
        offices = Q(office=office) | Q(office__partner_of=office)
        return self.filter(offices).select_related("office")


class AppointmentQuerySet(models.QuerySet[Any]):
    """Who holds what, when."""

    def in_force(self, day: date) -> Self:
        """Appointments that hold on ``day`` (first and last day included)."""
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=day),
            started_on__lte=day,
            user__is_active=True,
        )


class AppointmentManager(models.Manager.from_queryset(AppointmentQuerySet)):  # type: ignore[misc]
    """Appointments, always with their position and its office."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Return the rows with position and office, without the picture of the office."""
        rows: models.QuerySet[Any] = super().get_queryset().select_related("position__office")
        return rows.defer("position__office__emblem")

    def of(self, user: Any, at: datetime) -> list[Any]:
        """Return the appointments of ``user`` in force at ``at``, by the day of each office.

        One query, or none if ``user.appointments`` was prefetched (``accounts.officers``).
        """
        if not user.is_active:
            return []
        return [
            row
            for row in user.appointments.all()
            if row.holds_on(row.position.office.local_date(at))
        ]


class UserManager(BaseUserManager[Any]):
    """People are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> Any:
        """Create a user. Without a password the user cannot sign in."""
        user = self.model(email=clean_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> Any:
        """Make one administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Any:
        return self.get(email=username)
