"""Nobody tries codes and numbers until one fits: misses are counted for each client.

They are counted in the cache that all processes share; otherwise each more process would allow as
many more tries.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from axes.helpers import get_client_ip_address
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac

MISSES = 30
MINUTES = 10
Answer = TypeVar("Answer", bound=HttpResponseBase)


@dataclass(frozen=True, slots=True)
class Throttle:
    """Counts what led to nothing, for each client and for some minutes.

    ``client`` names the client in the cache; ``kept`` is the cache.
    """

    name: str
    client: Callable[[HttpRequest], str]
    kept: str = "default"

    def miss(self, request: HttpRequest) -> None:
        """Count one code, number or file that led to nothing."""
        key, counts = self._key(request), caches[self.kept]
        counts.add(key, 0, MINUTES * 60)
        try:
            counts.incr(key)
        except ValueError:  # ran out in this very moment
            counts.set(key, 1, MINUTES * 60)

    def too_many(self, request: HttpRequest) -> bool:
        """Whether this client has missed too often of late."""
        return int(caches[self.kept].get(self._key(request), 0)) >= MISSES

    def _key(self, request: HttpRequest) -> str:
        return f"{self.name}:{self.client(request)}"


def address(request: HttpRequest) -> str:
    """Name a client by its address."""
    return str(get_client_ip_address(request))


def nameless(request: HttpRequest) -> str:
    """Name a client so that nobody reads its address from it: complaints keep none."""
    return salted_hmac("guessing.nameless", address(request), algorithm="sha256").hexdigest()


_CODES = Throttle("permits-misses", address)
miss, too_many = _CODES.miss, _CODES.too_many


def refuse_guessing(request: HttpRequest) -> HttpResponse:
    """Answer 429: wait some minutes."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(MINUTES * 60)
    return response


def unlisted(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Keep a page out of caches and search engines."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "private, no-store"
        return response

    return wrapped


def guarded_by(throttle: Throttle) -> Callable[..., Callable[..., HttpResponse]]:
    """Answer 429 to a client that guesses, whether its next guess is right or wrong."""

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if throttle.too_many(request):
                return refuse_guessing(request)
            return view(request, *args, **kwargs)

        return unlisted(wrapped)

    return guard


guarded = guarded_by(_CODES)
