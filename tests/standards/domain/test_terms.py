"""A term that hangs on answers: one applies in every case, and everything else follows it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from standards.changes import sentences
from standards.domain import versions
from standards.domain.components import Key
from standards.domain.conditions import parse
from standards.domain.terms import amount_for, span
from standards.domain.versions import StepText, TermText, VersionSnapshot
from tests.standards.domain.test_versions import (
    COMPLETE,
    PROCEDURE,
    QUESTION,
    codes,
    component,
    warned,
)

LONG = TermText(1, 14, parse("asing = ya"))


def version(*rows: TermText, **changes: Any) -> VersionSnapshot:
    return replace(COMPLETE, terms=rows, **changes)


def test_the_first_that_holds_else_the_usual_one() -> None:
    assert amount_for(6, [LONG], {"asing": True}) == 14
    assert amount_for(6, [LONG], {"asing": False}) == 6
    assert amount_for(6, [LONG], {}) == 6
    assert amount_for(None, [], {}) == 0
    assert span(6, [LONG]) == (6, 14)
    assert span(6, []) == (6, 6)


def test_a_sound_term_has_no_fault() -> None:
    assert codes(version(LONG)) == []
    other = replace(LONG, order=2, amount=3, when=parse("asing = tidak"))
    assert codes(version(LONG, other)) == []


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([replace(LONG, when=parse(""))], "term_always"),
        ([replace(LONG, when=parse("lain = ya"))], "condition_fact_unknown"),
        ([replace(LONG, when=parse("asing = ya; asing = tidak"))], "condition_never"),
        ([LONG, replace(LONG, order=2, amount=20)], "terms_overlap"),
        ([LONG, replace(LONG, order=2, when=parse("nama diisi"))], "terms_overlap"),
    ],
)
def test_what_keeps_terms_from_being_published(rows: list[TermText], code: str) -> None:
    assert codes(version(*rows)) == [code]


def test_the_target_is_shorter_than_every_term() -> None:
    short = replace(LONG, amount=2)
    assert codes(version(short, target_amount=2)) == ["target_not_shorter"]
    assert codes(version(LONG, target_amount=2)) == []


def test_component_3_names_every_term() -> None:
    said = component(Key.TERM, body="6 (enam) hari kerja")
    assert warned(version(components=said)) == []
    assert warned(version(LONG, components=said)) == ["term_against_component"]
    both = component(Key.TERM, body="6 hari kerja, 14 hari kerja bila modal asing")
    assert warned(version(LONG, components=both)) == []


def test_the_steps_of_each_case_fit_its_term() -> None:
    fact = replace(QUESTION, when=parse(""))
    inspect = StepText(
        9, "9", "kerjakan", "Telaah", PROCEDURE.steps[1].role, standard_amount=10,
        standard_unit="hari_kerja", when=parse("asing = ya"),
    )  # fmt: skip
    steps = list(PROCEDURE.steps)
    checked = next(at for at, step in enumerate(steps) if step.kind == "periksa")
    steps.insert(checked + 1, inspect)
    ordered = tuple(replace(step, order=at) for at, step in enumerate(steps, 1))
    facts = {row.key: row for row in (*COMPLETE.facts, fact)}
    changed: dict[str, Any] = {
        "procedures": (replace(PROCEDURE, steps=ordered),),
        "facts": tuple(facts.values()),
    }
    assert "steps_longer_than_term" in warned(version(**changed))
    assert "steps_longer_than_term" not in warned(version(LONG, **changed))
    never = replace(LONG, when=parse("asing = tidak"))
    assert "steps_longer_than_term" in warned(version(never, **changed))


def test_the_digest_sees_terms_only_where_there_are_some() -> None:
    assert '"terms"' not in versions.canonical(COMPLETE)
    assert versions.digest(version(LONG)) != versions.digest(COMPLETE)


def test_another_term_is_told_to_applicants() -> None:
    (said,) = sentences(COMPLETE, version(LONG), ("term",))
    assert said.startswith("Jangka waktu lain, baru: “14”")
