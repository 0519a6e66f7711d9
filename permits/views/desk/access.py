"""The door of the desk: who holds a position comes in, and sees the files of their offices."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from accounts.officers import Officer
from permits import selectors
from permits.models import Application


def find(officer: Officer, key: UUID) -> Application:
    """Return a sent file of one of the officer's offices, or 404."""
    found = selectors.sent_file(officer.offices, key)
    if found is None:
        raise Http404
    return found
