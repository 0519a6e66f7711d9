"""Which permit an application gets, and what keeps other permits from being published."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from standards.domain.conditions import ALWAYS, parse
from standards.domain.number_patterns import book_of_pattern, version_faults
from standards.domain.permits import faults, permit_for
from standards.domain.versions import FactText, PermitText
from tests.standards.domain.test_versions import COMPLETE, warned

KIND = FactText(
    1, "jenis_permohonan", "Jenis permohonan", "pilihan",
    choices_text="Baru\nPerpanjangan\nPenutupan",
)  # fmt: skip
CLOSING = PermitText(
    1, "Keputusan", "Diakhiri.", is_closure=True, when=parse("jenis_permohonan = Penutupan")
)


def test_the_first_permit_that_holds_counts_and_none_without_a_condition() -> None:
    here, there = (SimpleNamespace(when=parse("a = ya"), nth=nth) for nth in (1, 2))
    unconditional = SimpleNamespace(when=ALWAYS)
    assert permit_for([unconditional, here, there], {"a": True}) is here
    assert permit_for([unconditional, here, there], {"a": False}) is None
    assert permit_for([here, there], {}) is None


@pytest.mark.parametrize(
    ("permit", "code"),
    [
        (CLOSING, None),
        (replace(CLOSING, when=ALWAYS), "permit_always"),
        (replace(CLOSING, when=parse("tidak_ada = ya")), "condition_fact_unknown"),
        (replace(CLOSING, validity_months=12), "closure_with_validity"),
        (replace(CLOSING, is_closure=False, validity_months=0), "validity_zero"),
    ],
)
def test_what_keeps_a_permit_from_being_published(permit: PermitText, code: str | None) -> None:
    version = replace(COMPLETE, facts=(*COMPLETE.facts, KIND), permits=(permit,))
    found = [fault.code for fault in faults(version)]
    assert found == ([code] if code else [])


def test_a_closure_that_ends_in_the_usual_permit_is_pointed_out() -> None:
    asked = replace(COMPLETE, facts=(*COMPLETE.facts, KIND))
    code = "closure_as_permit"
    assert code in warned(asked)
    assert code not in warned(replace(asked, permits=(CLOSING,)))


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("", None),
        ("503/{nomor:03}/TUTUP/{tahun}", None),
        ("503/{nomor}/TUTUP", "number_pattern_without_year"),
        ("503/TUTUP/{tahun}", "number_pattern_malformed"),
        (COMPLETE.number_pattern, "number_pattern_twice"),
    ],
)
def test_a_permit_may_have_a_pattern_of_its_own(pattern: str, code: str | None) -> None:
    version = replace(COMPLETE, permits=(replace(CLOSING, number_pattern=pattern),))
    found = [(fault.code, fault.place) for fault in version_faults(version)]
    assert found == ([(code, "permits-0")] if code else [])


def test_a_refusal_may_have_a_pattern_of_its_own() -> None:
    for pattern, found in (
        ("503/{nomor}/TOLAK/{tahun}", []),
        ("503/{nomor}/TOLAK", ["number_pattern_without_year"]),
        (COMPLETE.number_pattern, ["number_pattern_twice"]),
    ):
        said = list(version_faults(replace(COMPLETE, refusal_number_pattern=pattern)))
        assert [fault.code for fault in said] == found
        assert {fault.place for fault in said} <= {"refusal_number_pattern"}


def test_a_pattern_that_prints_the_same_numbers_has_the_same_book() -> None:
    first, padded = book_of_pattern("SK/{nomor}/{tahun}"), book_of_pattern("sk/{nomor:04}/{tahun} ")
    assert first == padded
    assert first != book_of_pattern("SK/{nomor}/{bulan}/{tahun}")
    assert len(f"izin-{10**18}-{first}") <= 60, "the column of the register"
