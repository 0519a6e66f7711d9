"""What is done by command on the server is recorded with two names, and told."""

from __future__ import annotations

from datetime import datetime
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.db import DatabaseError, transaction
from time_machine import TimeMachineFixture

from accounts.models import User
from authority.models import OperatorAct, Proposal
from documents.keys import look_at_keys
from documents.models import SigningKey
from notices.models import Notice
from tests.factories.accounts import PASSWORD, make_admin, make_user
from tests.factories.authority import propose_stand_in
from tests.factories.permits import Cast, lose_keys, make_keys
from workflow.audit import extend_chains
from workflow.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
TWO = {"by": ["Ani Satu", "Budi Dua"]}


@pytest.fixture
def now(time_machine: TimeMachineFixture, monday: datetime) -> None:
    time_machine.move_to(monday, tick=False)


def run(*arguments: str, **options: Any) -> str:
    said = StringIO()
    call_command(*arguments, stdout=said, stderr=StringIO(), **options)
    return said.getvalue()


def told() -> set[str]:
    rows = Notice.objects.filter(template="authority/operator", channel="email")
    return {row.recipient.full_name for row in rows}


def new_superuser(monkeypatch: pytest.MonkeyPatch, email: str, **options: Any) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    run("createsuperuser", email=email, full_name="Admin Baru", interactive=False, **options)


def test_the_commands_are_ours() -> None:
    names = ("createsuperuser", "changepassword")
    assert {get_commands()[name] for name in names} == {"portal"}


def test_the_first_administrator_needs_no_second(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_superuser(monkeypatch, "pertama@contoh.test")
    act = OperatorAct.objects.get()
    assert (act.person.email, act.names) == ("pertama@contoh.test", [])
    assert "Petugas kepala-dinas" in told()


def test_the_next_one_takes_two_names(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make_admin(full_name="Admin Lama")
    for names in ([], ["Ani Satu"], ["Ani Satu", "ani satu "]):
        with pytest.raises(CommandError, match="dua nama"):
            new_superuser(monkeypatch, "kedua@contoh.test", by=names)
    assert not User.objects.filter(email="kedua@contoh.test").exists()
    new_superuser(monkeypatch, "kedua@contoh.test", **TWO)
    assert OperatorAct.objects.get().names == TWO["by"]
    assert told() >= {"Admin Lama", "Petugas kepala-dinas", "Admin Baru"}


def test_a_password_by_command_takes_two_names(cast: Cast) -> None:
    person = make_user()
    with pytest.raises(CommandError, match="dua nama"):
        run("changepassword", person.email)
    with patch(
        "django.contrib.auth.management.commands.changepassword.getpass.getpass",
        return_value="kuda-laut-di-atas-bukit",
    ):
        run("changepassword", person.email, **TWO)
    person.refresh_from_db()
    assert person.check_password("kuda-laut-di-atas-bukit")
    assert OperatorAct.objects.get().what == OperatorAct.What.PASSWORD
    assert person.full_name in told()


def test_a_proposal_without_a_second_person_is_confirmed_by_command(
    cast: Cast, monday: datetime
) -> None:
    proposal = propose_stand_in(make_user(), cast.office, actor=make_admin(), at=monday)
    address = f"https://portal.contoh.test{proposal.get_absolute_url()}"
    with pytest.raises(CommandError, match="dua nama"):
        run("confirm_proposal", address, reason="Belum ada kepala")
    run("confirm_proposal", address, reason="Belum ada kepala", **TWO)
    assert proposal.person.appointments.exists()
    record = Proposal.objects.get().records.last()
    assert (record.actor, record.capacity) == (None, "Ani Satu, Budi Dua")
    assert OperatorAct.objects.get().what == OperatorAct.What.CONFIRMATION
    with pytest.raises(CommandError, match="Tidak ada usulan"):
        run("confirm_proposal", address, reason="Sekali lagi", **TWO)


def test_a_command_executes_no_premise_that_changed(cast: Cast, monday: datetime) -> None:
    proposal = propose_stand_in(make_user(), cast.office, actor=make_admin(), at=monday)
    assert proposal.person
    User.objects.filter(pk=proposal.person.pk).update(is_active=False)
    with pytest.raises(CommandError, match="tidak aktif lagi"):
        run("confirm_proposal", str(proposal.public_id), reason="x", **TWO)
    assert not OperatorAct.objects.exists()


def test_a_key_is_recorded_and_told_to_the_head(cast: Cast) -> None:
    with pytest.raises(CommandError, match="dua nama"):
        run("record_key", cast.office.code)
    with pytest.raises(CommandError, match="Tidak ada unit"):
        run("record_key", "salah", **TWO)
    run("record_key", cast.office.code, detail="Seri 12", **TWO)
    act = OperatorAct.objects.get()
    assert (act.office, act.detail, act.names) == (cast.office, "Seri 12", TWO["by"])
    assert told() == {"Petugas kepala-dinas"}


def test_a_key_that_was_exchanged_silently_is_told(cast: Cast, monday: datetime) -> None:
    make_keys(cast)
    assert not OperatorAct.objects.exists()  # nothing was exchanged
    SigningKey.objects.filter(office=cast.office).update(fingerprint="0" * 64)
    lose_keys(cast)
    assert SigningKey.objects.get(office=cast.office).problem
    make_keys(cast)
    act = OperatorAct.objects.get()
    assert (act.what, act.names) == (OperatorAct.What.KEY, [])
    assert told() == {"Petugas kepala-dinas"}
    look_at_keys(monday)
    assert OperatorAct.objects.count() == 1


def test_what_was_done_by_command_is_evidence(cast: Cast, monday: datetime) -> None:
    run("record_key", cast.office.code, **TWO)
    extend_chains(monday)
    assert AuditEntry.objects.filter(source="authority.OperatorAct").exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        OperatorAct.objects.update(names=["Lain", "Orang"])
