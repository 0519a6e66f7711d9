"""How long a version promises for one application: the usual term, or one that hangs on answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Protocol

from standards.domain.condition_faults import faults as condition_faults
from standards.domain.conditions import Condition, holds
from standards.domain.facts import Value
from standards.domain.faults import Fault
from standards.domain.step_conditions import ways
from standards.domain.versions import VersionSnapshot
from workflow.domain.errors import DomainError


class TermRule(Protocol):
    """Another term than the usual one, in the unit of the version."""

    @property
    def amount(self) -> int: ...
    @property
    def when(self) -> Condition: ...


def amount_for(usual: int | None, rules: Iterable[TermRule], values: Mapping[str, Value]) -> int:
    """Return the term of an application with these answers, in the unit of its version.

    The first rule that holds; the usual term where none does (0 while it is not decided).
    """
    for rule in rules:
        if rule.when and holds(rule.when, values):
            return rule.amount
    return usual or 0


def span(usual: int | None, rules: Iterable[TermRule]) -> tuple[int, int]:
    """Return the shortest and the longest term."""
    amounts = [usual or 0, *(rule.amount for rule in rules)]
    return min(amounts), max(amounts)


def faults(version: VersionSnapshot) -> Iterator[Fault]:
    """Yield what keeps the terms of ``version`` from being published.

    The clock starts with the acceptance, so they may name only what is asked at the filing; and in
    no case may two of them apply.
    """
    facts = {item.key: item.asked() for item in version.facts}
    filing = [fact.key for fact in facts.values() if not fact.asked_at]
    sound = True
    for at, rule in enumerate(version.terms):
        item, place = {"item": str(rule.amount)}, f"terms-{at}"
        found = list(condition_faults(rule.when, facts, filing))
        if not rule.when:
            yield Fault("term_always", item, place)
        for code, named in found:
            yield Fault(code, {"item": f"{rule.amount}", **named}, place)
        sound = sound and bool(rule.when) and not found
    if sound:
        yield from _overlaps(version)
    if version.target_amount:
        for at, rule in enumerate(version.terms):
            if version.target_amount >= rule.amount:
                yield Fault("target_not_shorter", place=f"terms-{at}")


def _overlaps(version: VersionSnapshot) -> Iterator[Fault]:
    """Two terms that apply in one case: which of them is promised would hang on their order."""
    try:
        tried = list(ways(version.asked(), [rule.when for rule in version.terms]))
    except DomainError:  # too many cases to be tried
        yield Fault("condition_branches", {"item": str(version.terms[0].amount)}, "terms-0")
        return
    for here, there in combinations(range(len(version.terms)), 2):
        one, other = version.terms[here], version.terms[there]
        if any(holds(one.when, case) and holds(other.when, case) for case in tried):
            named = {"one": one.amount, "other": other.amount}
            yield Fault("terms_overlap", named, f"terms-{there}")
