"""Whoever forgot the password on the way to a service arrives there after the reset."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notices.services import deliver_due
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
RESET = reverse("account_reset_password")
PASSWORD = "kuda laut di bawah jembatan"


def mailed(browser: Client, email: str, destination: str) -> str:
    """Ask for a new password and return the path in the mail."""
    answer = browser.post(RESET, {"email": email, "destination": destination})
    assert answer["Location"] == reverse("account_reset_password_done")
    deliver_due(timezone.now())
    found = re.search(r"https?://[^/]+(/\S*password\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_the_way_is_kept_from_the_login_to_the_service(client: Client) -> None:
    service = reverse("standards:service_list")
    door = client.get(reverse("account_login"), {"next": service}).content.decode()
    assert f'href="{RESET}?next=/layanan/"' in door
    form = client.get(RESET, {"next": service}).content.decode()
    assert f'<input type="hidden" name="destination" value="{service}">' in form
    again = client.post(RESET, {"email": "", "destination": service}).content.decode()
    assert f'name="destination" value="{service}"' in again
    path = mailed(client, make_user(email="lupa@contoh.test").email, service)
    page = client.get(path, follow=True)
    assert f'name="next" value="{service}"' in page.content.decode()
    new = {"password1": PASSWORD, "password2": PASSWORD, "next": service}
    assert client.post(page.context["action_url"], new)["Location"] == service


def test_it_leads_to_no_other_site(client: Client) -> None:
    user = make_user(email="lupa@contoh.test")
    assert "jahat" not in mailed(client, user.email, "https://jahat.test/")
