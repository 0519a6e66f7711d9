"""What the rows of a standard say against its own fourteen components."""

from dataclasses import replace
from typing import Any

import pytest

from standards.domain import completeness
from standards.domain.components import Key
from standards.domain.conditions import parse
from standards.domain.contradictions import durations
from standards.domain.faults import score
from standards.domain.fees import FeeKind
from standards.domain.steps import StepKind
from standards.domain.versions import FeeRowText, FeeText, RequirementText, StepText
from tests.standards.domain.test_versions import COMPLETE, PROCEDURE, UPLOAD, component, warned

SURVEY = StepText(
    order=9, printed_number="9", kind=StepKind.SURVEY, activity="Kuesioner", role="Petugas"
)
CHOICE = RequirementText(0, None, 2, "2.", "Salah satu dari", "minimal_satu")
OPTION = RequirementText(0, 1, 3, "a.", "SK Menteri", "unggah", when=parse("asing = ya"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("5 (lima) hari kerja", {(5, "hari_kerja")}),
        ("5-7 hari kerja sejak lengkap", {(7, "hari_kerja")}),
        ("30 hari kalender", {(30, "hari_kalender")}),
        ("3 hari", {(3, "hari_kerja"), (3, "hari_kalender")}),
        ("2 jam", {(120, "menit_kerja")}),
        ("Paling lama tujuh hari kerja", {(7, "hari_kerja")}),
        ("Dua puluh lima (25) Hari Kalender", {(25, "hari_kalender")}),
        ("1 minggu", {(5, "hari_kerja"), (7, "hari_kalender")}),
        ("sebulan kalender", {(30, "hari_kalender")}),
        ("dua minggu kerja", {(10, "hari_kerja")}),
        ("Sabtu dan Minggu libur; satukan berkas", set()),
        ("Sesuai peraturan", set()),
    ],
)
def test_durations_are_read_from_words(words: str, found: set[tuple[int, str]]) -> None:
    assert {(amount, str(unit)) for amount, unit in durations(words)} == found


def _requirements(*rows: RequirementText) -> dict[str, Any]:
    return {"requirements": (UPLOAD, *rows)}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"components": component(Key.TERM, body="7 hari kerja")}, "term_against_component"),
        ({"components": component(Key.TERM, body="6 hari kalender")}, "term_against_component"),
        ({"components": component(Key.TERM, body="tujuh hari kerja")}, "term_against_component"),
        ({"components": component(Key.TERM, body="1 minggu")}, "term_against_component"),
        (
            {"procedures": (replace(PROCEDURE, total_text="8 hari kerja"),)},
            "procedure_total_against_term",
        ),
        (
            {"components": component(Key.PROCEDURE, body="6. Pengisian kuesioner SKM")},
            "procedure_without_survey",
        ),
        (
            {
                "components": component(
                    Key.EVALUATION, body="Setiap pemohon diwajibkan mengisi Kuisioner Survei"
                )
            },
            "procedure_without_survey",
        ),
        (
            {
                "components": component(Key.REQUIREMENTS, body="1. KTP"),
                **_requirements(RequirementText(0, None, 2, "2.", "Akta pendirian", "unggah")),
            },
            "requirement_not_in_component",
        ),
        (_requirements(CHOICE, OPTION), "requirement_dead_end"),
    ],
)
def test_a_contradiction_is_named(changes: dict[str, Any], code: str) -> None:
    version = replace(COMPLETE, **changes)
    assert warned(version) == [code]
    assert all(fault.place for fault in completeness.warnings(version))


@pytest.mark.parametrize(
    "changes",
    [
        {"components": component(Key.TERM, body="6 (enam) hari kerja sejak lengkap")},
        {"components": component(Key.TERM, body="6 hari")},
        {"components": component(Key.TERM, body="Enam hari kerja")},
        {"components": component(Key.TERM, body="3 sampai enam hari kerja"), "term_minimum": 3},
        {"procedures": (replace(PROCEDURE, total_text="5 hari kerja"),)},
        {"components": component(Key.EVALUATION, body="Survei kepuasan 4 kali dalam 1 tahun")},
        {
            "components": component(Key.PROCEDURE, body="Kuesioner SKM"),
            "procedures": (replace(PROCEDURE, steps=(*PROCEDURE.steps, SURVEY)),),
        },
        _requirements(CHOICE, OPTION, replace(OPTION, when=parse("asing = tidak"))),
        _requirements(CHOICE, replace(OPTION, when=parse(""))),
        _requirements(replace(CHOICE, when=parse("asing = ya")), OPTION),
    ],
)
def test_what_agrees_is_no_finding(changes: dict[str, Any]) -> None:
    assert warned(replace(COMPLETE, **changes)) == []


def test_a_line_of_a_table_behind_one_that_always_applies_is_never_used() -> None:
    rows = (FeeRowText(1, 5), FeeRowText(2, 7, when=parse("asing = ya")))
    fee = FeeText(1, "Retribusi", 0, kind=FeeKind.TABLE, ground="Perda", rows=rows)
    found = completeness.warnings(replace(COMPLETE, fees=(fee,)))
    assert [(fault.code, fault.place) for fault in found if fault.code == "fee_row_never"] == [
        ("fee_row_never", "fees-0")
    ]


def test_every_fault_has_a_place() -> None:
    empty = replace(
        COMPLETE, effective_on=None, product="", fees=(), procedures=(), components=(),
        requirements=(replace(UPLOAD, when=parse("lain = ya")),),
    )  # fmt: skip
    assert all(fault.place for fault in completeness.faults(empty))


def test_the_score_falls_with_every_finding_and_never_below_nothing() -> None:
    found = [score(*each) for each in ((0, 0), (1, 0), (0, 1), (2, 3), (50, 0))]
    assert found == [100, 90, 96, 68, 0]
