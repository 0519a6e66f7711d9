"""Access of applicants: signed in, and only to their own applications."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from permits import selectors
from permits.models import Application


class SignedIn(HttpRequest):
    """A request after ``login_required``: it has a user."""

    user: User


def get_own_application(request: SignedIn, key: UUID) -> Application:
    """Return the user's own application; raise ``Http404`` if there is none."""
    applications = Application.objects.visible_to(request.user).of(request.user).with_related()
    return selectors.with_standard(get_object_or_404(applications, public_id=key))
