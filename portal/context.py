"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.selectors import held

THEMES = {"light", "dark"}


def site(request: HttpRequest) -> dict[str, object]:
    """Return the portal's name, whether this is the demo, the theme, and the desk of an officer."""
    theme = request.COOKIES.get("theme", "")
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "theme": theme if theme in THEMES else "",
        "desk": SimpleLazyObject(lambda: _desk(request)),
    }


def _desk(request: HttpRequest) -> dict[str, object]:
    """The office and position somebody holds today; nothing for the public. Read if asked for."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    for appointment in held(user, timezone.now()).values():
        return {"office": appointment.position.office, "position": appointment.position}
    return {}
