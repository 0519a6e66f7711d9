"""Numbers in Indonesian notation: a dot separates thousands and never decimals of money."""

import pytest

from accounts.domain.figures import decimal_figure, grouped, rupiah, whole_number


@pytest.mark.parametrize(
    "typed",
    ["150.000", "Rp 150.000", "Rp150.000", "Rp. 150.000,-", "150000", "150.000,00", "rp 150 000",
     "IDR 150.000", "\uff11\uff15\uff10.000", "150.000\u200b"],
)  # fmt: skip
def test_one_amount_in_all_ways(typed):
    assert rupiah(typed) == 150_000


@pytest.mark.parametrize(
    "typed", ["150,000", "150.00", "1.5", "150.000,50", "15.0000", "1.50.000", "Rp", "seribu", ""]
)
def test_what_can_be_read_in_two_ways_is_no_amount(typed):
    assert rupiah(typed) is None


@pytest.mark.parametrize(
    ("typed", "number"), [("1.500", 1500), ("-3", -3), ("\u22123", -3), ("14", 14)]
)
def test_whole_numbers(typed, number):
    assert whole_number(typed) == number


@pytest.mark.parametrize("typed", ["1.5", "1,5", "1.5.0", "1e3", "0x1", "1_000", "9" * 19])
def test_what_is_no_whole_number(typed):
    assert whole_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1.500", "1500"), ("24,5", "24,5"), ("24.5", "24,5"), ("1.500,25", "1500,25"),
     ("1 500", "1500"), ("1.5000", None), ("12 m", None)],
)  # fmt: skip
def test_numbers_with_decimals(typed, kept):
    assert decimal_figure(typed) == kept


def test_an_amount_is_shown_with_its_thousands():
    assert grouped(1_500_000) == "1.500.000"
