"""What cannot succeed: which rules are met, where it is said, what keeps them from publishing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from standards.changes import sentences
from standards.domain import versions
from standards.domain.conditions import parse
from standards.domain.eligibility import deciding, met
from standards.domain.versions import EligibilityText, VersionSnapshot
from tests.standards.domain.test_versions import COMPLETE, codes, warned

ROAD = EligibilityText(1, "Modal asing tidak dilayani.", parse("asing = ya"), "Perda 7/2021")


def version(*rows: EligibilityText, **changes: Any) -> VersionSnapshot:
    return replace(COMPLETE, eligibility=rows, **changes)


def test_a_sound_rule_has_no_fault_and_no_warning() -> None:
    assert codes(version(ROAD)) == []
    assert warned(version(ROAD)) == []


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("", "eligibility_always"),
        ("lain = ya", "condition_fact_unknown"),
        ("asing = ya; asing = tidak", "condition_never"),
        ("asing = ya\nasing tidak diisi", "eligibility_not_given"),
    ],
)
def test_what_keeps_a_rule_from_being_published(when: str, code: str) -> None:
    assert codes(version(replace(ROAD, when=parse(when)))) == [code]


def test_what_is_recorded_at_a_step_is_known_too_late() -> None:
    fact = replace(COMPLETE.facts[0], key="ukuran", asked_at="2", when=parse(""))
    rule = replace(ROAD, when=parse("ukuran = ya"))
    found = codes(version(rule, facts=(*COMPLETE.facts, fact)))
    assert "condition_too_early" in found


def test_nobody_is_turned_away_without_a_ground() -> None:
    assert warned(version(replace(ROAD, ground=" "))) == ["eligibility_without_ground"]


def test_it_is_said_at_the_last_fact_of_the_case_that_holds() -> None:
    when = parse("modal = asing; luas >= 10\njalan = ya")
    assert deciding(when, {"modal": "asing", "luas": Decimal(12)}) == "luas"
    assert deciding(when, {"modal": "asing", "luas": Decimal(2)}) == ""
    assert deciding(when, {"modal": "asing", "jalan": True}) == "jalan"
    assert deciding(when, {}) == ""
    rule = replace(ROAD, when=when)
    assert met([rule], {"jalan": True}) == [rule]
    assert met([rule, replace(ROAD, when=parse(""))], {"jalan": False}) == []


def test_the_digest_sees_rules_only_where_there_are_some() -> None:
    assert "eligibility" not in versions.canonical(COMPLETE)
    assert versions.digest(version(ROAD)) != versions.digest(COMPLETE)


def test_a_new_rule_is_told_to_applicants() -> None:
    (said,) = sentences(COMPLETE, version(ROAD), ("eligibility",))
    assert said.startswith("Tidak dapat lagi diajukan: “Modal asing tidak dilayani”")
