"""How officers come to an application: only to the sent ones of their own offices."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.officers import Officer
from permits.models import Application
from permits.querysets import ApplicationQuerySet
from permits.selectors import with_standard


def get_application(officer: Officer, key: UUID) -> Application:
    """Return a sent application of one of the officer's offices, to act on it.

    Raises ``Http404`` if there is none.
    """
    return _get(Application.objects.with_related(), officer, key)


def get_application_for_page(officer: Officer, key: UUID) -> Application:
    """Return the same with everything its page shows."""
    return _get(Application.objects.for_application_page(), officer, key)


def _get(applications: ApplicationQuerySet, officer: Officer, key: UUID) -> Application:
    found = get_object_or_404(applications.sent_to(officer.offices), public_id=key)
    return with_standard(found)
