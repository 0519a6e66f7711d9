"""``check --deploy``: a sample is signed and verified, a mail is read back, faults are named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.checks import registry
from django.utils import timezone

from documents import samples
from documents.keys import look_at_keys
from documents.models import SampleSignature
from portal import checks, installation_checks, trial
from tests.factories import keys
from tests.factories.accounts import make_office
from tests.notices import mailserver

BOX = "imap://operator%40contoh.test:sandi@127.0.0.1:{port}/INBOX"


@pytest.fixture
def office(db: None, settings: Any) -> Any:
    """An office whose key the signing worker has seen."""
    settings.SIGNING_DIR = settings.TRUST_DIR = keys.signing_folder()
    office = make_office(code=keys.OFFICE)
    look_at_keys(timezone.now())
    return office


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A signing worker that does at once what it is sent."""
    sent: list[str] = []

    def send(task: str, **_options: object) -> None:
        sent.append(task)
        samples.sign_samples(timezone.now())

    monkeypatch.setattr(trial.current_app, "send_task", send)
    return sent


def faults(**patience: float) -> list[str]:
    return [fault.what for fault in trial.sample_faults(timezone.now(), **patience)]


def test_a_sample_is_signed_verified_and_thrown_away(office: Any, worker: list[str]) -> None:
    assert faults() == []
    assert worker == [samples.TASK]
    assert not SampleSignature.objects.exists()


def test_a_signature_that_is_not_genuine_here_is_named(
    office: Any, worker: list[str], settings: Any, tmp_path: Any
) -> None:
    settings.TRUST_DIR = tmp_path
    keys.other_authority(tmp_path)
    settings.SIGNING_DIR = keys.signing_folder()
    [fault] = faults()
    assert "contoh" in fault
    assert "does not stand examination" in fault or "not genuine here" in fault


def test_a_key_that_cannot_sign_is_named(office: Any, worker: list[str], settings: Any) -> None:
    settings.SIGNING_DIR = settings.TRUST_DIR.parent / "nowhere"
    [fault] = faults()
    assert "was not signed: SigningKeyMissing" in fault


def test_a_worker_that_does_not_answer_is_named(
    office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial.current_app, "send_task", lambda *_words, **_options: None)
    [fault] = faults(patience=0)
    assert "No signature for contoh came back" in fault
    assert not SampleSignature.objects.exists()


def test_a_broker_that_does_not_answer_is_named(
    office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_words: object, **_options: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(trial.current_app, "send_task", refuse)
    assert faults() == ["The broker does not answer: ConnectionError"]


def test_samples_of_a_check_that_was_broken_off_go_away(office: Any) -> None:
    at = timezone.now()
    samples.ask_for_samples(at - timedelta(hours=2))
    samples.sign_samples(at)
    assert not SampleSignature.objects.exists()


def test_offices_without_a_key_are_named(office: Any) -> None:
    make_office(code="tanpa-kunci")
    [message] = installation_checks.every_office_has_a_key(None)
    assert "tanpa-kunci" in message.msg
    assert "contoh" not in message.msg.split(":")[0].replace("tanpa-kunci", "").split(", ")


def test_a_start_neither_waits_nor_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    every = registry.registry.get_checks(include_deployment_checks=True)
    tried = [check for check in every if installation_checks.TRIAL in check.tags]
    assert len(tried) == 3
    at_start = checks.checks_of_a_start()
    assert len(at_start) == len(every) - len(tried)
    assert not [check for check in at_start if check in tried]


# Mail ---------------------------------------------------------------------------------------------


@pytest.fixture
def server(settings: Any) -> Iterator[mailserver.FakeMailServer]:
    settings.DEMO = False
    with mailserver.running() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.MAILBOX_URL = ""
        yield running


def mail_faults(**patience: float) -> list[str]:
    return [fault.what for fault in trial.mail_faults(**patience)]


def test_a_mail_is_read_back(server: mailserver.FakeMailServer, settings: Any) -> None:
    with mailserver.box_of(server) as port:
        settings.MAILBOX_URL = BOX.format(port=port)
        assert mail_faults() == []
    [mail] = server.taken
    assert "To: operator@contoh.test" in mail


def test_a_mail_that_does_not_arrive_is_named(
    server: mailserver.FakeMailServer, settings: Any
) -> None:
    with mailserver.box_of(mailserver.FakeMailServer()) as port:
        settings.MAILBOX_URL = BOX.format(port=port)
        [fault] = mail_faults(patience=0)
    assert "has not arrived" in fault


def test_a_box_that_cannot_be_read_is_named(
    server: mailserver.FakeMailServer, settings: Any
) -> None:
    with mailserver.box_of(server, secret="lain") as port:
        settings.MAILBOX_URL = BOX.format(port=port)
        [fault] = mail_faults()
    assert "cannot be read" in fault


def test_a_mail_server_that_is_away_is_named(
    server: mailserver.FakeMailServer, settings: Any
) -> None:
    settings.EMAIL_PORT = 1
    [fault] = mail_faults()
    assert "takes no mail" in fault


def test_without_a_box_it_is_said_that_nobody_knows(server: mailserver.FakeMailServer) -> None:
    [message] = installation_checks.a_mail_is_read_back(None)
    assert message.id == "portal.W021"
    assert server.taken == []


# Settings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("redis://10.0.0.7:6379/0", ["portal.E012"]),
        ("rediss://redis.example:6379/0", ["portal.E012"]),
        ("redis://:rahasia@10.0.0.7:6379/0", []),
        ("redis://127.0.0.1:6379/0", []),
        ("redis://localhost:6379/0", []),
        ("", []),
    ],
)
def test_a_remote_redis_needs_a_password(settings: Any, address: str, said: list[str]) -> None:
    settings.REDIS_URL = address
    found = installation_checks.redis_asks_for_a_password(None)
    assert [message.id for message in found] == said
    assert "rahasia" not in str(found)


@pytest.mark.parametrize(("count", "said"), [(0, ["portal.W014"]), (1, [])])
def test_a_missing_count_of_proxies_is_said(settings: Any, count: int, said: list[str]) -> None:
    settings.PROXY_COUNT = count
    found = installation_checks.visitors_have_addresses(None)
    assert [message.id for message in found] == said
