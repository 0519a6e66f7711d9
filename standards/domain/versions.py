"""A version as one frozen value: the words of a standard and their digest.

The snapshot names its parts by key, label or place in the list, never by the database's key of a
row that belongs to the version: a copy of a version therefore has an equal snapshot.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from standards.domain.steps import Step, StepKind

ELSEWHERE = "*"  # a key that belongs to another version or procedure
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
class QuestionText:
    """One yes/no question; ``asked_if`` is the key of another one."""

    order: int
    key: str
    text: str
    help_text: str = ""
    asked_if: str = ""


@dataclass(frozen=True, slots=True)
class FieldText:
    """One field of the form."""

    order: int
    key: str
    label: str
    kind: str
    required: bool
    help_text: str = ""
    choices_text: str = ""
    on_certificate: bool = False


@dataclass(frozen=True, slots=True)
class GroupText:
    """One heading over requirements."""

    order: int
    printed_number: str
    title: str
    lead: str
    question: str = ""
    applies_when: bool = True


@dataclass(frozen=True, slots=True)
class RequirementText:
    """One requirement; ``group`` and ``parent`` are places in the lists of the snapshot."""

    group: int
    parent: int | None
    order: int
    printed_number: str
    text: str
    kind: str
    question: str = ""
    applies_when: bool = True
    mandatory: bool = True
    help_text: str = ""


@dataclass(frozen=True, slots=True)
class BasisText:
    """One cited ground."""

    order: int
    printed_number: str
    text: str
    regulation: int | None = None


@dataclass(frozen=True, slots=True)
class FeeText:
    """One tariff."""

    order: int
    label: str
    amount: int


@dataclass(frozen=True, slots=True)
class RoleText:
    """One column of the SOP table; ``position`` is the key of the post, ``None`` the applicant."""

    order: int
    label: str
    position: int | None


@dataclass(frozen=True, slots=True)
class StepText:
    """One row of the SOP table; ``returns_to`` is the place of a step in the list."""

    order: int
    printed_number: str
    kind: str
    activity: str
    role: str
    recorded_by: str = ""
    completeness: str = ""
    standard_amount: int | None = None
    standard_unit: str = ""
    standard_text: str = ""
    output: str = ""
    optional: bool = False
    condition: str = ""
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
                optional=step.optional,
                returns_to=step.returns_to,
                has_desk=positions.get(step.recorded_by or step.role) is not None,
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
    questions: tuple[QuestionText, ...]
    form_fields: tuple[FieldText, ...]
    groups: tuple[GroupText, ...]
    requirements: tuple[RequirementText, ...]
    legal_bases: tuple[BasisText, ...]
    fees: tuple[FeeText, ...]
    procedures: tuple[ProcedureText, ...]


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
        named = {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
        return {name: value for name, value in named.items() if not _empty(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _empty(value: Any) -> bool:
    return value is None or value is False or value == "" or value == []
