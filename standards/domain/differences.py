"""What two versions of a standard differ in, as values; ``standards.changes`` has the sentences.

``KINDS`` is the table: a new kind of row in a version is one entry here. Every column of a row is
compared unless the entry says otherwise, so a new column needs nothing here. What belongs to the
act that sets a version (its number, first day and decree) is not compared.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum
from operator import attrgetter
from typing import Any

from standards.domain.versions import ProcedureText, VersionSnapshot

_WORDS = re.compile(r"\w+")
_ALIKE = 0.6  # share of words that two wordings of one row have in common, at least
_MOST_ALIKE = 40_000  # pairs of rows compared word by word; beyond it only equal words are paired
_PLACING = ("order", "printed_number")


class Sign(StrEnum):
    """What became of a row."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    RENUMBERED = "renumbered"  # rows of this kind stand in another order or under other numbers


@dataclass(frozen=True, slots=True)
class Kind:
    """How the rows of one kind are found, paired and compared.

    ``title``: the column that names a row. ``key``: a column that stays the same from version to
    version. ``columns``: those compared, all if empty; ``silent``: all but these. ``together``:
    columns that are said as one value. ``points_to``: columns that name a row of another kind, by
    its place or its title. ``below``: kinds of rows that hang below a row of this one.
    """

    name: str
    rows: Callable[[Any], Sequence[Any]]
    title: str = ""
    key: str = ""
    columns: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    together: tuple[tuple[str, tuple[str, ...]], ...] = ()
    points_to: tuple[tuple[str, str], ...] = ()
    below: tuple[Kind, ...] = ()

    def name_of(self, row: Any) -> str:
        """Return the words that name ``row``."""
        return getattr(row, self.title) if self.title else ""

    def compared(self, row: Any) -> list[str]:
        """Return the columns of ``row`` that are compared one by one."""
        joined = {column for _name, columns in self.together for column in columns}
        taken = {*joined, *self.silent, *_PLACING, *(kind.name + "s" for kind in self.below)}
        names = self.columns or tuple(column.name for column in fields(row))
        return [name for name in names if name not in taken]


TARIFF = (
    "kind", "amount", "units", "minimum", "maximum", "when", "multiple", "rounding", "rows",
)  # fmt: skip

KINDS: tuple[Kind, ...] = (
    Kind(
        "head",
        lambda version: (version,),
        columns=(
            "product", "certificate_title", "certificate_statement",
            "certificate_on_behalf_of", "number_pattern", "validity_months",
            "refusal_title", "refusal_statement", "refusal_on_behalf_of",
            "refusal_number_pattern",
            "target_amount", "heading", "preamble",
        ),
        together=(("term", ("term_minimum", "term_amount", "term_unit")),),
    ),
    Kind("fee", attrgetter("fees"), title="label", together=(("tariff", TARIFF),)),
    Kind("fact", attrgetter("facts"), title="label", key="key", silent=("key",)),
    Kind(
        "term", attrgetter("terms"), title="title", together=(("term", ("minimum", "amount")),)
    ),
    Kind("permit", attrgetter("permits"), title="title"),
    Kind("eligibility", attrgetter("eligibility"), title="sentence"),
    Kind("paper", attrgetter("papers"), title="title", key="key", silent=("key",)),
    Kind("group", attrgetter("groups"), title="title"),
    Kind(
        "requirement",
        attrgetter("requirements"),
        title="text",
        key="code",
        silent=("code",),
        points_to=(("group", "group"), ("parent", "requirement")),
    ),
    Kind("component", attrgetter("components"), title="title", key="key", silent=("key",)),
    Kind(
        "procedure",
        attrgetter("procedures"),
        title="name",
        silent=("office", "code"),
        below=(
            Kind("role", attrgetter("roles"), title="label"),
            Kind(
                "step",
                attrgetter("steps"),
                title="activity",
                together=(
                    (
                        "standard_time",
                        ("standard_minimum", "standard_amount", "standard_unit", "standard_text"),
                    ),
                ),
                points_to=(("role", "role"), ("recorded_by", "role"), ("returns_to", "step")),
            ),
        ),
    ),
    Kind("legal_basis", attrgetter("legal_bases"), title="text"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """One column of a row, before and after; a row that is pointed to is given by its name."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is new, gone or changed, or a kind whose rows are renumbered.

    ``row`` is the row itself, the old one if it is gone; ``within`` names the row above it.
    ``places`` are those of the row among its kind in the old and in the new version.
    """

    kind: str
    sign: Sign
    title: str = ""
    columns: tuple[ColumnChange, ...] = ()
    within: str = ""
    row: Any = None
    places: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which rows of one kind are the same in two versions: places, old to new."""

    old: Sequence[Any]
    new: Sequence[Any]
    found: Mapping[int, int]


def difference(old: VersionSnapshot, new: VersionSnapshot) -> list[Change]:
    """Return what ``new`` has otherwise than ``old``, in the order of the table.

    A row that has another wording is the same row if it has the same key, or else if most of its
    words are the same.
    """
    return list(_changes(KINDS, old, new, ""))


def procedure_difference(old: ProcedureText, new: ProcedureText) -> list[Change]:
    """Return what one SOP has otherwise than another, whatever their names."""
    (kind,) = (kind for kind in KINDS if kind.name == "procedure")
    changed = tuple(_columns(kind, old, new, {}))
    head = [Change(kind.name, Sign.CHANGED, old.name, changed, "", new)] if changed else []
    return [*head, *_changes(kind.below, old, new, new.name)]


def _changes(kinds: Sequence[Kind], old: Any, new: Any, within: str) -> Iterator[Change]:
    pairings: dict[str, Pairing] = {}
    for kind in kinds:
        pairings[kind.name] = pair(kind, kind.rows(old), kind.rows(new), old, new)
    for kind in kinds:
        pairing = pairings[kind.name]
        back = {there: here for here, there in pairing.found.items()}
        for place, row in enumerate(pairing.old):
            if place not in pairing.found:
                title = kind.name_of(row)
                yield Change(kind.name, Sign.GONE, title, (), within, row, (place, None))
        for place, row in enumerate(pairing.new):
            if place not in back:
                title = kind.name_of(row)
                yield Change(kind.name, Sign.NEW, title, (), within, row, (None, place))
                continue
            before = pairing.old[back[place]]
            changed = tuple(_columns(kind, before, row, pairings))
            if changed:
                title = kind.name_of(before)
                at = (back[place], place)
                yield Change(kind.name, Sign.CHANGED, title, changed, within, row, at)
            yield from _changes(kind.below, before, row, kind.name_of(row))
        if _renumbered(pairing):
            yield Change(kind.name, Sign.RENUMBERED, within=within)


def _columns(
    kind: Kind, old: Any, new: Any, pairings: Mapping[str, Pairing]
) -> Iterator[ColumnChange]:
    for name, columns in kind.together:
        before, after = (tuple(getattr(row, name) for name in columns) for row in (old, new))
        if before != after:
            yield ColumnChange(name, before, after)
    targets = dict(kind.points_to)
    for name in kind.compared(new):
        before, after = getattr(old, name), getattr(new, name)
        if name in targets:
            target = pairings[targets[name]]
            if _same_row(before, after, target):
                continue
            titles = {one.name: one for one in every_kind()}[targets[name]]
            yield ColumnChange(
                name,
                _title(titles, before, target.old),
                _title(titles, after, target.new),
            )
        elif before != after:
            yield ColumnChange(name, before, after)


def every_kind(kinds: Sequence[Kind] = KINDS) -> Iterator[Kind]:
    """Return the kinds of the table, also those below others."""
    for kind in kinds:
        yield kind
        yield from every_kind(kind.below)


def _place(value: Any, rows: Sequence[Any]) -> int | None:
    """Return the place of the row that ``value`` points to: a place, or the label of a role."""
    if isinstance(value, int):
        return value if 0 <= value < len(rows) else None
    return next((place for place, row in enumerate(rows) if value and row.label == value), None)


def _same_row(old: Any, new: Any, pairing: Pairing) -> bool:
    before, after = _place(old, pairing.old), _place(new, pairing.new)
    if before is None or after is None:
        return bool(old == new)
    return pairing.found.get(before) == after


def _title(kind: Kind, value: Any, rows: Sequence[Any]) -> str:
    place = _place(value, rows)
    return "" if place is None else kind.name_of(rows[place])


def _renumbered(pairing: Pairing) -> bool:
    order = [pairing.found[place] for place in sorted(pairing.found)]
    return order != sorted(order) or any(
        getattr(pairing.old[here], "printed_number", "")
        != getattr(pairing.new[there], "printed_number", "")
        for here, there in pairing.found.items()
    )


# Pairing --------------------------------------------------------------------------------------


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` without case and punctuation: what two wordings share."""
    return tuple(_WORDS.findall(text.casefold()))


def same_requirements(old: VersionSnapshot, new: VersionSnapshot) -> dict[int, int]:
    """Return, by the place in ``old``, the place in ``new`` of each requirement that stays.

    It has the same code, or else the same words, and is met in the same way: what is only
    alike is another requirement for a file that was uploaded.
    """
    kind = next(kind for kind in KINDS if kind.name == "requirement")
    pairing = pair(kind, old.requirements, new.requirements, old, new, alike=False)
    return {
        here: there
        for here, there in pairing.found.items()
        if old.requirements[here].kind == new.requirements[there].kind
    }


def pair(
    kind: Kind,
    old: Sequence[Any],
    new: Sequence[Any],
    above_old: Any,
    above_new: Any,
    *,
    alike: bool = True,
) -> Pairing:
    """Pair the rows of one kind: the equal first, then, if wanted, those that are ``alike``."""
    found: dict[int, int] = {}
    named_old = [_names(kind, row, above_old) for row in old]
    named_new = [_names(kind, row, above_new) for row in new]
    for step in range(len(_STEPS)):
        left = {at: names[step] for at, names in enumerate(named_old) if at not in found}
        taken = set(found.values())
        right: dict[Hashable, deque[int]] = defaultdict(deque)
        for at, names in enumerate(named_new):
            if at not in taken and names[step]:
                right[names[step]].append(at)
        for at, name in left.items():
            if name and right[name]:
                found[at] = right[name].popleft()
    if alike:
        _pair_alike(kind, old, new, found)
    return Pairing(old, new, found)


_STEPS = ("key", "all of it", "words and what they belong to", "words")


def _names(kind: Kind, row: Any, above: Any) -> tuple[Hashable, ...]:
    """Return the names under which a row is looked for, the surest first; ``None``: not by it."""
    words = words_of(kind.name_of(row))
    context = tuple(
        words_of(_title(target, getattr(row, name), target.rows(above)))
        for name, other in kind.points_to
        for target in every_kind()
        if target.name == other
    )
    pointing = {name for name, _other in kind.points_to}
    joined = (column for _name, columns in kind.together for column in columns)
    names = [*joined, *(name for name in kind.compared(row) if name not in pointing)]
    whole = tuple(getattr(row, name) for name in names)
    key = getattr(row, kind.key) if kind.key else None
    return (key, (whole, context), (words, context), (words,))


def _pair_alike(kind: Kind, old: Sequence[Any], new: Sequence[Any], found: dict[int, int]) -> None:
    taken = set(found.values())
    left = {at: words_of(kind.name_of(row)) for at, row in enumerate(old) if at not in found}
    right = {at: words_of(kind.name_of(row)) for at, row in enumerate(new) if at not in taken}
    if len(left) * len(right) > _MOST_ALIKE:
        return
    likeness: list[tuple[float, int, int]] = []
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    for there, after in right.items():
        matcher.set_seq2(after)
        for here, before in left.items():
            matcher.set_seq1(before)
            if matcher.quick_ratio() >= _ALIKE and (share := matcher.ratio()) >= _ALIKE:
                likeness.append((-share, here, there))
    for _share, here, there in sorted(likeness):
        if here not in found and there not in taken:
            found[here] = there
            taken.add(there)
