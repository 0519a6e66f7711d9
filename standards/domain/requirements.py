"""Which requirements apply to an application, and which of them are still unmet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from standards.domain.conditions import Condition, holds
from standards.domain.facts import Value


class Need(StrEnum):
    """What an applicant does about a requirement."""

    UPLOAD = "unggah"
    DECLARE = "nyatakan"
    FORM = "isi_formulir"
    CONTENT = "muatan"
    AT_LEAST_ONE = "minimal_satu"
    NOTE = "keterangan"


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement as the domain sees it; ``conditions`` gather those of group and parents."""

    pk: int
    need: Need
    mandatory: bool = True
    parent: int | None = None
    conditions: tuple[Condition, ...] = ()

    def applies(self, answers: Mapping[str, Value]) -> bool:
        """Whether this requirement concerns the application."""
        return all(holds(condition, answers) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Given:
    """What the applicant has given so far: requirement keys."""

    uploaded: frozenset[int] = frozenset()
    declared: frozenset[int] = frozenset()
    form_complete: bool = False


def applicable(rules: Sequence[Rule], answers: Mapping[str, Value]) -> list[Rule]:
    """Return the requirements that concern an application with these answers."""
    return [rule for rule in rules if rule.applies(answers)]


def unmet(rules: Sequence[Rule], answers: Mapping[str, Value], given: Given) -> list[Rule]:
    """Return the mandatory applicable requirements that are not yet met, in their order."""
    concerned = applicable(rules, answers)
    options = {rule.pk for rule in concerned if rule.need is Need.AT_LEAST_ONE}
    return [
        rule
        for rule in concerned
        if rule.mandatory and rule.parent not in options and not _met(rule, concerned, given)
    ]


def _met(rule: Rule, rules: Sequence[Rule], given: Given) -> bool:
    if rule.need is Need.UPLOAD:
        return rule.pk in given.uploaded
    if rule.need is Need.DECLARE:
        return rule.pk in given.declared
    if rule.need is Need.FORM:
        return given.form_complete
    if rule.need is Need.AT_LEAST_ONE:
        children = {child.pk for child in rules if child.parent == rule.pk}
        return bool(children & (given.declared | given.uploaded))
    return True
