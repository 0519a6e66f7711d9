"""What every page knows."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.officers import Officer, officer_of
from notices.selectors import unread_count
from portal.waiting import Counts, counts

THEMES = {"light", "dark"}


def site(request: HttpRequest) -> dict[str, object]:
    """Return what layouts show: name, demo, theme, desk and part of an officer, what waits.

    Values from the database are lazy: they are read when a template uses them.
    """
    theme = request.COOKIES.get("theme", "")
    context: dict[str, object] = {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "theme": theme if theme in THEMES else "",
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {**context, "desk": {}, "waits": Counts(), "complaint_desk": False}
    waits: Any = SimpleLazyObject(lambda: _waiting(request))
    return {
        **context,
        "desk": SimpleLazyObject(lambda: _desk(request)),
        "waits": waits,
        "complaint_desk": SimpleLazyObject(lambda: bool(waits.roles or _officer(request).headed)),
    }


def _officer(request: HttpRequest) -> Officer:
    """Return the user as an officer, read once for the request."""
    if not hasattr(request, "officer"):
        assert not isinstance(request.user, AnonymousUser)  # noqa: S101  checked before
        request.officer = officer_of(request.user, timezone.now())  # type: ignore[attr-defined]
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def _desk(request: HttpRequest) -> dict[str, object]:
    """Return office, position and layout of an officer; empty for whoever holds no position."""
    officer = _officer(request)
    return {**officer.desk, "layout": "desk.html"} if officer.seats else {}


def _waiting(request: HttpRequest) -> Counts:
    """Return what waits for the user: of people without a position only messages are counted."""
    officer = _officer(request)
    return counts(officer) if officer.seats else Counts(unread=unread_count(officer.user))
