"""Terms in plain words: for public page, receipt, desk and administration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standards.domain.facts import Value
from standards.domain.steps import time_words
from standards.domain.terms import span, term_for
from standards.models import StandardVersion, TermUnit
from standards.selectors import facts_of
from standards.wording import condition_sentence
from workflow.domain.clock import Term, Unit


@dataclass(frozen=True, slots=True)
class TermWords:
    """One term that hangs on answers, and on which."""

    term: str
    condition: str


def term_words(term: Term) -> str:
    """Return "6 hari kerja", or "3-5 hari kerja" of a promised range."""
    return time_words(term.least, term.amount, str(TermUnit(term.unit).label))


def term(version: StandardVersion) -> str:
    """Return "6 hari kerja", "7-14 hari kerja" where it hangs on answers; "" while undecided."""
    if version.term_amount is None:
        return ""
    return term_words(span(version, version.terms.all()))


def needed_term(version: StandardVersion, values: Mapping[str, Value]) -> str:
    """Return the term of an application with these answers in words."""
    return term_words(term_for(version, version.terms.all(), values))


def terms_of(version: StandardVersion) -> list[TermWords]:
    """Return the terms of ``version`` that hang on answers."""
    facts = {fact.key: fact for fact in facts_of(version)} if version.terms.all() else {}
    unit = Unit(version.term_unit)
    return [
        TermWords(
            term_words(Term(row.amount, unit, row.minimum)), condition_sentence([row.when], facts)
        )
        for row in version.terms.all()
    ]
