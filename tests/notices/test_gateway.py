"""Short messages over HTTP: what is sent, which answers are final, and what a crash repeats."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from pytest_django import Settings

from accounts.models import User
from notices import channels, outbox, services
from notices.models import Channel, Notice, Preference
from notices.services import deliver_due
from portal.settings import env
from tests.notices.conftest import FACTS
from tests.notices.gateway import FakeGateway
from workflow.models import JobStatus

pytestmark = pytest.mark.django_db
LATER = (408, 429, 500, 503, "close")


def post(person: User, at: datetime, key: str = "satu") -> Notice:
    """Owe one message; return its copy to the telephone."""
    outbox.post(key, "permits/received", to=person, at=at, about="application:1", **FACTS)
    return Notice.objects.get(dedupe_key=f"{key}:sms")


def test_one_message_goes_by_mail_and_to_the_telephone(
    person: User, gateway: FakeGateway, monday: datetime, mailoutbox: list[EmailMessage]
) -> None:
    notice = post(person, monday)
    assert deliver_due(monday).done == 2
    (asked,) = gateway.asked
    assert asked["path"] == "/pesan?v=1"
    assert asked["headers"]["Authorization"] == "Bearer rahasia-gerbang"
    assert asked["headers"]["Idempotency-Key"] == f"notice-{notice.pk}"
    assert asked["body"] == {
        "id": f"notice-{notice.pk}", "to": "+6281234567890", "from": "DPMPTSP",
        "text": "Permohonan PKU/1 sudah kami terima http://127.0.0.1:8000/permohonan/1/",
    }  # fmt: skip
    notice.refresh_from_db()
    assert (notice.job_status, notice.message_id) == (JobStatus.DONE, f"gw-notice-{notice.pk}")
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("mode", LATER)
def test_what_may_pass_is_tried_again(
    person: User, gateway: FakeGateway, monday: datetime, mode: int | str
) -> None:
    notice = post(person, monday)
    gateway.mode = mode
    assert deliver_due(monday).done == 1  # the mail does not wait for the telephone
    notice.refresh_from_db()
    assert (notice.job_status, notice.attempts) == (JobStatus.QUEUED, 1)
    assert "rahasia" not in notice.last_error
    gateway.mode = 200
    assert deliver_due(monday + timedelta(minutes=1)).done == 1


@pytest.mark.parametrize("mode", [400, 401, 404, 301])
def test_a_refusal_is_final_and_visible(
    person: User, gateway: FakeGateway, monday: datetime, mode: int
) -> None:
    notice = post(person, monday)
    gateway.mode = mode
    deliver_due(monday)
    notice.refresh_from_db()
    assert notice.job_status == JobStatus.FAILED
    assert notice.last_error.startswith(f"HTTP {mode}")
    assert "\n" not in notice.last_error
    deliver_due(monday + timedelta(days=1))
    assert len(gateway.asked) == 1


def test_a_gateway_that_never_answers_is_left_alone_after_two_messages(
    person: User, gateway: FakeGateway, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channels, "_ANSWER", 0.2)
    gateway.mode = "hang"
    for number in range(5):
        post(person, monday, f"ke-{number}")
    assert deliver_due(monday).done == 5  # five mails
    assert len(gateway.asked) == 2
    assert Notice.objects.filter(channel=Channel.SMS, attempts=0).count() == 3


def test_an_answer_may_take_longer_than_a_connection(
    person: User, gateway: FakeGateway, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channels, "_CONNECT", 0.2)
    gateway.mode = "slow"
    post(person, monday)
    assert deliver_due(monday).done == 2


def test_a_dead_gateway_with_a_long_queue_keeps_no_mail_waiting(
    person: User, gateway: FakeGateway, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "BATCH", 3)
    gateway.mode = "close"
    for number in range(8):
        post(person, monday, f"ke-{number}")
    Notice.objects.filter(channel=Channel.EMAIL).delete()
    outbox.post("surat", "permits/moved", to=person, at=monday, **FACTS)
    assert deliver_due(monday).done == 1
    assert Notice.objects.get(dedupe_key="surat").sent_at
    assert len(gateway.asked) == 2


def test_a_gateway_that_is_not_there_is_tried_again(
    person: User, gateway: FakeGateway, monday: datetime, settings: Settings
) -> None:
    notice = post(person, monday)
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/"
    deliver_due(monday)
    notice.refresh_from_db()
    assert (notice.job_status, notice.last_error[:22]) == (
        JobStatus.QUEUED,
        "ConnectionRefusedError",
    )


def test_a_crash_after_sending_repeats_with_the_same_number(
    person: User, gateway: FakeGateway, monday: datetime, mailoutbox: list[EmailMessage]
) -> None:
    notice = post(person, monday)
    for pk in Notice.objects.values_list("pk", flat=True):  # sent, and dead before it was marked
        Notice.objects.all().claim(pk, monday, timedelta(minutes=3))
        services._Round().send(Notice.objects.get(pk=pk))
    assert deliver_due(monday).done == 0  # the dead worker's lease still runs
    assert deliver_due(monday + timedelta(minutes=4)).done == 2
    assert len(gateway.asked) == 2
    assert list(gateway.taken) == [f"notice-{notice.pk}"]
    first, second = mailoutbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_without_a_gateway_or_a_mobile_number_only_the_mail_is_owed(
    person: User, gateway: FakeGateway, monday: datetime, settings: Settings
) -> None:
    person.phone = "0761 28262"
    outbox.post("darat", "permits/received", to=person, at=monday, **FACTS)
    settings.SMS_GATEWAY_URL = ""
    person.phone = "0812 3456 7890"
    outbox.post("tanpa", "permits/received", to=person, at=monday, **FACTS)
    assert set(Notice.objects.values_list("channel", flat=True)) == {"email"}


def test_a_short_message_fits_one_sms(person: User, gateway: FakeGateway, monday: datetime) -> None:
    facts = {**FACTS, "number": "X" * 300}
    outbox.post("panjang", "permits/received", to=person, at=monday, **facts)
    deliver_due(monday)
    text = gateway.asked[0]["body"]["text"]
    assert len(text) == 160
    assert text.endswith("... http://127.0.0.1:8000/permohonan/1/")


def test_whatsapp_may_be_the_cloud_api(
    person: User, gateway: FakeGateway, monday: datetime, settings: Settings
) -> None:
    Preference.objects.filter(user=person).update(sms=False, whatsapp=True)
    settings.WHATSAPP_GATEWAY_URL = gateway.url
    settings.WHATSAPP_GATEWAY_TOKEN = "rahasia-meta"
    settings.WHATSAPP_TEMPLATE = "kabar_permohonan"
    gateway.answer = {"messages": [{"id": "wamid.1"}]}
    outbox.post("wa", "permits/received", to=person, at=monday, **FACTS)
    assert deliver_due(monday).done == 2
    (asked,) = gateway.asked
    assert asked["headers"]["Authorization"] == "Bearer rahasia-meta"
    assert asked["body"]["to"] == "6281234567890"
    template = asked["body"]["template"]
    assert (template["name"], template["language"]) == ("kabar_permohonan", {"code": "id"})
    (text,) = template["components"][0]["parameters"]
    assert text["text"].startswith("Permohonan PKU/1 sudah kami terima http://")
    assert Notice.objects.get(dedupe_key="wa:whatsapp").message_id == "wamid.1"


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("", True), ("https://sms.contoh.test/kirim", True), ("http://127.0.0.1:9/", True),
        ("http://sms.contoh.test/", False), ("http://localhost.jahat.test/", False),
        ("https://", False), ("ftp://sms.contoh.test", False), ("sms.contoh.test", False),
    ],
)  # fmt: skip
def test_telephone_numbers_never_leave_in_the_clear(
    monkeypatch: pytest.MonkeyPatch, address: str, right: bool
) -> None:
    monkeypatch.setenv("SMS_GATEWAY_URL", address)
    if right:
        assert env.gateway("SMS_GATEWAY_URL") == address
    else:
        with pytest.raises(ImproperlyConfigured, match="SMS_GATEWAY_URL must begin with https"):
            env.gateway("SMS_GATEWAY_URL")
