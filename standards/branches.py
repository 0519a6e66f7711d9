"""What a standard asks and makes in one case, and what it leaves out there, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standards.domain.conditions import holds
from standards.domain.facts import Value
from standards.models import StandardVersion
from standards.selectors import conditions_of, facts_of, load_checklist, requirement_rules
from standards.wording import condition_sentence


@dataclass(frozen=True, slots=True)
class Branch:
    """A requirement or a paper, and in which case it is one; "" in every case."""

    title: str
    condition: str


def requirements_left_out(version: StandardVersion, values: Mapping[str, Value]) -> list[Branch]:
    """Return the requirements that do not apply with these answers (``facts.asked``).

    What stands below one that does not apply goes with it.
    """
    load_checklist(version)
    facts, chains = {fact.key: fact for fact in facts_of(version)}, conditions_of(version)
    out = {rule.pk for rule in requirement_rules(version) if not rule.applies(values)}
    return [
        Branch(row.text, condition_sentence(chains[row.pk], facts))
        for row in version.requirements.all()
        if row.pk in out and row.parent_id not in out
    ]


def papers(
    version: StandardVersion, values: Mapping[str, Value] | None = None
) -> tuple[list[Branch], list[Branch]]:
    """Return the papers beside the permit that are made with these answers, and those that are not.

    What officers record at their steps is an answer once it is given. Without ``values``: those of
    every case, and the others.
    """
    load_checklist(version)
    facts = {fact.key: fact for fact in facts_of(version)}
    made: list[Branch] = []
    others: list[Branch] = []
    for row in version.papers.all():
        group = made if holds(row.when, values or {}) else others
        group.append(Branch(row.title, condition_sentence([row.when], facts)))
    return made, others
