"""What a session has proved about the person in it.

allauth keeps in the session by which means somebody came in. A second factor that was set up in the
session counts as proved: its first code was right, or its key answered.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.officers import officer_of
from accounts.second_factors import KINDS

NOT_SET_UP: Final = "second_factor_not_set_up"
NOT_SHOWN: Final = "second_factor_not_shown"
WAY_BACK: Final = "second_factor_way_back"  # in the session: where somebody was led away from
_SET_UP_HERE: Final = "second_factor_set_up"  # in the session


def is_staff(user: User | AnonymousUser, at: datetime) -> bool:
    """Whether a second factor is compulsory for ``user``: administrators, holders of a position."""
    if isinstance(user, AnonymousUser) or not user.is_authenticated:
        return False
    return user.is_staff or user.is_superuser or bool(officer_of(user, at).seats)


def missing(request: HttpRequest, at: datetime) -> str:
    """Return what keeps the person of this session from work for which it is compulsory.

    That is ``NOT_SET_UP`` (they have no second factor), ``NOT_SHOWN`` (they have one, and this
    session was opened without it) or "" (nothing). Where the portal does not ask for a second
    factor (the demo), it is always "".
    """
    if not settings.SECOND_FACTOR_REQUIRED or not is_staff(request.user, at):
        return ""
    factors = _factors(request.user)
    if not factors:
        return NOT_SET_UP
    shown = {key for key, _when in _factors_shown(request)}
    return "" if shown & factors else NOT_SHOWN


def must_be_renewed(request: HttpRequest) -> bool:
    """Whether a signature needs the second factor again: it was last shown too long ago."""
    return settings.SECOND_FACTOR_REQUIRED and not is_fresh(request)


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person has proved in the last five minutes who they are.

    Whoever has a second factor proves it with that, whoever has none with the password.
    """
    if not request.user.is_authenticated:
        return False
    factors = _factors(request.user)
    if factors:
        return any(_recent(when) for key, when in _factors_shown(request) if key in factors)
    return any(_recent(one["at"]) for one in get_authentication_records(request, request.user))


def has_second_factor(user: User | AnonymousUser) -> bool:
    """Whether ``user`` has set up a second factor."""
    return bool(_factors(user))


def _factors(user: User | AnonymousUser) -> set[int]:
    """Return the keys of all second factors of ``user``; recovery codes alone are none."""
    rows = dict(Authenticator.objects.filter(user_id=user.pk).values_list("pk", "type"))
    return set(rows) if set(KINDS) & set(rows.values()) else set()


def _factors_shown(request: HttpRequest) -> Iterator[tuple[int, float]]:
    """Yield key and Unix time of every second factor shown, or set up, in this session."""
    for record in get_authentication_records(request, request.user):
        if record["method"] == "mfa":
            yield record["id"], record["at"]
    yield from request.session.get(_SET_UP_HERE, ())


def _recent(when: float) -> bool:
    """Whether ``when`` is recent on the clock of allauth, which wrote it."""
    return time.time() - when < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


@receiver(authenticator_added)
def note_set_up(request: HttpRequest, authenticator: Authenticator, **_facts: Any) -> None:
    """Keep in the session which second factor was set up in it."""
    kept = request.session.get(_SET_UP_HERE, [])
    request.session[_SET_UP_HERE] = [*kept, [authenticator.pk, time.time()]]
