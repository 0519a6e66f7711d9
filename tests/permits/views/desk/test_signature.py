"""Where the second factor is compulsory, a signature needs one shown at most five minutes ago.

The clock of these tests is the real one: allauth keeps its own.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from permits.models import Certificate, CertificateNumber
from permits.services import drafting
from standards.domain.steps import StepKind
from tests.factories.accounts import PASSWORD
from tests.factories.factors import code, come_in, give_codes, give_passkey
from tests.factories.permits import at_step, make_keys
from tests.permits.views.at_the_desk import address

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=6)


@pytest.fixture(autouse=True)
def _as_in_production(settings, limits_on):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.STAFF_IDLE_SECONDS = 24 * 60 * 60


@pytest.fixture
def signing(cast, monday):
    """A file that waits for the head."""
    make_keys(cast)
    return at_step(cast, StepKind.SIGN, monday)


@pytest.fixture
def head(cast):
    return cast.at("kepala-dinas")


def sign(client, application, **typed):
    facts = {
        "visit": application.current_step_id,
        "digest": drafting.current_draft(application).digest,
        **typed,
    }
    return client.post(address("sign", application), facts)


def page(client, application):
    return client.get(application.get_desk_url()).content.decode()


def signed():
    return CertificateNumber.objects.count() + Certificate.objects.count()


def test_within_five_minutes_the_password_is_enough(head, signing):
    client = Client()
    come_in(client, head)
    assert 'id="tanda_tangan_code"' not in page(client, signing)
    assert sign(client, signing, password=PASSWORD).status_code == 302
    assert signed()


def test_later_the_code_is_asked_and_nothing_signed_without_it(head, signing):
    client = Client()
    with time_machine.travel(timezone.now()) as clock:
        come_in(client, head)
        clock.shift(LATER)
        field = re.search(r'<input[^>]*id="tanda_tangan_code"[^>]*>', page(client, signing))
        assert field is not None
        assert " required" in field[0]
        for typed in ({}, {"code": ""}, {"code": "000000"}):
            answer = sign(client, signing, password=PASSWORD, **typed)
            assert answer.status_code == 200
            assert "tanda_tangan_code_error" in answer.content.decode()
        assert not signed()


def test_a_page_opened_in_time_and_sent_later_is_asked_for_the_code(head, signing):
    client = Client()
    with time_machine.travel(timezone.now()) as clock:
        come_in(client, head)
        page(client, signing)
        clock.shift(LATER)
        answer = sign(client, signing, password=PASSWORD).content.decode()
        assert "Tulis juga kode verifikasi dua langkah" in answer
        assert 'id="tanda_tangan_code"' in answer
        assert not signed()


def test_the_code_signs_and_opens_the_next_five_minutes(head, signing):
    client = Client()
    with time_machine.travel(timezone.now()) as clock:
        secret = come_in(client, head)
        clock.shift(LATER)
        assert sign(client, signing, password=PASSWORD, code=code(secret)).status_code == 302
        assert signed()
        clock.shift(timedelta(minutes=4))
        assert client.get("/akun/2fa/totp/deactivate/").status_code == 200  # fresh


def test_a_recovery_code_will_do(head, signing):
    client = Client()
    with time_machine.travel(timezone.now()) as clock:
        come_in(client, head)
        codes = give_codes(head)
        clock.shift(LATER)
        assert sign(client, signing, password=PASSWORD, code=codes[3]).status_code == 302
        assert signed()


def test_the_right_code_does_not_replace_the_password(head, signing):
    client = Client()
    with time_machine.travel(timezone.now()) as clock:
        secret = come_in(client, head)
        clock.shift(LATER)
        answer = sign(client, signing, password="salah", code=code(secret))
        assert "Kata sandi salah" in answer.content.decode()
        assert not signed()


def test_who_has_a_passkey_may_show_it_instead(head, signing):
    client = Client()
    with time_machine.travel(timezone.now()) as clock:
        come_in(client, head)
        assert "Pakai kunci sandi sebagai ganti kode" not in page(client, signing)
        give_passkey(head)
        clock.shift(LATER)
        assert "/akun/2fa/webauthn/reauthenticate/?next=%2Fmeja%2F" in page(client, signing)


def test_guessed_codes_close_the_signature(head, signing):
    client = Client()
    with time_machine.travel(timezone.now()) as clock:
        come_in(client, head)
        clock.shift(LATER)
        answers = [sign(client, signing, password=PASSWORD, code="000000") for _ in range(11)]
        assert answers[-1].status_code == 429
        assert "ditutup, paling lama satu jam" in answers[-1].content.decode()
        assert not signed()


def test_the_demo_asks_for_the_password_alone(head, signing, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client = Client()
    client.force_login(head, "django.contrib.auth.backends.ModelBackend")
    assert 'id="tanda_tangan_code"' not in page(client, signing)
    assert sign(client, signing, password=PASSWORD).status_code == 302
    assert signed()
