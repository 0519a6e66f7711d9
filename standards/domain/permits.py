"""What the permit of one application says: that of the version, or another under a condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from standards.domain.condition_faults import faults as condition_faults
from standards.domain.conditions import Condition, holds
from standards.domain.facts import Value
from standards.domain.faults import Fault
from standards.domain.versions import VersionSnapshot


class PermitRule(Protocol):
    """A permit that reads otherwise under a condition."""

    @property
    def when(self) -> Condition: ...


_Rule = TypeVar("_Rule", bound=PermitRule)


def permit_for(rules: Iterable[_Rule], values: Mapping[str, Value]) -> _Rule | None:
    """Return the first of ``rules`` that holds for these answers; ``None``: the usual permit."""
    return next((rule for rule in rules if rule.when and holds(rule.when, values)), None)


def faults(version: VersionSnapshot) -> Iterator[Fault]:
    """Yield what keeps the permits of ``version`` from being published.

    They may name only what is asked at the filing, so that the applicant knows what they get.
    """
    facts = {item.key: item.asked() for item in version.facts}
    filing = [fact.key for fact in facts.values() if not fact.asked_at]
    for at, rule in enumerate(version.permits):
        item, place = {"item": rule.title}, f"permits-{at}"
        if not rule.when:
            yield Fault("permit_always", item, place)
        for code, named in condition_faults(rule.when, facts, filing):
            yield Fault(code, {**item, **named}, place)
        if rule.validity_months == 0:
            yield Fault("validity_zero", place=place)
        if rule.is_closure and rule.validity_months:
            yield Fault("closure_with_validity", item, place)
