"""A term that hangs on answers: one applies in every case, and everything else follows it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from standards.changes import sentences
from standards.domain import versions
from standards.domain.components import Key
from standards.domain.conditions import parse
from standards.domain.terms import printed, span, term_for
from standards.domain.versions import StepText, TermText, VersionSnapshot
from tests.standards.domain.test_versions import (
    COMPLETE,
    PROCEDURE,
    QUESTION,
    codes,
    component,
    warned,
)
from workflow.domain.clock import Term

LONG = TermText(1, 14, parse("asing = ya"))

RANGE = replace(COMPLETE, term_minimum=4)


def version(*rows: TermText, **changes: Any) -> VersionSnapshot:
    return replace(COMPLETE, terms=rows, **changes)


def test_the_first_that_holds_else_the_usual_one() -> None:
    assert term_for(COMPLETE, [LONG], {"asing": True}) == Term(14)
    assert term_for(COMPLETE, [LONG], {"asing": False}) == Term(6)
    assert term_for(COMPLETE, [LONG]) == Term(6)
    assert term_for(version(term_amount=None), []) == Term(0)
    assert span(COMPLETE, [LONG]) == Term(14, least=6)
    assert span(COMPLETE, []) == Term(6)


def test_a_range_is_counted_by_its_longer_end() -> None:
    long = replace(LONG, minimum=10)
    assert term_for(RANGE, [long], {"asing": True}) == Term(14, least=10)
    assert term_for(RANGE, [long]) == Term(6, least=4)
    assert span(RANGE, [long]) == Term(14, least=4)
    assert span(RANGE, []) == Term(6, least=4)
    assert printed(RANGE, [long]) == {6: "4-6", 14: "10-14"}


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
        ([replace(LONG, minimum=14)], "term_minimum_not_less"),
        ([LONG, replace(LONG, order=2, when=parse("nama diisi"))], "terms_overlap"),
    ],
)
def test_what_keeps_terms_from_being_published(rows: list[TermText], code: str) -> None:
    assert codes(version(*rows)) == [code]


@pytest.mark.parametrize("least", [6, 7])
def test_the_shorter_end_is_less(least: int) -> None:
    assert codes(version(term_minimum=least)) == ["term_minimum_not_less"]
    assert codes(RANGE) == []
    without = replace(COMPLETE, term_minimum=3, term_amount=None)
    assert codes(without) == ["term_missing", "term_minimum_not_less"]


def test_a_target_below_the_range_is_pointed_out() -> None:
    assert warned(replace(RANGE, target_amount=3)) == ["target_below_minimum"]
    assert warned(replace(RANGE, target_amount=4)) == []
    long = version(replace(LONG, minimum=5), target_amount=3)
    assert warned(long) == ["target_below_minimum"]


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


@pytest.mark.parametrize(
    ("words", "least", "agrees"),
    [
        ("4-6 hari kerja", 4, True),
        ("4 (empat) s.d. 6 (enam) hari kerja", 4, True),
        ("4 sampai dengan 6 hari", 4, True),
        ("4 – 6 hari kerja", 4, True),
        ("paling cepat 4 hari kerja, paling lama 6 hari kerja", 4, True),
        ("3-6 hari kerja", 4, False),
        ("6 hari kerja", 4, False),
        ("4-6 hari kalender", 4, False),
        ("4-6 hari kerja", None, False),
        ("2-4 hari kalender, lalu 6 hari kerja", None, True),
    ],
)
def test_component_3_names_the_range(words: str, least: int | None, agrees: bool) -> None:
    found = warned(version(components=component(Key.TERM, body=words), term_minimum=least))
    assert found == ([] if agrees else ["term_against_component"])


def test_component_3_may_name_all_terms_as_one_range() -> None:
    said = component(Key.TERM, body="6-14 hari kerja, menurut asal modalnya")
    assert warned(version(LONG, components=said)) == []


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


def test_of_rows_side_by_side_the_longest_counts() -> None:
    """Three days, three days and two days: 3 + 2 and the four days of the way, or 8 and 4."""
    rows = [
        StepText(0, "", "kerjakan", "Telaah", "Petugas", standard_amount=days,
                 standard_unit="hari_kerja", parallel=days == 3)
        for days in (3, 3, 2)
    ]  # fmt: skip
    steps = [*PROCEDURE.steps[:2], *rows, *PROCEDURE.steps[2:]]
    beside = tuple(replace(step, order=at) for at, step in enumerate(steps, 1))
    after = tuple(replace(step, parallel=False) for step in beside)
    said = {
        amount: [
            "steps_longer_than_term"
            in warned(version(procedures=(replace(PROCEDURE, steps=each),), term_amount=amount))
            for each in (beside, after)
        ]
        for amount in (7, 8, 10, 11)
    }
    assert said == {7: [True, True], 8: [False, True], 10: [False, True], 11: [False, False]}


def test_the_digest_sees_terms_only_where_there_are_some() -> None:
    assert '"terms"' not in versions.canonical(COMPLETE)
    assert versions.digest(version(LONG)) != versions.digest(COMPLETE)
    assert "minimum" not in versions.canonical(version(LONG))
    assert versions.digest(RANGE) != versions.digest(COMPLETE)


def test_another_term_is_told_to_applicants() -> None:
    (said,) = sentences(COMPLETE, version(LONG), ("term",))
    assert said.startswith("Jangka waktu lain, baru: “14”")


def test_a_range_is_compared_as_one_value() -> None:
    assert sentences(COMPLETE, RANGE) == ["Jangka waktu: 6 menjadi 4-6 hari kerja."]
    assert sentences(RANGE, COMPLETE) == ["Jangka waktu: 4-6 menjadi 6 hari kerja."]
    days = replace(RANGE, term_unit="hari_kalender")
    assert sentences(RANGE, days) == ["Jangka waktu: 4-6 hari kerja menjadi 4-6 hari kalender."]
    (said,) = sentences(version(LONG), version(replace(LONG, minimum=10)))
    assert said == "Jangka waktu lain, “14”: Jangka waktu: 14 menjadi 10-14."
