"""Reads the tables of a file of a standard by their keys; notes everything that is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from accounts.domain.printable import unprintable
from standards import models as rows
from standards.domain import standard_file as keys
from standards.domain import versions as domain
from standards.domain.conditions import ALWAYS, parse
from standards.domain.standard_file import Key, Kind, Part
from standards.models import Regulation
from workflow.domain.errors import DomainError
from workflow.refusals import SENTENCES, sentence
from workflow.tomlfile import FileFault, FileFaults, Table

_Value = TypeVar("_Value")

_MODELS: dict[str, type[models.Model]] = {
    "service": rows.Service,
    "version": rows.StandardVersion,
    "facts": rows.Fact,
    "eligibility": rows.EligibilityRule,
    "terms": rows.TermRule,
    "permits": rows.PermitRule,
    "fees": rows.FeeRule,
    "rows": rows.FeeRow,
    "papers": rows.Paper,
    "components": rows.StandardComponent,
    "groups": rows.RequirementGroup,
    "requirements": rows.Requirement,
    "legal_bases": rows.LegalBasis,
    "procedures": rows.Procedure,
    "roles": rows.ProcedureRole,
    "steps": rows.SopStep,
}
_MOST = {  # what columns hold on every database; SQLite itself refuses nothing
    "PositiveSmallIntegerField": 32_767,
    "PositiveIntegerField": 2_147_483_647,
    "PositiveBigIntegerField": 9_223_372_036_854_775_807,
}
_EMPTY: dict[Kind, Any] = {
    Kind.TEXT: "",
    Kind.WHOLE: 0,
    Kind.FLAG: False,
    Kind.DAY: None,
    Kind.TEXTS: "",
    Kind.CONDITION: ALWAYS,
    Kind.NAME: "",
    Kind.NAMES: (),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a file may name: laws, positions (``None``: not given yet) and procedures by name.

    ``sops`` are the families of codes (``sop_versions.family``) of the office's SOPs by name.
    """

    office: int
    positions: Mapping[str, int | None] = field(default_factory=dict)
    regulations: Mapping[str, int] = field(default_factory=dict)
    procedures: Mapping[str, domain.ProcedureText] = field(default_factory=dict)
    sops: Mapping[str, frozenset[str]] = field(default_factory=dict)


def regulations_by_name() -> dict[str, int]:
    """Return the key of each regulation by its title and by its short name ("UU 25/2009")."""
    rows = Regulation.objects.order_by("pk").values_list("pk", "title", "code")
    named = [(code, pk) for pk, _title, code in rows if code]
    return {**dict(named), **{title: pk for pk, title, _code in rows}}


def text_or_blank(table: Table, key: str) -> str:
    try:
        return table.text(key, "")
    except FileFault:
        return ""  # said by the reading of the whole


class Reader:
    """Reads the tables of one file and keeps what is wrong until the end.

    Why so many: one method for each shape of a table and each check over several rows.
    """

    def __init__(self, page: Table, known: Known) -> None:
        self.path = page.path
        self.known = known
        self.faults: list[FileFault] = []
        self.names: dict[str, Mapping[str, Any]] = {
            "peraturan": known.regulations,
            "jabatan": known.positions,
            "prosedur": known.procedures,
        }
        number = page.whole("format")
        if number != keys.FORMAT:
            what = _("format %(number)s tidak dikenal; portal ini membaca format %(ours)s")
            raise page.fault("format", what % {"number": number, "ours": keys.FORMAT})

    def finish(self) -> None:
        """Raise what was found."""
        if self.faults:
            raise FileFaults(self.path, self.faults)

    def end(self, table: Table) -> None:
        """Note the keys of ``table`` that nobody knows."""
        for key in table.unread():
            self.faults.append(table.fault(key, _("kunci ini tidak dikenal")))

    def tried(self, read: Callable[[], _Value], otherwise: _Value) -> _Value:
        """Return what ``read`` returns, or note its fault and go on with ``otherwise``."""
        try:
            return read()
        except FileFault as fault:
            self.faults.append(fault)
            return otherwise

    def part(self, part: Part, page: Table, **given: Any) -> Any:
        """Return the value of the one table of ``part``."""
        try:
            table = page.table(part.name)
        except FileFault as fault:
            self.faults.append(fault)
            table = Table(self.path, {})
            empty = {key.field: _EMPTY[key.kind] for key in part.keys}
            return (part.value or dict)(**{**empty, **given})
        value = self.row(part, table, **given)
        self.end(table)
        return value

    def tables(self, part: Part, above: Table, name: str = "") -> list[Table]:
        """Return the tables of a list, not more than a list may have."""
        name = name or part.name
        none: list[Table] = []
        found = self.tried(lambda: above.tables(name), none)
        if len(found) > keys.MOST_ROWS:
            what = _("lebih dari %(most)s baris") % {"most": keys.MOST_ROWS}
            self.faults.append(found[keys.MOST_ROWS].fault("", what))
        return found[: keys.MOST_ROWS]

    def rows(self, part: Part, above: Table) -> Iterator[Any]:
        """Yield the values of a list of tables; their order is their place in it."""
        seen: set[str] = set()
        for order, table in enumerate(self.tables(part, above), 1):
            value = self.row(part, table, **({"order": order} if part.value else {}))
            self.once(part, table, seen)
            self.end(table)
            yield value

    def once(self, part: Part, table: Table, seen: set[str]) -> None:
        """Note a row with the key of an earlier one."""
        name = text_or_blank(table, part.unique) if part.unique else ""
        if name in seen:
            what = _("%(code)s sudah dipakai") % {"code": name}
            self.note(table, part.unique, what)
        elif name:
            seen.add(name)

    def row(self, part: Part, table: Table, **given: Any) -> Any:
        """Return the value of one table; what the model refuses is noted as well."""
        before = len(self.faults)
        values = {
            key.field: self.tried(lambda key=key: self._value(key, table), _EMPTY[key.kind])  # type: ignore[misc]
            for key in part.keys
        }
        if len(self.faults) == before and part.name in _MODELS:
            self._validate(part, table, values)
        return part.value(**values, **given) if part.value else values

    def _value(self, key: Key, table: Table) -> Any:
        required = key.required
        if required and not table.has(key.name):
            raise table.fault(key.name, _("wajib diisi"))
        default = None if required else key.default
        match key.kind:
            case Kind.TEXT:
                return self._text(key, table, default)
            case Kind.WHOLE:
                found = table.optional_whole(key.name)
                return default if found is None else found
            case Kind.FLAG:
                return table.flag(key.name, bool(default))
            case Kind.DAY:
                return table.optional_day(key.name)
            case Kind.TEXTS:
                return "\n".join(_visible(key, table, text) for text in table.texts(key.name, []))
            case Kind.CONDITION:
                return _condition(key, table)
            case Kind.NAMES:
                known = self.names[str(key.known)]
                return tuple(table.all_in(key.name, known)) if table.has(key.name) else ()
            case Kind.NAME:
                found = table.found_in(key.name, self.names[str(key.known)])
                return default if found is None else found

    @staticmethod
    def _text(key: Key, table: Table, default: str | None) -> str:
        text = _visible(key, table, table.text(key.name, default))
        if key.known and text not in key.known:
            what = _("“%(given)s” tidak dikenal; yang dikenal: %(known)s")
            known = ", ".join(filter(None, key.known))
            raise table.fault(key.name, what % {"given": text[:80], "known": known})
        return text

    def _validate(self, part: Part, table: Table, values: dict[str, Any]) -> None:
        model = _MODELS[part.name]
        columns = {column.name: column for column in model._meta.concrete_fields}
        fields = {
            key.field: key.name
            for key in part.keys
            if key.field in columns and not columns[key.field].is_relation
        }
        for left_out in ("kind", "code"):  # the usual kind, a new code: the model gives them
            if fields.get(left_out) and values[left_out] == "":
                del fields[left_out]
        for column, name in fields.items():
            most = _MOST.get(columns[column].get_internal_type())
            if most is not None and (values[column] or 0) > most:
                self.note(table, name, _("paling besar %(most)s") % {"most": most})
                return
        row = model(**{name: values[name] for name in fields})
        try:
            row.clean_fields(exclude=set(columns) - set(fields))
        except ValidationError as error:
            for column, sentences in error.message_dict.items():
                self.note(table, fields[column], " ".join(sentences))

    def note(self, table: Table, key: str, what: str) -> None:
        """Note what is wrong with ``key`` of ``table``."""
        self.faults.append(table.fault(key, what))

    def note_condition(
        self, table: Table, item: str, found: Iterable[tuple[str, Mapping[str, str]]]
    ) -> None:
        """Note the faults of the condition of ``item`` (``condition_faults.faults``)."""
        for code, named in found:
            self.note(table, "when", str(SENTENCES[code]) % {"item": item, **named})


def _visible(key: Key, table: Table, text: str) -> str:
    """Return ``text``; refused are signs that nobody sees or types, and that can mislead."""
    for sign in unprintable(text):
        if unicodedata.category(sign).startswith("C"):
            what = _("memuat tanda yang tidak terlihat (U+%(code)s)")
            raise table.fault(key.name, what % {"code": f"{ord(sign):04X}"})
        if key.printed:
            what = _("memuat “%(sign)s”, yang tidak dapat dicetak pada dokumen")
            raise table.fault(key.name, what % {"sign": sign})
    return text


def _condition(key: Key, table: Table) -> Any:
    """Read ``when``, one alternative a line."""
    try:
        return parse(_visible(key, table, table.text(key.name, "")))
    except DomainError as error:
        raise table.fault(key.name, sentence(error)) from error
