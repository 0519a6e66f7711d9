"""Second factors of people, and a telephone that shows the code."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD

_TIME_TO_TYPE = 5.0  # seconds between reading a code and its check, on a slow machine


def give_app(person: User) -> str:
    """Connect an authenticator app; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def give_codes(person: User) -> list[str]:
    """Make recovery codes; return them."""
    return list(RecoveryCodes.activate(person).generate_codes())


def give_passkey(person: User) -> Authenticator:
    """Store a passkey of which nobody has the private half."""
    data = {"name": "Ponsel", "credential": {}}
    return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)


def code(secret: str) -> str:
    """Return what the app shows now; shortly before it changes wait for the next, as people do."""
    left = app_settings.TOTP_PERIOD - time.time() % app_settings.TOTP_PERIOD
    if left < _TIME_TO_TYPE:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def enter(client: Client, person: User, typed: str, password: str = PASSWORD) -> Any:
    """Sign in with password and second step; return the last answer."""
    client.post(reverse("account_login"), {"login": person.email, "password": password})
    return client.post(reverse("mfa_authenticate"), {"code": typed})


def come_in(client: Client, person: User) -> str:
    """Sign in with an app that is connected for it; return its secret."""
    secret = give_app(person)
    answer = enter(client, person, code(secret))
    assert answer.status_code == 302, "not let in"
    return secret
