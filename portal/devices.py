"""Devices on which a person has signed in before: strangers' guesses do not count against them."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

_SALT: Final = "portal.devices"
_KEPT: Final = timedelta(days=180)


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Mark this device as known to the account ``email``, for 180 days from now."""
    response.set_signed_cookie(
        _cookie(email),
        _device(request, email) or secrets.token_urlsafe(16),
        salt=_SALT,
        max_age=_KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def guessed_account(request: HttpRequest, typed: str) -> str:
    """Return the name under which a try at the account of an e-mail address is counted.

    All addresses of an account are one name. A device known to the account has a name of its own.
    """
    email = typed.strip().lower()
    first = EmailAddress.objects.filter(email=email).values_list("user__email", flat=True).first()
    account = first or email
    return f"{account} {_device(request, account)}".rstrip()


def _device(request: HttpRequest, email: str) -> str:
    found = request.get_signed_cookie(_cookie(email), default="", salt=_SALT, max_age=_KEPT)
    return found or ""


def _cookie(email: str) -> str:
    """Return the name of the cookie: one for each account, which it does not tell."""
    mark = salted_hmac(_SALT, email.lower(), algorithm="sha256").hexdigest()[:12]
    return f"{settings.DEVICE_COOKIE_NAME}-{mark}"
