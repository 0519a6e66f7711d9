"""A lost second factor: two people reset it, the person is told and begins anew."""

from __future__ import annotations

import json
import re
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import second_factors
from accounts.models import User
from notices.models import Notice
from tests.factories.accounts import make_admin, make_user
from tests.factories.factors import code, enter, give_app, give_codes
from workflow import audit
from workflow.models import AuditEntry

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def rina() -> User:
    """Somebody with an authenticator app, recovery codes and a second account beside them."""
    rina = make_user(full_name="Rina Loket")
    for person in (rina, make_user()):
        TOTP.activate(person, generate_totp_secret())
        RecoveryCodes.activate(person)
    return rina


def reset(person: User) -> tuple[User, User]:
    proposer, confirmer = make_admin(full_name="Budi"), make_admin(full_name="Sari")
    second_factors.reset(
        person,
        proposer=proposer,
        confirmer=confirmer,
        reason="Ponsel hilang di pasar",
        at=timezone.now(),
    )
    return proposer, confirmer


# --- sealed at rest -------------------------------------------------------------------------------


def test_the_database_holds_no_secret_in_the_clear(client: Client) -> None:
    person = make_user()
    secret = give_app(person)
    codes = give_codes(person)
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not [one for one in codes if one in kept]
    assert enter(client, person, code(secret)).status_code == 302


def test_an_old_key_goes_after_everything_was_sealed_anew(settings: Any, client: Client) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.SECOND_FACTOR_KEYS = [old]
    person = make_user()
    secret, codes = give_app(person), give_codes(person)
    settings.SECOND_FACTOR_KEYS = [new, old]
    assert enter(client, person, code(secret)).status_code == 302
    said = StringIO()
    call_command("reseal_second_factors", stdout=said)
    assert said.getvalue().strip() == "2 alat verifikasi disegel ulang."
    settings.SECOND_FACTOR_KEYS = [new]
    assert enter(Client(), person, codes[0]).status_code == 302
    settings.SECOND_FACTOR_KEYS = [old]
    with pytest.raises(InvalidToken):
        enter(Client(), person, codes[1])


def test_secrets_from_before_are_sealed_once_and_can_be_opened_again() -> None:
    person = make_user()
    plain = {"secret": "JBSWY3DPEHPK3PXP"}
    row = Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data=dict(plain))
    other = {"name": "Ponsel", "credential": {}}
    key = Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data=dict(other)
    )
    migration = import_module("portal.migrations.0002_seal_second_factors")
    for _turn in range(2):
        migration.seal(apps, None)
    row.refresh_from_db()
    assert second_factors.unseal(row.data["secret"]) == plain["secret"]
    migration.unseal(apps, None)
    row.refresh_from_db()
    key.refresh_from_db()
    assert (row.data, key.data) == (plain, other)


# --- lost -----------------------------------------------------------------------------------------


def test_every_factor_of_the_person_goes_and_nobody_elses(rina: User) -> None:
    reset(rina)
    assert not Authenticator.objects.filter(user=rina).exists()
    assert Authenticator.objects.count() == 2


def test_every_session_of_the_person_ends(rina: User) -> None:
    inside = Client()
    inside.force_login(rina, BACKEND)
    assert inside.get(reverse("mfa_index")).status_code == 200
    reset(rina)
    assert inside.get(reverse("mfa_index")).status_code == 302


def test_the_person_is_told_and_gets_a_link_for_a_new_password(rina: User, client: Client) -> None:
    reset(rina)
    notice = Notice.objects.get()
    assert notice.address == rina.email
    body = notice.context["body"]
    assert "Sari menghapus verifikasi dua langkah" in body
    assert "atas usul Budi" in body
    link = re.search(r"https?://[^/\s]+(/akun/undangan/\S+)", body)
    assert link
    assert "Rina Loket" in client.get(link[1]).content.decode()


def test_the_old_password_opens_nothing(rina: User) -> None:
    reset(rina)
    rina.refresh_from_db()
    assert not rina.has_usable_password()


def test_the_log_names_both_people_and_the_reason_and_is_chained(rina: User) -> None:
    _proposer, confirmer = reset(rina)
    line = LogEntry.objects.get(object_id=str(rina.pk))
    assert line.user == confirmer
    assert "Budi" in line.change_message
    assert "Ponsel hilang di pasar" in line.change_message
    assert "recovery_codes, totp" in line.change_message
    audit.extend_chains(timezone.now())
    assert AuditEntry.objects.filter(source="admin.LogEntry", row=str(line.pk)).exists()


def test_nobody_resets_alone_or_for_themselves(rina: User) -> None:
    other = make_admin()
    for proposer, confirmer in ((other, other), (rina, other), (other, rina)):
        with pytest.raises(ValueError, match="two other people"):
            second_factors.reset(
                rina, proposer=proposer, confirmer=confirmer, reason="-", at=timezone.now()
            )
    assert Authenticator.objects.filter(user=rina).count() == 2
    assert not Notice.objects.exists()
