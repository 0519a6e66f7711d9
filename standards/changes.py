"""The difference between two versions as sentences, for pages, messages and the second person.

Kinds of rows and columns are called as ``standards.change_words`` says; what has no entry there is
still said, in general words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import Position
from standards.change_words import CHOICES, COLUMNS, KINDS, OTHER
from standards.domain.conditions import Condition
from standards.domain.contradictions import conditions_over
from standards.domain.differences import (
    TARIFF,
    Change,
    ColumnChange,
    Sign,
    difference,
    every_kind,
    procedure_difference,
)
from standards.domain.facts import Fact
from standards.domain.steps import time_words
from standards.domain.versions import FeeText, VersionSnapshot
from standards.fee_wording import fee_words
from standards.models import Procedure, Regulation, StandardVersion
from standards.models.choices import TermUnit
from standards.selectors import facts_of, procedure_text, published_snapshot, snapshot
from standards.wording import condition_sentence

FOR_APPLICANTS = ("head", "fee", "fact", "term", "eligibility", "group", "requirement")
_LONGEST = 300  # characters of a text that stands in a sentence
_MOST_LINES = 6  # changed lines of a long text that are quoted


_TITLES = {kind.name: (kind.title,) for kind in every_kind()}
_KEYS: dict[str, Callable[[], QuerySet[Any]]] = {  # columns that hold keys of rows
    "position": lambda: Position.objects.select_related("office"),
    "regulation": Regulation.objects.all,
}


@dataclass(frozen=True, slots=True)
class _Facts:
    """The facts of both versions, in which their conditions are read; names of rows by key.

    ``versions`` are the old and the new one, empty where two SOPs are compared.
    """

    old: Mapping[str, Fact]
    new: Mapping[str, Fact]
    names: Mapping[str, Mapping[int, str]]
    versions: tuple[VersionSnapshot, ...] = ()

    def over(self, change: Change) -> tuple[list[Condition], list[Condition]]:
        """Return what a requirement hangs on before and after: group, parents, its own condition.

        A side on which it does not stand has no condition.
        """
        old, new = (
            [] if place is None else conditions_over(version, place)
            for version, place in zip(self.versions, change.places, strict=True)
        )
        return old, new


def sentences_between(
    old: StandardVersion, new: StandardVersion, kinds: Collection[str] = ()
) -> list[str]:
    """Return what ``new`` has otherwise than ``old``; [] when they say the same."""
    return sentences(_content(old), _content(new), kinds)


def _content(version: StandardVersion) -> VersionSnapshot:
    if version.is_published:
        return published_snapshot(version.pk, version.digest)
    return snapshot(version)


def sentences(old: VersionSnapshot, new: VersionSnapshot, kinds: Collection[str] = ()) -> list[str]:
    """Return the difference as sentences; ``kinds`` names those to be spoken of, all if empty.

    The decree, the number and the first day of a version are not spoken of: they stand beside it.
    """
    changes = difference(old, new)
    facts = _Facts(_facts(old), _facts(new), _names(changes), (old, new))
    several = len(old.procedures) > 1 or len(new.procedures) > 1
    return [
        line
        for change in changes
        if not kinds or (change.kind in kinds and not _is_for_officers(change))
        for line in _lines(change, facts, several)
    ]


def procedure_sentences(old: Procedure, new: Procedure) -> list[str]:
    """Return what one SOP has otherwise than another; [] when they say the same.

    Conditions of steps are read with the facts of the newest standard that uses each.
    """
    changes = procedure_difference(procedure_text(old), procedure_text(new))
    facts = _Facts(_facts_behind(old), _facts_behind(new), _names(changes))
    return [line for change in changes for line in _lines(change, facts, several=False)]


def _facts_behind(procedure: Procedure) -> dict[str, Fact]:
    link = procedure.version_links.select_related("version").order_by("-version").first()
    return {fact.key: fact for fact in facts_of(link.version)} if link else {}


def _names(changes: Sequence[Change]) -> dict[str, dict[int, str]]:
    """Return the names of the rows that columns of ``changes`` point to, by column and key."""
    found: dict[str, dict[int, str]] = {}
    for column, rows in _KEYS.items():
        pointed = [one for change in changes for one in change.columns if one.name == column]
        keys = {key for one in pointed for key in (one.old, one.new) if key}
        if keys:
            found[column] = {row.pk: _row_name(row) for row in rows().filter(pk__in=keys)}
    return found


def _row_name(row: Position | Regulation) -> str:
    """Return a name; a position of a partner body is named with the body."""
    if isinstance(row, Position) and row.office.partner_of_id:
        return f"{row.name}, {row.office.short_name}"
    return str(row)


def _is_for_officers(change: Change) -> bool:
    """Whether it is about a fact that an officer records at a step."""
    return bool(getattr(change.row, "asked_at", ""))


def _facts(version: VersionSnapshot) -> dict[str, Fact]:
    return {fact.key: fact.asked() for fact in version.facts}


def _lines(change: Change, facts: _Facts, several: bool) -> list[str]:
    if change.kind == "head":
        return [_stop(_column(change.kind, one, facts)) for one in change.columns]
    words = KINDS.get(change.kind, OTHER)
    template = {
        Sign.NEW: words.new,
        Sign.GONE: words.gone,
        Sign.CHANGED: words.row,
        Sign.RENUMBERED: words.renumbered,
    }[change.sign]
    said = str(template) % {"title": _quoted(change.title.strip(" ;,."))}
    if change.sign is Sign.CHANGED:
        columns = _whole_conditions(change, facts)
        said = f"{said}: {'; '.join(_column(change.kind, one, facts) for one in columns)}"
    if change.sign is Sign.NEW:
        said += _detail(change, facts)
    if change.within and several:
        said = _("Prosedur %(title)s: %(said)s") % {"title": _quoted(change.within), "said": said}
    return [_stop(said[:1].upper() + said[1:])]


def _detail(change: Change, facts: _Facts) -> str:
    """Return what a new row asks or costs."""
    row = change.row
    if isinstance(row, FeeText):
        return f", {fee_words(row.rule(), facts.new).text}"
    when = getattr(row, "when", None)
    conditions = [when] if isinstance(when, Condition) else []
    if change.kind == "requirement":
        _old, conditions = facts.over(change)
    said = condition_sentence(conditions, facts.new)
    return f". {said}" if said else ""


def _whole_conditions(change: Change, facts: _Facts) -> list[ColumnChange]:
    """Return the columns of ``change``; the condition of a requirement with those above it."""
    if change.kind != "requirement":
        return list(change.columns)
    old, new = facts.over(change)
    return [replace(one, old=old, new=new) if one.name == "when" else one for one in change.columns]


def _column(kind: str, change: ColumnChange, facts: _Facts) -> str:
    name = str(COLUMNS.get(change.name, _("keterangan lain")))
    if change.name in _KEYS:
        old, new = (_named(change.name, key, facts) for key in (change.old, change.new))
        if old == new:
            return _("%(name)s berubah") % {"name": name}
        return _("%(name)s: %(old)s menjadi %(new)s") % {"name": name, "old": old, "new": new}
    if _is_long(change.old) or _is_long(change.new):
        return f"{name}: {_changed_lines(change.old or '', change.new or '')}"
    old = _value(kind, change.name, change.old, facts.old)
    new = _value(kind, change.name, change.new, facts.new)
    if old == new:  # the same is meant in other signs
        return _("%(name)s ditulis lain") % {"name": name}
    if change.name in _TITLES[kind]:
        return _("%(name)s menjadi %(new)s") % {"name": name, "new": new}
    if change.name == "term" and change.old[1] and change.old[2:] == change.new[2:]:
        old = _time(change.old[:2])  # the unit is said once
    return _("%(name)s: %(old)s menjadi %(new)s") % {"name": name, "old": old, "new": new}


def _named(column: str, key: int | None, facts: _Facts) -> str:
    """Return the name of the row with ``key``; a column without a position is the applicant's."""
    if key:
        return _quoted(facts.names.get(column, {}).get(key, ""))
    return _("pemohon") if column == "position" else _("kosong")


def _value(kind: str, name: str, value: Any, facts: Mapping[str, Fact]) -> str:
    if name == "when":
        said = condition_sentence(value if isinstance(value, list) else [value], facts)
        return said[:1].lower() + said[1:] if said else _("selalu")
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if name == "tariff":
        text = FeeText(order=0, label="", **dict(zip(TARIFF, value, strict=True)))
        return fee_words(text.rule(), facts).text
    if name == "performers":
        return ", ".join(map(_quoted, value)) or _("kosong")
    if isinstance(value, tuple):
        return _time(value)
    if value is None or value == "":
        return _("kosong")
    if (kind, name) in CHOICES:
        return _quoted(str(CHOICES[kind, name](value).label))
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _time(parts: tuple[Any, ...]) -> str:
    """Return a term or a standard time: least, most, and further the unit, as printed."""
    least, amount, unit, printed = (*parts, "", "")[:4]
    if printed:
        return _quoted(printed)
    return time_words(least, amount, str(TermUnit(unit).label) if unit else "") or _("kosong")


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and (len(value) > _LONGEST or "\n" in value)


def _changed_lines(old: str, new: str) -> str:
    """Return which lines of a long text are new and which are gone."""
    before, after = ([one.strip() for one in text.splitlines()] for text in (old, new))
    gone = [line for line in before if line and line not in after]
    added = [line for line in after if line and line not in before]
    parts = [
        template % {"lines": _several(lines)}
        for template, lines in ((_("ditambah %(lines)s"), added), (_("dihapus %(lines)s"), gone))
        if lines
    ]
    return ", ".join(parts) or _("susunan barisnya berubah")


def _several(lines: list[str]) -> str:
    said = ", ".join(_quoted(line) for line in lines[:_MOST_LINES])
    rest = len(lines) - _MOST_LINES
    return said if rest <= 0 else _("%(lines)s, dan %(n)s baris lagi") % {"lines": said, "n": rest}


def _quoted(text: str) -> str:
    return f"“{Truncator(text.strip()).chars(_LONGEST)}”" if text.strip() else _("tanpa judul")


def _stop(said: str) -> str:
    return said if said.endswith((".", "!", "?")) else f"{said}."
