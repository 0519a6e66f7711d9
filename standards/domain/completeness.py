"""What keeps a version from being published, and what a person should look at before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from standards.domain import components
from standards.domain.requirements import Need
from standards.domain.steps import StepKind
from standards.domain.steps import faults as step_faults
from standards.domain.versions import (
    ELSEWHERE,
    ELSEWHERE_AT,
    ProcedureText,
    RequirementText,
    VersionSnapshot,
)
from workflow.domain.clock import Unit

_PLACE = re.compile(r"\{(nomor|bulan|bulan_romawi|tahun)(?::0?\d)?\}")
_MINUTES_A_WORKDAY = 450  # Perpres 21/2023: 37.5 hours in five days


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is missing or wrong: a code and what its sentence names."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


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
