"""When the sweeps stop, operators get one mail; when they run again, another."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from portal import health, watch
from tests.factories.accounts import make_admin
from workflow.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def beating(monday: datetime) -> datetime:
    """Every sweep has just run; one administrator."""
    make_admin("operator@contoh.test")
    watch.expect_sweeps(monday)
    Heartbeat.objects.update(finished_at=monday)
    return monday


def test_a_sweep_that_runs_is_nothing_to_tell(beating: datetime) -> None:
    assert watch.watch(beating + timedelta(minutes=9)) == []
    assert mail.outbox == []


def test_silence_is_told_once_and_its_end_once(beating: datetime) -> None:
    Heartbeat.objects.exclude(sweep="permits.sign_due").update(
        finished_at=beating + timedelta(hours=1)
    )
    for minutes in (11, 12, 40):
        watch.watch(beating + timedelta(minutes=minutes))
    (letter,) = mail.outbox
    assert letter.to == ["operator@contoh.test"]
    assert letter.subject == "Pekerjaan berkala berhenti: permits.sign_due"
    assert f"http://127.0.0.1:8000{reverse('portal:health')}" in str(letter.body)
    Heartbeat.objects.filter(sweep="permits.sign_due").update(
        finished_at=beating + timedelta(minutes=41)
    )
    for minutes in (42, 43):
        watch.watch(beating + timedelta(minutes=minutes))
    assert [str(one.subject) for one in mail.outbox[1:]] == [
        "Pekerjaan berkala berjalan lagi: permits.sign_due"
    ]


def test_a_sweep_that_never_ran_is_silent_too(monday: datetime) -> None:
    make_admin()
    watch.expect_sweeps(monday)
    told = watch.watch(monday + timedelta(minutes=11))
    assert set(told) == health.expected()
    assert "workflow.watch_terms" in told


def test_a_mail_that_cannot_leave_is_tried_again(
    beating: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: EmailBackend, messages: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as down:
        down.setattr(EmailBackend, "send_messages", refuse)
        assert watch.watch(beating + timedelta(minutes=11)) == []
    assert not Heartbeat.objects.exclude(alarmed_at=None).exists()
    watch.watch(beating + timedelta(minutes=12))
    assert len(mail.outbox) == 1
