"""A sample is signed and verified, and a mail is sent and read back (``manage.py check --deploy``).

The sample goes the way of a certificate: a row, the queue of the signing worker, back in the row.
"""

from __future__ import annotations

import imaplib
import secrets
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException
from urllib.parse import unquote, urlsplit

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from kombu.exceptions import OperationalError

from documents.models import SampleSignature
from documents.samples import TASK, ask_for_samples
from documents.verification import examine

PATIENCE = 75.0  # seconds: should a message be lost, beat starts it after a minute
_PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong, in English, and what to do."""

    what: str
    hint: str


def sample_faults(at: datetime, patience: float = PATIENCE) -> Iterator[Fault]:
    """Have a sample signed with the key of every office; yield what is wrong with it.

    Offices without any key are left out: ``documents.keys`` tells of them.
    """
    rows = ask_for_samples(at)
    keys = [row.pk for row in rows]
    if not keys:
        return
    try:
        try:
            current_app.send_task(TASK, retry=False, ignore_result=True)
        except (OperationalError, OSError) as error:  # nothing will come back
            yield Fault(f"The broker does not answer: {type(error).__name__}", "Look at REDIS_URL.")
            return
        waiting = SampleSignature.objects.filter(pk__in=keys, done_at=None)
        _wait(lambda: not waiting.exists(), patience)
        for row in SampleSignature.objects.filter(pk__in=keys).select_related("office"):
            yield from _judge(row, patience)
    finally:
        SampleSignature.objects.filter(pk__in=keys).delete()


def _judge(row: SampleSignature, patience: float) -> Iterator[Fault]:
    code = row.office.code
    if row.done_at is None:
        yield Fault(
            f"No signature for {code} came back within {patience:.0f} seconds.",
            "Is the signing worker running (systemctl status portal-signing), and beat?",
        )
    elif row.problem:
        yield Fault(f"The sample of {code} was not signed: {row.problem}", "See the signing key.")
    else:
        found = examine(bytes(row.pdf or b""))
        if not found.valid:
            yield Fault(
                f"The sample of {code} was signed, but is not genuine here: {found.problem}",
                "Does TRUST_DIR of this process hold the issuer of the key?",
            )


def mail_faults(patience: float = PATIENCE) -> Iterator[Fault]:
    """Send a mail to the box of ``MAILBOX_URL`` and read it back; yield what is wrong.

    Without a box only the mail server is asked whether it takes the portal's word.
    """
    hint = "Look at EMAIL_HOST and what belongs to it."
    box = urlsplit(settings.MAILBOX_URL)
    word = secrets.token_hex(8)
    try:
        with get_connection() as connection:
            if settings.MAILBOX_URL:
                EmailMessage(
                    f"Pemeriksaan portal {word}",
                    "Surat ini dikirim dan dibaca kembali oleh manage.py check --deploy.",
                    settings.DEFAULT_FROM_EMAIL,
                    [unquote(box.username or "")],
                    connection=connection,
                ).send()
    except (SMTPException, OSError) as error:
        yield Fault(f"The mail server takes no mail: {error}", hint)
        return
    if not settings.MAILBOX_URL:
        return
    try:
        arrived = _wait(lambda: _take(box.geturl(), word), patience)
    except (imaplib.IMAP4.error, OSError) as error:
        yield Fault(f"The box of MAILBOX_URL cannot be read: {error}", "Look at MAILBOX_URL.")
        return
    if not arrived:
        yield Fault(f"A mail was sent and has not arrived within {patience:.0f} seconds.", hint)


def _take(url: str, word: str) -> bool:
    """Return whether the mail with ``word`` in its subject is there, and delete it."""
    parts = urlsplit(url)
    box = _open_box(parts.hostname or "", parts.port, encrypted=parts.scheme == "imaps")
    try:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        box.select(parts.path.strip("/") or "INBOX")
        _status, [found] = box.search(None, "SUBJECT", word)
        numbers = (found or b"").split()
        for number in numbers:
            box.store(number.decode(), "+FLAGS", "\\Deleted")
        box.expunge()
        return bool(numbers)
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            box.logout()


def _open_box(host: str, port: int | None, *, encrypted: bool) -> imaplib.IMAP4:
    """Connect; imaplib by itself would believe every certificate."""
    if not encrypted:
        return imaplib.IMAP4(host, port or 143, timeout=10)
    checking = ssl.create_default_context()
    return imaplib.IMAP4_SSL(host, port or 993, ssl_context=checking, timeout=10)


def _wait(done: Callable[[], bool], patience: float) -> bool:
    until = time.monotonic() + patience
    while not done():
        if time.monotonic() > until:
            return False
        time.sleep(_PAUSE)
    return True
