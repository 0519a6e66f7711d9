"""The pages of the account, as people meet them: ours to look at, Indonesian to read."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.models import User
from notices.models import Notice
from portal import guesses
from tests.factories.factors import code

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.test_look")]

PASSWORD = "kuda-laut-di-atas-bukit"
ENGLISH = re.compile(r"\b(sign (in|up|out)|password|address|please|authenticator app|your)\b", re.I)


def words(response: object) -> str:
    """What a reader sees of a page."""
    page = response.content.decode()  # type: ignore[attr-defined]
    body = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.fixture
def person() -> User:
    person = User.objects.create_user("wati@example.id", PASSWORD, full_name="Wati Lestari")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


@pytest.fixture
def inside(client: Client, person: User) -> Client:
    sent = client.post("/akun/login/", {"login": person.email, "password": PASSWORD})
    assert sent.status_code == 302
    return client


@pytest.mark.parametrize(
    "address",
    [
        "login/",
        "signup/",
        "inactive/",
        "confirm-email/",
        "confirm-email/tidak-berlaku/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-salah/",
        "password/reset/key/done/",
    ],
)
def test_a_stranger_reads_indonesian(client: Client, address: str) -> None:
    response = client.get(f"/akun/{address}")
    assert response.status_code == 200
    assert 'class="entrance"' in response.content.decode()
    assert not ENGLISH.search(words(response))


@pytest.mark.parametrize(
    "address",
    ["email/", "logout/", "password/change/", "reauthenticate/", "2fa/"],
)
def test_somebody_inside_reads_indonesian(inside: Client, address: str) -> None:
    response = inside.get(f"/akun/{address}")
    assert response.status_code == 200
    assert 'class="site-head"' in response.content.decode()
    assert not ENGLISH.search(words(response))


def test_a_wrong_password_is_told_on_top_and_keeps_what_was_typed(
    client: Client, person: User
) -> None:
    response = client.post("/akun/login/", {"login": person.email, "password": "salah"})
    page = response.content.decode()
    assert 'class="error-summary"' in page
    assert f'value="{person.email}"' in page
    assert not ENGLISH.search(words(response))


def test_a_registration_with_faults_points_at_each(client: Client) -> None:
    sent = {"email": "bukan alamat", "password1": "pendek", "password2": "lain"}
    response = client.post("/akun/signup/", sent)
    page = response.content.decode()
    for field in ("full_name", "email", "password1"):
        assert f'href="#id_{field}"' in page
        assert f'id="id_{field}_error"' in page
    assert "Alamat e-mail: " in words(response)
    assert not ENGLISH.search(words(response))


def test_a_registration_ends_with_a_mail_that_opens_the_account(client: Client) -> None:
    sent = {
        "email": "budi@example.id",
        "full_name": "Budi Santoso",
        "phone": "0812 3456 7890",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    response = client.post("/akun/signup/", sent, follow=True)
    assert "buka e-mail Anda" in words(response)
    link = _link_in_the_mail("Pastikan alamat e-mail Anda")
    assert "budi@example.id" in words(client.get(link))
    assert client.post(link).status_code == 302
    assert EmailAddress.objects.get(email="budi@example.id").verified


def test_hidden_signs_in_an_address_neither_register_nor_hinder(client: Client) -> None:
    sent = {
        "email": "budi@exa\u200bmple.id",
        "full_name": "Budi\u00ad Santoso",
        "phone": "0062 812 3456 7890",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    client.post("/akun/signup/", sent)
    budi = User.objects.get(email="budi@example.id")
    assert budi.full_name == "Budi Santoso"
    assert budi.phone_e164 == "+6281234567890"
    assert EmailAddress.objects.get(user=budi).email == "budi@example.id"
    EmailAddress.objects.update(verified=True)
    entering = {"login": "\ufeffBudi@example\uff0eid", "password": PASSWORD}
    client.post("/akun/login/", entering)
    assert client.session["_auth_user_id"] == str(budi.pk)


def test_a_registration_keeps_the_way(client: Client) -> None:
    way = "/ajukan/pekanbaru/tanda-daftar-bkk/"
    login = client.get("/akun/login/", {"next": way}).content.decode()
    signup = re.search(r'href="(/akun/signup/[^"]*)"', login)
    assert signup
    form = client.get(signup[1]).content.decode()
    assert f'name="next" value="{way}"' in form
    sent = {
        "email": "budi@example.id", "full_name": "Budi", "password1": PASSWORD,
        "password2": PASSWORD, "next": way,
    }  # fmt: skip
    waiting = client.post("/akun/signup/", sent, follow=True).content.decode()
    assert "/akun/login/?next=/ajukan/" in waiting
    link = _link_in_the_mail("Pastikan alamat e-mail Anda")
    confirm = Client().get(link)  # the mail may be opened elsewhere
    assert f'name="next" value="{way}"' in confirm.content.decode()
    assert client.post(link, {"next": way})["Location"] == way


def test_no_foreign_way_gets_into_the_mail(client: Client) -> None:
    sent = {
        "email": "budi@example.id", "full_name": "Budi", "password1": PASSWORD,
        "password2": PASSWORD, "next": "https://jahat.example/",
    }  # fmt: skip
    client.post("/akun/signup/", sent)
    assert "jahat" not in Notice.objects.get().context["body"]


def test_a_lost_password_is_made_anew_by_mail(client: Client, person: User) -> None:
    client.post("/akun/password/reset/", {"email": person.email})
    form = client.get(_link_in_the_mail("Buat kata sandi baru"), follow=True)
    assert "Buat kata sandi baru" in words(form)
    new = "perahu-kertas-tujuh-belas"
    done = client.post(
        form.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True
    )
    assert done.wsgi_request.user == person
    person.refresh_from_db()
    assert person.check_password(new)


def test_the_second_step_is_set_up_used_and_switched_off(inside: Client, person: User) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        asked = inside.get("/akun/2fa/totp/activate/")
        assert "Pastikan bahwa ini Anda" in words(inside.get(asked["Location"]))
        inside.post(asked["Location"], {"password": PASSWORD})
    page = inside.get("/akun/2fa/totp/activate/")
    assert not ENGLISH.search(words(page))
    secret = page.context["form"].secret
    assert "data:image/svg+xml" in page.content.decode()
    typed = {"code": code(secret)}
    shown = inside.post("/akun/2fa/totp/activate/", typed, follow=True)
    assert "Kode pemulihan" in words(shown)
    assert "Masih ada 10 kode" in words(inside.get("/akun/2fa/"))
    codes = re.findall(r"<li>([0-9a-z ]+)</li>", _body(inside.get("/akun/2fa/recovery-codes/")))
    assert len(codes) == 10
    assert not ENGLISH.search(words(inside.get("/akun/2fa/recovery-codes/generate/")))
    inside.post("/akun/logout/")
    step = inside.post("/akun/login/", {"login": person.email, "password": PASSWORD}, follow=True)
    assert "Verifikasi dua langkah" in words(step)
    assert not ENGLISH.search(words(step))
    assert inside.post("/akun/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        asked = inside.get("/akun/2fa/totp/deactivate/")
        assert asked["Location"].startswith("/akun/2fa/reauthenticate/")
        assert not ENGLISH.search(words(inside.get(asked["Location"])))
        by_password = inside.get("/akun/reauthenticate/")
        assert by_password["Location"] == "/akun/2fa/reauthenticate/"
        page = inside.post(asked["Location"], {"code": codes[1]}, follow=True)
        assert "Matikan verifikasi" in words(page)
    inside.post("/akun/2fa/totp/deactivate/")
    assert "Belum aktif" in words(inside.get("/akun/2fa/"))


def _link_in_the_mail(subject: str) -> str:
    """The address in the only mail that is owed, which must be the expected one, in Indonesian."""
    mail = Notice.objects.get().context
    assert mail["subject"] == subject
    assert "Portal Perizinan" in mail["body"]
    before, link, after = re.split(r"http://testserver(/\S+)", mail["body"])
    assert not ENGLISH.search(before + after)
    return link


def _body(response: object) -> str:
    return str(response.content.decode())  # type: ignore[attr-defined]


def test_somebody_who_registers_twice_is_told_by_mail_only(client: Client, person: User) -> None:
    sent = {
        "email": person.email,
        "full_name": "Orang Lain",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    response = client.post("/akun/signup/", sent, follow=True)
    assert "buka e-mail Anda" in words(response)
    mail = Notice.objects.get().context
    assert mail["subject"] == "Anda sudah punya akun"
    assert f"alamat {person.email}" in mail["body"]


@pytest.fixture
def _counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guesses, "LIMIT", 2)


def guess(client: Client, email: str, password: str = "salah") -> str:  # noqa: S107
    response = client.post("/akun/login/", {"login": email, "password": password})
    return "inside" if response.status_code == 302 else words(response)


@pytest.mark.usefixtures("_counted")
def test_guessing_passwords_is_stopped_with_a_reason(client: Client, person: User) -> None:
    EmailAddress.objects.create(user=person, email="wati@lain.example.id", verified=True)
    assert "Terlalu banyak" not in guess(client, person.email)
    assert "Terlalu banyak" not in guess(client, "wati@lain.example.id")
    for email in (person.email, " WATI@example.id", "wati@lain.example.id"):
        refused = guess(client, email, PASSWORD)
        assert "Terlalu banyak percobaan yang salah" in refused
    assert not ENGLISH.search(refused)


@pytest.mark.usefixtures("_counted")
def test_who_is_not_known_is_refused_in_the_same_words(client: Client, person: User) -> None:
    said = [[guess(client, email) for _try in range(3)] for email in (person.email, "x@example.id")]
    assert said[0] == said[1]
    assert "Terlalu banyak" in said[0][-1]


@pytest.mark.usefixtures("_counted")
def test_strangers_do_not_keep_the_owner_out(inside: Client, person: User) -> None:
    inside.post("/akun/logout/")
    for _try in range(3):
        guess(Client(), person.email)
    forged = Client()
    for name in inside.cookies:
        forged.cookies[name] = "perangkat:1vvvvv:palsu"
    assert "Terlalu banyak" in guess(forged, person.email, PASSWORD)
    assert guess(inside, person.email, PASSWORD) == "inside"


@pytest.mark.usefixtures("_counted")
def test_a_new_password_by_mail_opens_the_door_at_once(client: Client, person: User) -> None:
    for _try in range(3):
        guess(Client(), person.email)
    client.post("/akun/password/reset/", {"email": person.email})
    form = client.get(_link_in_the_mail("Buat kata sandi baru"), follow=True)
    new = {"password1": "perahu-kertas-tujuh", "password2": "perahu-kertas-tujuh"}
    client.post(form.redirect_chain[-1][0], new)
    assert client.get("/akun/email/").status_code == 200


def test_the_cookie_of_a_device_names_nobody(inside: Client, person: User) -> None:
    cookie = next(morsel for name, morsel in inside.cookies.items() if name.startswith("device-"))
    assert person.email.split("@")[0] not in cookie.OutputString()
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
