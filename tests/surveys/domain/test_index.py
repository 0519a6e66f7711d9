"""The index: the traps that public calculators fall into, published examples, an own oracle."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal, getcontext, localcontext
from fractions import Fraction

import pytest

from surveys.domain import index
from surveys.domain.elements import SKM_KEYS

pytestmark = pytest.mark.once
NINTHS = index.equal_weights(SKM_KEYS)


def sheet(score: int, **other: int) -> dict[str, int]:
    return {**dict.fromkeys(SKM_KEYS, score), **other}


def result(sheets: Sequence[Mapping[str, int]]) -> index.Result:
    found = index.compute(sheets, NINTHS)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        ("100.00", "A"), ("88.31", "A"), ("88.30", "B"), ("76.61", "B"), ("76.60", "C"),
        ("65.00", "C"), ("64.99", "D"), ("25.00", "D"),
    ],
)  # fmt: skip
def test_the_limit_itself_has_the_higher_grade(value, grade):
    assert index.grade(Decimal(value)) == grade


@pytest.mark.parametrize(
    ("average", "grade"),
    [
        ("4", "A"), ("3.5324", "A"), ("3.5323", "B"), ("3.0644", "B"), ("3.0643", "C"),
        ("2.60", "C"), ("2.5999", "D"), ("1", "D"),
    ],
)  # fmt: skip
def test_an_element_is_graded_by_its_average(average, grade):
    assert index.element_grade(Fraction(average)) == grade


def test_all_fours_are_exactly_one_hundred():
    assert result([sheet(4), sheet(4)]).index == Decimal("100.00")
    assert result([sheet(1)]).index == Decimal("25.00")


def test_an_open_question_is_left_out_and_never_zero():
    half = {key: 4 for key in SKM_KEYS if key != "biaya"}
    found = result([sheet(4), half])
    assert found.index == Decimal("100.00")
    cost = next(element for element in found.elements if element.key == "biaya")
    assert (cost.answered, cost.average) == (1, Fraction(4))


def test_an_element_nobody_answered_takes_its_weight_with_it():
    found = result([{key: 3 for key in SKM_KEYS if key != "biaya"}])
    assert found.index == Decimal("75.00")
    assert len(found.elements) == 8


def test_an_extra_question_never_enters():
    assert result([{**sheet(3), "tambahan-1": 1}]) == result([sheet(3)])


def test_an_empty_set_has_no_index():
    assert index.compute([], NINTHS) is None
    assert index.compute([{}, {"tambahan-1": 4}], NINTHS) is None


def test_it_is_rounded_once_at_the_end():
    # averages 3.005: rounded first (3.01) it would be 75.25, exactly it is 75.125
    sheets = [sheet(3)] * 199 + [sheet(4)]
    assert result(sheets).elements[0].rounded == Decimal("3.01")
    assert result(sheets).index == Decimal("75.13")


@pytest.mark.parametrize(
    ("number", "text"),
    [("0.005", "0.01"), ("88.305", "88.31"), ("88.3049", "88.30"), ("76.605", "76.61")],
)
def test_a_half_is_rounded_up(number, text):
    assert index.rounded(Fraction(number)) == Decimal(text)


def test_an_office_may_weigh_otherwise():
    weights = {"waktu": Fraction("0.5"), "biaya": Fraction("0.3"), "perilaku": Fraction("0.2")}
    found = index.compute([{"waktu": 2, "biaya": 4, "perilaku": 3}], weights)
    assert found is not None
    assert found.index == Decimal("70.00")  # (1.0 + 1.2 + 0.6) x 25


@pytest.mark.parametrize(
    "weights", [{"waktu": Fraction("0.99")}, {}, dict.fromkeys("ab", Fraction(1))]
)
def test_weights_add_up_to_one(weights):
    with pytest.raises(ValueError, match="weights"):
        index.compute([{"waktu": 4}], weights)


@pytest.mark.parametrize("score", [0, 5, -1])
def test_a_score_outside_the_scale_is_a_mistake(score):
    with pytest.raises(ValueError, match="score"):
        index.compute([{"waktu": score}], NINTHS)


def test_the_lowest_elements_come_first():
    found = result([sheet(4, waktu=1, biaya=2, sarana=3)])
    assert [element.key for element in found.lowest()] == ["waktu", "biaya", "sarana"]


# the published example of an office, by the averages that it prints
PRINTED = [Fraction(one) for one in ("3.61", "3.64", "3.57", "3.96", "3.63", "3.61", "3.68", "3.58",
                                     "3.65")]  # fmt: skip


def test_the_published_example_gives_the_exact_index():
    sheets = [
        {key: 3 + (nth < (one - 3) * 100) for key, one in zip(SKM_KEYS, PRINTED, strict=True)}
        for nth in range(100)
    ]
    found = result(sheets)
    assert [element.average for element in found.elements] == PRINTED
    # the office says 91.48 "directly": its own averages have more than two places
    assert (found.index, found.grade) == (Decimal("91.47"), "A")


# a second one, with all answers of 29 respondents: how many gave 2, 3 and 4 to each element
# (github.com/rennn9/GASPUL_BACKEND, rumus_perhitungan_ikm_lengkap.md)
GIVEN = [(0, 11, 18), (0, 15, 14), (2, 12, 15), (0, 0, 29), (0, 14, 15), (0, 11, 18), (0, 10, 19),
         (0, 11, 18), (0, 1, 28)]  # fmt: skip
AVERAGES = ["3.6207", "3.4828", "3.4483", "4.0000", "3.5172", "3.6207", "3.6552", "3.6207",
            "3.9655"]  # fmt: skip


def test_the_published_example_with_all_answers_gives_its_averages_and_its_index():
    answers = [[2] * twos + [3] * threes + [4] * fours for twos, threes, fours in GIVEN]
    sheets = [dict(zip(SKM_KEYS, one, strict=True)) for one in zip(*answers, strict=True)]
    found = result(sheets)
    assert [f"{float(element.average):.4f}" for element in found.elements] == AVERAGES
    assert [element.key for element in found.lowest()] == ["waktu", "prosedur", "produk"]
    assert (found.index, found.grade, found.respondents) == (Decimal("91.48"), "A", 29)


@pytest.mark.parametrize(
    ("averages", "weight", "rounded"),
    [
        (PRINTED, "0.11", "90.56"),  # what the office publishes
        (list(map(Fraction, AVERAGES)), "0.11", "90.56"),  # the weighted column of the second one
        ([Fraction(4)] * 9, "0.111", "99.90"),  # no example: what rounding costs at the most
    ],
)
def test_a_rounded_weight_costs_points_and_is_refused(averages, weight, rounded):
    wrong = Fraction(weight)
    assert index.rounded(sum(averages, Fraction()) * wrong * 25) == Decimal(rounded)
    with pytest.raises(ValueError, match="weights"):
        index.compute([sheet(4)], dict.fromkeys(SKM_KEYS, wrong))


def oracle(
    sheets: Sequence[Mapping[str, int]], shares: Mapping[str, int] | None = None
) -> tuple[Decimal, str]:
    """Compute by another road: whole numbers over one common denominator, sixty digits.

    ``shares``: how much each element weighs beside the others, in whole numbers.
    """
    with localcontext() as context:
        context.prec = 60
        total, used = Decimal(0), 0
        for key in SKM_KEYS:
            answers, share = [one[key] for one in sheets if key in one], (shares or {}).get(key, 1)
            if answers:
                total += Decimal(share * sum(answers)) / Decimal(len(answers))
                used += share
        exact = total / used * 25
        # a quotient that ends is a hair off in any base; sixty digits are exact enough to see it
        text = exact.quantize(Decimal("1e-40")).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
    letters = [
        letter for least, letter in ((8831, "A"), (7661, "B"), (6500, "C")) if text * 100 >= least
    ]
    return text, letters[0] if letters else "D"


def test_ten_thousand_random_sets_agree_with_the_oracle():
    chance, precision = random.Random(14_2017), getcontext().prec
    for _one in range(10_000):
        often = [chance.randint(1, 9) for _score in range(4)]
        sheets = []
        for _sheet in range(chance.randint(1, 7)):
            scores = chance.choices((1, 2, 3, 4), often, k=9)
            filled = dict(zip(SKM_KEYS, scores, strict=True))
            for key in chance.sample(SKM_KEYS, chance.choice((0, 0, 0, 1, 2))):
                del filled[key]
            sheets.append(filled)
        found = result(sheets)
        assert (found.index, found.grade) == oracle(sheets), sheets
        shares = {key: chance.randint(1, 20) for key in SKM_KEYS}
        own = {key: Fraction(one, sum(shares.values())) for key, one in shares.items()}
        weighed = index.compute(sheets, own)
        assert weighed is not None
        assert (weighed.index, weighed.grade) == oracle(sheets, shares), (sheets, shares)
    assert getcontext().prec == precision
