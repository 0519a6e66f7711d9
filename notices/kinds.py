"""Kinds of messages: name, audience and placeholders.

Each app registers its kinds at startup. A kind is one ``Kind`` and two files under
``templates/notices/``: ``<code>.txt``, whose first line is the subject, and ``<code>.html``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from accounts.models import User

RENDERED = "rendered"  # account mails, already rendered
DIGEST = "digest"  # a digest of other messages; these two are not registered


class Audience(StrEnum):
    """The audience of a message."""

    APPLICANT = "pemohon"
    OFFICER = "petugas"
    SUPERIOR = "atasan"  # officers whose position has subordinates
    COMPLAINTS = "pengaduan"  # officers with a part in complaints
    ADMINISTRATOR = "administrator"
    COMPLAINANT = "pengadu"  # identified by number only: no account, no preferences


class Mail(StrEnum):
    """When a message goes by mail."""

    AT_ONCE = "segera"
    DAILY = "harian"  # in the digest
    MORNING = "pagi"  # a summary of its own on every working day
    MONDAY = "senin"  # the same on the first working day of the week
    NEVER = "tidak"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder: ``{word}`` in a template, ``key`` in the context of a post.

    A ``link`` is the path of a page. A list is rendered as lines that begin with a dash.
    """

    word: str
    key: str
    label: str | Promise
    sample: str | tuple[str, ...]
    link: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind. ``urgent`` kinds cannot wait: they ignore quiet hours and digests, always by mail.

    An ``on_request`` kind is posted only to people who asked for it. A ``timed`` one comes in the
    morning, every day or on Mondays as its recipient asked. The words of a ``fixed`` kind are those
    of the portal: it tells of administrators, who would else write them.

    The ``path`` of a kind with a ``secret_link`` holds a secret. It is kept until the message has
    left by mail, SMS or WhatsApp; then, and in the account from the start, ``own_path`` takes its
    place: the page of the same thing behind the login.
    """

    code: str
    name: str | Promise
    audience: Audience
    placeholders: tuple[Placeholder, ...]
    urgent: bool = False
    meaning: str = "neutral"
    on_request: bool = False
    fixed: bool = False
    secret_link: bool = False
    timed: bool = False

    def without_secret(self, context: dict[str, Any]) -> dict[str, Any]:
        """Return the facts of a message as they may be kept."""
        return {**context, "path": context["own_path"]} if self.secret_link else context

    @property
    def usual(self) -> Mail:
        """When it goes by mail to a person who chose nothing: officers get one digest a day."""
        if self.on_request or self.timed:
            return Mail.NEVER
        citizens = (Audience.APPLICANT, Audience.COMPLAINANT)
        return Mail.AT_ONCE if self.urgent or self.audience in citizens else Mail.DAILY

    @property
    def words(self) -> list[str]:
        """The placeholder names that a template may use."""
        return [placeholder.word for placeholder in self.placeholders]


_KINDS: dict[str, Kind] = {}
_BELONGS: dict[Audience, Callable[[User, datetime], bool]] = {}


def belongs(audience: Audience, test: Callable[[User, datetime], bool]) -> None:
    """Register who belongs to ``audience``; nobody is offered the kinds of another."""
    _BELONGS[audience] = test


def audiences_of(user: User, at: datetime) -> list[Audience]:
    """Return the audiences to which ``user`` belongs at ``at``."""
    return [audience for audience, test in _BELONGS.items() if test(user, at)]


def register(*kinds: Kind) -> None:
    """Add kinds; codes are unique."""
    for kind in kinds:
        if _KINDS.setdefault(kind.code, kind) != kind:
            raise ValueError(f"the kind of message {kind.code} stands twice")


def get(code: str) -> Kind:
    """Return the kind; raises for an unregistered code."""
    try:
        return _KINDS[code]
    except KeyError:
        raise LookupError(f"no kind of message {code}: register it beside its app") from None


def find(code: str) -> Kind | None:
    """Return the kind, or ``None`` for account mails and digests, which are not registered."""
    return _KINDS.get(code)


def every(audiences: Iterable[Audience] = tuple(Audience)) -> list[Kind]:
    """Return the kinds for ``audiences``, in the order in which they were registered."""
    wanted = set(audiences)
    return [kind for kind in _KINDS.values() if kind.audience in wanted]
