"""Numbers of certificates and the codes with which an applicant looks for a file."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.domain.numbering import format_number, tracking_code
from permits.domain.printed import tracking_readings
from workflow.domain.errors import DomainError

DAY = date(2026, 9, 7)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{nomor}", "42"),
        ("{nomor:4}", "0042"),
        ("{nomor:04}", "0042"),
        ("{nomor:1}", "42"),
        ("503/{nomor:04}/TD/{tahun}", "503/0042/TD/2026"),
        ("{nomor}/{bulan}/{bulan_romawi}", "42/09/IX"),
        ("{nomor}/{bulan:1}", "42/9"),
        ("{nomor:03}/{tahun}/{nomor}", "042/2026/42"),
        ("%s %(nomor)s {nomor}", "%s %(nomor)s 42"),  # nothing else is interpreted
    ],
)
def test_the_pattern_is_filled(pattern: str, expected: str) -> None:
    assert format_number(pattern, 42, DAY) == expected


@pytest.mark.parametrize(
    "pattern",
    ["", "503/TD/{tahun}", "{nomor}/{hari}", "{nomor", "nomor}", "{nomor}}", "{nomor!r}",
     "{nomor.__class__}", "{nomor:123}", "{nomor}/{}"],
)  # fmt: skip
def test_a_pattern_that_is_wrong_is_refused(pattern: str) -> None:
    with pytest.raises(DomainError) as refused:
        format_number(pattern, 42, DAY)
    assert refused.value.code == "number_pattern_wrong"


def test_months_are_written_in_roman_figures() -> None:
    written = [format_number("{nomor} {bulan_romawi}", 1, date(2026, n, 1)) for n in range(1, 13)]
    assert [text.split()[1] for text in written] == [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
    ]  # fmt: skip


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_different_counters_give_different_numbers(one: int, other: int) -> None:
    same = format_number("{nomor:04}/{tahun}", one, DAY) == format_number(
        "{nomor:04}/{tahun}", other, DAY
    )
    assert same is (one == other)


def test_a_tracking_code_is_four_groups_without_look_alikes() -> None:
    codes = {tracking_code() for _one in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
        assert not set(code) & set("01OI")
        assert tracking_readings(code)[0] == code
