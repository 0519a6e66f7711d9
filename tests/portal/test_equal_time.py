"""Nobody learns from the time of an answer whether an address has an account.

A clock on the wall would be a matter of luck: the work is counted. Hashing a password is nearly all
of it, and what is queued and asked of the database the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

from notices.models import Notice
from portal.settings import security
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "ada@contoh.test", "tiada@contoh.test"
MANY = 10  # questions to the database that may differ: each is a thousandth of a hash
TYPED = "perahu-kertas-tujuh-belas"


class CountedHasher(MD5PasswordHasher):
    """Counts how often a password is hashed, to make it or to compare it."""

    algorithm = "counted"
    count = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).count += 1
        return super().encode(password, salt)


@dataclass(frozen=True)
class Work:
    """What an answer took, and the answer."""

    hashes: int
    mails: int
    questions: int
    status: int
    place: str


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any, limits_on: None) -> None:
    """Guesses are counted and written down; each hash is counted."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountedHasher"]


def work(send: Callable[[Client, str], Any], email: str) -> Work:
    """Send a form with an address from a fresh browser; return what it took."""
    client, mails = Client(), Notice.objects.count()
    CountedHasher.count = 0
    with CaptureQueriesContext(connection) as asked:
        answer = send(client, email)
    return Work(
        hashes=CountedHasher.count,
        mails=Notice.objects.count() - mails,
        questions=len(asked),
        status=answer.status_code,
        place=answer.get("Location", ""),
    )


def log_in(client: Client, email: str) -> Any:
    return client.post("/akun/login/", {"login": email, "password": "salah-sekali-ini"})


def sign_up(client: Client, email: str) -> Any:
    typed = {"email": email, "full_name": "Budi", "password1": TYPED, "password2": TYPED}
    return client.post("/akun/signup/", typed)


def ask_for_a_new_password(client: Client, email: str) -> Any:
    return client.post("/akun/password/reset/", {"email": email})


@pytest.mark.parametrize(
    ("send", "hashes", "mails"),
    [(log_in, 2, 0), (sign_up, 1, 1), (ask_for_a_new_password, 0, 1)],
)
def test_known_and_unknown_addresses_cost_the_same(
    send: Callable[[Client, str], Any], hashes: int, mails: int
) -> None:
    make_user(KNOWN)
    known, unknown = work(send, KNOWN), work(send, UNKNOWN)
    assert (known.hashes, unknown.hashes) == (hashes, hashes)
    assert (known.mails, unknown.mails) == (mails, mails)
    assert (known.status, known.place) == (unknown.status, unknown.place)
    assert abs(known.questions - unknown.questions) <= MANY


def test_who_was_invited_and_has_no_password_costs_the_same() -> None:
    invited = make_user(KNOWN)
    invited.set_unusable_password()
    invited.save()
    assert work(log_in, KNOWN).hashes == work(log_in, UNKNOWN).hashes


def test_production_hashes_with_argon2() -> None:
    assert issubclass(import_string(security.PASSWORD_HASHERS[0]), Argon2PasswordHasher)
