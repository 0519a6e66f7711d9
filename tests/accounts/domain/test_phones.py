"""Telephone numbers: all ways to write one are equal."""

import pytest

from accounts.domain.phones import e164, mobile

WAYS = (
    "0812 3456 7890", "+62 812-3456-7890", "62812 3456 7890", "0062 812 3456 7890",
    "(0062)81234567890", "+62 (0)812 3456 7890", "812 3456 7890", "0812\u200b34567890",
    "\uff10\uff18\uff11\uff1234567890",
)  # fmt: skip


@pytest.mark.parametrize("typed", WAYS)
def test_equal_numbers_are_equal(typed):
    assert e164(typed) == mobile(typed) == "+6281234567890"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0761 28262", "+6276128262"),
        ("0065 6123 4567", "+6561234567"),
        ("12", ""),
        ("tidak ada", ""),
        ("", ""),
    ],
)
def test_what_is_no_mobile_number(typed, number):
    assert e164(typed) == number
    assert mobile(typed) == ""
