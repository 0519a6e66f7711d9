"""What an applicant has sent, round by round, and what changed from one round to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from permits.domain.openings import masked
from permits.models import Application, Printout

_ANSWERS = ("holder", "answers", "questions")


@dataclass(frozen=True, slots=True)
class Change:
    """One answer or file of a round with its value in the round before; "" if there was none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Round:
    """One sending: its stored content, its paper, and what is new in it."""

    content: dict[str, Any]
    paper: Printout
    changes: list[Change]


def rounds(papers: Iterable[Printout]) -> list[Round]:
    """Return every sending, the latest first; ``papers`` are those of the application."""
    sent = sorted((row for row in papers if row.kind == Printout.Kind.SUBMISSION), key=_order)
    pairs = pairwise([None, *sent])
    return [
        Round(row.content, row, changes(before.content, row.content) if before else [])
        for before, row in pairs
        if row is not None
    ][::-1]


def _order(paper: Printout) -> int:
    return paper.pk or 0


def rounds_of(application: Application) -> list[Round]:
    """Return every sending of ``application``, the latest first."""
    return rounds(list(application.printouts.filter(kind=Printout.Kind.SUBMISSION)))


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Return what differs between the contents of two rounds, in the order of the paper."""
    old, new = dict(_entries(before)), dict(_entries(after))
    rows = []
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key, ("", "")), new.get(key, ("", ""))
        if was != now:
            rows.append(Change(key[1], was[0], now[0]))
    return rows


def masked_rounds(sent: list[Round]) -> list[Round]:
    """Return the rounds as officers see them: identity numbers are masked."""
    return [
        replace(row, content=_masked_content(row.content), changes=masked_changes(row.changes))
        for row in sent
    ]


def masked_changes(rows: Iterable[Change]) -> list[Change]:
    """Return the changes with masked identity numbers; where both look alike, the row says so."""
    return [_masked_change(row) for row in rows]


def _masked_change(row: Change) -> Change:
    before, after = masked(row.label, row.before), masked(row.label, row.after)
    if before == after != row.after:
        after = _("%(number)s (angka di depannya berubah)") % {"number": after}
    return Change(row.label, before, after)


def _masked_content(content: dict[str, Any]) -> dict[str, Any]:
    hidden = {
        part: [[label, masked(label, value)] for label, value in content[part]] for part in _ANSWERS
    }
    return {**content, **hidden}


def _entries(content: dict[str, Any]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield key (part, label) and value (text, identity) of every answer and file."""
    for part in _ANSWERS:
        for label, value in content[part]:
            yield (part, label), (value, "")
    for row in content["documents"]:
        label = f"{row['number']} {row['requirement']}".strip()
        yield ("documents", label), (row["file"], row["key"])
    for text in content["declared"]:
        yield ("declared", text), ("✓", "")
