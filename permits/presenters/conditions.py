"""When requirements apply, in sentences: beside the requirement, at the desk and on paper."""

from __future__ import annotations

from standards.models import StandardVersion
from standards.selectors import conditions_of, facts_of
from standards.wording import condition_sentence


def requirement_conditions(version: StandardVersion) -> dict[int, str]:
    """Return, by requirement, "Hanya jika ..." with the conditions of group, parents and own.

    ``version`` comes from ``load_checklist``. Requirements that always apply are not in it.
    """
    facts = {fact.key: fact for fact in facts_of(version)}
    return {
        key: condition_sentence(chain, facts)
        for key, chain in conditions_of(version).items()
        if chain
    }


def group_conditions(version: StandardVersion) -> dict[int, str]:
    """Return the same for the headings over requirements."""
    facts = {fact.key: fact for fact in facts_of(version)}
    return {
        group.pk: condition_sentence([group.when], facts)
        for group in version.requirement_groups.all()
        if group.when
    }
