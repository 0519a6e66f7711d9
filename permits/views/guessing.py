"""Nobody tries codes and numbers until one fits: misses are counted for each client.

They are counted in the cache that all processes share; otherwise each more process would allow as
many more tries.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MISSES = 30
MINUTES = 10


def miss(request: HttpRequest) -> None:
    """Count one code, number or file that led to nothing."""
    key = _key(request)
    cache.add(key, 0, MINUTES * 60)
    try:
        cache.incr(key)
    except ValueError:  # ran out in this very moment
        cache.set(key, 1, MINUTES * 60)


def too_many(request: HttpRequest) -> bool:
    """Whether this client has missed too often of late."""
    return int(cache.get(_key(request), 0)) >= MISSES


def _key(request: HttpRequest) -> str:
    return f"permits-misses:{get_client_ip_address(request)}"


def refuse_guessing(request: HttpRequest) -> HttpResponse:
    """Answer 429: wait some minutes."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(MINUTES * 60)
    return response


def unlisted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep a page out of caches and search engines."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "private, no-store"
        return response

    return wrapped


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 429 to a client that guesses, whether its next guess is right or wrong."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if too_many(request):
            return refuse_guessing(request)
        return view(request, *args, **kwargs)

    return unlisted(wrapped)
