"""Invitations: a new officer gets a link by mail and makes the password with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from allauth.account.adapter import get_adapter
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.models import User

VALID: Final = timedelta(days=14)
_SALT: Final = "accounts.invitations"


def invite(request: HttpRequest, user: User) -> None:
    """Send the link to the address of ``user``."""
    url = request.build_absolute_uri(reverse("portal:invitation", args=[make_token(user)]))
    context = {"user": user, "invitation_url": url, "days": VALID.days}
    get_adapter(request).send_mail("account/email/invitation", user.email, context)


def make_token(user: User) -> str:
    """Return the token of a link: it works for 14 days, until the person has a password."""
    return signing.dumps([user.pk, _mark(user)], salt=_SALT)


def invited(token: str) -> User | None:
    """Return the person whom a token invites; ``None`` if it is wrong, too old or used."""
    try:
        key, mark = signing.loads(token, salt=_SALT, max_age=VALID)
    except (signing.BadSignature, ValueError):
        return None
    user = User.objects.filter(pk=key, is_active=True).first()
    return user if user and mark == _mark(user) else None


def _mark(user: User) -> str:
    """Return what changes with the password and the address."""
    return salted_hmac(_SALT, f"{user.password} {user.email}", algorithm="sha256").hexdigest()[:32]
