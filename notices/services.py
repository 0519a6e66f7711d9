"""Delivering what the outbox owes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone, translation

from notices.models import Notice
from notices.outbox import RENDERED
from workflow.sweeps import Swept, TryLater, perform, sweep

BATCH = 200


def deliver_due(at: datetime) -> Swept:
    """Send the messages that are owed ``at`` this instant, oldest first."""
    keys = Notice.objects.ready(at).order_by("next_try_at").values_list("pk", flat=True)[:BATCH]
    notices = Notice.objects.all()
    return sweep("notices.deliver_due", list(keys), lambda pk: perform(notices, pk, _send, at=at))


def _send(notice: Notice) -> Callable[[], None]:
    """Send one message; a repeat after a crash carries the same Message-ID."""
    message_id = f"<notice-{notice.pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"
    subject, text, html = _words(notice)
    mail = EmailMultiAlternatives(
        subject, text, settings.DEFAULT_FROM_EMAIL, [notice.address],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    if html:
        mail.attach_alternative(html, "text/html")
    for path, name, media_type in notice.attachments:
        mail.attach(name, _content(path), media_type)
    try:
        mail.send()
    except (SMTPException, OSError) as error:
        raise TryLater(f"{type(error).__name__}: {error}") from error

    def store() -> None:
        kept = {} if notice.template == RENDERED else notice.context
        Notice.objects.filter(pk=notice.pk).update(
            sent_at=timezone.now(), message_id=message_id, subject=subject[:200], context=kept
        )

    return store


def _content(path: str) -> bytes:
    try:
        with default_storage.open(path) as file:
            return bytes(file.read())
    except OSError as error:  # not printed yet, or the store is away
        raise TryLater(f"{path}: {type(error).__name__}") from error


def _words(notice: Notice) -> tuple[str, str, str]:
    """Return subject, text and HTML; the subject is the first line of the text template."""
    if notice.template == RENDERED:
        return notice.context["subject"], notice.context["body"], ""
    html = ""
    context = {**notice.context, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
    with translation.override(notice.language):
        text = str(render_to_string(f"notices/{notice.template}.txt", context))
        with suppress(TemplateDoesNotExist):  # a text-only message
            html = str(render_to_string(f"notices/{notice.template}.html", context))
    subject, _blank, body = text.partition("\n")
    return subject.strip(), body.strip() + "\n", html
