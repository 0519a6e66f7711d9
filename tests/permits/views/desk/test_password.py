"""Guessing the head's password at the signature counts like guessing it at the door.

The clock of these tests is the real one: the lock-out keeps its own.
"""

from __future__ import annotations

import pytest
from axes.models import AccessAttempt
from django.test import Client

from permits.models import Certificate
from permits.services import drafting
from portal import guesses
from standards.domain.steps import StepKind
from tests.factories.accounts import PASSWORD
from tests.factories.permits import at_step
from tests.permits.views.at_the_desk import address

pytestmark = pytest.mark.django_db


def test_guessing_the_password_locks_the_account(cast, monday, settings, monkeypatch):
    signing = at_step(cast, StepKind.SIGN, monday)
    digest = drafting.current_draft(signing).digest
    settings.AXES_ENABLED = True
    monkeypatch.setattr(guesses, "LIMIT", 3)
    head = cast.at("kepala-dinas")
    client = Client()
    client.force_login(head)

    def sign(password):
        facts = {"visit": signing.current_step_id, "digest": digest, "password": password}
        return client.post(address("sign", signing), facts)

    assert [sign("salah").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert AccessAttempt.objects.get().username == head.email
    locked = sign(PASSWORD)
    page = locked.content.decode()
    assert locked.status_code == 429
    assert "ditutup, paling lama satu jam" in page
    assert signing.holder_name in page, "the file is still on the table"
    assert f'name="digest" value="{digest}"' in page
    assert 'id="tanda_tangan_password_error"' in page
    assert not Certificate.objects.exists()
    at_the_door = Client().post("/akun/login/", {"login": head.email, "password": PASSWORD})
    assert "Terlalu banyak percobaan" in at_the_door.content.decode()
