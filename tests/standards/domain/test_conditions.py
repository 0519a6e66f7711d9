"""Conditions: how they are written and kept, when they hold, and what is wrong with one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standards.domain.condition_faults import cases, faults, possible, whole
from standards.domain.conditions import (
    ALWAYS,
    MOST,
    Comparison,
    Condition,
    Operator,
    dumped,
    holds,
    joined,
    loaded,
    parse,
    written,
)
from standards.domain.facts import Fact, FactKind, asked
from workflow.domain.errors import DomainError

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
KEYS = ("baru", "asing", "skala", "luas", "mulai", "bidang")
ANSWERS: dict[str, Any] = {
    "baru": True, "asing": False, "skala": "Kecil", "luas": Decimal("100"),
    "mulai": date(2026, 2, 1), "bidang": frozenset({"Gedung", "Jalan"}),
}  # fmt: skip


def fact(key: str, kind: FactKind = FactKind.YES_NO, when: str = "", **more: Any) -> Fact:
    return Fact(key, f"Label {key}", kind, when=parse(when), **more)


def by_key(*facts: Fact) -> dict[str, Fact]:
    return {each.key: each for each in facts}


def codes(text: str, facts: dict[str, Fact], **more: Any) -> list[str]:
    return [code for code, _named in faults(parse(text), facts, more.pop("known", facts), **more)]


# When they hold ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("baru = ya", True),
        ("baru = tidak", False),
        ("asing = tidak", True),
        ("baru = ya; asing = ya", False),
        ("asing = ya\nbaru = ya", True),
        ("skala = Kecil | Menengah", True),
        ("skala = Besar | Menengah", False),
        ("skala != Kecil", False),
        ("skala != Besar", True),
        ("luas >= 100", True),
        ("luas >= 100,5", False),
        ("luas <= 1.500", True),
        ("luas = 100", True),
        ("mulai >= 2026-02-01", True),
        ("mulai <= 2026-01-31", False),
        ("bidang = Gedung", True),
        ("bidang = Air", False),
        ("bidang != Air", True),
        ("bidang = Air | Jalan", True),
        ("skala diisi", True),
        ("nib diisi", False),
        ("skala tidak diisi", False),
        ("nib tidak  diisi", True),
        ("nib tidak diisi; baru = ya", True),
        ("nib != 1", False),  # without an answer nothing is met, not even "is not"
        ("skala >= 3", False),  # a text has no order
        ("luas >= banyak", False),
    ],
)
def test_a_condition_holds_when_all_of_one_alternative_does(text: str, expected: bool) -> None:
    assert holds(parse(text), ANSWERS) is expected


def test_a_fact_that_is_not_asked_any_more_meets_nothing() -> None:
    facts = [fact("baru"), fact("asing", when="baru = ya"), fact("khusus", when="asing != ya")]
    answers = {"baru": "tidak", "asing": "tidak", "khusus": "ya"}
    open_facts, values = asked(facts, answers)
    assert [each.key for each in open_facts] == ["baru"]
    assert values == {"baru": False}
    open_facts, values = asked(facts, {**answers, "baru": "ya"})
    assert values == {"baru": True, "asing": False, "khusus": True}


def test_a_condition_on_a_later_fact_counts_as_unanswered() -> None:
    facts = [fact("asing", when="baru = ya"), fact("baru")]
    open_facts, _values = asked(facts, {"baru": "ya", "asing": "ya"})
    assert [each.key for each in open_facts] == ["baru"]


comparisons = st.one_of(
    st.builds(
        Comparison,
        st.sampled_from(KEYS),
        st.sampled_from([Operator.IS, Operator.IS_NOT, Operator.AT_LEAST, Operator.AT_MOST]),
        st.sampled_from(["ya", "tidak", "Kecil", "Jalan", "99", "100,5", "2026-02-01"]).map(
            lambda value: (value,)
        ),
    ),
    st.builds(
        Comparison,
        st.sampled_from(KEYS),
        st.just(Operator.ONE_OF),
        st.lists(st.sampled_from(["ya", "Kecil", "Jalan", "100"]), min_size=2, unique=True).map(
            tuple
        ),
    ),
    st.builds(
        Comparison, st.sampled_from(KEYS), st.sampled_from([Operator.GIVEN, Operator.NOT_GIVEN])
    ),
)
conditions = st.lists(
    st.lists(comparisons, min_size=1, max_size=3, unique=True).map(tuple), max_size=3, unique=True
).map(lambda alternatives: Condition(tuple(alternatives)))
answer_sets = st.dictionaries(st.sampled_from(KEYS), st.none()).map(
    lambda chosen: {key: ANSWERS[key] for key in chosen}
)


def naive(condition: Condition, answers: dict[str, Any]) -> bool:
    """The same in the slowest way: written out by hand, for each kind of answer."""
    if len(condition.alternatives) == 0:
        return True
    results = []
    for alternative in condition.alternatives:
        met = 0
        for one in alternative:
            texts = {
                "baru": ["ya"], "asing": ["tidak"], "skala": ["Kecil"], "luas": ["100"],
                "mulai": ["2026-02-01"], "bidang": ["Gedung", "Jalan"],
            }[one.fact] if one.fact in answers else []  # fmt: skip
            order = {"99": -1, "100": 0, "100,5": 1} if one.fact == "luas" else {}
            order = {"2026-02-01": 0} if one.fact == "mulai" else order
            if one.operator == "not_given":
                met += texts == []
            elif not texts:
                met += 0
            elif one.operator == "given":
                met += 1
            elif one.operator in ("is", "one_of"):
                met += bool(set(texts) & set(one.values))
            elif one.operator == "is_not":
                met += not set(texts) & set(one.values)
            elif one.values[0] in order and one.operator == "at_least":
                met += order[one.values[0]] <= 0
            elif one.values[0] in order:
                met += order[one.values[0]] >= 0
        results.append(met == len(alternative))
    return any(results)


@unhurried
@given(conditions, answer_sets)
def test_conditions_hold_as_a_naive_oracle_says(
    condition: Condition, answers: dict[str, Any]
) -> None:
    assert holds(condition, answers) is naive(condition, answers)


@unhurried
@given(conditions, conditions, answer_sets)
def test_joined_conditions_hold_when_both_do(
    one: Condition, other: Condition, answers: dict[str, Any]
) -> None:
    both = joined([one, other])
    assert holds(both, answers) is (holds(one, answers) and holds(other, answers))


# As text and as JSON -----------------------------------------------------------------------------


words = st.text(st.sampled_from('ab ;|"=<>!dis≥'), min_size=1, max_size=6).filter(
    lambda text: text == " ".join(text.split()) and text
)


@unhurried
@given(
    st.lists(
        st.lists(
            st.builds(Comparison, st.just("a"), st.just(Operator.IS), words.map(lambda w: (w,))),
            min_size=1,
            max_size=3,
            unique=True,
        ).map(tuple),
        max_size=3,
        unique=True,
    )
)
def test_what_is_written_is_read_back_whatever_signs_a_value_has(alternatives: list[Any]) -> None:
    condition = Condition(tuple(alternatives))
    assert parse(written(condition)) == condition
    assert loaded(dumped(condition)) == condition


@unhurried
@given(conditions)
def test_every_operator_is_read_back(condition: Condition) -> None:
    assert parse(written(condition)) == condition
    assert loaded(dumped(condition)) == condition


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("baru", 1), ("baru =", 1), ("= ya", 1), ("baru = ya\nluas > 5", 2), ("dua kata = ya", 1),
        ("luas >= 1 | 2", 1), ('skala = "Kecil', 1), (";", 1),
        ("skala == Kecil", 1), ('skala = "a"b', 1), ("<b>x</b> = ya", 1), ("baru diisi ya", 1),
        ("baru tidak", 1), ("baru tidak diisi ya", 1), ("dua kata tidak diisi", 1),
        ("baru = ya\n\nbaru", 3),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_by_line(text: str, line: int) -> None:
    with pytest.raises(DomainError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.facts["line"]) == ("condition_unreadable", line)


def test_a_condition_has_a_size() -> None:
    with pytest.raises(DomainError) as caught:
        parse("\n".join(f"luas = {n}" for n in range(MOST + 1)))
    assert caught.value.code == "condition_too_long"
    branches = parse("\n".join(f"luas = {n}" for n in range(MOST)))
    with pytest.raises(DomainError):
        joined([branches, parse("baru = ya\nasing = ya")])


@pytest.mark.parametrize(
    "plain",
    [
        None, "x", {}, [[]], [["a"]], [[{"fact": "a"}]],
        [[{"fact": "a", "operator": "?", "values": ["b"]}]],
        [[{"fact": "a", "operator": "is", "values": []}]],
        [[{"fact": "a", "operator": "is", "values": [1]}]],
        [[{"fact": "a b", "operator": "is", "values": ["b"]}]],
        [[{"fact": "a", "operator": "given", "values": ["b"]}]],
        [[{"fact": "a", "operator": "not_given", "values": ["b"]}]],
        [[{"fact": "a", "operator": "is", "values": ["b"], "more": 1}]],
        [[{"fact": "a", "operator": "is", "values": "bb"}]],
    ],
)  # fmt: skip
def test_other_json_is_refused(plain: Any) -> None:
    with pytest.raises(DomainError) as caught:
        loaded(plain)
    assert caught.value.code == "condition_malformed"


# What is wrong -----------------------------------------------------------------------------------


FACTS = by_key(
    fact("baru"),
    fact("asing", when="baru = ya"),
    fact("skala", FactKind.CHOICE, choices=("Kecil", "Besar")),
    fact("luas", FactKind.AREA),
    fact("nik", FactKind.NIK),
    fact("bidang", FactKind.CHOICES, choices=("Gedung", "Jalan")),
    fact("mulai", FactKind.DATE),
    fact("nama", FactKind.TEXT),
    fact("nib", FactKind.NIB, required=False),
    fact("ukur", FactKind.AREA, asked_at="4"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("baru = ya; luas >= 100", []),
        ("skala = Kecil | Besar; nik diisi; mulai >= 2026-01-01", []),
        ("asing = tidak", []),
        ("bidang = Gedung; bidang = Jalan", []),
        ("nama = Melati", []),
        ("luas >= 5; luas <= 6; luas != 5; luas != 6", []),
        ("hilang = ya", ["condition_fact_unknown"]),
        ("baru = mungkin", ["condition_value_wrong"]),
        ("skala = Menengah", ["condition_value_wrong"]),
        ("luas >= besar", ["condition_value_wrong"]),
        ("mulai >= 31/01/2026", ["condition_value_wrong"]),
        ("skala >= Kecil", ["condition_operator_wrong"]),
        ("nik = 1471014507900001", ["condition_operator_wrong"]),
        ("baru = ya; baru = tidak", ["condition_never"]),
        ("luas >= 5; luas <= 4", ["condition_never"]),
        ("asing = ya; baru = tidak", ["condition_never"]),  # it is asked of new ones only
        ("skala != Kecil; skala != Besar", ["condition_never"]),
        ("bidang = Gedung; bidang != Gedung", ["condition_never"]),
        ("luas >= 5; luas <= 4\nbaru = ya", []),
        ("nib tidak diisi", []),
        ("nib tidak diisi; nib diisi", ["condition_never"]),
        ("asing tidak diisi", []),  # it is not asked of others than new ones
        ("ukur tidak diisi", []),  # the step may be skipped
        ("nik tidak diisi", ["condition_never"]),  # it must be answered
    ],
)
def test_what_is_wrong_with_a_condition_is_named(text: str, expected: list[str]) -> None:
    assert codes(text, FACTS) == expected


def test_the_first_and_the_last_day_of_the_calendar_are_days() -> None:
    day = by_key(fact("mulai", FactKind.DATE))
    assert codes("mulai <= 9999-12-31", day) == []
    assert codes("mulai <= 0001-01-01", day) == []


def test_what_stands_above_counts_too() -> None:
    assert codes("baru = ya", FACTS, above=[parse("baru = tidak")]) == ["condition_never"]
    assert codes("skala = Kecil", FACTS, above=[parse("baru = tidak")]) == []


def test_a_fact_must_be_asked_before_it_is_needed() -> None:
    assert codes("skala = Kecil", FACTS, known=["baru"]) == ["condition_too_early"]


def test_circles_of_one_two_and_three_are_found_and_a_chain_is_not() -> None:
    circle = by_key(
        fact("a", when="c = ya"),
        fact("b", when="a = ya"),
        fact("c", when="b = ya"),
        fact("d", when="d = ya"),
        fact("e"),
        fact("f", when="e = ya"),
    )
    assert codes("a = ya", circle) == ["condition_circular"]
    assert codes("d = ya", circle) == ["condition_circular"]
    assert codes("f = ya", circle) == []
    assert whole(parse("a = ya"), circle)  # a circle ends


def test_the_whole_condition_names_what_its_facts_wait_for() -> None:
    facts = by_key(fact("a"), fact("b", when="a = ya"), fact("c", when="b = tidak"), fact("d"))
    assert written(whole(parse("c = ya\nd = ya"), facts)) == ("a = ya; b = tidak; c = ya\nd = ya")
    assert written(whole(parse("c tidak diisi; d = ya"), facts)) == "c tidak diisi; d = ya"
    assert whole(ALWAYS, facts) == ALWAYS
    assert possible(parse("c = ya"), facts)


def test_cases_are_the_ways_to_answer_what_is_asked() -> None:
    facts = [fact("a"), fact("b", when="a = ya"), fact("nama", FactKind.TEXT)]
    found = list(cases(facts, [parse("b = ya")]))
    unique = [dict(each) for each in dict.fromkeys(tuple(each.items()) for each in found)]
    assert unique == [{"a": False}, {"a": True, "b": False}, {"a": True, "b": True}]
    optional = [fact("a", required=False)]
    assert list(cases(optional, [parse("a tidak diisi")])) == [{"a": False}, {"a": True}, {}]
    assert list(cases(optional, [parse("a = ya")])) == [{"a": False}, {"a": True}]
    many = [fact(f"f{n}") for n in range(20)]
    assert len(list(cases(many, [parse(f"{each.key} = ya") for each in many]))) == 256
