"""What every page knows."""

from typing import cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.officers import Officer, OfficerRequest, officer_of
from notices.selectors import unread_count
from portal.search_forms import DeskSearchForm, HeadSearchForm, SearchForm
from portal.waiting_counts import Menu, menu_of

THEMES = {"light", "dark"}


def site(request: HttpRequest) -> dict[str, object]:
    """Return what layouts show: name, demo, theme, desk of an officer, the menu.

    Values from the database are lazy: they are read when a template uses them.
    """
    theme = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    context: dict[str, object] = {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "second_factor_required": settings.SECOND_FACTOR_REQUIRED,
        "theme_cookie": settings.THEME_COOKIE_NAME,
        "theme": theme if theme in THEMES else "",
        # classes: a template makes a form of the one that it draws
        "search_form": SearchForm,
        "head_search_form": HeadSearchForm,
        "desk_search_form": DeskSearchForm,
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {**context, "desk": {}, "menu": Menu()}
    return {
        **context,
        "desk": SimpleLazyObject(lambda: _desk(request)),
        "menu": SimpleLazyObject(lambda: _menu(request)),
    }


def _officer(request: HttpRequest) -> Officer:
    """Return the user as an officer, read once for the request."""
    read = cast(OfficerRequest, request)
    if not hasattr(read, "officer"):
        assert not isinstance(read.user, AnonymousUser)  # noqa: S101  checked before
        read.officer = officer_of(read.user, timezone.now())
    return read.officer


def _desk(request: HttpRequest) -> dict[str, object]:
    """Return office, position and layout of an officer; empty for whoever holds no position.

    Also for whoever lacks the second factor: they see what strangers see
    (``portal.staff_sessions``).
    """
    officer = _officer(request)
    if getattr(request, "second_factor_missing", ""):
        return {}
    return {**officer.desk, "layout": "desk.html"} if officer.seats else {}


def _menu(request: HttpRequest) -> Menu:
    """Return what the menus show; of people without a position only messages are counted."""
    officer = _officer(request)
    return menu_of(officer) if officer.seats else Menu(unread=unread_count(officer.user))
