"""Printed codes and numbers, as people type them."""

from __future__ import annotations

import pytest

from permits.domain import printed
from permits.domain.numbering import tracking_code


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ABCD-EFGH-JKLM-NPQR", "ABCD-EFGH-JKLM-NPQR"),
        ("abcdefghjklmnpqr", "ABCD-EFGH-JKLM-NPQR"),
        (" abcd efgh\u2013jklm.npqr\n", "ABCD-EFGH-JKLM-NPQR"),
        ("ABCD/EFGH/JKLM/NPQR", "ABCD-EFGH-JKLM-NPQR"),
        ("\uff21BCD-EFGH-JKLM-NPQR", "ABCD-EFGH-JKLM-NPQR"),  # a full-width letter
        ("ABCD-EFGH-JKlM-NPQR", "ABCD-EFGH-JKLM-NPQR"),
        ("ABCD-EFGH-JK1M-NPQR", "ABCD-EFGH-JKLM-NPQR"),
    ],
)
def test_a_typed_tracking_code_is_read_as_the_stored_one(typed: str, first: str) -> None:
    assert printed.tracking_readings(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "ABCD-EFGH-JKLM-NPQ", "ABCD-EFGH-JKLM-NPQRS", "É" * 16])
def test_what_is_no_tracking_code_has_no_reading(typed: str) -> None:
    assert printed.tracking_readings(typed) == []


def test_signs_that_look_alike_are_read_both_ways() -> None:
    for _one in range(200):
        code = tracking_code()
        seen = code.translate(str.maketrans("5S8B2ZQ", "S5B8Z20"))
        if sum(sign in "S5B8Z20" for sign in seen) <= 9:
            assert code in printed.tracking_readings(seen)


def test_a_code_full_of_look_alikes_is_taken_as_typed() -> None:
    assert printed.tracking_readings("5555-8888-2222-5555") == ["5555-8888-2222-5555"]


def test_a_document_code_can_be_read_out() -> None:
    codes = {printed.new_document_code() for _one in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert len(code) == printed.DOCUMENT_CODE
        assert printed.folded(code) == code, "no sign of it is taken for another"
        assert printed.folded(printed.grouped(code).lower()) == code


@pytest.mark.parametrize(
    "typed",
    [
        "503/0001/BKK/DPMPTSP/XI/2026",
        "503-0001-bkk-dpmptsp-xi-2026",
        " 503 / 0001 / BKK / DPMPTSP / XI / 2026 ",
        "5O3.OOO1.BKK.DPMPT5P.Xl.2O26",
        "5030001BKKDPMPTSPXI2026",
    ],
)
def test_a_number_has_one_form_however_it_is_typed(typed: str) -> None:
    assert printed.folded(typed) == printed.folded("503/0001/BKK/DPMPTSP/XI/2026")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("bursa kerja kusus", False),  # sixteen letters, and words
        ("usaha perdagangan", False),
        ("perdaganganbesar", False),
        ("ABCDEFGHJKLMNPQR", False),
        ("ABCD-EFGH-JKLM-NPQR", True),
        ("abcd efgh jk2m npqr", True),
        ("ABCDEFGHJK7MNPQR", True),
        ("pelatihan 70209 ab", False),
    ],
)
def test_a_tracking_code_has_the_form_of_a_code(words: str, code: bool) -> None:
    assert printed.has_form_of_tracking_code(words) is code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("7KQM-X4TD-9RWH", True),
        ("7kqm x4td 9rwh", True),
        ("7KQMX4TD9RWH", True),
        ("aB3dEfGh", True),  # as version 0.1 printed it
        ("kursus bahasa", False),
        ("kbli 78422", False),
        ("202620262026", False),
    ],
)
def test_a_document_code_has_the_form_of_a_code(words: str, code: bool) -> None:
    assert printed.has_form_of_document_code(words) is code


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("503/0001/BKK/DPMPTSP/XI/2026", True),
        ("503 0001 bkk dpmptsp xi 2026", True),
        ("PGD-PEKANBARU-2026-00012", True),
        ("PEKANBARU-2026-000123", True),
        ("izin usaha 2026", False),
        ("kbli 78422", False),
        ("UU 25 2009", True),
    ],
)
def test_a_number_has_a_year_and_another_number(words: str, number: bool) -> None:
    assert printed.has_form_of_number(words) is number


def test_complaints_and_applications_are_told_apart() -> None:
    assert printed.is_complaint_number("pgd pekanbaru 2026 00012")
    assert printed.is_complaint_number("PGD-KANTOR-1-2026-00001")
    assert not printed.is_complaint_number("PEKANBARU-2026-000123")
    assert printed.is_application_number("pekanbaru/2026/000123")
    assert not printed.is_application_number("503/0001/BKK/DPMPTSP/XI/2026")
