"""Answers that every app gives alike."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve

from accounts.access import Verdict
from workflow.refusals import sentence


def refuse(verdict: Verdict) -> None:
    """Raise 403 with the reason unless the verdict is yes."""
    if not verdict:
        raise PermissionDenied(sentence(verdict.reason))


def answer_to_waiting(
    request: HttpRequest, *, ready: bool, failed: bool = False
) -> HttpResponse | None:
    """Return the answer to a page that asks for its paper again; ``None`` to other requests.

    While it is not, nothing changes; then the browser goes to it, or reads that it failed.
    """
    if not request.headers.get("HX-Request"):
        return None
    if ready or failed:
        return HttpResponse(headers={"HX-Redirect": request.get_full_path()})
    return HttpResponse(status=204)


def asks_to_log_in(response: HttpResponse) -> bool:
    """Whether an answer leads to the login instead of to what was asked for."""
    return urlsplit(response.get("Location", "")).path == resolve_url(settings.LOGIN_URL)


def page_shown(request: HttpRequest) -> str:
    """Return the path of the page from which a request was sent; empty if it is not one of ours."""
    shown = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if shown.netloc != request.get_host() or not shown.path.startswith("/"):
        return ""
    return f"{shown.path}?{shown.query}" if shown.query else shown.path


def page_above(path: str) -> str:
    """Return the nearest path above that is an address: an act stands below its page."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        break
    return path
