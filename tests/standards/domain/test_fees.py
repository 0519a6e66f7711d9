"""Fee rules: charges against a naive oracle, rounding, spans; faults of rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.domain import completeness, fee_faults
from standards.domain.components import Key
from standards.domain.conditions import parse
from standards.domain.fees import (
    MOST,
    Due,
    FeeKind,
    Rounding,
    Row,
    Rule,
    allowed,
    charges,
    rounded,
    span,
)
from standards.domain.versions import (
    FactText,
    FeeRowText,
    FeeText,
    StepText,
    VersionSnapshot,
)
from tests.standards.domain.test_versions import COMPLETE, PROCEDURE, component

FACTS = ("luas", "lama", "mewah")
_amounts = st.decimals(0, 10**7, places=3, allow_nan=False)
_values = st.fixed_dictionaries(
    {}, optional={"luas": _amounts, "lama": _amounts, "mewah": st.booleans()}
)
_whens = st.sampled_from(["", "mewah = ya", "luas >= 100", "lama <= 7\nmewah = tidak"]).map(parse)
_rows = st.lists(st.builds(Row, st.integers(0, 10**6), _whens), max_size=4).map(tuple)
_rules = st.builds(
    Rule,
    label=st.just("Retribusi"),
    kind=st.sampled_from(FeeKind),
    amount=st.integers(0, 10**7),
    units=st.lists(st.sampled_from(("luas", "lama")), unique=True).map(tuple),
    rows=_rows,
    when=_whens,
    multiple=st.sampled_from((1, 100, 500, 1000)),
    rounding=st.sampled_from(Rounding),
)


def naive(rule: Rule, values: dict[str, Any]) -> int | None:
    """What the rule charges, by fractions and by hand; 0: nothing."""

    def met(when: Any) -> bool:
        return not when.alternatives or any(
            all(one.holds(values) for one in alternative) for alternative in when.alternatives
        )

    if rule.kind == "gratis" or not met(rule.when):
        return 0
    if rule.kind == "ditetapkan":
        return None
    tariff = rule.amount
    if rule.kind == "tabel":
        fitting = [row.amount for row in rule.rows if met(row.when)]
        if not fitting:
            asked = [one.fact for row in rule.rows for one in row.when.comparisons()]
            return None if set(asked) - set(values) else 0
        tariff = fitting[0]
    units = () if rule.kind == "tetap" else rule.units
    if set(units) - set(values):
        return None
    product = Fraction(tariff)
    for key in units:
        product *= Fraction(values[key])
    below = product // rule.multiple * rule.multiple
    above = below if below == product else below + rule.multiple
    nearest = below if product - below < above - product else above
    ways = {"ke_bawah": below, "ke_atas": above, "terdekat": nearest}
    amount = int(ways[rule.rounding])
    return amount if amount <= MOST else None


@given(st.lists(_rules, max_size=4), _values)
def test_charges_are_those_of_a_naive_reading(rules: list[Rule], values: dict[str, Any]) -> None:
    found = {due.place: due.amount for due in charges(rules, values, FACTS)}
    for place, rule in enumerate(rules):
        assert found.get(place, 0) == naive(rule, values)


@pytest.mark.parametrize(
    ("product", "multiple", "rounding", "amount"),
    [
        ("1500.5", 1, "terdekat", 1501),
        ("1499.499", 1, "terdekat", 1499),
        ("12500", 1000, "terdekat", 13_000),
        ("12001", 1000, "ke_atas", 13_000),
        ("12000", 1000, "ke_atas", 12_000),
        ("12999", 1000, "ke_bawah", 12_000),
        ("12250", 500, "terdekat", 12_500),
    ],
)
def test_rounding(product: str, multiple: int, rounding: str, amount: int) -> None:
    assert rounded(Decimal(product), multiple, Rounding(rounding)) == amount


def test_a_rule_that_counts_a_fact_which_is_not_asked_charges_nothing() -> None:
    rule = Rule("Reklame", FeeKind.PER_UNIT, amount=1000, units=("luas",))
    assert charges([rule], {}, ()) == []
    assert charges([rule], {}, ("luas",)) == [Due(0, None)]
    assert charges([rule], {"luas": Decimal("-3")}, ("luas",)) == [Due(0, None)]


def test_a_span_is_what_the_cases_cost() -> None:
    table = Rule("A", FeeKind.TABLE, rows=(Row(5, parse("mewah = ya")), Row(2)))
    entered = Rule("B", FeeKind.ENTERED, minimum=10, maximum=20, when=parse("mewah = ya"))
    both = [{"mewah": True}, {"mewah": False}]
    found = span([table, entered], both)
    assert (found.lowest, found.highest) == (2, 25)
    counted = Rule("C", FeeKind.PER_UNIT, amount=7, units=("luas",))
    assert span([counted], both).highest is None
    assert [allowed(entered, amount) for amount in (9, 10, 20, 21)] == [False, True, True, False]


# Publishing --------------------------------------------------------------------------------------

PAY = StepText(7, "7", "bayar", "Membayar", "Petugas")
PAID = (replace(PROCEDURE, steps=(*PROCEDURE.steps, PAY)),)
AREA = FactText(3, "luas", "Luas", "luas")
FIXED = FeeText(1, "Retribusi", 50_000, ground="Perda 5/2023")
COUNTED = replace(FIXED, kind="per_satuan", units="luas")
TABLE = replace(FIXED, amount=0, kind="tabel")
ENTERED = replace(FIXED, amount=0, kind="ditetapkan", minimum=1, maximum=9, step="3")


def found(fee: FeeText, **changes: Any) -> list[str]:
    version = replace(
        COMPLETE, facts=(*COMPLETE.facts, AREA), procedures=PAID, fees=(fee,), **changes
    )
    return [fault.code for fault in completeness.faults(version)]


def test_whole_rules_are_published() -> None:
    table = replace(FIXED, amount=0, kind="tabel", rows=(FeeRowText(1, 5, parse("asing = ya")),))
    for fee in (FIXED, COUNTED, ENTERED, table):
        assert found(fee) == []


@pytest.mark.parametrize(
    ("fee", "code"),
    [
        (replace(COUNTED, amount=0), "fee_without_tariff"),
        (replace(COUNTED, units=""), "fee_without_units"),
        (replace(COUNTED, units="tinggi"), "fee_unit_unknown"),
        (replace(COUNTED, units="nama"), "fee_unit_no_number"),
        (replace(FIXED, kind="tabel"), "fee_table_empty"),
        (replace(FIXED, kind="tabel", rows=(FeeRowText(1, 5, parse("x = 1")),)),
         "condition_fact_unknown"),
        (replace(FIXED, when=parse("asing = ya"), kind="tabel",
                 rows=(FeeRowText(1, 5, parse("asing = tidak")),)), "condition_never"),
        (replace(FIXED, when=parse("lain = ya")), "condition_fact_unknown"),
        (replace(ENTERED, maximum=None), "fee_without_limits"),
        (replace(ENTERED, step=""), "fee_entered_without_step"),
        (replace(ENTERED, step="99"), "fee_step_unknown"),
        (replace(ENTERED, step="2"), "fee_step_too_early"),
    ],
)  # fmt: skip
def test_each_fault_of_a_rule_is_named(fee: FeeText, code: str) -> None:
    assert code in found(fee)


def test_a_fact_that_is_counted_must_be_answered() -> None:
    facts = (*COMPLETE.facts, replace(AREA, required=False))
    version = replace(COMPLETE, facts=facts, fees=(COUNTED,))
    assert [fault.code for fault in completeness.faults(version)] == ["fee_unit_optional"]


def test_what_an_amount_hangs_on_is_recorded_before_it_is_set() -> None:
    facts = (*COMPLETE.facts, replace(AREA, asked_at="3"))

    def codes(fee: FeeText) -> list[str]:
        version = replace(COMPLETE, facts=facts, procedures=PAID, fees=(fee,))
        return [fault.code for fault in completeness.faults(version)]

    assert "fee_fact_unknown_yet" not in codes(COUNTED)
    # at the same step it would be typed, not computed
    assert "fee_fact_unknown_yet" in codes(replace(COUNTED, step="3"))
    assert "fee_fact_unknown_yet" in codes(replace(FIXED, step="3", when=parse("luas >= 5")))


def test_an_amount_is_not_set_after_it_is_paid() -> None:
    later = (replace(row, order=row.order + 1) for row in PROCEDURE.steps[2:])
    pay = replace(PAY, order=3, printed_number="b")
    early = replace(PROCEDURE, steps=(*PROCEDURE.steps[:2], pay, *later))
    version = replace(COMPLETE, fees=(ENTERED,), procedures=(early,))
    assert [fault.code for fault in completeness.faults(version)] == ["fee_step_too_late"]


def test_an_amount_is_not_set_where_the_applicant_answers_questions() -> None:
    survey = replace(PAY, order=8, printed_number="8", kind="kuesioner")
    steps = (*PROCEDURE.steps, survey, replace(PAY, order=9))
    version = replace(
        COMPLETE,
        fees=(replace(ENTERED, step="8"),),
        procedures=(replace(PROCEDURE, steps=steps),),
    )
    assert [fault.code for fault in completeness.faults(version)] == ["fee_step_survey"]


def test_an_amount_does_not_hang_on_what_is_recorded_after_the_payment() -> None:
    work = replace(PAY, order=8, printed_number="8", kind="kerjakan")
    later = (replace(PROCEDURE, steps=(*PROCEDURE.steps, PAY, work)),)
    recorded = replace(AREA, asked_at="8")
    for fee in (COUNTED, replace(FIXED, when=parse("luas >= 5"))):
        version = replace(
            COMPLETE, facts=(*COMPLETE.facts, recorded), fees=(fee,), procedures=later
        )
        assert [fault.code for fault in completeness.faults(version)] == ["fee_fact_too_late"]


def priced(fee: FeeText, words: str) -> VersionSnapshot:
    """A standard with one fee and the words of its fourth component."""
    return replace(
        COMPLETE, facts=(*COMPLETE.facts, *((AREA,) if fee.units else ())),
        fees=(fee,), procedures=PAID,
        components=component(Key.FEE, body=words),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fee", "words"),
    [
        (FIXED, "Rp 50.000,- tiap izin"),
        (FIXED, "Rp. 50 ribu"),
        (replace(FIXED, amount=1_500_000), "Rp1,5 juta."),
        (replace(FIXED, when=parse("asing = ya")), "Gratis, kecuali bagi modal asing"),
        (ENTERED, "paling banyak Rp 9"),
        (ENTERED, "Menurut Perda"),
    ],
)
def test_words_that_agree_with_the_tariff_are_no_finding(fee: FeeText, words: str) -> None:
    assert list(fee_faults.warnings(priced(fee, words))) == []


def test_an_amount_that_no_tariff_has_is_quoted_as_it_is_printed() -> None:
    version = priced(FIXED, "Rp 50.000 sampai dengan Rp. 500.000,00")
    (found,) = fee_faults.warnings(version)
    assert (found.code, found.facts) == (
        "fee_component_amount_unknown", {"amounts": "Rp. 500.000,00"},
    )  # fmt: skip
    both = [fault.code for fault in fee_faults.warnings(priced(ENTERED, "Rp 150.000"))]
    assert both == ["fee_limits_not_in_component", "fee_component_amount_unknown"]


@pytest.mark.parametrize(
    ("fee", "words", "code"),
    [
        (replace(FIXED, ground=""), "Rp 50.000", "fee_without_ground"),
        (FIXED, "Gratis", "fee_against_component_free"),
        (FIXED, "Rp. 0 (Nol Rupiah)", "fee_against_component_free"),
        (FeeText(1, "Gratis", 0), "Rp 50.000", "fee_against_component_paid"),
        (replace(FIXED, when=parse("asing = ya")), "Gratis, tidak dipungut biaya.",
         "fee_against_component_free"),
        (COUNTED, "Rp 75.000 tiap m2, juga Rp 50.000", "fee_component_amount_unknown"),
        (FIXED, "Rp 50 ribu sampai Rp1,5 juta", "fee_component_amount_unknown"),
        (replace(TABLE, rows=(FeeRowText(1, 50_000),)), "Rp 50.000,00 - Rp 500.000",
         "fee_component_amount_unknown"),
        (ENTERED, "Rp 9 dan Rp 150.000", "fee_component_amount_unknown"),
        (replace(ENTERED, minimum=5), "paling banyak Rp 9", "fee_limits_not_in_component"),
        (replace(FIXED, amount=0, kind="tabel", rows=(FeeRowText(1, 5, parse("asing = ya")),)),
         "Menurut Perda", "fee_table_incomplete"),
    ],
)  # fmt: skip
def test_a_person_is_told_to_look(fee: FeeText, words: str, code: str) -> None:
    version = priced(fee, words)
    assert [fault.code for fault in completeness.warnings(version)] == [code]
    assert "fee_without_payment_step" not in [
        fault.code for fault in completeness.warnings(replace(version, procedures=PAID))
    ]
