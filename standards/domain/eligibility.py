"""Applications that cannot succeed: which rules one meets, and what is wrong with the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from standards.domain.condition_faults import faults as condition_faults
from standards.domain.conditions import Condition, Operator, holds
from standards.domain.facts import Value
from standards.domain.faults import Fault
from standards.domain.versions import VersionSnapshot


class _Rule(Protocol):
    @property
    def when(self) -> Condition: ...


_Row = TypeVar("_Row", bound=_Rule)


def met(rules: Iterable[_Row], values: Mapping[str, Value]) -> list[_Row]:
    """Return the rules by which an application with these answers cannot succeed.

    They ask no fact to be without an answer (``faults``), so a further answer can only add rules.
    """
    return [rule for rule in rules if rule.when and holds(rule.when, values)]


def deciding(when: Condition, values: Mapping[str, Value]) -> str:
    """Return the key of the fact at which it is said: the last one of the first case that holds.

    "" when ``when`` does not hold.
    """
    for alternative in when.alternatives:
        if alternative and holds(Condition((alternative,)), values):
            return alternative[-1].fact
    return ""


def faults(version: VersionSnapshot) -> Iterator[Fault]:
    """Yield what keeps the rules of ``version`` from being published.

    They are asked before the sending, so they may name only what is asked at the filing.
    """
    facts = {item.key: item.asked() for item in version.facts}
    filing = [fact.key for fact in facts.values() if not fact.asked_at]
    for at, rule in enumerate(version.eligibility):
        item, place = {"item": rule.sentence[:120]}, f"eligibility_rules-{at}"
        if not rule.when:
            yield Fault("eligibility_always", item, place)
        if any(one.operator is Operator.NOT_GIVEN for one in rule.when.comparisons()):
            yield Fault("eligibility_not_given", item, place)
        for code, named in condition_faults(rule.when, facts, filing):
            yield Fault(code, {**item, **named}, place)


def warnings(version: VersionSnapshot) -> Iterator[Fault]:
    """Yield the rules that name no legal ground: nobody may be turned away without one."""
    for at, rule in enumerate(version.eligibility):
        if not rule.ground.strip():
            item = {"item": rule.sentence[:120]}
            yield Fault("eligibility_without_ground", item, f"eligibility_rules-{at}")
