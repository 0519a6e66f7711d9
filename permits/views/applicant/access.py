"""The door of applicants: signed in, and only to their own files."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from permits import selectors
from permits.models import Application


class SignedIn(HttpRequest):
    """A request behind ``login_required``: somebody is there."""

    user: User


def get_own_application(request: SignedIn, key: UUID) -> Application:
    """Return the person's own file or answer 404."""
    files = Application.objects.visible_to(request.user).of(request.user).with_related()
    return selectors.with_standard(get_object_or_404(files, public_id=key))
