"""The kinds of messages: what each is called, whom it is for, and what it may speak of.

Each app registers its own when it starts. A kind is one ``Kind`` and two files under
``templates/notices/``: ``<code>.txt``, whose first line is the subject, and ``<code>.html``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

RENDERED = "rendered"  # account mails come with their words
DIGEST = "digest"  # and a digest is made of other messages: nobody registers these two


class Audience(StrEnum):
    """Who gets a message, and so who may choose how."""

    APPLICANT = "pemohon"
    OFFICER = "petugas"
    COMPLAINANT = "pengadu"  # known by number alone: no account, nothing to choose


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A fact that a sentence may hold: ``{word}`` in a template, ``key`` in the context of a post.

    A ``link`` is the path of a page; a list becomes lines that begin with a dash.
    """

    word: str
    key: str
    label: str | Promise
    sample: str | tuple[str, ...]
    link: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. ``urgent`` ones know no quiet hours, wait for no digest and always go by mail."""

    code: str
    name: str | Promise
    audience: Audience
    placeholders: tuple[Placeholder, ...]
    urgent: bool = False
    meaning: str = "neutral"

    @property
    def words(self) -> list[str]:
        """The names that may stand in braces."""
        return [one.word for one in self.placeholders]


_KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds; a code may stand only once."""
    for kind in kinds:
        if _KINDS.setdefault(kind.code, kind) != kind:
            raise ValueError(f"the kind of message {kind.code} stands twice")


def get(code: str) -> Kind:
    """Return the kind; a code nobody registered is a mistake and raises."""
    try:
        return _KINDS[code]
    except KeyError:
        raise LookupError(f"no kind of message {code}: register it beside its app") from None


def find(code: str) -> Kind | None:
    """Return the kind, or ``None`` for account mails and digests, which nobody chooses or edits."""
    return _KINDS.get(code)


def every(audiences: Iterable[Audience] = tuple(Audience)) -> list[Kind]:
    """Return the kinds for ``audiences``, in the order in which they were registered."""
    wanted = set(audiences)
    return [kind for kind in _KINDS.values() if kind.audience in wanted]
