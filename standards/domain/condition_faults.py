"""What is wrong with a condition before it is published, and the cases that conditions tell apart.

Everything here looks at a condition in full: with the conditions of the facts that it asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product

from standards.domain.conditions import (
    ALWAYS,
    MOST,
    Comparison,
    Condition,
    Operator,
    holds,
    joined,
    number,
)
from standards.domain.facts import ORDERED, Fact, FactKind, Value, read
from workflow.domain.errors import DomainError

_COMPARED = (
    *ORDERED, FactKind.YES_NO, FactKind.CHOICE, FactKind.CHOICES, FactKind.TEXT, FactKind.KBLI,
)  # fmt: skip
_ELSE = "\u2026"  # a text or choice that no comparison names
_FEW = 8  # values of one fact that are tried
_CASES = 256
_AMOUNTS = (FactKind.WHOLE, FactKind.DECIMAL, FactKind.RUPIAH, FactKind.AREA)


def whole(condition: Condition, facts: Mapping[str, Fact]) -> Condition:
    """Return ``condition`` with the conditions under which its facts are asked at all.

    Unknown facts and circles add nothing; ``faults`` names them. Nor does a fact that is to be
    without an answer: one that is not asked has none. Raises
    ``DomainError("condition_too_long")``.
    """
    return _whole(condition, facts, {})


def _whole(
    condition: Condition, facts: Mapping[str, Fact], done: dict[str, Condition]
) -> Condition:
    """``done`` holds the whole condition of each fact: facts that share others are walked once."""
    alternatives: list[tuple[Comparison, ...]] = []
    for alternative in condition.alternatives:
        outer = []
        given = (one.fact for one in alternative if one.operator is not Operator.NOT_GIVEN)
        for key in dict.fromkeys(given):
            if key in facts and key not in done:
                done[key] = ALWAYS  # in a circle it adds nothing
                done[key] = _whole(facts[key].when, facts, done)
            if key in facts:
                outer.append(done[key])
        alternatives += joined([*outer, Condition((alternative,))]).alternatives
    if len(alternatives) > MOST:
        raise DomainError("condition_too_long")
    return Condition(tuple(dict.fromkeys(alternatives)))


def faults(
    condition: Condition,
    facts: Mapping[str, Fact],
    known: Iterable[str],
    above: Sequence[Condition] = (),
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what is wrong with ``condition``: the code of a sentence and what it names.

    ``facts`` are those of the standard by key, ``known`` the keys of those that are asked before
    the condition is needed, ``above`` the conditions that must hold as well (group, parents).
    Codes: condition_fact_unknown, condition_circular, condition_too_early,
    condition_operator_wrong, condition_value_wrong, condition_branches, condition_never.
    """
    before = set(known)
    found = []
    for comparison in condition.comparisons():
        fact = facts.get(comparison.fact)
        if fact is None:
            found.append(("condition_fact_unknown", {"fact": comparison.fact}))
        elif _circular(fact, facts):
            found.append(("condition_circular", {"fact": fact.label}))
        elif fact.key not in before:
            found.append(("condition_too_early", {"fact": fact.label}))
        else:
            found += _faults_of(comparison, fact)
    if not found and condition:
        try:
            if not possible(joined([*above, condition]), facts):
                found.append(("condition_never", {}))
        except DomainError:
            found.append(("condition_branches", {}))
    yield from {str(fault): fault for fault in found}.values()


def operators_of(kind: FactKind) -> tuple[Operator, ...]:
    """Return what the answer to a fact of ``kind`` can be asked."""
    given = (Operator.GIVEN, Operator.NOT_GIVEN)
    if kind not in _COMPARED:
        return given
    ordering = (Operator.AT_LEAST, Operator.AT_MOST) if kind in ORDERED else ()
    return (Operator.IS, Operator.IS_NOT, Operator.ONE_OF, *ordering, *given)


def _faults_of(comparison: Comparison, fact: Fact) -> list[tuple[str, dict[str, str]]]:
    if comparison.operator not in operators_of(fact.kind):
        return [("condition_operator_wrong", {"fact": fact.label})]
    return [
        ("condition_value_wrong", {"fact": fact.label, "value": value})
        for value in comparison.values
        if _value(fact, value) is None
    ]


def _value(fact: Fact, text: str) -> Value | None:
    return number(text) if fact.kind in _AMOUNTS else read(fact.kind, text, fact.choices)


def _circular(fact: Fact, facts: Mapping[str, Fact]) -> bool:
    waiting, seen = list(fact.when.named()), set()
    while waiting:
        key = waiting.pop()
        if key == fact.key:
            return True
        if key not in seen and key in facts:
            seen.add(key)
            waiting += facts[key].when.named()
    return False


def possible(condition: Condition, facts: Mapping[str, Fact]) -> bool:
    """Whether some answers meet ``condition``. Raises ``DomainError("condition_too_long")``."""
    return not condition or any(
        all(
            _meets(facts[key], [one for one in alternative if one.fact == key])
            for key in {one.fact for one in alternative}
            if key in facts
        )
        for alternative in whole(condition, facts).alternatives
    )


def _meets(fact: Fact, comparisons: list[Comparison]) -> bool:
    may_lack = not fact.required or fact.when or fact.step_when or fact.asked_at
    tried = [{fact.key: value} for value in candidates(fact, comparisons)]
    return any(
        all(comparison.holds(answers) for comparison in comparisons)
        for answers in (*tried, *([{}] if may_lack else []))
    )


def candidates(fact: Fact, comparisons: Sequence[Comparison]) -> list[Value]:
    """Return values of ``fact`` so that whatever each comparison can tell apart is among them."""
    if fact.kind is FactKind.YES_NO:
        return [False, True]
    if fact.kind is FactKind.CHOICE:
        return list(fact.choices)
    if fact.kind is FactKind.CHOICES:
        refused = {v for one in comparisons if one.operator is Operator.IS_NOT for v in one.values}
        rest = frozenset(fact.choices) - refused
        singles = [frozenset([choice]) for choice in fact.choices]
        return [each for each in [rest, frozenset(fact.choices), *singles] if each]
    values = [
        value
        for one in comparisons
        for text in one.values
        if (value := _value(fact, text)) is not None
    ]
    if fact.kind in ORDERED:
        return _around(fact, values)
    return [*values, _ELSE]


def _around(fact: Fact, values: list[Value]) -> list[Value]:
    found: list[Value] = []
    for value in values or [date(2026, 1, 1) if fact.kind is FactKind.DATE else Decimal(1)]:
        if isinstance(value, date):  # beside the first and the last day there is one less
            day = value.toordinal()
            around = range(max(day - 1, 1), min(day + 1, date.max.toordinal()) + 1)
            found += map(date.fromordinal, around)
        elif isinstance(value, Decimal):
            whole_only = fact.kind in (FactKind.WHOLE, FactKind.RUPIAH)
            step = Decimal(1) if whole_only else Decimal("0.000001")
            found += [value - step, value, value + step]
    return list(dict.fromkeys(found))


def cases(facts: Sequence[Fact], conditions: Sequence[Condition]) -> Iterator[dict[str, Value]]:
    """Yield the ways to answer what ``conditions`` ask: values by key, at most 256 of them.

    A fact that is not asked has no value, and so has, in some, one that need not be answered where
    a condition asks whether it is. Beyond 256 the later facts stay unanswered.
    """
    compared: dict[str, list[Comparison]] = {}
    for condition in [*conditions, *(fact.when for fact in facts)]:
        for comparison in condition.comparisons():
            compared.setdefault(comparison.fact, []).append(comparison)
    tried: list[tuple[Fact, list[Value | None]]] = []
    count = 1
    for fact in facts:
        named = compared.get(fact.key, [])
        values: list[Value | None] = [*candidates(fact, named)[:_FEW]]
        if not fact.required and {Operator.GIVEN, Operator.NOT_GIVEN} & {n.operator for n in named}:
            values.append(None)
        if fact.key in compared and values and count * len(values) <= _CASES:
            tried.append((fact, values))
            count *= len(values)
    for chosen in product(*(values for _fact, values in tried)):
        answers: dict[str, Value] = {}
        for (fact, _values), value in zip(tried, chosen, strict=True):
            if value is not None and holds(fact.when, answers):
                answers[fact.key] = value
        yield answers
