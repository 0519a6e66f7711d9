"""Passwords, sessions and codes: what we ask of Django and allauth, seen from outside."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axes.models import AccessAttempt
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from notices.models import Notice
from portal.settings.security import PASSWORD_HASHERS
from tests.factories.factors import code

pytestmark = pytest.mark.django_db

PASSWORD = "Kuda laut di atas bukit"
LONG = "perahu " * 18 + "kertas"  # 132 signs


@pytest.fixture
def person() -> User:
    person = User.objects.create_user("wati@example.id", PASSWORD, full_name="Wati Lestari")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


@pytest.fixture
def inside(client: Client, person: User) -> Client:
    assert login(client, PASSWORD)
    return client


def login(client: Client, password: str) -> bool:
    """Sign in; return whether the session belongs to somebody then."""
    client.post("/akun/login/", {"login": "wati@example.id", "password": password})
    return "_auth_user_id" in client.session


def register(client: Client, password: str) -> bool:
    """Register; return whether the account was made."""
    sent = {"email": "budi@example.id", "full_name": "Budi Santoso", "phone": "081234567890"}
    client.post("/akun/signup/", {**sent, "password1": password, "password2": password})
    return User.objects.filter(email="budi@example.id").exists()


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("kudalautbki", False),  # eleven signs
        ("kudalautbkit", True),
        ("111111111111", False),  # on the list of common ones
        ("1q2w3e4r5t6y", False),
        ("qwerty123456", False),
        ("budi@example.id", False),  # as the address
        ("semua huruf kecil", True),  # no rule about kinds of signs
        ("98315402776104", True),
        (LONG, True),
    ],
)
def test_which_passwords_are_taken(client: Client, password: str, taken: bool) -> None:
    assert register(client, password) == taken


def test_a_leaked_password_is_refused_where_the_operator_has_a_list(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    leaked = "kuda laut di atas bukit"
    digest = hashlib.sha1(leaked.encode(), usedforsecurity=False).hexdigest().upper()
    digests = sorted([digest, "0" * 40, "7" * 40, "F" * 40])
    (tmp_path / "list").write_text("".join(f"{one}:2\r\n" for one in digests))
    settings.LEAKED_PASSWORDS = str(tmp_path / "list")
    assert not register(client, leaked)
    settings.LEAKED_PASSWORDS = str(tmp_path / "away")
    assert register(client, leaked), "a list that is away keeps nobody out"


@pytest.mark.parametrize(
    "typed",
    [PASSWORD.lower(), PASSWORD[:-1], PASSWORD + " x", PASSWORD.replace(" ", "")],
)
def test_a_password_is_compared_as_it_was_typed(client: Client, person: User, typed: str) -> None:
    assert not login(client, typed)
    assert login(client, PASSWORD)


def test_of_a_long_password_every_sign_counts(client: Client, person: User) -> None:
    person.set_password(LONG)
    person.save()
    assert not login(client, LONG[:-1])
    assert login(client, LONG)


def test_a_password_is_kept_by_a_slow_function() -> None:
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):  # tests have a fast one
        kept = make_password(PASSWORD)
    assert kept.startswith("argon2$argon2id$")
    memory, rounds, lanes = re.findall(r"m=(\d+),t=(\d+),p=(\d+)", kept)[0]
    assert int(memory) >= 19 * 1024, "kilobytes"
    assert int(rounds) >= 2
    assert int(lanes) == 1, "a comparison that waits for other threads holds a busy server"


def test_a_password_that_was_kept_in_another_way_is_kept_anew(person: User) -> None:
    former = Argon2PasswordHasher()
    person.password = former.encode(PASSWORD, former.salt())
    person.save()
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        assert person.check_password(PASSWORD)
        person.refresh_from_db()
        assert "p=1$" in person.password
        assert person.check_password(PASSWORD)


def test_a_password_of_the_words_of_this_place_is_refused(inside: Client, person: User) -> None:
    new = {"password1": "Perizinan-2026!", "password2": "Perizinan-2026!"}
    page = inside.post("/akun/password/change/", {"oldpassword": PASSWORD, **new})
    assert "kata sehari-hari kantor ini" in page.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_new_password_needs_the_old_one_and_ends_every_session(
    inside: Client, person: User
) -> None:
    other = Client()
    assert login(other, PASSWORD)
    new = {"password1": "perahu-kertas-tujuh", "password2": "perahu-kertas-tujuh"}
    inside.post("/akun/password/change/", {"oldpassword": "salah", **new})
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    inside.post("/akun/password/change/", {"oldpassword": PASSWORD, **new})
    person.refresh_from_db()
    assert person.check_password("perahu-kertas-tujuh")
    for client in (inside, other):
        assert client.get("/akun/email/").status_code == 302


def change(client: Client, old: str) -> str:
    """Try to change the password; return the page, empty when it was changed."""
    new = {"password1": "perahu-kertas-tujuh", "password2": "perahu-kertas-tujuh"}
    answer = client.post("/akun/password/change/", {"oldpassword": old, **new})
    return "" if answer.status_code == 302 else answer.content.decode()


def signed_out(inside: Client) -> Client:
    """Return a browser on the same device, in which nobody is signed in."""
    beside = Client()
    beside.cookies.load({name: one.value for name, one in inside.cookies.items()})
    del beside.cookies["sessionid"]
    return beside


@pytest.fixture
def _more_than_five_a_minute(settings: Settings) -> None:
    """allauth answers more than five a minute with 429: another limit than the one at stake."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "change_password": None}


@pytest.mark.usefixtures("_more_than_five_a_minute")
def test_the_old_password_is_guessed_at_as_often_as_at_login(inside: Client, person: User) -> None:
    tries = [change(inside, f"salah-{number}") for number in range(10)]
    assert not any("Terlalu banyak" in page for page in tries)
    assert "Terlalu banyak percobaan" in change(inside, PASSWORD)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert not login(signed_out(inside), PASSWORD), "the eleventh of this device, wherever made"
    attempt = AccessAttempt.objects.get()
    assert (attempt.username, attempt.failures_since_start) == (person.email, 10)


@pytest.mark.usefixtures("_more_than_five_a_minute")
def test_guesses_at_login_count_where_the_password_is_changed(inside: Client) -> None:
    beside = signed_out(inside)
    for number in range(10):
        assert not login(beside, f"salah-{number}")
    assert "Terlalu banyak percobaan" in change(inside, PASSWORD)


def test_what_others_do_makes_room_for_no_more_guesses(client: Client, person: User) -> None:
    """A cache that is full forgets the living, too: counters do not lie there."""
    for number in range(10):
        assert not login(client, f"salah-{number}")
    for number in range(40):
        typed = {"login": f"orang{number}@example.id", "password": "salah"}
        client.post("/akun/login/", typed)
        cache.clear()
    assert not login(client, PASSWORD)


def test_fields_of_passwords_hide_them_and_let_managers_work(client: Client) -> None:
    for page, kept in {"login": "current-password", "signup": "new-password"}.items():
        body = client.get(f"/akun/{page}/").content.decode()
        fields = re.findall(r"<input[^>]*name=\"password\d?\"[^>]*>", body)
        assert fields
        for field in fields:
            assert 'type="password"' in field
            assert f'autocomplete="{kept}"' in field
            assert "onpaste" not in field


def test_signing_in_makes_a_new_session_and_signing_out_ends_it(
    client: Client, person: User
) -> None:
    client.get("/akun/login/?next=/berkas/")
    session = client.session
    session["kept"] = "from before"
    session.save()
    before = str(session.session_key)
    client.cookies["sessionid"] = before
    assert login(client, PASSWORD)
    key = client.session.session_key
    assert key
    assert key != before
    assert not Session.objects.filter(session_key=before).exists()
    client.post("/akun/logout/")
    thief = Client()
    thief.cookies["sessionid"] = key
    assert thief.get("/akun/email/").status_code == 302
    assert not Session.objects.filter(session_key=key).exists()


def test_a_change_of_the_account_asks_for_the_password_again(inside: Client) -> None:
    session = inside.session
    for method in session["account_authentication_methods"]:
        method["at"] = (timezone.now() - timedelta(minutes=6)).timestamp()
    session.save()
    answer = inside.post("/akun/email/", {"action_add": "", "email": "lain@example.id"})
    assert answer.status_code == 302
    assert "/akun/reauthenticate/" in answer["Location"]
    assert not EmailAddress.objects.filter(email="lain@example.id").exists()


def test_a_code_works_once(person: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    codes = RecoveryCodes.activate(person).get_unused_codes()
    for number, typed in enumerate((code(secret), codes[0])):
        first, second = Client(), Client()
        for client, taken in ((first, True), (second, False)):
            assert not login(client, PASSWORD)
            client.post("/akun/2fa/authenticate/", {"code": typed})
            assert ("_auth_user_id" in client.session) == taken, number


def test_a_new_password_by_mail_does_not_go_around_the_second_factor(
    client: Client, person: User
) -> None:
    TOTP.activate(person, generate_totp_secret())
    client.post("/akun/password/reset/", {"email": person.email})
    body = Notice.objects.get().context["body"]
    (link,) = re.findall(r"http://testserver(/\S+)", body)
    form = client.get(link, follow=True)
    new = {"password1": "perahu-kertas-tujuh", "password2": "perahu-kertas-tujuh"}
    page = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert page.redirect_chain[-1][0].startswith("/akun/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path", ["/", "/layanan/", "/akun/email/", "/akun/2fa/", "/pesan/", "/no-such-page/"]
)
def test_no_browser_keeps_a_page_of_somebody_signed_in(inside: Client, path: str) -> None:
    assert "no-store" in inside.get(path)["Cache-Control"]


def test_a_parameter_twice_is_one(client: Client, person: User) -> None:
    """The last one is taken, everywhere: two readers of a request never differ."""
    client.post(
        "/akun/login/?login=budi@example.id&password=lain",
        "login=budi@example.id&login=wati@example.id&password=salah&password="
        + PASSWORD.replace(" ", "+"),
        content_type="application/x-www-form-urlencoded",
    )
    assert client.session["_auth_user_id"] == str(person.pk)
