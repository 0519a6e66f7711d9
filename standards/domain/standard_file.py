"""The file of a standard: its keys, one line each, and how it is written.

A standard with its procedures as TOML. ``docs/standard-file.md`` describes every key and is held
against these tables. A new key is one line here; reading, writing and the document follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from standards.domain import components, versions
from standards.domain.conditions import ALWAYS, written
from standards.domain.facts import FactKind, choices_of
from standards.domain.fees import FeeKind, Rounding
from standards.domain.papers import PaperKind
from standards.domain.requirements import Need
from standards.domain.steps import StepClock, StepKind
from standards.domain.versions import RequirementText, StepText, VersionSnapshot
from workflow.domain.clock import Unit
from workflow.domain.errors import DomainError
from workflow.domain.tomltext import quoted

FORMAT: Final = 1  # raised when a key changes its meaning or goes
MOST_BYTES: Final = 1024 * 1024
MOST_ROWS: Final = 200  # of one list
MOST_ALL: Final = 1000  # requirements of a file, steps of all its procedures
MOST_DEPTH: Final = 6  # requirements below requirements


class Kind(StrEnum):
    """How a value is written; the words are those of the document."""

    TEXT = "teks"
    WHOLE = "bilangan bulat"
    FLAG = "true atau false"
    DAY = "tanggal"
    TEXTS = "daftar teks"
    CONDITION = "syarat"
    NAME = "nama"  # of something that the file or the portal knows
    NAMES = "daftar nama"


class _Required:
    """The default of a key that must be there."""


REQUIRED: Final = _Required()


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its name, the field of the value it fills, kind and default.

    ``known`` of a text are the only values; of a name, the word for what is named.
    """

    name: str
    field: str
    kind: Kind = Kind.TEXT
    default: Any = ""
    known: tuple[str, ...] | str = ()
    printed: bool = True  # on documents, whose fonts do not have every sign

    @property
    def required(self) -> bool:
        """Whether a file without the key is refused."""
        return self.default is REQUIRED


@dataclass(frozen=True, slots=True)
class Part:
    """One table or list of tables; ``value`` is the class of the value that a row becomes."""

    name: str
    value: type | None
    keys: tuple[Key, ...]
    unique: str = ""  # the key that no two rows of the list share


@dataclass(frozen=True, slots=True)
class ServiceText:
    """The service a standard is about."""

    office: str
    slug: str
    name: str
    summary: str = ""
    keywords: str = ""
    kbli: str = ""
    kbli_edition: int = 2020
    risk: str = ""
    sector: str = ""


_RISKS = ("", "rendah", "menengah_rendah", "menengah_tinggi", "tinggi")
_UNITS = (str(Unit.WORKDAY), str(Unit.CALENDAR_DAY), str(Unit.WORK_MINUTE))

SERVICE = Part("service", ServiceText, (
    Key("office", "office", default=REQUIRED),
    Key("slug", "slug", default=REQUIRED),
    Key("name", "name", default=REQUIRED),
    Key("summary", "summary"),
    Key("keywords", "keywords"),
    Key("kbli", "kbli"),
    Key("kbli_edition", "kbli_edition", Kind.WHOLE, 2020),
    Key("risk", "risk", known=_RISKS),
    Key("sector", "sector"),
))  # fmt: skip
VERSION = Part("version", VersionSnapshot, (
    Key("number", "number", Kind.WHOLE, 1),
    Key("effective_on", "effective_on", Kind.DAY, None),
    Key("heading", "heading"),
    Key("preamble", "preamble"),
    Key("decree", "decree"),
    Key("decreed_on", "decreed_on", Kind.DAY, None),
    Key("decreed_at_place", "decreed_at_place"),
    Key("decreed_by", "decreed_by"),
    Key("decreed_by_rank", "decreed_by_rank"),
    Key("decreed_by_number", "decreed_by_number"),
    Key("term_minimum", "term_minimum", Kind.WHOLE, None),
    Key("term_amount", "term_amount", Kind.WHOLE, None),
    Key("term_unit", "term_unit", default=str(Unit.WORKDAY), known=_UNITS),
    Key("target_amount", "target_amount", Kind.WHOLE, None),
    Key("product", "product"),
    Key("certificate_title", "certificate_title"),
    Key("certificate_statement", "certificate_statement"),
    Key("certificate_on_behalf_of", "certificate_on_behalf_of"),
    Key("number_pattern", "number_pattern"),
    Key("validity_months", "validity_months", Kind.WHOLE, None),
    Key("refusal_title", "refusal_title"),
    Key("refusal_statement", "refusal_statement"),
    Key("refusal_on_behalf_of", "refusal_on_behalf_of"),
    Key("refusal_number_pattern", "refusal_number_pattern"),
    Key("procedures", "procedures", Kind.NAMES, (), "prosedur"),
))  # fmt: skip
FACTS = Part("facts", versions.FactText, (
    Key("key", "key", default=REQUIRED),
    Key("label", "label", default=REQUIRED),
    Key("kind", "kind", default=str(FactKind.TEXT), known=tuple(map(str, FactKind))),
    Key("required", "required", Kind.FLAG, True),
    Key("help", "help_text"),
    Key("choices", "choices_text", Kind.TEXTS, ""),
    Key("on_certificate", "on_certificate", Kind.FLAG, False),
    Key("asked_at", "asked_at"),
    Key("carried", "carried", Kind.FLAG, False),
    Key("when", "when", Kind.CONDITION, ALWAYS),
), unique="key")  # fmt: skip
_FEE_KINDS = tuple(map(str, (FeeKind.PER_UNIT, FeeKind.TABLE, FeeKind.ENTERED)))
FEES = Part("fees", versions.FeeText, (
    Key("label", "label", default=REQUIRED),
    Key("amount", "amount", Kind.WHOLE, REQUIRED),
    Key("kind", "kind", known=("", *_FEE_KINDS)),
    Key("units", "units"),
    Key("minimum", "minimum", Kind.WHOLE, None),
    Key("maximum", "maximum", Kind.WHOLE, None),
    Key("step", "step"),
    Key("multiple", "multiple", Kind.WHOLE, None),
    Key("rounding", "rounding", known=("", *map(str, Rounding))),
    Key("ground", "ground"),
    Key("when", "when", Kind.CONDITION, ALWAYS),
))  # fmt: skip
FEE_ROWS = Part("rows", versions.FeeRowText, (
    Key("amount", "amount", Kind.WHOLE, REQUIRED),
    Key("when", "when", Kind.CONDITION, ALWAYS),
))  # fmt: skip
PAPERS = Part("papers", versions.PaperText, (
    Key("key", "key", default=REQUIRED),
    Key("title", "title", default=REQUIRED),
    Key("kind", "kind", default=str(PaperKind.LETTER), known=tuple(map(str, PaperKind))),
    Key("addressee", "addressee"),
    Key("body", "body", default=REQUIRED),
    Key("on_behalf_of", "on_behalf_of"),
    Key("number_pattern", "number_pattern"),
    Key("written_at", "written_at"),
    Key("initialed_at", "initialed_at", Kind.TEXTS, ""),
    Key("signed_at", "signed_at"),
    Key("when", "when", Kind.CONDITION, ALWAYS),
), unique="key")  # fmt: skip
ELIGIBILITY = Part("eligibility", versions.EligibilityText, (
    Key("sentence", "sentence", default=REQUIRED),
    Key("when", "when", Kind.CONDITION, REQUIRED),
    Key("ground", "ground"),
))  # fmt: skip
TERMS = Part("terms", versions.TermText, (
    Key("minimum", "minimum", Kind.WHOLE, None),
    Key("amount", "amount", Kind.WHOLE, REQUIRED),
    Key("when", "when", Kind.CONDITION, REQUIRED),
))  # fmt: skip
PERMITS = Part("permits", versions.PermitText, (
    Key("title", "title", default=REQUIRED),
    Key("statement", "statement", default=REQUIRED),
    Key("on_behalf_of", "on_behalf_of"),
    Key("number_pattern", "number_pattern"),
    Key("validity_months", "validity_months", Kind.WHOLE, None),
    Key("is_closure", "is_closure", Kind.FLAG, False),
    Key("when", "when", Kind.CONDITION, REQUIRED),
))  # fmt: skip
COMPONENTS = Part("components", versions.ComponentText, (
    Key("key", "key", default=REQUIRED, known=tuple(map(str, components.Key))),
    Key("number", "printed_number", default=REQUIRED),
    Key("title", "title", default=REQUIRED),
    Key("body", "body", printed=False),
), unique="key")  # fmt: skip
GROUPS = Part("groups", versions.GroupText, (
    Key("number", "printed_number"),
    Key("title", "title"),
    Key("lead", "lead"),
    Key("when", "when", Kind.CONDITION, ALWAYS),
))  # fmt: skip
REQUIREMENTS = Part("requirements", RequirementText, (
    Key("code", "code"),
    Key("number", "printed_number"),
    Key("text", "text", default=REQUIRED),
    Key("kind", "kind", default=REQUIRED, known=tuple(map(str, Need))),
    Key("mandatory", "mandatory", Kind.FLAG, True),
    Key("help", "help_text"),
    Key("when", "when", Kind.CONDITION, ALWAYS),
), unique="code")  # fmt: skip
LEGAL_BASES = Part("legal_bases", versions.BasisText, (
    Key("number", "printed_number", default=REQUIRED),
    Key("text", "text", default=REQUIRED),
    Key("regulation", "regulation", Kind.NAME, None, "peraturan"),
))  # fmt: skip
POSITIONS = Part("positions", None, (
    Key("code", "code", default=REQUIRED),
    Key("name", "name", default=REQUIRED),
), unique="code")  # fmt: skip
PROCEDURES = Part("procedures", versions.ProcedureText, (
    Key("code", "code", default=REQUIRED),
    Key("name", "name", default=REQUIRED),
    Key("sop_number", "sop_number"),
    Key("total_text", "total_text"),
    Key("provisional_reason", "provisional_reason"),
), unique="code")  # fmt: skip
ROLES = Part("roles", versions.RoleText, (
    Key("label", "label", default=REQUIRED),
    Key("position", "position", Kind.NAME, None, "jabatan"),
), unique="label")  # fmt: skip
STEPS = Part("steps", StepText, (
    Key("number", "printed_number", default=REQUIRED),
    Key("kind", "kind", default=REQUIRED, known=tuple(map(str, StepKind))),
    Key("role", "role", Kind.NAME, REQUIRED, "pelaksana"),
    Key("recorded_by", "recorded_by", Kind.NAME, "", "pelaksana"),
    Key("performers", "performers", Kind.NAMES, (), "pelaksana"),
    Key("parallel", "parallel", Kind.FLAG, False),
    Key("activity", "activity", default=REQUIRED),
    Key("completeness", "completeness"),
    Key("time", "standard_text"),
    Key("minimum", "standard_minimum", Kind.WHOLE, None),
    Key("amount", "standard_amount", Kind.WHOLE, None),
    Key("unit", "standard_unit", known=("", *_UNITS)),
    Key("clock", "clock", known=tuple(map(str, StepClock))),
    Key("output", "output"),
    Key("optional", "optional", Kind.FLAG, False),
    Key("condition", "condition"),
    Key("when", "when", Kind.CONDITION, ALWAYS),
    Key("returns_to", "returns_to", Kind.NAME, None, "langkah"),
    Key("remark", "remark"),
))  # fmt: skip

# in the order of the file; the key "like" of a procedure is read and never written
PARTS: Final = (
    SERVICE, VERSION, FACTS, ELIGIBILITY, TERMS, PERMITS, FEES, FEE_ROWS, PAPERS, COMPONENTS,
    GROUPS, REQUIREMENTS, LEGAL_BASES, POSITIONS, PROCEDURES, ROLES, STEPS,
)  # fmt: skip

Names = Mapping[Any, str]


def file_text(
    service: ServiceText, snapshot: VersionSnapshot, regulations: Names, positions: Sequence[Any]
) -> str:
    """Return the file of a standard: the same standard always gives the same text.

    ``regulations`` are the titles of cited laws by key, ``positions`` those behind the columns of
    the procedures: key, code and name of each. The number of the version is not written: the
    portal gives it. Raises ``DomainError("file_unwritable", item=...)`` for a draft with a row that
    points into another version or procedure, or at itself.
    """
    codes = {key: code for key, code, _name in positions}
    lines = [f"format = {FORMAT}"]
    lines += _table("[service]", SERVICE, service)
    names = {"procedures": [text.code for text in snapshot.procedures]}
    lines += _table("[version]", VERSION, snapshot, {**names, "number": 1})
    for row in snapshot.facts:
        lines += _table("[[facts]]", FACTS, row)
    for rule in snapshot.eligibility:
        lines += _table("[[eligibility]]", ELIGIBILITY, rule)
    for term in snapshot.terms:
        lines += _table("[[terms]]", TERMS, term)
    for permit in snapshot.permits:
        lines += _table("[[permits]]", PERMITS, permit)
    for fee in snapshot.fees:
        lines += _table("[[fees]]", FEES, fee)
        for tariff in fee.rows:
            lines += _table("[[fees.rows]]", FEE_ROWS, tariff)
    for paper in snapshot.papers:
        lines += _table("[[papers]]", PAPERS, paper)
    for component in snapshot.components:
        lines += _table("[[components]]", COMPONENTS, component)
    lines += _requirements(snapshot)
    for basis in snapshot.legal_bases:
        named = {"regulation": basis.regulation and regulations[basis.regulation]}
        lines += _table("[[legal_bases]]", LEGAL_BASES, basis, named)
    for _key, code, name in positions:
        lines += ["", "[[positions]]", f"code = {quoted(code)}", f"name = {quoted(name)}"]
    for text in snapshot.procedures:
        lines += _procedure(text, codes)
    return "\n".join(lines) + "\n"


def _table(
    heading: str, part: Part, row: object, named: Mapping[str, Any] | None = None
) -> list[str]:
    """Return the lines of a table; ``named`` holds the names in place of keys of rows."""
    return ["", heading, *_pairs(part, row, named or {})]


def _pairs(part: Part, row: object, named: Mapping[str, Any]) -> Iterator[str]:
    for key in part.keys:
        value = named[key.field] if key.field in named else getattr(row, key.field)
        if key.kind is Kind.TEXTS:
            value = "\n".join(choices_of(value))
        elif isinstance(value, str):
            value = value.strip("\n")
        if key.required or (value != key.default and value not in (None, [], ())):
            yield f"{key.name} = {_WRITE[key.kind](value)}"


def _texts(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]"


_WRITE: Final[dict[Kind, Callable[[Any], str]]] = {
    Kind.TEXT: quoted,
    Kind.WHOLE: str,
    Kind.FLAG: lambda flag: "true" if flag else "false",
    Kind.DAY: date.isoformat,
    Kind.TEXTS: lambda text: _texts(choices_of(text)),
    Kind.CONDITION: lambda condition: quoted(written(condition)),
    Kind.NAME: quoted,
    Kind.NAMES: _texts,
}


def _requirements(snapshot: VersionSnapshot) -> Iterator[str]:
    """Write each group with its requirements, those that hang below another nested in it."""
    children: dict[tuple[int, int | None], list[int]] = {}
    for place, row in enumerate(snapshot.requirements):
        children.setdefault((row.group, row.parent), []).append(place)
    done: set[int] = set()

    def nested(group: int, parent: int | None, heading: str) -> Iterator[str]:
        for place in children.get((group, parent), ()):
            done.add(place)
            yield from _table(f"[[{heading}]]", REQUIREMENTS, snapshot.requirements[place])
            yield from nested(group, place, f"{heading}.children")

    for place, group in enumerate(snapshot.groups):
        yield from _table("[[groups]]", GROUPS, group)
        yield from nested(place, None, "groups.requirements")
    for place, row in enumerate(snapshot.requirements):
        if place not in done:
            raise DomainError("file_unwritable", item=row.text[:80])


def _procedure(text: versions.ProcedureText, codes: Names) -> Iterator[str]:
    yield from _table("[[procedures]]", PROCEDURES, text)
    for role in text.roles:
        named = {"position": role.position and codes[role.position]}
        yield from _table("[[procedures.roles]]", ROLES, role, named)
    names = step_names(text.steps)
    for step in text.steps:
        elsewhere = step.returns_to == versions.ELSEWHERE_AT
        if versions.ELSEWHERE in (step.role, step.recorded_by, *step.performers) or elsewhere:
            raise DomainError("file_unwritable", item=step.activity[:80])
        named = {"returns_to": None if step.returns_to is None else names[step.returns_to]}
        yield from _table("[[procedures.steps]]", STEPS, step, named)


def step_names(steps: Sequence[StepText]) -> list[str]:
    """Return the name of each step for ``returns_to``: its printed number where no other has it.

    Otherwise the order of the step behind "#".
    """
    printed = [step.printed_number for step in steps]
    return [
        number if printed.count(number) == 1 and not number.startswith("#") else f"#{place}"
        for place, number in enumerate(printed, 1)
    ]
