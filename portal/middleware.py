"""Small promises about every answer and every request."""

import ipaddress
import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation

from workflow.http import asks_to_log_in, page_above, page_shown

logger = logging.getLogger(__name__)


class VisitorAddress:
    """Puts the visitor's address into ``REMOTE_ADDR``, where everything else reads it.

    Trusts exactly ``PROXY_COUNT`` proxies (default none). ``X-Forwarded-For`` is then taken away,
    so that no library reads it by rules of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chain = request.META.pop("HTTP_X_FORWARDED_FOR", "").split(",")
        proxies = settings.PROXY_COUNT
        if 0 < proxies <= len(chain) and (address := _as_address(chain[-proxies])):
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)


def _as_address(text: str) -> str:
    """Return the usual form of an IP address; an empty string for anything else."""
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


class ChosenLanguage:
    """Indonesian unless the person has chosen otherwise; what a browser was set to is no choice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(known):
            request.LANGUAGE_CODE = known
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", known)
        return response


class PrivatePages:
    """No shared cache may keep a page of a signed-in person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class RefusedActs:
    """Writes down who was refused what: the name of the page and the key of the account.

    No address, which may hold a code. Nobody is named on pages of complaints and surveys who may be
    the one who speaks there: of these, as of people without an account, only forms of other sites
    (403) and what was refused to guessers (429) are written down.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match, status = request.resolver_match, response.status_code
        if status not in (403, 404, 429) or match is None:
            return response
        whose = _whose(request, set(match.app_names))
        if whose or status == 429 or (status == 403 and request.method == "POST"):
            logger.warning(
                "refused %s %s to %s: %s",
                request.method,
                match.view_name,
                whose or "a visitor",
                status,
            )
        return response


def _whose(request: HttpRequest, apps: set[str]) -> str:
    """Return the account of a request as the log names it; "" where nobody is to be named."""
    user = request.user
    if not user.is_authenticated:
        return ""
    speaks = not apps.isdisjoint({"complaints", "surveys"}) and "/meja/" not in request.path
    return "" if speaks and not user.is_staff else f"account {user.pk}"


class SignedOut:
    """Has the browser forget what its tabs kept, typed text included, when somebody signs out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and request.path == resolve_url("account_logout"):
            response["Clear-Site-Data"] = '"storage"'
        return response


class SessionOver:
    """Leads back to the page somebody whose session is over.

    A script gets 401 with a sentence, never the login page. The address of an act, to which the
    login returns, leads to the page of the act; ``portal/js/typed.js`` fills in what was typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            return redirect(page_above(request.path))
        if request.headers.get("HX-Request") and asks_to_log_in(response):
            context = {"page": page_shown(request) or request.path}
            return render(request, "components/session_over.html", context, status=401)
        return response
