"""What is asked without use, and what only the words of a standard say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from standards.domain.components import Key
from standards.domain.conditions import parse
from standards.domain.loose_words import warnings
from standards.domain.versions import (
    FactText,
    FeeText,
    GroupText,
    PaperText,
    RequirementText,
    VersionSnapshot,
)
from tests.standards.domain.test_versions import COMPLETE, PROCEDURE, UPLOAD, component

AREA = FactText(9, "luas", "Luas lahan", "luas")
FORM = RequirementText(0, None, 2, "2.", "Formulir permohonan", "isi_formulir")
PAPER = PaperText(1, "surat", "Surat", "Luasnya {luas}.")


def found(**changes: Any) -> list[tuple[str, str]]:
    version: VersionSnapshot = replace(COMPLETE, **changes)
    return [(fault.code, fault.place) for fault in warnings(version)]


def facts(*more: FactText) -> tuple[FactText, ...]:
    return (*COMPLETE.facts, *more)


def test_a_fact_that_nothing_reads_is_pointed_out() -> None:
    place = f"facts-{len(COMPLETE.facts)}"
    assert found() == []
    assert found(facts=facts(AREA)) == [("fact_unused", place)]


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": facts(replace(AREA, on_certificate=True))},
        {"facts": facts(replace(AREA, carried=True))},
        {"facts": facts(replace(AREA, asked_at="2"))},
        {"facts": facts(replace(AREA, key="wakil_nama"))},
        {"facts": facts(AREA), "certificate_statement": "Seluas {luas}."},
        {"facts": facts(AREA), "refusal_statement": "Seluas {luas}."},
        {"facts": facts(AREA), "papers": (PAPER,)},
        {"facts": facts(AREA), "fees": (FeeText(1, "R", 10, "per_satuan", units="luas"),)},
        {"facts": facts(AREA), "groups": (GroupText(1, "", "U", "", when=parse("luas >= 9")),)},
        {
            "facts": facts(AREA),
            "procedures": (
                replace(
                    PROCEDURE,
                    steps=(replace(PROCEDURE.steps[0], when=parse("luas diisi")),),
                ),
            ),
        },
        {"facts": facts(AREA), "requirements": (UPLOAD, FORM)},
    ],
)
def test_a_fact_that_a_rule_or_a_paper_or_a_form_reads_is_not(changes: dict[str, Any]) -> None:
    assert found(**changes) == []


def test_a_form_without_any_fact_is_pointed_out() -> None:
    rows = {"requirements": (replace(UPLOAD, when=parse("")), FORM)}
    assert found(facts=(), **rows) == [("form_without_facts", "requirements-1")]
    assert found(facts=(replace(AREA, asked_at="2"),), **rows) == [
        ("form_without_facts", "requirements-1")
    ]
    assert found(**rows) == []


def _listed(body: str) -> list[tuple[str, str]]:
    return found(components=component(Key.REQUIREMENTS, body=body))


def test_a_row_of_the_first_component_that_nobody_asks_for_is_pointed_out() -> None:
    place = f"components-{[row.key for row in COMPLETE.components].index(Key.REQUIREMENTS)}"
    missing = [("component_row_unasked", place)]
    assert _listed("a. Fotokopi KTP\nb. Denah lokasi") == missing
    assert _listed("a. KTP;\nb. NPWP\n  1) pemilik") == missing  # the heading itself is none
    assert _listed("a. Fotokopi KTP\nBerkas dibawa ke loket.") == []
    assert _listed("Umum\na. KTP") == []
    assert _listed("a. Denah lokasi\nb. NPWP") == []  # the list is left to the rows


@pytest.mark.parametrize("words", ["Surat kuasa, jika diwakili", "APABILA diwakili: surat kuasa"])
def test_a_case_in_words_alone_is_pointed_out(words: str) -> None:
    row = RequirementText(0, None, 2, "2.", words, "unggah")
    assert found(requirements=(UPLOAD, row)) == [("case_without_condition", "requirements-1")]
    choice = replace(row, text="Salah satu", kind="minimal_satu")
    for other in (
        (replace(row, when=parse("asing = ya")),),
        (replace(row, mandatory=False),),
        (replace(row, kind="keterangan"),),
        (choice, replace(row, parent=1)),
    ):
        assert found(requirements=(UPLOAD, *other)) == []
    assert found(requirements=(UPLOAD, replace(row, text="Surat jikalau"))) == []


def test_a_fact_with_a_case_in_its_label_is_pointed_out() -> None:
    asked = replace(AREA, label="Luas, bila bercabang", on_certificate=True)
    place = f"facts-{len(COMPLETE.facts)}"
    assert found(facts=facts(asked)) == [("case_without_condition", place)]
    assert found(facts=facts(replace(asked, required=False))) == []
    assert found(facts=facts(replace(asked, when=parse("asing = ya")))) == []
