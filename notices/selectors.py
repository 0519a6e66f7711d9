"""Read models of messages for pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from notices import kinds
from notices.kinds import Kind
from notices.models import Addressee, Channel, Notice, Preference
from notices.wording import Wording
from workflow.models import JobStatus

PAGE = 30


# Delivery status -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message on one channel, as a row of ``{% timeline %}``.

    ``reason`` is the carrier's error if it was not sent; shown to officers.
    """

    when: datetime
    title: str
    actor: str
    text: str
    meaning: str
    state: str
    reason: str = ""
    recipient_id: int | None = None
    kind: str = ""


def deliveries_about(about: str, *, to: User | None = None, most: int = 50) -> list[Delivery]:
    """Return the messages about a subject with their delivery status, latest first.

    With ``to`` only those to this person, without reasons.
    """
    rows = (
        Notice.objects.filter(about=about)
        .select_related("recipient", "gathered_in")
        .defer("context", "body", "gathered_in__context", "gathered_in__body")
    )
    if to is not None:
        rows = rows.filter(recipient=to)
    return [_delivery(row, to is None) for row in rows.order_by("-created_at", "-pk")[:most]]


def _delivery(row: Notice, full: bool) -> Delivery:
    kind = kinds.find(row.template)
    failed = _status(row) == "failed"
    meaning = "late" if failed else kind.meaning if kind else "neutral"
    sentence = _SENTENCES[_status(row)]() % {"way": _way(row)}
    if row.read_at:
        sentence = " ".join([sentence, _("Dibaca di akun.")])
    reason = row.last_error if full and row.job_status != JobStatus.DONE else ""
    return Delivery(
        row.created_at,
        row.title,
        str(row.recipient or "") if full else "",
        f"{sentence} {reason}".strip(),
        meaning,
        _status(row),
        reason,
        row.recipient_id,
        row.template,
    )


def _status(row: Notice) -> str:
    """Return sent, waiting, retried, digest or failed."""
    leaving = row.gathered_in or row
    if leaving.job_status == JobStatus.FAILED:
        return "failed"
    if leaving.sent_at:
        return "sent"
    if row.channel == Channel.DIGEST:
        return "digest"
    return "retried" if leaving.attempts and leaving.last_error else "waiting"


def _way(row: Notice) -> str:
    if row.channel == Channel.ACCOUNT:
        return _("halaman akun")
    if row.channel == Channel.DIGEST:
        return _("rangkuman harian ke %(address)s") % {"address": row.address}
    if row.channel == Channel.EMAIL:
        return _("e-mail %(address)s") % {"address": row.address}
    return f"{row.get_channel_display()} {row.address}"


_SENTENCES = {
    "sent": lambda: _("Dikirim lewat %(way)s."),
    "waiting": lambda: _("Segera dikirim lewat %(way)s."),
    "retried": lambda: _("Belum terkirim lewat %(way)s; dicoba lagi."),
    "digest": lambda: _("Menunggu %(way)s."),
    "failed": lambda: _("Gagal dikirim lewat %(way)s."),
}


# The account ---------------------------------------------------------------------------------


def unread_count(user: User) -> int:
    """Return the number of unread messages of ``user``."""
    return int(user.notices.unread().count())


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of a person's messages; ``next_url`` is the page of older ones."""

    rows: list[Notice]
    next_url: str
    previous_url: str = ""
    label: str = ""


def inbox(user: User, before: int | None = None) -> Inbox:
    """Return a page of messages, the newest first, those older than ``before``."""
    rows = Notice.objects.visible_to(user).select_related("office")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    messages = list(rows.order_by("-pk")[: PAGE + 1])
    more = len(messages) > PAGE
    return Inbox(messages[:PAGE], f"?sebelum={messages[PAGE - 1].pk}" if more else "")


@dataclass(frozen=True, slots=True)
class Letter:
    """The text of one message, as it was or will be sent."""

    notice: Notice
    subject: str
    text: str
    path: str
    files: list[str]


def letter(notice: Notice) -> Letter:
    """Return the text of a message."""
    path = str(notice.context.get("path") or "")
    files = [name for _path, name, _media_type in notice.attachments]
    if notice.body:
        return Letter(notice, notice.subject, notice.body, path, files)
    with translation.override(notice.language):
        rendered = Wording().of(notice)
    return Letter(notice, rendered.subject, rendered.text, path, files)


# The choices ---------------------------------------------------------------------------------


def kinds_for(user: User, at: datetime) -> list[Kind]:
    """Return the kinds that people in the role of ``user`` receive at ``at``."""
    return kinds.every(kinds.audiences_of(user, at))


def chosen(user: User) -> dict[str, Preference]:
    """Return the stored preferences of ``user`` by kind."""
    return {row.kind: row for row in Preference.objects.filter(user=user)}


def addressee(user: User) -> Addressee:
    """Return language and digest time of ``user``: the row, or an unsaved one."""
    return Addressee.objects.filter(user=user).first() or Addressee(user=user)


def languages_of(users: Sequence[User]) -> dict[int, str]:
    """Return the language of messages to each of ``users``, by key."""
    chosen = Addressee.objects.in_bulk([user.pk for user in users])
    return {user.pk: chosen[user.pk].language if user.pk in chosen else "id" for user in users}
