"""Who opened applicants' data: at the offices of a head, and for one applicant."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from accounts.models import User
from permits.models import Application, Opening

SHOWN = 50  # to the applicant


def openings_at(offices: Collection[int]) -> QuerySet[Opening]:
    """Return the openings at these offices (keys), the latest first."""
    rows: QuerySet[Opening] = Opening.objects.filter(application__office__in=offices)
    return rows.select_related("application", "person")


def openers(rows: QuerySet[Opening]) -> list[User]:
    """Return who opened something among ``rows``, by name."""
    keys = rows.order_by().values("person")
    return list(User.objects.filter(pk__in=keys).order_by("full_name"))


def openings_of(application: Application) -> list[Opening]:
    """Return the latest openings of one application, for its applicant."""
    return list(Opening.objects.filter(application=application)[:SHOWN])
