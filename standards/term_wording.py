"""Terms in plain words: for public page, receipt, desk and administration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standards.domain.facts import Value
from standards.domain.terms import amount_for, span
from standards.models import StandardVersion
from standards.selectors import facts_of
from standards.wording import condition_sentence


@dataclass(frozen=True, slots=True)
class TermWords:
    """One term that hangs on answers, and on which."""

    term: str
    condition: str


def term_words(amount: int, version: StandardVersion) -> str:
    """Return "6 hari kerja" in the unit of ``version``."""
    return f"{amount} {version.get_term_unit_display()}"


def term(version: StandardVersion) -> str:
    """Return "6 hari kerja", "7-14 hari kerja" where it hangs on answers; "" while undecided."""
    if version.term_amount is None:
        return ""
    shortest, longest = span(version.term_amount, version.terms.all())
    if shortest == longest:
        return term_words(longest, version)
    return f"{shortest}-{longest} {version.get_term_unit_display()}"


def term_for(version: StandardVersion, values: Mapping[str, Value]) -> str:
    """Return the term of an application with these answers."""
    return term_words(amount_for(version.term_amount, version.terms.all(), values), version)


def terms_of(version: StandardVersion) -> list[TermWords]:
    """Return the terms of ``version`` that hang on answers."""
    facts = {fact.key: fact for fact in facts_of(version)} if version.terms.all() else {}
    return [
        TermWords(term_words(row.amount, version), condition_sentence([row.when], facts))
        for row in version.terms.all()
    ]
