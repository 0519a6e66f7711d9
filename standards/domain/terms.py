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
from standards.domain.steps import is_range, range_figure
from standards.domain.versions import VersionSnapshot
from workflow.domain.clock import Term, Unit
from workflow.domain.errors import DomainError


class Promising(Protocol):
    """A version, as a row or as a value: its usual term, ``None`` while it is not decided."""

    @property
    def term_minimum(self) -> int | None: ...
    @property
    def term_amount(self) -> int | None: ...
    @property
    def term_unit(self) -> str: ...


class TermRule(Protocol):
    """Another term than the usual one, in the unit of the version."""

    @property
    def minimum(self) -> int | None: ...
    @property
    def amount(self) -> int: ...
    @property
    def when(self) -> Condition: ...


def term_for(
    version: Promising, rules: Iterable[TermRule], values: Mapping[str, Value] | None = None
) -> Term:
    """Return the term of an application with these answers.

    The first of ``rules`` that holds; the usual term where none does (0 while it is not decided).
    """
    unit = Unit(version.term_unit)
    for rule in rules:
        if rule.when and holds(rule.when, values or {}):
            return Term(rule.amount, unit, rule.minimum)
    return Term(version.term_amount or 0, unit, version.term_minimum)


def printed(version: Promising, rules: Iterable[TermRule]) -> dict[int, str]:
    """Return how ``version`` prints each of its terms, by the figure with which it is counted."""
    terms = [(rule.minimum, rule.amount) for rule in rules]
    terms += [(version.term_minimum, version.term_amount or 0)]
    return {most: range_figure(least, most) for least, most in terms}


def span(version: Promising, rules: Iterable[TermRule]) -> Term:
    """Return all terms of ``version`` as one, from the shortest end to the longest."""
    terms = [(version.term_minimum, version.term_amount or 0)]
    terms += [(rule.minimum, rule.amount) for rule in rules]
    shortest = min(most if least is None else least for least, most in terms)
    longest = max(most for _least, most in terms)
    return Term(longest, Unit(version.term_unit), shortest if shortest < longest else None)


def faults(version: VersionSnapshot) -> Iterator[Fault]:
    """Yield what keeps the terms of ``version`` from being published.

    The clock starts with the acceptance, so they may name only what is asked at the filing; and in
    no case may two of them apply.
    """
    facts = {item.key: item.asked() for item in version.facts}
    filing = [fact.key for fact in facts.values() if not fact.asked_at]
    sound = True
    if not is_range(version.term_minimum, version.term_amount):
        yield Fault("term_minimum_not_less", place="term_minimum")
    for at, rule in enumerate(version.terms):
        item, place = {"item": rule.title}, f"terms-{at}"
        if not is_range(rule.minimum, rule.amount):
            yield Fault("term_minimum_not_less", place=place)
        found = list(condition_faults(rule.when, facts, filing))
        if not rule.when:
            yield Fault("term_always", item, place)
        for code, named in found:
            yield Fault(code, {**item, **named}, place)
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
        yield Fault("condition_branches", {"item": version.terms[0].title}, "terms-0")
        return
    for here, there in combinations(range(len(version.terms)), 2):
        one, other = version.terms[here], version.terms[there]
        if any(holds(one.when, case) and holds(other.when, case) for case in tried):
            named = {"one": one.title, "other": other.title}
            yield Fault("terms_overlap", named, f"terms-{there}")
