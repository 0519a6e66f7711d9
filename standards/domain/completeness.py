"""What keeps a version from being published, and what a person should look at before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from standards.domain import (
    built_in,
    components,
    eligibility,
    fee_faults,
    loose_words,
    number_patterns,
    papers,
    permits,
    terms,
)
from standards.domain.condition_faults import faults as condition_faults
from standards.domain.conditions import Condition, holds
from standards.domain.contradictions import contradictions
from standards.domain.facts import CHOSEN, Fact, FactKind
from standards.domain.faults import Fault, step_place
from standards.domain.requirements import Need
from standards.domain.step_conditions import faults as case_faults
from standards.domain.step_conditions import ways
from standards.domain.steps import RECORDING, StepKind, clock_of, order_of, placed_faults, runs
from standards.domain.versions import (
    ELSEWHERE,
    ELSEWHERE_AT,
    ProcedureText,
    RequirementText,
    StepText,
    VersionSnapshot,
)
from workflow.domain.clock import Term, Unit
from workflow.domain.errors import DomainError

_MINUTES_A_WORKDAY = 450  # Perpres 21/2023: 37.5 hours in five days


def faults(snapshot: VersionSnapshot) -> list[Fault]:
    """Return everything that keeps ``snapshot`` from being published, in the order of the page."""
    return [
        *_head_faults(snapshot),
        *_component_faults(snapshot),
        *_fact_faults(snapshot),
        *_requirement_faults(snapshot),
        *_condition_faults(snapshot),
        *terms.faults(snapshot),
        *permits.faults(snapshot),
        *eligibility.faults(snapshot),
        *fee_faults.faults(snapshot),
        *papers.faults(snapshot),
        *_procedures_faults(snapshot),
    ]


def procedure_faults(procedure: ProcedureText, facts: Sequence[Fact] | None = None) -> list[Fault]:
    """Return what keeps one procedure from being walked by files that answer ``facts``.

    Without ``facts`` (no standard uses it yet) the order of conditional steps is not judged.
    A fault that several steps have is said of the first.
    """
    codes = [*_loose_ends(procedure)]
    conditional = any(step.when for step in procedure.steps)
    recorded = any(fact.asked_at for fact in facts or ())
    if not conditional and not recorded:
        codes += placed_faults(procedure.walkable())
    first = dict(reversed(codes))
    found = [
        Fault(code, {"procedure": procedure.name}, step_place(first[code]))
        for code in dict.fromkeys(code for code, _at in codes)
    ]
    found += [*_performer_faults(procedure), *_parallel_faults(procedure)]
    if facts is not None and (conditional or recorded):
        found += case_faults(procedure, facts)
    return found


def warnings(snapshot: VersionSnapshot) -> list[Fault]:
    """Return what a person should look at before publishing, though it forbids nothing."""
    return [
        *_use_warnings(snapshot),
        *eligibility.warnings(snapshot),
        *fee_faults.warnings(snapshot),
        *contradictions(snapshot),
        *loose_words.warnings(snapshot),
        *_procedure_warnings(snapshot),
    ]


def _head_faults(version: VersionSnapshot) -> Iterator[Fault]:
    for value, code, place in (
        (version.effective_on, "effective_on_missing", "effective_on"),
        (version.term_amount, "term_missing", "term_amount"),
        (version.product.strip(), "product_missing", "product"),
        (version.certificate_title.strip(), "certificate_title_missing", "certificate_title"),
        (version.number_pattern.strip(), "number_pattern_missing", "number_pattern"),
        (version.fees, "fee_missing", "fees-group"),
        (version.procedures, "procedure_missing", "procedure_links-group"),
    ):
        if not value:
            yield Fault(code, place=place)
    yield from number_patterns.version_faults(version)
    for code, names in papers.statement_faults(version):
        yield Fault(code, names, "certificate_statement")
    for code, names in papers.refusal_faults(version):
        yield Fault(code, names, "refusal_statement")
    term, target = version.term_amount, version.target_amount
    if term and target and target >= term:
        yield Fault("target_not_shorter", place="target_amount")
    if version.validity_months == 0:
        yield Fault("validity_zero", place="validity_months")


def _component_faults(version: VersionSnapshot) -> Iterator[Fault]:
    carried: dict[str, Iterable[object]] = {
        components.Key.REQUIREMENTS: version.requirements,
        components.Key.LEGAL_BASIS: version.legal_bases,
    }
    for key in components.missing(component.key for component in version.components):
        yield Fault("component_missing", {"component": str(key)}, "components-group")
    for at, component in enumerate(version.components):
        named, place = {"component": component.key}, f"components-{at}"
        if not component.body.strip() and not carried.get(component.key):
            yield Fault("component_empty", named, place)
        if not component.title.strip():
            yield Fault("component_untitled", named, place)


def _fact_faults(version: VersionSnapshot) -> Iterator[Fault]:
    count = Counter(item.key for item in version.facts)
    for key in (key for key, times in count.items() if times > 1):
        yield Fault("fact_key_twice", {"key": key}, "facts-group")
    for at, item in enumerate(version.facts):
        fact = item.asked()
        if fact.kind in CHOSEN and not fact.choices:
            yield Fault("fact_without_choices", {"item": item.label}, f"facts-{at}")
        if not built_in.is_sound(fact):
            yield Fault("fact_reserved", {"item": item.label, "key": item.key}, f"facts-{at}")
        if item.carried and item.asked_at:
            yield Fault("fact_carried_at_step", {"item": item.label}, f"facts-{at}")
        if fact.kind is FactKind.DOCUMENT and not item.asked_at:
            yield Fault("fact_document_asked", {"item": item.label}, f"facts-{at}")
        if fact.kind is FactKind.DOCUMENT and item.on_certificate:
            yield Fault("fact_document_printed", {"item": item.label}, f"facts-{at}")


def _circular(key: Any, following: Mapping[Any, Any]) -> bool:
    seen = set()
    while key in following:
        if key in seen:
            return True
        seen.add(key)
        key = following[key]
    return False


def _requirement_faults(version: VersionSnapshot) -> Iterator[Fault]:
    parents = {
        place: item.parent
        for place, item in enumerate(version.requirements)
        if item.parent is not None
    }
    for place, item in enumerate(version.requirements):
        for code in _faults_of(item, place, version, parents):
            named = {"item": _named(item.printed_number, item.text)}
            yield Fault(code, named, f"requirements-{place}")


def _named(number: str, words: str) -> str:
    return f"{number} {words}".strip()[:120]


def _condition_faults(version: VersionSnapshot) -> Iterator[Fault]:
    """What is wrong with the conditions of facts, groups and requirements."""
    facts = {item.key: item.asked() for item in version.facts}
    filing = [fact.key for fact in facts.values() if not fact.asked_at]
    before: list[Fact] = []
    for at, fact in enumerate(facts.values()):
        # what a step records may hang on what earlier steps do, if every SOP has them in this order
        known = [each.key for each in before if fact.asked_at or not each.asked_at]
        found = condition_faults(fact.when, facts, [fact.key, *known])
        yield from _faults_at(fact.label, f"facts-{at}", found)
        before.append(fact)
    for at, group in enumerate(version.groups):
        name = _named(group.printed_number, group.title) or str(group.order)
        found = condition_faults(group.when, facts, filing)
        yield from _faults_at(name, f"requirement_groups-{at}", found)
    for at, item in enumerate(version.requirements):
        found = condition_faults(item.when, facts, filing, _above(item, version))
        yield from _faults_at(_named(item.printed_number, item.text), f"requirements-{at}", found)


def _faults_at(
    item: str, place: str, found: Iterable[tuple[str, dict[str, str]]]
) -> Iterator[Fault]:
    return (Fault(code, {"item": item, **named}, place) for code, named in found)


def _above(item: RequirementText, version: VersionSnapshot) -> list[Condition]:
    """The conditions of the group and of the parents of ``item``."""
    found = [] if item.group == ELSEWHERE_AT else [version.groups[item.group].when]
    seen: set[int] = set()
    parent = item.parent
    while parent is not None and parent != ELSEWHERE_AT and parent not in seen:
        seen.add(parent)
        found.append(version.requirements[parent].when)
        parent = version.requirements[parent].parent
    return found


def _faults_of(
    item: RequirementText, place: int, version: VersionSnapshot, parents: Mapping[int, int]
) -> Iterator[str]:
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


def _procedures_faults(version: VersionSnapshot) -> Iterator[Fault]:
    for at, procedure in enumerate(version.procedures):
        place = f"procedure_links-{at}"
        if procedure.office != version.office:
            yield Fault("procedure_of_other_office", {"procedure": procedure.name}, place)
        for fault in procedure_faults(procedure, version.asked()):
            yield replace(fault, place=f"{place}/{fault.place}" if fault.place else place)


def _loose_ends(procedure: ProcedureText) -> Iterator[tuple[str, int | None]]:
    for at, step in enumerate(procedure.steps):
        if ELSEWHERE in (step.role, step.recorded_by, *step.performers):
            yield "procedure_role_elsewhere", at
        if step.returns_to == ELSEWHERE_AT:
            yield "procedure_return_elsewhere", at


def _performer_faults(procedure: ProcedureText) -> Iterator[Fault]:
    """What is wrong with the further performers of steps: kind, no position, the same twice."""
    positions = {role.label: role.position for role in procedure.roles}
    for at, step in enumerate(procedure.steps):
        place = step_place(at)
        named = {
            "procedure": procedure.name,
            "item": _named(step.printed_number, step.activity),
        }
        if step.performers and step.kind not in RECORDING:
            yield Fault("performers_wrong_kind", named, place)
        taken = {positions.get(step.recorded_by or step.role)}
        for label in step.performers:
            post = positions.get(label)
            if post is None:
                yield Fault("performer_without_position", {**named, "performer": label}, place)
            elif post in taken:
                yield Fault("performer_twice", {**named, "performer": label}, place)
            taken.add(post)


def _parallel_faults(procedure: ProcedureText) -> Iterator[Fault]:
    """What is wrong with rows that run side by side, and with ways back to them."""
    for run in runs(procedure.steps):
        for step in run:
            named = {
                "procedure": procedure.name,
                "item": _named(step.printed_number, step.activity),
            }
            place = step_place(procedure.steps.index(step))
            if step.parallel:
                if len(run) == 1:
                    yield Fault("parallel_alone", named, place)
                if step.performers:
                    yield Fault("parallel_with_performers", named, place)
                if step.returns_to is not None:
                    yield Fault("parallel_returns", named, place)
            elif _is_parallel(procedure, step.returns_to):
                yield Fault("returns_to_parallel", named, place)


def _is_parallel(procedure: ProcedureText, place: int | None) -> bool:
    return place not in (None, ELSEWHERE_AT) and procedure.steps[place].parallel


def _use_warnings(version: VersionSnapshot) -> Iterator[Fault]:
    if not version.requirements:
        yield Fault("requirements_unlisted", place="requirements-group")
    filled = {item.group for item in version.requirements}
    for place, group in enumerate(version.groups):
        if place not in filled:
            name = f"{group.printed_number} {group.title}".strip() or str(group.order)
            yield Fault("group_empty", {"item": name}, f"requirement_groups-{place}")


def _procedure_warnings(version: VersionSnapshot) -> Iterator[Fault]:
    for at, procedure in enumerate(version.procedures):
        place = f"procedure_links-{at}"
        facts: dict[str, object] = {"procedure": procedure.name}
        if procedure.provisional_reason:
            named = {**facts, "reason": procedure.provisional_reason}
            yield Fault("procedure_provisional", named, place)
        if version.term_amount and _outlasts(procedure, version):
            yield Fault("steps_longer_than_term", facts, place)
        for nth in _unused_returns(procedure):
            step = procedure.steps[nth]
            named = {**facts, "item": _named(step.printed_number, step.activity)}
            yield Fault("procedure_return_never", named, f"{place}/{step_place(nth)}")


def _unused_returns(procedure: ProcedureText) -> list[int]:
    """Return the places of the steps whose way back no file can take.

    Before the completeness check nothing goes back, nor once the permit is signed.
    """
    steps = procedure.steps
    checked = order_of(steps, StepKind.CHECK) or 0
    signatures = [step.order for step in steps if step.kind == StepKind.SIGN]
    signed = max(signatures, default=max((step.order for step in steps), default=0))
    return [
        at
        for at, step in enumerate(steps)
        if step.returns_to is not None and not checked <= step.order <= signed
    ]


def _outlasts(procedure: ProcedureText, version: VersionSnapshot) -> bool:
    """Whether in some case the steps together take longer than the term of that case.

    With too many cases to try: all steps, and the longest term.
    """
    named = [*(step.when for step in procedure.steps), *(rule.when for rule in version.terms)]
    try:
        return any(
            _needed([step for step in procedure.steps if holds(step.when, answers)])
            > _minutes(terms.term_for(version, version.terms, answers))
            for answers in ways(version.asked(), named)
        )
    except DomainError:
        return _needed(procedure.steps) > _minutes(terms.span(version, version.terms))


def _needed(steps: Sequence[StepText]) -> int:
    """Minutes of the steps that are always done while the clock runs.

    It starts with the completeness check and stops when the product has its number. Of rows that
    run side by side the longest counts.
    """
    checked = order_of(steps, StepKind.CHECK) or 0
    numbered = order_of(steps, StepKind.NUMBER) or max((step.order for step in steps), default=0)

    def counted(step: StepText) -> int:
        if step.optional or not step.standard_amount or clock_of(step.kind, step.clock).stands:
            return 0
        return _minutes(Term(step.standard_amount, Unit(step.standard_unit)))

    within = [run for run in runs(steps) if checked < run[0].order <= numbered]
    return sum(max(counted(step) for step in run) for run in within)


def _minutes(term: Term) -> int:
    return term.amount if term.unit == Unit.WORK_MINUTE else term.amount * _MINUTES_A_WORKDAY
