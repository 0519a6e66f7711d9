"""Which offices an administrator keeps, and which rows of a list belong to them.

An administrator of the portal (``is_superuser``) keeps all offices; anybody else who may enter the
administration keeps those of ``User.administers``, perhaps none.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import Office, User

# the ways in which a person belongs to an office
PEOPLE: Final = ("workplace", "administers", "appointments__position__office")


def offices_kept(user: User | AnonymousUser) -> QuerySet[Office]:
    """Return the offices whose rows ``user`` may see in the administration."""
    offices: QuerySet[Office] = Office.objects.all()
    if keeps_portal(user):
        return offices
    if isinstance(user, AnonymousUser) or not (user.is_active and user.is_staff):
        return offices.none()
    return offices.filter(administrators=user)


def keeps_portal(user: User | AnonymousUser) -> bool:
    """Whether ``user`` is administrator of the portal: of all offices and of what they share."""
    return user.is_active and user.is_superuser


def keeps(user: User | AnonymousUser, office_id: int | None) -> bool:
    """Whether ``user`` is administrator of this office; ``None`` is what all offices share."""
    if keeps_portal(user):
        return True
    return office_id is not None and offices_kept(user).filter(pk=office_id).exists()


def rows_kept(
    user: User | AnonymousUser, rows: QuerySet[Any], *paths: str, shared: Q | None = None
) -> QuerySet[Any]:
    """Return those of ``rows`` that belong to an office which ``user`` keeps.

    ``paths`` lead from a row to its offices ("position__office"); a row belongs to each of them.
    ``shared`` are rows of all offices that everybody sees.
    """
    if keeps_portal(user):
        return rows
    wanted = shared or Q(pk__in=[])
    for path in paths:
        wanted |= Q(**{f"{path}__in": offices_kept(user)})
    if len(paths) == 1:
        return rows.filter(wanted)
    # a row that several paths reach stands in the list once
    keys = rows.model._default_manager.filter(wanted).order_by().values("pk")
    return rows.filter(pk__in=keys)


def people_kept(user: User | AnonymousUser) -> QuerySet[User]:
    """Return who is employed, appointed or administrator at an office which ``user`` keeps."""
    return rows_kept(user, User.objects.all(), *PEOPLE)


def administrators_of(office: Office | None) -> QuerySet[User]:
    """Return who settles what waits at ``office``; without an office, who keeps the portal."""
    wanted = Q(is_superuser=True)
    if office is not None:
        wanted |= Q(administers=office)
    return User.objects.filter(wanted, is_active=True, is_staff=True).distinct()
