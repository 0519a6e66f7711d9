"""Conditions of SOP steps: every case has an SOP that can be walked, or it is not published."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permits.domain import sop
from standards.domain.completeness import procedure_faults
from standards.domain.conditions import parse
from standards.domain.facts import Fact, FactKind, Value, asked
from standards.domain.step_conditions import MOST_CASES, faults, ways
from standards.domain.steps import Step, StepKind, applying, met_at
from standards.domain.versions import ProcedureText, RoleText, StepText
from workflow.domain.errors import DomainError

WAY = (
    StepKind.FILE, StepKind.CHECK, StepKind.DRAFT, StepKind.SIGN, StepKind.NUMBER,
    StepKind.HAND_OVER,
)  # fmt: skip
FREE = (StepKind.WORK, StepKind.INSPECT, StepKind.PAY, StepKind.SURVEY, StepKind.INITIAL)
FACTS = (
    Fact("asing", "Apakah modal asing?", FactKind.YES_NO),
    Fact("luas", "Luas", FactKind.WHOLE, when=parse("asing = ya")),
    Fact("bidang", "Bidang", FactKind.CHOICES, ("Gedung", "Jalan", "Air"), required=False),
)


def procedure(*steps: tuple[StepKind, str], parallel: Collection[int] = ()) -> ProcedureText:
    """An SOP of these kinds and conditions; ``parallel`` are the orders of rows side by side."""
    return ProcedureText(
        office=1, code="sop", name="SOP", sop_number="", total_text="", provisional_reason="",
        roles=(RoleText(1, "Petugas", 1),),
        steps=tuple(
            StepText(
                order=order, printed_number=str(order), kind=kind, activity="Kegiatan",
                role="Petugas", when=parse(when), parallel=order in parallel,
            )
            for order, (kind, when) in enumerate(steps, 1)
        ),
    )  # fmt: skip


def codes(text: ProcedureText, facts: Any = FACTS) -> list[str]:
    return [fault.code for fault in faults(text, facts)]


def way(**conditions: str) -> list[tuple[StepKind, str]]:
    return [(kind, conditions.get(kind.name.lower(), "")) for kind in WAY]


def test_steps_that_move_no_paper_may_hang_on_any_answer() -> None:
    for kind in FREE:
        steps = way()
        steps.insert(3, (kind, "asing = ya; luas >= 100"))
        assert codes(procedure(*steps)) == []


@pytest.mark.parametrize("kind", WAY[1:])
def test_the_way_of_the_paper_holds_in_every_case(kind: StepKind) -> None:
    """Left out for some answers it is missing; with its opposite beside it, it is whole."""
    place = WAY.index(kind)
    steps = way()
    steps[place] = (kind, "asing = ya")
    assert len(codes(procedure(*steps))) == 1
    steps.insert(place, (kind, "asing = tidak"))
    assert codes(procedure(*steps)) == []


def test_an_answer_that_may_be_left_out_is_a_case_too() -> None:
    either = [(StepKind.SIGN, "bidang = Gedung"), (StepKind.SIGN, "bidang != Gedung")]
    steps = [*way()[:3], *either, *way()[4:]]
    (fault,) = faults(procedure(*steps), FACTS)
    assert (fault.code, fault.facts) == ("procedure_needs_sign", {"procedure": "SOP"})
    required = [replace(fact, required=True) for fact in FACTS]
    assert codes(procedure(*steps), required) == []


def test_the_sentence_names_the_case() -> None:
    (fault,) = faults(procedure(*way(draft="asing = ya; luas >= 100")), FACTS)
    assert fault.facts["procedure"] == "SOP (asing = tidak)"


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("hilang = ya", "condition_fact_unknown"),
        ("luas = banyak", "condition_value_wrong"),
        ("asing = tidak; luas >= 1", "condition_never"),
    ],
)
def test_a_wrong_condition_is_named(when: str, code: str) -> None:
    assert codes(procedure(*way()[:2], (StepKind.WORK, when), *way()[2:])) == [code]


def test_nothing_is_known_before_the_filing() -> None:
    assert codes(procedure((StepKind.WORK, "asing = ya"), *way())) == ["condition_too_early"]
    assert codes(procedure(*way(file="asing = ya"))) == ["condition_too_early"]


def test_without_a_standard_the_conditions_are_not_judged() -> None:
    assert procedure_faults(procedure(*way(draft="asing = ya"))) == []
    assert len(procedure_faults(procedure(*way()[:-1]))) == 1


def test_too_many_cases_are_refused() -> None:
    many = [Fact(f"f{n}", f"F{n}", FactKind.YES_NO) for n in range(11)]
    steps = [*way()[:2], *[(StepKind.WORK, f"{fact.key} = ya") for fact in many], *way()[2:]]
    assert MOST_CASES < 2**11
    assert codes(procedure(*steps), many) == ["procedure_too_many_cases"]
    choices = tuple(f"c{n}" for n in range(7))
    wide = Fact("p", "P", FactKind.CHOICES, choices)
    with pytest.raises(DomainError):
        list(ways([wide], [parse("p = " + " | ".join(choices))]))


SIZE = Fact("ukur", "Luas hasil ukur", FactKind.AREA, asked_at="4")
RECORDED = [*FACTS, SIZE]
INSPECTED = [*way()[:3], (StepKind.INSPECT, ""), *way()[3:]]


def test_what_a_step_records_is_known_after_it_and_not_before() -> None:
    assert codes(procedure(*INSPECTED), RECORDED) == []
    hangs = (StepKind.WORK, "ukur >= 100")
    assert codes(procedure(*INSPECTED[:4], hangs, *INSPECTED[4:]), RECORDED) == []
    before = procedure(*INSPECTED[:2], hangs, *INSPECTED[2:])
    assert codes(before, [replace(SIZE, asked_at="5")]) == ["condition_too_early"]
    itself = procedure(*INSPECTED[:3], (StepKind.INSPECT, "ukur >= 100"), *INSPECTED[4:])
    assert codes(itself, RECORDED) == ["condition_too_early"]


def test_who_signs_may_hang_on_what_was_recorded_if_it_always_is() -> None:
    either = [(StepKind.SIGN, "ukur >= 100"), (StepKind.SIGN, "ukur <= 99,999999")]
    steps = [*INSPECTED[:4], *either, *INSPECTED[5:]]
    assert codes(procedure(*steps), RECORDED) == []
    assert codes(procedure(*steps), [*FACTS, replace(SIZE, required=False)]) == [
        "procedure_needs_sign"
    ]
    steps[3] = (StepKind.INSPECT, "asing = ya")  # others are never measured
    assert codes(procedure(*steps), RECORDED) == ["procedure_needs_sign"]


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        ("9", FactKind.AREA, "fact_step_unknown"),
        ("1", FactKind.AREA, "fact_step_wrong"),  # the filing is the applicant's
        ("3", FactKind.AREA, "fact_step_wrong"),  # a draft records nothing
        ("4", FactKind.NIK, "fact_step_nik"),
    ],
)
def test_a_step_that_cannot_record_is_named(number: str, kind: FactKind, code: str) -> None:
    fact = Fact("ukur", "Luas", kind, asked_at=number)
    assert codes(procedure(*INSPECTED), [fact]) == [code]


def test_a_recorded_fact_hangs_on_earlier_steps_alone() -> None:
    steps = procedure(*INSPECTED, (StepKind.WORK, ""))
    later = Fact("saran", "Saran", FactKind.TEXT, when=parse("ukur >= 100"), asked_at="8")
    assert codes(steps, [SIZE, later]) == []
    assert codes(steps, [SIZE, replace(later, asked_at="4")]) == ["condition_too_early"]


BESIDE = [
    *way()[:2],
    (StepKind.WORK, ""),
    (StepKind.WORK, "asing = ya"),
    (StepKind.WORK, ""),
    *way()[2:],
]
MEASURED = Fact("ukur", "Luas hasil ukur", FactKind.AREA, asked_at="3")


def test_rows_side_by_side_meet_at_the_next_row_in_every_case() -> None:
    assert codes(procedure(*BESIDE, parallel=(3, 4))) == []
    assert codes(procedure(*BESIDE, parallel=(3, 4, 5))) == []  # they meet at the draft
    assert (
        codes(procedure(*BESIDE[:4], (StepKind.WORK, "asing = tidak"), *way()[2:], parallel=(3, 4)))
        == []
    )  # at the draft for some
    paid = [*BESIDE[:4], (StepKind.PAY, "asing = ya"), *BESIDE[4:]]
    (fault,) = faults(procedure(*paid, parallel=(3, 4)), FACTS)
    assert fault.code == "procedure_parallel_never_meets"
    assert str(fault.facts["procedure"]).startswith("SOP (asing = ya")


def test_rows_side_by_side_do_not_know_what_the_others_record() -> None:
    """Nor does the row at which they meet when it is decided whether it applies."""
    beside = (StepKind.WORK, "ukur >= 100")
    steps = [*BESIDE[:3], beside, *BESIDE[4:]]
    assert codes(procedure(*steps), [*FACTS, MEASURED]) == []
    assert codes(procedure(*steps, parallel=(3, 4)), [*FACTS, MEASURED]) == ["condition_too_early"]
    meeting = [*BESIDE[:4], beside, *BESIDE[5:]]
    assert codes(procedure(*meeting, parallel=(3, 4)), [*FACTS, MEASURED]) == [
        "condition_too_early"
    ]
    between = [*BESIDE[:3], (StepKind.WORK, "asing = ya"), beside, *BESIDE[4:]]
    assert codes(procedure(*between, parallel=(3, 5)), [*FACTS, MEASURED]) == [
        "condition_too_early"
    ]
    later = [*BESIDE[:5], beside, *BESIDE[5:]]
    assert codes(procedure(*later, parallel=(3, 4)), [*FACTS, MEASURED]) == []


def test_what_the_meeting_row_records_may_hang_on_what_they_recorded() -> None:
    asked_there = Fact("saran", "Saran", FactKind.TEXT, when=parse("ukur >= 100"), asked_at="5")
    steps = procedure(*BESIDE, parallel=(3, 4))
    assert codes(steps, [*FACTS, MEASURED, asked_there]) == []
    assert codes(steps, [*FACTS, MEASURED, replace(asked_there, asked_at="4")]) == [
        "condition_too_early"
    ]


CONDITIONS = (
    "", "", "", "asing = ya", "asing = tidak", "luas >= 100", "luas <= 99", "asing = ya; luas >= 1",
    "bidang = Gedung", "bidang != Gedung", "asing = tidak\nluas <= 99", "bidang diisi",
)  # fmt: skip
ANSWERS: list[dict[str, Value]] = [
    {key: value for key, value in zip(("asing", "luas", "bidang"), values, strict=True) if value}
    for values in product(
        ("ya", "tidak"), ("1", "99", "100"), ("", "Gedung", "Jalan", "Gedung\nAir", "Air")
    )
]


@st.composite
def procedures(draw: st.DrawFn) -> ProcedureText:
    """An SOP with conditions, more often than not nearly sound."""
    steps = [(kind, "") for kind in WAY]
    for place in sorted(draw(st.sets(st.integers(1, 5), max_size=2)), reverse=True):
        kind = steps[place][0]
        pair = draw(st.sampled_from([("asing = ya", "asing = tidak"), ("", "luas >= 100")]))
        steps[place : place + 1] = [(kind, when) for when in pair]
    for kind in draw(st.lists(st.sampled_from(FREE), max_size=4)):
        at = draw(st.integers(1, len(steps)))
        steps.insert(at, (kind, draw(st.sampled_from(CONDITIONS))))
    works = [order for order, (kind, _when) in enumerate(steps, 1) if kind is StepKind.WORK]
    return procedure(*steps, parallel=[order for order in works if draw(st.booleans())])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(procedures())
def test_what_is_accepted_is_walked_to_an_end_from_every_state_and_every_answer(
    text: ProcedureText,
) -> None:
    if codes(text):
        return
    for typed in ANSWERS:
        steps = applying(text.walkable(), _values(typed))
        walked = _walked(steps, sop.first(steps, StepKind.FILE))
        kinds = [step.kind for step in walked if step.kind in WAY]
        assert tuple(kinds) == WAY
        met = [row for here in walked for row in met_at(steps, here)]
        assert met == [step for step in steps if step.parallel]
        for here in walked:
            assert _walked(steps, here)[-1] is walked[-1]
            for back in sop.earlier(steps, here):
                assert _walked(steps, back)[-1] is walked[-1]
            assert sop.sent_back_to(steps, here) in [None, *sop.earlier(steps, here)]


def _values(typed: Any) -> dict[str, Value]:
    return asked(FACTS, typed)[1]


def _walked(steps: list[Step], here: Step) -> list[Step]:
    found = [here]
    while (following := sop.after(steps, found[-1])) is not None:
        found.append(following)
    return found
