"""Addresses that are kept elsewhere: looked up when the message leaves, and written nowhere."""

from __future__ import annotations

from datetime import datetime
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from notices import outbox, sealed
from notices.models import Notice
from notices.services import deliver_due
from tests.factories.accounts import make_office
from workflow.models import JobStatus

pytestmark = pytest.mark.django_db
ADDRESS = "rahasia@contoh.id"
ASKED: list[tuple[str, str]] = []


@pytest.fixture(autouse=True)
def _keeper(monkeypatch: pytest.MonkeyPatch) -> None:
    def keeper(key: str, channel: str, at: datetime) -> str:
        ASKED.append((key, channel))
        return ADDRESS if key == "7" else ""

    ASKED.clear()
    monkeypatch.setitem(sealed._RESOLVERS, "uji", keeper)


def post(key: str, monday: datetime) -> None:
    outbox.post_sealed(
        f"k{key}", "complaints/received", address=sealed.seal("uji", key), at=monday,
        about="complaint:1", sender=make_office(), number="PGD-1", office="Kantor",
        path="/pengaduan/lacak/", promised="",
    )  # fmt: skip


def written() -> str:
    """Everything the outbox keeps of its messages."""
    return " ".join(str(row) for row in Notice.objects.values())


def test_it_goes_to_the_true_address_and_keeps_none(monday: datetime) -> None:
    post("7", monday)
    assert ASKED == []
    deliver_due(monday)
    assert [one.to for one in mail.outbox] == [[ADDRESS]]
    assert ASKED == [("7", "email")]
    assert Notice.objects.get().job_status == JobStatus.DONE
    assert ADDRESS not in written()


class Refusing(EmailBackend):
    """A mail server that repeats the address it refuses, as they do."""

    def send_messages(self, messages: object) -> int:
        raise SMTPRecipientsRefused({ADDRESS: (550, f"no {ADDRESS} here".encode())})


def test_a_refusal_is_kept_without_the_address(
    monday: datetime, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"  # type: ignore[attr-defined]
    post("7", monday)
    deliver_due(monday)
    row = Notice.objects.get()
    assert (row.job_status, row.last_error) == (JobStatus.FAILED, "SMTPRecipientsRefused")
    assert ADDRESS not in written() + caplog.text


def test_nobody_known_is_a_failure_that_is_seen(monday: datetime) -> None:
    post("8", monday)
    deliver_due(monday)
    assert Notice.objects.get().job_status == JobStatus.FAILED
    assert mail.outbox == []


def test_it_stands_in_no_account(monday: datetime) -> None:
    post("7", monday)
    assert not Notice.objects.get().in_account
