"""A new officer is invited: a link by mail, a password of their own, and inside."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.invitations import VALID, make_token
from accounts.models import User
from notices.models import Notice
from tests.factories.accounts import make_admin, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "kuda-laut-di-atas-bukit"
TYPED = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def rina() -> User:
    """Somebody whom the administrator has entered."""
    clerk = Client()
    clerk.force_login(make_admin(), "django.contrib.auth.backends.ModelBackend")
    clerk.post(
        reverse("admin:accounts_user_add"), {"full_name": "Rina Loket", "email": "rina@contoh.test"}
    )
    return User.objects.get(email="rina@contoh.test")


def link() -> str:
    found = re.search(r"http://testserver(/akun/undangan/\S+)", latest().context["body"])
    assert found
    return found[1]


def latest() -> Notice:
    notice = Notice.objects.order_by("-pk").first()
    assert notice
    return notice


def test_the_first_mail_is_an_invitation(rina: User) -> None:
    notice = latest()
    assert notice.address == rina.email
    assert "Undangan" in notice.context["subject"]
    assert "Yth. Rina Loket" in notice.context["body"]
    assert "14 hari" in notice.context["body"]
    assert "Seseorang" not in notice.context["body"]


def test_the_link_leads_inside_with_a_password_of_ones_own(rina: User, client: Client) -> None:
    address = link()
    assert "Selamat datang, Rina Loket" in client.get(address).content.decode()
    assert client.post(address, TYPED | {"password2": "lain"}).status_code == 200
    assert client.post(address, TYPED)["Location"] == reverse("portal:after_login")
    rina.refresh_from_db()
    assert rina.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=rina).verified
    assert client.get("/akun/email/").status_code == 200
    assert Notice.objects.count() == 1, "no mail asks whether the account is theirs"
    again = Client()
    assert again.get(address).status_code == 410, "a link works once"
    assert again.post("/akun/login/", {"login": rina.email, "password": PASSWORD})["Location"]


@pytest.mark.parametrize("token", ["x", "W10:1v:x", ""])
def test_a_wrong_link_is_no_invitation(client: Client, token: str) -> None:
    address = f"/akun/undangan/{token or make_token(make_user())[:-2]}/"
    page = client.post(address, TYPED)
    assert page.status_code == 410
    assert "minta administrator" in page.content.decode()


def test_an_invitation_ends(rina: User, client: Client) -> None:
    with time_machine.travel(timezone.now() + VALID + timedelta(minutes=1)):
        assert client.get(link()).status_code == 410


def test_nobody_inactive_comes_in(rina: User, client: Client) -> None:
    User.objects.filter(pk=rina.pk).update(is_active=False)
    assert client.get(link()).status_code == 410


def test_an_invitation_is_sent_again_to_those_without_a_password(rina: User) -> None:
    clerk = Client()
    clerk.force_login(make_admin(), "django.contrib.auth.backends.ModelBackend")
    chosen = {"action": "invite_again", "_selected_action": [rina.pk, make_user().pk]}
    page = clerk.post(reverse("admin:accounts_user_changelist"), chosen, follow=True)
    assert "Undangan dikirim: 1." in page.content.decode()
    assert [row.address for row in Notice.objects.all()] == [rina.email] * 2


def test_a_new_password_by_mail_proves_the_only_address(rina: User, client: Client) -> None:
    client.post("/akun/password/reset/", {"email": rina.email})
    reset = re.search(r"http://testserver(/\S+)", latest().context["body"])
    assert reset
    form = client.get(reset[1], follow=True)
    client.post(form.redirect_chain[-1][0], TYPED)
    assert EmailAddress.objects.get(user=rina).verified
    assert client.get("/akun/email/").status_code == 200


def test_a_further_address_is_not_called_a_new_account(client: Client) -> None:
    person = make_user()
    known = {"password": "kata-sandi-uji-0761"}
    client.post("/akun/login/", {"login": person.email, **known})
    client.post("/akun/reauthenticate/", known)
    client.post("/akun/email/", {"action_add": "", "email": "lain@contoh.test"})
    body = latest().context["body"]
    assert f"untuk akun {person.full_name}" in body
    assert "membuat akun" not in body
