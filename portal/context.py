"""What every page knows."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.selectors import held
from complaints.selectors import has_part
from notices.selectors import unread_count

THEMES = {"light", "dark"}


def site(request: HttpRequest) -> dict[str, object]:
    """Return what layouts show: name, demo, theme, desk and part of an officer, unread messages.

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
        return {**context, "desk": {}, "unread": 0, "complaint_desk": False}
    return {
        **context,
        "desk": SimpleLazyObject(lambda: _desk(request)),
        "unread": SimpleLazyObject(lambda: unread_count(user)),
        "complaint_desk": SimpleLazyObject(lambda: has_part(user, timezone.now())),
    }


def _desk(request: HttpRequest) -> dict[str, object]:
    """Return the office and the position the user holds today; empty when there is none."""
    officer = getattr(request, "officer", None)
    if officer is not None:
        return dict(officer.desk)
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101  checked before
    for appointment in held(request.user, timezone.now()).values():
        return {"office": appointment.position.office, "position": appointment.position}
    return {}
