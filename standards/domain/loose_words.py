"""What a version asks without use, and what its words say without a rule that says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standards.domain import papers
from standards.domain.built_in import KEYS
from standards.domain.components import Key
from standards.domain.conditions import Condition
from standards.domain.contradictions import conditions_over
from standards.domain.faults import Fault
from standards.domain.fees import units_of
from standards.domain.outline import parse
from standards.domain.pasting import flattened
from standards.domain.requirements import Need
from standards.domain.versions import ELSEWHERE_AT, RequirementText, VersionSnapshot

_CASE = re.compile(r"\b(jika|apabila|bila|bilamana|dalam hal)\b", re.IGNORECASE)


def warnings(version: VersionSnapshot) -> Iterator[Fault]:
    """Yield what to look at: facts without use, a form without facts, words without a rule."""
    yield from _facts(version)
    yield from _forms(version)
    yield from _unasked(version)
    yield from _cases(version)


def _facts(version: VersionSnapshot) -> Iterator[Fault]:
    """A fact that the applicant gives is read by a rule or a paper, or is part of a form.

    Personal data are asked only as far as they are needed (Law 27/2022, article 27).
    """
    if any(row.kind == Need.FORM for row in version.requirements):
        return
    used = {*KEYS, *(key for one in _conditions(version) for key in one.named()), *_named(version)}
    for place, fact in enumerate(version.facts):
        kept = fact.on_certificate or fact.carried or fact.asked_at
        if not kept and fact.key not in used:
            yield Fault("fact_unused", {"item": fact.label}, f"facts-{place}")


def _conditions(version: VersionSnapshot) -> Iterator[Condition]:
    lists = (
        version.facts,
        version.groups,
        version.requirements,
        version.fees,
        version.papers,
        version.eligibility,
        version.terms,
        version.permits,
    )
    yield from (row.when for rows in lists for row in rows)
    yield from (row.when for fee in version.fees for row in fee.rows)
    yield from (step.when for procedure in version.procedures for step in procedure.steps)


def _named(version: VersionSnapshot) -> Iterator[str]:
    """The facts that tariffs multiply and papers print."""
    for fee in version.fees:
        yield from units_of(fee.units)
    texts = [version.certificate_statement, version.refusal_statement]
    texts += [row.statement for row in version.permits]
    texts += [text for paper in version.papers for text in (paper.body, paper.addressee)]
    for text in texts:
        yield from papers.places(text)


def _forms(version: VersionSnapshot) -> Iterator[Fault]:
    """A form of the service has something to be filled in."""
    if any(not fact.asked_at for fact in version.facts):
        return
    for place, row in enumerate(version.requirements):
        if row.kind == Need.FORM:
            yield Fault("form_without_facts", {"item": _said(row)}, f"requirements-{place}")


def _unasked(version: VersionSnapshot) -> Iterator[Fault]:
    """A row of component 1 is asked for, where that component lists what is asked.

    Rows with a marker are looked at: running text is no list, and a row with others below is their
    heading.
    """
    said = [words for row in version.requirements if (words := _letters(row.text))]
    headings = {_letters(row.title) for row in version.groups}
    place = next((at for at, c in enumerate(version.components) if c.key == Key.REQUIREMENTS), None)
    if place is None:
        return
    rows = [row for row in flattened(parse(version.components[place].body)) if row.marker]
    asked = [
        own in headings or any(words in own for words in said)
        for own in (_letters(row.text) for row in rows)
    ]
    if not any(asked):
        return  # the component leaves the list to the rows
    for row, found in zip(rows, asked, strict=True):
        own = _letters(row.text)
        if own and not (found or row.children or any(own in words for words in said)):
            named = {"item": f"{row.marker} {row.text}".lstrip("-*• ")[:120]}
            yield Fault("component_row_unasked", named, f"components-{place}")


def _cases(version: VersionSnapshot) -> Iterator[Fault]:
    """ "If …" in the words of what everybody must give: only a condition makes it a case."""
    for place, row in enumerate(version.requirements):
        word = _CASE.search(row.text)
        if word and row.mandatory and row.kind != Need.NOTE and not _is_case(place, version):
            named = {"item": _said(row), "word": word[0].lower()}
            yield Fault("case_without_condition", named, f"requirements-{place}")
    for place, fact in enumerate(version.facts):
        word = _CASE.search(fact.label)
        if word and fact.required and not fact.when:
            named = {"item": fact.label, "word": word[0].lower()}
            yield Fault("case_without_condition", named, f"facts-{place}")


def _is_case(place: int, version: VersionSnapshot) -> bool:
    """Whether not everybody must give it: it hangs on a condition, or is one of several."""
    parent = version.requirements[place].parent
    among = parent not in (None, ELSEWHERE_AT) and version.requirements[parent or 0].kind
    return among == Need.AT_LEAST_ONE or any(conditions_over(version, place))


def _said(row: RequirementText) -> str:
    return f"{row.printed_number} {row.text}".strip()[:120]


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
