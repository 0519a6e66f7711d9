"""A person who wants short messages, and the gateway that takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import User
from notices.models import Preference
from tests.factories.accounts import make_user
from tests.notices.gateway import FakeGateway, running

FACTS: dict[str, Any] = {
    "name": "Siti & <Ani>", "number": "PKU/1", "code": "AB12CD34", "service": "Izin Uji",
    "office": "Kantor Uji", "path": "/permohonan/1/", "promised": "",
}  # fmt: skip


@pytest.fixture
def gateway(settings: Settings) -> Iterator[FakeGateway]:
    with running() as fake:
        settings.SMS_GATEWAY_URL = fake.url
        settings.SMS_GATEWAY_TOKEN = "rahasia-gerbang"
        settings.SMS_SENDER = "DPMPTSP"
        yield fake


@pytest.fixture
def person(db: None) -> User:
    """Somebody who gets an SMS beside the mail that a file was received."""
    user = make_user(full_name="Siti", phone="0812 3456 7890")
    Preference.objects.create(user=user, kind="permits/received", sms=True)
    return user
