"""The outbox: a message is a row written in the transaction of the event it reports."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise as LazyText

from accounts.domain.phones import mobile
from accounts.models import Office, User
from notices import channels, kinds
from notices.domain.hours import next_on_workday
from notices.models import Addressee, Channel, MessageHours, Notice, Preference
from workflow.calendars import calendar_of
from workflow.worker import notify_on_commit

_BATCH = 500
_SEALED_LANGUAGE = "id"  # who complains from behind a seal has chosen none
_CARRIERS = (Channel.EMAIL, Channel.SMS, Channel.WHATSAPP)  # of single messages to one person


@dataclass(frozen=True, slots=True)
class Post:
    """One message to one person: unique key, kind and facts.

    ``context`` holds plain JSON values and lazy texts only. Lazy texts are written in the language
    of the recipient at once; the message itself is rendered when it is sent.
    ``attachments`` are (path in the private storage, file name, media type); a file may be created
    after the post, and the mail waits for it. ``sender`` is the office in whose name the message
    is sent, with its templates and quiet hours.
    """

    key: str
    kind: str
    to: User
    about: str = ""
    sender: Office | None = None
    attachments: Sequence[tuple[str, str, str]] = ()
    context: dict[str, Any] = field(default_factory=dict)


def post(
    key: str,
    template: str,
    *,
    to: User,
    at: datetime,
    about: str = "",
    sender: Office | None = None,
    attachments: Sequence[tuple[str, str, str]] = (),
    **context: Any,
) -> None:
    """Enqueue one message to ``to``; idempotent by ``key``."""
    post_many([Post(key, template, to, about, sender, attachments, context)], at=at)


def post_many(posts: Sequence[Post], *, at: datetime) -> None:
    """Enqueue many messages, with a fixed number of queries for each five hundred."""
    for first in range(0, len(posts), _BATCH):
        batch = posts[first : first + _BATCH]
        chosen = _Chosen(batch)
        rows = [row for post in batch for row in _rows(post, chosen, at)]
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
    notify_on_commit("notices.deliver_due")


class _Chosen:
    """The preferences of the recipients of a batch."""

    def __init__(self, posts: Sequence[Post]) -> None:
        users = {post.to.pk for post in posts}
        self.addressees = Addressee.objects.in_bulk(users)
        rows = Preference.objects.filter(user__in=users, kind__in={post.kind for post in posts})
        self.preferences = {(row.user_id, row.kind): row for row in rows}
        self._times: dict[tuple[int, int | None], datetime] = {}

    def language(self, user: int) -> str:
        """Return the language of messages to ``user`` (key)."""
        row = self.addressees.get(user)
        return row.language if row else "id"

    def digest_at(self, user: User, office: Office | None, at: datetime) -> datetime:
        """Return the next digest time of ``user``, found once for each office."""
        key = (user.pk, office.pk if office else None)
        if key not in self._times:
            self._times[key] = next_digest(self.addressees.get(user.pk), office, at)
        return self._times[key]


def next_digest(addressee: Addressee | None, office: Office | None, at: datetime) -> datetime:
    """Return when the next digest leaves: on a working day, at the person's or office's hour."""
    clock = addressee.digest_at if addressee else None
    if office is None:
        zone: tzinfo = timezone.get_default_timezone()
        return next_on_workday(at, clock or MessageHours().digest_at, zone, _is_weekday)
    hours = MessageHours.objects.filter(office=office).first() or MessageHours()
    calendar = calendar_of(office)
    return next_on_workday(at, clock or hours.digest_at, office.zone, calendar.is_workday)


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5


def _rows(post: Post, chosen: _Chosen, at: datetime) -> Iterator[Notice]:
    kind = kinds.get(post.kind)
    usual = Preference(mail=kind.usual)
    preference = chosen.preferences.get((post.to.pk, post.kind)) or usual
    if not post.to.is_active:
        preference = usual

    language = chosen.language(post.to.pk)
    context = _written(post.context, language)

    def row(key: str, channel: Channel, address: str, **more: Any) -> Notice:
        defaults = {
            "language": language,
            "urgent": kind.urgent,
            "next_try_at": at,
            **more,
        }
        return Notice(
            dedupe_key=key,
            template=post.kind,
            channel=channel,
            recipient=post.to,
            address=address,
            office=post.sender,
            context=context if channel in _CARRIERS else kind.without_secret(context),
            about=post.about,
            created_at=at,
            **defaults,
        )

    files = [list(file) for file in post.attachments]
    channel = _main_channel(post.to, kind, preference, bool(files))
    more: dict[str, Any] = {"attachments": files, "in_account": True}
    if channel is Channel.DIGEST:
        more["next_try_at"] = chosen.digest_at(post.to, post.sender, at)
    yield row(post.key, channel, post.to.email, **more)
    for copy, wanted in ((Channel.SMS, preference.sms), (Channel.WHATSAPP, preference.whatsapp)):
        if wanted and channels.configured(copy) and (number := mobile(post.to.phone)):
            yield row(f"{post.key}:{copy}", copy, number)


def _written(context: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the facts with their lazy texts, also those in lists, written in ``language``."""
    with translation.override(language):
        return {key: _plain(value) for key, value in context.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, LazyText) else value


def _main_channel(to: User, kind: kinds.Kind, wish: Preference, has_files: bool) -> Channel:
    """Return the main channel; urgent messages go by mail, those with files at least daily.

    To citizens messages with files go at once.

    Nobody inactive is written to: the message is only kept in the account.
    """
    if not to.is_active:
        return Channel.ACCOUNT
    promptly = kind.urgent or kind.timed or (has_files and kind.usual == kinds.Mail.AT_ONCE)
    if promptly or wish.mail == Preference.Mail.AT_ONCE:
        return Channel.EMAIL
    if has_files or wish.mail == Preference.Mail.DAILY:
        return Channel.DIGEST
    return Channel.ACCOUNT


def post_sealed(
    key: str,
    template: str,
    *,
    address: str,
    channel: Channel = Channel.EMAIL,
    at: datetime,
    about: str,
    sender: Office,
    attachments: Sequence[tuple[str, str, str]] = (),
    **context: Any,
) -> None:
    """Enqueue one message to a sealed address (``notices.sealed``).

    It is shown in no account, and its facts must not name the recipient.
    """
    row = Notice(
        dedupe_key=key,
        template=template,
        channel=channel,
        address=address,
        office=sender,
        context=_written(context, _SEALED_LANGUAGE),
        about=about,
        created_at=at,
        next_try_at=at,
        language=_SEALED_LANGUAGE,
        urgent=kinds.get(template).urgent,
        attachments=[list(file) for file in attachments],
    )
    Notice.objects.bulk_create([row], ignore_conflicts=True)
    notify_on_commit("notices.deliver_due")


def askers(kind: str, people: Sequence[User]) -> list[User]:
    """Return those of ``people`` who asked for a kind that is sent on request only."""
    wanted = Preference.objects.filter(user__in=people, kind=kinds.get(kind).code)
    keys = set(wanted.exclude(mail=Preference.Mail.NEVER).values_list("user", flat=True))
    return [person for person in people if person.pk in keys]


def posted(prefix: str) -> bool:
    """Whether a message with this key prefix was ever enqueued."""
    return Notice.objects.filter(dedupe_key__startswith=prefix).exists()


def post_rendered(*, address: str, subject: str, body: str, at: datetime) -> Notice:
    """Enqueue a message that is already rendered (account mails); cleared after sending."""
    notice = Notice.objects.create(
        dedupe_key=f"rendered:{secrets.token_hex(16)}",
        template=kinds.RENDERED,
        address=address,
        context={"subject": subject, "body": body},
        created_at=at,
        next_try_at=at,
        urgent=True,
    )
    notify_on_commit("notices.deliver_due")
    return notice
