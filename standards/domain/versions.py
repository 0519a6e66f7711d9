"""A version as one frozen value: the words of a standard and their digest.

The snapshot names its parts by key, label or place in the list, never by the database's key of a
row that belongs to the version: a copy of a version therefore has an equal snapshot.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any

from standards.domain.conditions import ALWAYS, Condition
from standards.domain.facts import Fact, FactKind, choices_of
from standards.domain.fees import FeeKind, Rounding, Row, Rule, units_of
from standards.domain.steps import Step, StepClock, StepKind, range_figure

ELSEWHERE = "*"  # a key that belongs to another procedure
UNSEALED = {"sealed": False}  # a field that is no part of the digest
ELSEWHERE_AT = -1  # a place that belongs to another version or procedure


@dataclass(frozen=True, slots=True)
class ComponentText:
    """One of the 14 components."""

    key: str
    order: int
    printed_number: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class FactText:
    """One fact that is asked."""

    order: int
    key: str
    label: str
    kind: str
    required: bool = True
    help_text: str = ""
    choices_text: str = ""
    on_certificate: bool = False
    when: Condition = ALWAYS
    asked_at: str = ""
    carried: bool = False

    def asked(self) -> Fact:
        """Return it as rules and conditions read it."""
        return Fact(
            key=self.key,
            label=self.label,
            kind=FactKind(self.kind),
            choices=choices_of(self.choices_text),
            required=self.required,
            when=self.when,
            asked_at=self.asked_at,
        )


@dataclass(frozen=True, slots=True)
class GroupText:
    """One heading over requirements."""

    order: int
    printed_number: str
    title: str
    lead: str
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class RequirementText:
    """One requirement; ``group`` and ``parent`` are places in the lists of the snapshot.

    ``code`` is the same in every version, "" in a file that gives none; it is no word of the
    standard.
    """

    group: int
    parent: int | None
    order: int
    printed_number: str
    text: str
    kind: str
    when: Condition = ALWAYS
    mandatory: bool = True
    help_text: str = ""
    code: str = field(default="", compare=False, metadata=UNSEALED)


@dataclass(frozen=True, slots=True)
class BasisText:
    """One cited ground."""

    order: int
    printed_number: str
    text: str
    regulation: int | None = None


@dataclass(frozen=True, slots=True)
class FeeRowText:
    """One line of a table of tariffs."""

    order: int
    amount: int
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class FeeText:
    """One fee rule. ``kind`` is "" of a fixed fee and, with no ``amount``, of a free service.

    So a standard that was published when there was nothing else keeps its digest.
    """

    order: int
    label: str
    amount: int
    kind: str = ""
    units: str = ""
    minimum: int | None = None
    maximum: int | None = None
    when: Condition = ALWAYS
    multiple: int | None = None
    rounding: str = ""
    step: str = ""
    ground: str = ""
    rows: tuple[FeeRowText, ...] = ()

    @property
    def whole_kind(self) -> FeeKind:
        """The kind in full."""
        return FeeKind(self.kind or (FeeKind.FIXED if self.amount else FeeKind.FREE))

    def rule(self) -> Rule:
        """Return it as charges are computed from it."""
        return Rule(
            label=self.label,
            kind=self.whole_kind,
            amount=self.amount,
            units=units_of(self.units),
            rows=tuple(Row(row.amount, row.when) for row in self.rows),
            minimum=self.minimum or 0,
            maximum=self.maximum,
            when=self.when,
            multiple=self.multiple or 1,
            rounding=Rounding(self.rounding or Rounding.NEAREST),
            step=self.step,
        )


@dataclass(frozen=True, slots=True)
class PaperText:
    """One paper beside the permit; steps are named by their printed numbers."""

    order: int
    key: str
    title: str
    body: str
    kind: str = "surat"
    addressee: str = ""
    number_pattern: str = ""
    on_behalf_of: str = ""
    written_at: str = ""
    initialed_at: str = ""
    signed_at: str = ""
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class EligibilityText:
    """One kind of application that cannot succeed."""

    order: int
    sentence: str
    when: Condition = ALWAYS
    ground: str = ""


@dataclass(frozen=True, slots=True)
class TermText:
    """Another term than the usual one, in the unit of the version."""

    order: int
    amount: int
    when: Condition = ALWAYS
    minimum: int | None = None

    @property
    def title(self) -> str:
        """What names it."""
        return range_figure(self.minimum, self.amount)


@dataclass(frozen=True, slots=True)
class PermitText:
    """What the permit says under a condition; what is empty is as in the version."""

    order: int
    title: str
    statement: str
    on_behalf_of: str = ""
    number_pattern: str = ""
    validity_months: int | None = None
    is_closure: bool = False
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class RoleText:
    """One column of the SOP table; ``position`` is the key of the post, ``None`` the applicant."""

    order: int
    label: str
    position: int | None


@dataclass(frozen=True, slots=True)
class StepText:
    """One row of the SOP table; ``returns_to`` is the place of a step in the list.

    ``performers`` are the labels of further performers, in the order of the columns. ``parallel``
    rows run side by side with their neighbours that are parallel too.
    """

    order: int
    printed_number: str
    kind: str
    activity: str
    role: str
    recorded_by: str = ""
    performers: tuple[str, ...] = ()
    parallel: bool = False
    completeness: str = ""
    standard_minimum: int | None = None
    standard_amount: int | None = None
    standard_unit: str = ""
    standard_text: str = ""
    clock: str = ""
    output: str = ""
    optional: bool = False
    condition: str = ""
    when: Condition = ALWAYS
    returns_to: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureText:
    """One SOP with its columns and rows."""

    office: int
    code: str
    name: str
    sop_number: str
    total_text: str
    provisional_reason: str
    roles: tuple[RoleText, ...]
    steps: tuple[StepText, ...]

    def walkable(self) -> list[Step]:
        """Return the steps as ``domain.steps`` takes them; the place in the list is the key."""
        positions = {role.label: role.position for role in self.roles}
        return [
            Step(
                pk=place,
                order=step.order,
                kind=StepKind(step.kind),
                parallel=step.parallel,
                optional=step.optional,
                returns_to=step.returns_to,
                has_desk=positions.get(step.recorded_by or step.role) is not None,
                clock=StepClock(step.clock),
                when=step.when,
            )
            for place, step in enumerate(self.steps)
        ]


@dataclass(frozen=True, slots=True)
class VersionSnapshot:
    """Everything a published version promises."""

    service: int
    office: int
    number: int
    effective_on: date | None
    heading: str
    preamble: str
    decree: str
    decreed_on: date | None
    decreed_at_place: str
    decreed_by: str
    decreed_by_rank: str
    decreed_by_number: str
    term_amount: int | None
    term_unit: str
    target_amount: int | None
    product: str
    certificate_title: str
    certificate_statement: str
    number_pattern: str
    validity_months: int | None
    components: tuple[ComponentText, ...]
    facts: tuple[FactText, ...]
    groups: tuple[GroupText, ...]
    requirements: tuple[RequirementText, ...]
    legal_bases: tuple[BasisText, ...]
    fees: tuple[FeeText, ...]
    procedures: tuple[ProcedureText, ...]
    papers: tuple[PaperText, ...] = ()
    eligibility: tuple[EligibilityText, ...] = ()
    terms: tuple[TermText, ...] = ()
    permits: tuple[PermitText, ...] = ()
    certificate_on_behalf_of: str = ""
    refusal_title: str = ""
    refusal_statement: str = ""
    refusal_on_behalf_of: str = ""
    refusal_number_pattern: str = ""
    term_minimum: int | None = None

    def asked(self) -> list[Fact]:
        """Return its facts as rules and conditions read them."""
        return [fact.asked() for fact in self.facts]


def canonical(snapshot: VersionSnapshot) -> str:
    """Return the one text of ``snapshot`` over which the digest is taken.

    What is empty is left out, so that a column added later does not break the digest of versions
    that were published without it.
    """
    return json.dumps(_plain(snapshot), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(snapshot: VersionSnapshot) -> str:
    """Return the SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        sealed = [item.name for item in fields(value) if item.metadata.get("sealed", True)]
        named = {name: _plain(getattr(value, name)) for name in sealed}
        return {name: value for name, value in named.items() if not _empty(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})
