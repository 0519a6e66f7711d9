"""What a kind of proposal is: its words, whether its premise still holds, what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from authority.models import Proposal

Lines = list[tuple[str | Promise, Any]]


def changed(old: str, new: str) -> str:
    """Return "new (sekarang: old)", or the value that stays."""
    if old == new:
        return new
    return _("%(new)s (sekarang: %(old)s)") % {"new": new, "old": old}


def person_of(proposal: Proposal) -> User:
    """Return the person of a proposal of the kinds that have one."""
    assert proposal.person is not None  # noqa: S101  the kind has a person
    return proposal.person


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of proposal.

    ``sentence``: what it would do, in one line. ``lines``: the same in labels and values.
    ``premise``: the code of why it can no longer be done at an instant, "" while it can.
    ``execute``: does it, inside the transaction of the confirmation; its second argument is who
    confirmed, ``None`` for the operator of the server.
    ``after``: what somebody who is concerned reads once it is done, "" for nothing more.
    """

    sentence: Callable[[Proposal], str]
    lines: Callable[[Proposal], Lines]
    premise: Callable[[Proposal, datetime], str]
    execute: Callable[[Proposal, User | None, datetime], None]
    after: Callable[[Proposal, User], str] = lambda proposal, user: ""
