"""Kinds of messages: name, audience and placeholders.

Each app registers its kinds at startup. A kind is one ``Kind`` and two files under
``templates/notices/``: ``<code>.txt``, whose first line is the subject, and ``<code>.html``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

RENDERED = "rendered"  # account mails, already rendered
DIGEST = "digest"  # a digest of other messages; these two are not registered


class Audience(StrEnum):
    """The audience of a message."""

    APPLICANT = "pemohon"
    OFFICER = "petugas"
    COMPLAINANT = "pengadu"  # identified by number only: no account, no preferences


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
    """A kind. ``urgent`` kinds ignore quiet hours and digests and are always sent by mail."""

    code: str
    name: str | Promise
    audience: Audience
    placeholders: tuple[Placeholder, ...]
    urgent: bool = False
    meaning: str = "neutral"

    @property
    def words(self) -> list[str]:
        """The placeholder names that a template may use."""
        return [placeholder.word for placeholder in self.placeholders]


_KINDS: dict[str, Kind] = {}


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
