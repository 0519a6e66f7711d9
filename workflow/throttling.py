"""Limits how often one client may try codes, numbers and files in vain.

The failures of a client are counted in one database row, so that all processes count together.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from ipaddress import IPv6Network
from typing import Any, Final, TypeVar

from django.db.models import Case, F, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from workflow.models import ThrottleCounter

FAILURES: Final = 30  # within PERIOD; the next request is refused
PERIOD: Final = timedelta(minutes=10)
Answer = TypeVar("Answer", bound=HttpResponseBase)


def count_failure(key: str, at: datetime) -> None:
    """Add one to the counter of ``key``; safe when processes do so at the same time.

    The count starts anew ``PERIOD`` after its first failure. The failure that reaches the limit
    starts the block, which lasts ``PERIOD`` as well.
    """
    counter, over = ThrottleCounter.objects.filter(key=key), at + PERIOD

    def add_one() -> int:
        return counter.update(
            count=Case(When(expires_at__lte=at, then=Value(1)), default=F("count") + 1),
            expires_at=Case(
                When(expires_at__lte=at, then=Value(over)),
                When(count=FAILURES - 1, then=Value(over)),
                default=F("expires_at"),
            ),
        )

    if not add_one():
        fresh = ThrottleCounter(key=key, count=0, expires_at=over)
        ThrottleCounter.objects.bulk_create([fresh], ignore_conflicts=True)
        add_one()


def blocked_for(key: str, at: datetime) -> timedelta:
    """Return how long ``key`` stays blocked from ``at`` on; zero if it is not."""
    counters = ThrottleCounter.objects.filter(key=key, count__gte=FAILURES, expires_at__gt=at)
    for expires_at in counters.values_list("expires_at", flat=True):  # there is one row for a key
        return expires_at - at
    return timedelta()


def count_up(key: str, amount: int, at: datetime, period: timedelta) -> None:
    """Add ``amount`` to the counter of ``key``, which starts anew ``period`` after its first."""
    counter, over = ThrottleCounter.objects.filter(key=key), at + period

    def add() -> int:
        return counter.update(
            count=Case(When(expires_at__lte=at, then=Value(amount)), default=F("count") + amount),
            expires_at=Case(When(expires_at__lte=at, then=Value(over)), default=F("expires_at")),
        )

    if not add():
        fresh = ThrottleCounter(key=key, count=0, expires_at=over)
        ThrottleCounter.objects.bulk_create([fresh], ignore_conflicts=True)
        add()


def counted(key: str, at: datetime) -> tuple[int, timedelta]:
    """Return what was counted for ``key`` and how long that still counts."""
    counters = ThrottleCounter.objects.filter(key=key, expires_at__gt=at)
    count, expires_at = counters.values_list("count", "expires_at").first() or (0, at)
    return count, expires_at - at


def take(key: str, limit: int, at: datetime, period: timedelta) -> bool:
    """Count one more for ``key``, unless ``limit`` are counted already; return whether it was.

    The count starts anew ``period`` after the last one that was counted: never more than ``limit``
    fall into one ``period``. Safe when processes do so at the same time.
    """
    counter, over = ThrottleCounter.objects.filter(key=key), at + period
    open_to_more = Q(expires_at__lte=at) | Q(count__lt=limit)

    def add_one() -> int:
        return counter.filter(open_to_more).update(
            count=Case(When(expires_at__lte=at, then=Value(1)), default=F("count") + 1),
            expires_at=over,
        )

    if add_one():
        return True
    fresh = ThrottleCounter(key=key, count=0, expires_at=over)
    ThrottleCounter.objects.bulk_create([fresh], ignore_conflicts=True)
    return bool(add_one())


def give_back(key: str) -> None:
    """Take back one that ``take`` has counted for ``key``."""
    ThrottleCounter.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)


def delete_expired(at: datetime) -> int:
    """Delete the counters that no longer count at ``at``; return how many."""
    return ThrottleCounter.objects.filter(expires_at__lte=at).delete()[0]


@dataclass(frozen=True, slots=True)
class Throttle:
    """One limit for each client: after ``FAILURES`` within ``PERIOD`` it is blocked for ``PERIOD``.

    ``client`` returns the name of the client of a request, as it is stored.
    """

    name: str
    client: Callable[[HttpRequest], str]

    def record_failure(self, request: HttpRequest) -> None:
        """Count one code, number or file that led to nothing."""
        count_failure(self._key(request), timezone.now())

    def is_blocked(self, request: HttpRequest) -> bool:
        """Return whether this client must wait."""
        return bool(blocked_for(self._key(request), timezone.now()))

    def refusal(self, request: HttpRequest) -> HttpResponse | None:
        """Return the answer 429 with its ``Retry-After``; ``None`` if the client is not blocked."""
        wait = blocked_for(self._key(request), timezone.now())
        if not wait:
            return None
        response = render(request, "429.html", status=429)
        response["Retry-After"] = str(math.ceil(wait.total_seconds()))
        return response

    def _key(self, request: HttpRequest) -> str:
        return f"{self.name}:{self.client(request)}"


def address(request: HttpRequest) -> str:
    """Return the IP address of a client; of IPv6 the network of 64 bits, which is one line."""
    found = str(request.META.get("REMOTE_ADDR", ""))
    return str(IPv6Network((found, 64), strict=False)) if ":" in found else found


def hashed_address(request: HttpRequest) -> str:
    """Return a keyed hash of the IP address, for pages that must not store the address."""
    return salted_hmac(
        "workflow.throttling.hashed_address", address(request), algorithm="sha256"
    ).hexdigest()


CODES = Throttle("permits-codes", address)


def not_cached(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Keep a page out of caches and search engines."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "private, no-store"
        return response

    return wrapped


def throttled_by(throttle: Throttle) -> Callable[..., Callable[..., HttpResponse]]:
    """Answer 429 to a blocked client, whether its next try is right or wrong."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return throttle.refusal(request) or view(request, *args, **kwargs)

        return not_cached(wrapped)

    return decorate
