"""What cannot be applied for, in words: for public page, form, refusal and administration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from standards.domain.facts import Fact
from standards.models import EligibilityRule, StandardVersion
from standards.selectors import facts_of
from standards.wording import condition_sentence


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One rule: the sentence of the office, when it holds, its legal ground."""

    sentence: str
    condition: str
    ground: str


def hindrance(row: EligibilityRule) -> str:
    """Return the sentence of ``row`` with its ground."""
    said = row.sentence.strip()
    said = said if said.endswith((".", "!", "?")) else f"{said}."
    if not row.ground.strip():
        return said
    return _("%(sentence)s Dasar: %(ground)s.") % {
        "sentence": said,
        "ground": row.ground.strip().rstrip("."),
    }


def hindrances_of(version: StandardVersion) -> list[Hindrance]:
    """Return the rules of ``version`` (``load_checklist``) in words."""
    facts: Mapping[str, Fact] = {fact.key: fact for fact in facts_of(version)}
    return [
        Hindrance(row.sentence, condition_sentence([row.when], facts), row.ground)
        for row in version.eligibility_rules.all()
    ]
