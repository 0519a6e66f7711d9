"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.selectors import held
from complaints.selectors import has_part
from notices.selectors import unread_count

THEMES = {"light", "dark"}


def site(request: HttpRequest) -> dict[str, object]:
    """Return what layouts show: name, demo, theme, desk and part of an officer, unread messages."""
    theme = request.COOKIES.get("theme", "")
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "theme": theme if theme in THEMES else "",
        "desk": SimpleLazyObject(lambda: _desk(request)),
        "unread": SimpleLazyObject(lambda: _unread(request)),
        "complaint_desk": SimpleLazyObject(lambda: _complaint_desk(request)),
    }


def _desk(request: HttpRequest) -> dict[str, object]:
    """The office and position somebody holds today; nothing for the public. Read if asked for."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    for appointment in held(user, timezone.now()).values():
        return {"office": appointment.position.office, "position": appointment.position}
    return {}


def _complaint_desk(request: HttpRequest) -> bool:
    """Whether somebody has a part in complaints; known from their positions already."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and has_part(user, timezone.now()))


def _unread(request: HttpRequest) -> int:
    """How many messages wait in the account; no question for the public."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    for appointment in held(user, timezone.now()).values():
        known: int | None = getattr(appointment, "unread", None)
        if known is not None:
            return known
    return unread_count(user)
