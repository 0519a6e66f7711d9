"""Conditions of SOP steps: what is wrong with them, and whether every case can be walked.

A step whose condition the answers do not meet is no step of that file. What must hold of an SOP
(``standards.domain.steps.faults``) must therefore hold of the steps of every case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, takewhile
from operator import attrgetter

from standards.domain.condition_faults import candidates
from standards.domain.condition_faults import faults as condition_faults
from standards.domain.conditions import Comparison, Condition, holds
from standards.domain.facts import Fact, FactKind, Value
from standards.domain.faults import Fault, step_place
from standards.domain.steps import RECORDING, StepKind, applying, order_of, placed_faults
from standards.domain.versions import ProcedureText, StepText
from workflow.domain.errors import DomainError

MOST_CASES = 1024
_order = attrgetter("order")
_MOST_CHOICES = 6  # named choices of one fact of several: every set of them is a case


def faults(procedure: ProcedureText, facts: Sequence[Fact]) -> Iterator[Fault]:
    """Yield what keeps ``procedure`` from being walked by files that answer ``facts``.

    Codes are those of ``condition_faults.faults``, of ``steps.faults`` (the name of the procedure
    says the case), and ``procedure_too_many_cases``.
    """
    found = [*_recording_faults(procedure, facts), *_condition_faults(procedure, facts)]
    if found:
        yield from found
        return
    steps = procedure.walkable()
    facts = [replace(fact, required=_is_sure(fact, procedure)) for fact in facts]
    named: dict[str, Fault] = {}  # the first case of each fault
    try:
        for answers in ways(facts, [step.when for step in steps]):
            for code, at in placed_faults(applying(steps, answers)):
                case = {"procedure": case_name(procedure.name, answers)}
                named.setdefault(code, Fault(code, case, step_place(at)))
    except DomainError as error:
        yield Fault(error.code, {"procedure": procedure.name})
        return
    yield from named.values()


def _condition_faults(procedure: ProcedureText, facts: Sequence[Fact]) -> Iterator[Fault]:
    by_key = {fact.key: fact for fact in facts}
    for at, step in enumerate(procedure.steps):
        name = f"{procedure.name}, {step.printed_number} {step.activity}".strip()[:160]
        for code, what in condition_faults(step.when, by_key, known_before(step, procedure, facts)):
            yield Fault(code, {"item": name, **what}, step_place(at))


def known_at(step: StepText, procedure: ProcedureText, facts: Sequence[Fact]) -> list[str]:
    """Return the keys of the facts that are answered when the work of ``step`` begins.

    Nothing is known at the filing and before it; what an earlier step records is known after it.
    A row that runs side by side with others does not know what they record.
    """
    if step.parallel:
        return known_before(step, procedure, facts)
    return _known(
        step, [row for row in procedure.steps if row.order < step.order], procedure, facts
    )


def known_before(step: StepText, procedure: ProcedureText, facts: Sequence[Fact]) -> list[str]:
    """Return the keys of the facts that are answered when it is decided whether ``step`` applies.

    The rows that run side by side and may meet at ``step`` begin then. A row between them and
    ``step`` that hangs on answers may be left out.
    """
    rows = sorted((row for row in procedure.steps if row.order < step.order), key=_order)
    last = [*takewhile(lambda row: row.parallel or row.when, reversed(rows))]
    done = [row for row in rows if not (row.parallel and row in last)]
    return _known(step, done, procedure, facts)


def _known(
    step: StepText, done: Sequence[StepText], procedure: ProcedureText, facts: Sequence[Fact]
) -> list[str]:
    filed = order_of(procedure.steps, StepKind.FILE)
    if filed is not None and step.order <= filed:
        return []
    numbers = {row.printed_number for row in done}
    return [fact.key for fact in facts if not fact.asked_at or fact.asked_at in numbers]


def recorded_at(fact: Fact, procedure: ProcedureText) -> StepText | None:
    """Return the step that records ``fact``; ``None`` unless there is exactly one."""
    found = [step for step in procedure.steps if step.printed_number == fact.asked_at]
    return found[0] if len(found) == 1 else None


def _recording_faults(procedure: ProcedureText, facts: Sequence[Fact]) -> Iterator[Fault]:
    filed = order_of(procedure.steps, StepKind.FILE) or 0
    for fact in facts:
        if not fact.asked_at:
            continue
        named = {"item": fact.label, "number": fact.asked_at, "procedure": procedure.name}
        step = recorded_at(fact, procedure)
        if step is None:
            yield Fault("fact_step_unknown", named)
            continue
        place = step_place(procedure.steps.index(step))
        if step.kind not in RECORDING or step.order <= filed:
            yield Fault("fact_step_wrong", named, place)
        elif fact.kind is FactKind.NIK:
            yield Fault("fact_step_nik", named, place)
        else:
            known = known_at(step, procedure, facts)
            by_key = {each.key: each for each in facts}
            for key in fact.when.named():
                if key in by_key and key not in known:
                    early = {"item": fact.label, "fact": by_key[key].label}
                    yield Fault("condition_too_early", early, place)


def _is_sure(fact: Fact, procedure: ProcedureText) -> bool:
    """Whether the fact is answered, if it is asked, in every file that has come so far."""
    step = recorded_at(fact, procedure) if fact.asked_at else None
    return fact.required and (step is None or not (step.optional or step.when))


def case_name(name: str, answers: Mapping[str, Value]) -> str:
    """Return ``name`` with the answers of a case: "SOP A (luas = 99; modal_asing = ya)"."""
    said = "; ".join(f"{key} = {_text(value)}" for key, value in answers.items())
    return f"{name} ({said})" if said else name


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return {True: "ya", False: "tidak"}[value]
    return " | ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def ways(facts: Sequence[Fact], conditions: Sequence[Condition]) -> Iterator[dict[str, Value]]:
    """Yield every way to answer what ``conditions`` can tell apart: values by key.

    A fact that is not required is also left unanswered; one that is not asked has no value.
    Raises ``DomainError("procedure_too_many_cases")`` after ``MOST_CASES``.
    """
    compared: dict[str, list[Comparison]] = {}
    waiting = list(conditions)
    by_key = {fact.key: fact for fact in facts}
    while waiting:
        for comparison in waiting.pop().comparisons():
            if comparison.fact in by_key and comparison.fact not in compared:
                waiting.append(by_key[comparison.fact].when)
            compared.setdefault(comparison.fact, []).append(comparison)
    tried = [(fact, _values(fact, compared[fact.key])) for fact in facts if fact.key in compared]
    for count, answers in enumerate(_ways(tried, {}), 1):
        if count > MOST_CASES:
            raise DomainError("procedure_too_many_cases")
        yield answers


def _ways(
    tried: Sequence[tuple[Fact, Sequence[Value | None]]], answers: dict[str, Value]
) -> Iterator[dict[str, Value]]:
    if not tried:
        yield answers
        return
    (fact, values), *rest = tried
    if not holds(fact.when, answers):
        yield from _ways(rest, answers)
        return
    for value in values:
        yield from _ways(rest, answers if value is None else {**answers, fact.key: value})


def _values(fact: Fact, comparisons: Sequence[Comparison]) -> list[Value | None]:
    unanswered = [] if fact.required else [None]
    if fact.kind is not FactKind.CHOICES:
        return [*candidates(fact, comparisons), *unanswered]
    named = [each for each in fact.choices if any(each in one.values for one in comparisons)]
    if len(named) > _MOST_CHOICES:
        raise DomainError("procedure_too_many_cases")
    others = [each for each in fact.choices if each not in named][:1]
    chosen = [
        frozenset([*some, *more])
        for size in range(len(named) + 1)
        for some in combinations(named, size)
        for more in ([], others)
    ]
    return [*dict.fromkeys(each for each in chosen if each), *unanswered]
