"""A version as one frozen value: its digest, what keeps it from being published, what to look at.

The snapshot names its parts by key, label or place in the list, never by the database's key of a
row that belongs to the version: a copy of a version therefore has an equal snapshot.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any

from standards.domain import components
from standards.domain.requirements import Need
from standards.domain.steps import Step, StepKind
from standards.domain.steps import faults as step_faults
from workflow.domain.clock import Unit

ELSEWHERE = "*"  # a key that belongs to another version or procedure
ELSEWHERE_AT = -1  # a place that belongs to another version or procedure

_PLACE = re.compile(r"\{(nomor|bulan|bulan_romawi|tahun)(?::0?\d)?\}")
_MINUTES_A_WORKDAY = 450  # Perpres 21/2023: 37.5 hours in five days


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
        """Return the steps as the walker sees them; the place in the list stands for the key."""
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


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is missing or wrong: a code and what its sentence names."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def canonical(snapshot: VersionSnapshot) -> str:
    """Return the one text of ``snapshot`` over which the digest is taken.

    What is empty is left out, so that a column added later does not break the digest of versions
    that were published without it.
    """
    return json.dumps(_plain(snapshot), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(snapshot: VersionSnapshot) -> str:
    """Return the SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()


def pattern_formats(pattern: str) -> bool:
    """Whether ``pattern`` holds {nomor} and no placeholder but {bulan} {bulan_romawi} {tahun}."""
    rest = _PLACE.sub("", pattern)
    return "{nomor" in pattern and "{" not in rest and "}" not in rest


def faults(snapshot: VersionSnapshot) -> list[Fault]:
    """Return everything that keeps ``snapshot`` from being published, in the order of the page."""
    return [
        *_head_faults(snapshot),
        *_component_faults(snapshot),
        *_question_faults(snapshot),
        *_requirement_faults(snapshot),
        *_field_faults(snapshot),
        *_procedures_faults(snapshot),
    ]


def procedure_faults(procedure: ProcedureText) -> list[Fault]:
    """Return what keeps one procedure from being walked."""
    codes = [*_loose_ends(procedure), *step_faults(procedure.walkable())]
    return [Fault(code, {"procedure": procedure.name}) for code in dict.fromkeys(codes)]


def warnings(snapshot: VersionSnapshot) -> list[Fault]:
    """Return what a person should look at before publishing, though it forbids nothing."""
    return [*_use_warnings(snapshot), *_procedure_warnings(snapshot)]


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        named = {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
        return {name: kept for name, kept in named.items() if not _empty(kept)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _empty(value: Any) -> bool:
    return value is None or value is False or value == "" or value == []


def _head_faults(version: VersionSnapshot) -> Iterator[Fault]:
    for value, code in (
        (version.effective_on, "effective_on_missing"),
        (version.term_amount, "term_missing"),
        (version.product.strip(), "product_missing"),
        (version.certificate_title.strip(), "certificate_title_missing"),
        (version.number_pattern.strip(), "number_pattern_missing"),
        (version.fees, "fee_missing"),
        (version.procedures, "procedure_missing"),
    ):
        if not value:
            yield Fault(code)
    if version.number_pattern.strip() and not pattern_formats(version.number_pattern):
        yield Fault("number_pattern_malformed", {"pattern": version.number_pattern})
    term, target = version.term_amount, version.target_amount
    if term and target and target >= term:
        yield Fault("target_not_shorter")


def _component_faults(version: VersionSnapshot) -> Iterator[Fault]:
    carried: dict[str, Iterable[object]] = {
        components.Key.REQUIREMENTS: version.requirements,
        components.Key.LEGAL_BASIS: version.legal_bases,
    }
    for key in components.missing(component.key for component in version.components):
        yield Fault("component_missing", {"component": str(key)})
    for component in version.components:
        if not component.body.strip() and not carried.get(component.key):
            yield Fault("component_empty", {"component": component.key})
        if not component.title.strip():
            yield Fault("component_untitled", {"component": component.key})


def _question_faults(version: VersionSnapshot) -> Iterator[Fault]:
    asked_if = {question.key: question.asked_if for question in version.questions}
    for question in version.questions:
        if question.asked_if == ELSEWHERE:
            yield Fault("question_elsewhere", {"item": question.text})
        elif _circular(question.key, asked_if):
            yield Fault("question_circular", {"item": question.text})


def _circular(key: Any, following: Mapping[Any, Any]) -> bool:
    seen = set()
    while key in following:
        if key in seen:
            return True
        seen.add(key)
        key = following[key]
    return False


def _requirement_faults(version: VersionSnapshot) -> Iterator[Fault]:
    for group in version.groups:
        if group.question == ELSEWHERE:
            yield Fault("question_elsewhere", {"item": group.title or group.printed_number})
    parents = {
        place: item.parent
        for place, item in enumerate(version.requirements)
        if item.parent is not None
    }
    for place, item in enumerate(version.requirements):
        for code in _faults_of(item, place, version, parents):
            yield Fault(code, {"item": f"{item.printed_number} {item.text}".strip()[:120]})


def _faults_of(
    item: RequirementText, place: int, version: VersionSnapshot, parents: Mapping[int, int]
) -> Iterator[str]:
    if item.question == ELSEWHERE:
        yield "question_elsewhere"
    if item.group == ELSEWHERE_AT:
        yield "requirement_group_elsewhere"
    if item.parent is None:
        if item.kind == Need.CONTENT:
            yield "requirement_content_alone"
    elif item.parent == ELSEWHERE_AT or version.requirements[item.parent].group != item.group:
        yield "requirement_parent_elsewhere"
    elif _circular(place, parents):
        yield "requirement_circular"
    if item.kind == Need.AT_LEAST_ONE and place not in parents.values():
        yield "requirement_without_options"


def _field_faults(version: VersionSnapshot) -> Iterator[Fault]:
    count = Counter(item.key for item in version.form_fields)
    for key in (key for key, times in count.items() if times > 1):
        yield Fault("field_key_twice", {"key": key})
    for item in version.form_fields:
        if item.kind == "pilihan" and not item.choices_text.strip():
            yield Fault("field_without_choices", {"item": item.label})


def _procedures_faults(version: VersionSnapshot) -> Iterator[Fault]:
    for procedure in version.procedures:
        if procedure.office != version.office:
            yield Fault("procedure_of_other_office", {"procedure": procedure.name})
        yield from procedure_faults(procedure)


def _loose_ends(procedure: ProcedureText) -> Iterator[str]:
    if any(ELSEWHERE in (step.role, step.recorded_by) for step in procedure.steps):
        yield "procedure_role_elsewhere"
    if any(step.returns_to == ELSEWHERE_AT for step in procedure.steps):
        yield "procedure_return_elsewhere"


def _use_warnings(version: VersionSnapshot) -> Iterator[Fault]:
    if pattern_formats(version.number_pattern) and "{tahun" not in version.number_pattern:
        yield Fault("number_pattern_without_year")
    if not version.requirements:
        yield Fault("requirements_unlisted")
    used = {group.question for group in version.groups}
    used |= {item.question for item in version.requirements}
    used |= {question.asked_if for question in version.questions}
    for question in version.questions:
        if question.key not in used:
            yield Fault("question_unused", {"item": question.text})
    filled = {item.group for item in version.requirements}
    for place, group in enumerate(version.groups):
        if place not in filled:
            name = f"{group.printed_number} {group.title}".strip() or str(group.order)
            yield Fault("group_empty", {"item": name})


def _procedure_warnings(version: VersionSnapshot) -> Iterator[Fault]:
    for procedure in version.procedures:
        facts: dict[str, object] = {"procedure": procedure.name}
        if procedure.provisional_reason:
            yield Fault("procedure_provisional", {**facts, "reason": procedure.provisional_reason})
        if version.term_amount and _needed(procedure) > _minutes(
            version.term_amount, version.term_unit
        ):
            yield Fault("steps_longer_than_term", facts)


def _needed(procedure: ProcedureText) -> int:
    """Minutes of the steps that always follow the completeness check: before it no clock runs."""
    checked = [step.order for step in procedure.steps if step.kind == StepKind.CHECK]
    return sum(
        _minutes(step.standard_amount, step.standard_unit)
        for step in procedure.steps
        if step.standard_amount and not step.optional and step.order > min(checked, default=0)
    )


def _minutes(amount: int, unit: str) -> int:
    return amount if unit == Unit.WORK_MINUTE else amount * _MINUTES_A_WORKDAY
