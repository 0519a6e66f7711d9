"""Dates, instants, money and sizes are written in the language of the reader."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from workflow.domain import dates
from workflow.formats import day, day_short, decimal, filesize_id, moment, money, when

FRIDAY = date(2026, 11, 27)
WIT = ZoneInfo("Asia/Jayapura")


def test_a_day_names_its_weekday() -> None:
    assert day(FRIDAY) == "Jumat, 27 November 2026"
    assert day_short(date(2026, 8, 3)) == "3 Agu 2026"
    assert day(None) == day_short(None) == ""


def test_a_day_follows_the_language_of_the_reader() -> None:
    with translation.override("en"):
        assert day(FRIDAY) == "Friday, 27 November 2026"
        assert day_short(FRIDAY) == "27 Nov 2026"
    assert day(FRIDAY) == "Jumat, 27 November 2026"


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Asia/Jakarta", "27 Nov 2026 22.30 WIB"),
        (ZoneInfo("Asia/Makassar"), "27 Nov 2026 23.30 WITA"),
        ("Asia/Jayapura", "28 Nov 2026 00.30 WIT"),
        (None, "27 Nov 2026 22.30 WIB"),
        ("", "27 Nov 2026 22.30 WIB"),
    ],
)
def test_a_moment_is_told_where_the_office_stands(
    zone: str | ZoneInfo | None, written: str
) -> None:
    assert moment(datetime(2026, 11, 27, 15, 30, tzinfo=ZoneInfo("UTC")), zone) == written


def test_a_moment_in_english_has_a_colon() -> None:
    with translation.override("en"):
        assert moment(datetime(2026, 11, 27, 9, 5, tzinfo=WIT), WIT) == "27 Nov 2026 09:05 WIT"


def test_when_takes_a_day_an_instant_or_words() -> None:
    assert when(FRIDAY) == "Jumat, 27 November 2026"
    assert when(datetime(2026, 11, 27, 7, 5, tzinfo=ZoneInfo("Asia/Jakarta"))).endswith("07.05 WIB")
    assert when("kemarin") == "kemarin"
    assert when(None) == ""


@pytest.mark.parametrize(
    ("rupiah", "written"),
    [
        (0, "Gratis"),
        (None, "Belum ditetapkan"),
        (50000, "Rp\N{NO-BREAK SPACE}50.000"),
        (Decimal("1000000.00"), "Rp\N{NO-BREAK SPACE}1.000.000"),
    ],
)
def test_money_is_written_as_the_law_writes_it(rupiah: int | None, written: str) -> None:
    assert money(rupiah) == written


@pytest.mark.parametrize(
    ("size", "written"),
    [
        (None, ""),
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (1_432_000, "1,4 MB"),
        (9_960_000, "10 MB"),
        (999_900, "1 MB"),
        (10_485_760, "10 MB"),
    ],
)
def test_a_size_reads_as_on_a_phone(size: int | None, written: str) -> None:
    assert filesize_id(size).replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize("month", range(1, 13))
def test_a_page_in_indonesian_and_a_paper_write_a_day_alike(month: int) -> None:
    written = date(2026, month, month + 7)
    assert day(written) == dates.weekday_date(written)
    assert day_short(written) == f"{month + 7} {dates.MONTHS[month - 1][:3]} 2026"


@pytest.mark.parametrize(
    ("value", "places", "indonesian", "english"),
    [
        (2.5, None, "2,5", "2.5"),
        (3.0, None, "3", "3"),
        (Decimal("88.3"), 2, "88,30", "88.30"),
        (1234, None, "1234", "1234"),
    ],
)
def test_decimals_are_written_in_the_language_of_the_reader(
    value: float | Decimal, places: int | None, indonesian: str, english: str
) -> None:
    assert decimal(value, places) == indonesian
    with translation.override("en"):
        assert decimal(value, places) == english
