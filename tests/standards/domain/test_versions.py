"""What keeps a version from being published, each fault by itself; what the digest sees."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from standards.domain import completeness, versions
from standards.domain.components import Key
from standards.domain.conditions import parse
from standards.domain.steps import StepKind
from standards.domain.versions import (
    ELSEWHERE,
    ELSEWHERE_AT,
    BasisText,
    ComponentText,
    FactText,
    FeeText,
    GroupText,
    ProcedureText,
    RequirementText,
    RoleText,
    StepText,
    VersionSnapshot,
)

KINDS = (
    StepKind.FILE, StepKind.CHECK, StepKind.DRAFT, StepKind.SIGN, StepKind.NUMBER,
    StepKind.HAND_OVER,
)  # fmt: skip
PROCEDURE = ProcedureText(
    office=1, code="sop", name="SOP", sop_number="", total_text="", provisional_reason="",
    roles=(RoleText(1, "Pemohon", None), RoleText(2, "Petugas", 7)),
    steps=tuple(
        StepText(
            order=order, printed_number=str(order), kind=kind, activity="…", role="Petugas",
            standard_amount=1, standard_unit="hari_kerja",
        )
        for order, kind in enumerate(KINDS, start=1)
    ),
)  # fmt: skip
QUESTION = FactText(1, "asing", "Mempekerjakan tenaga asing?", "ya_tidak")
LETTER = FactText(2, "surat", "Surat rekomendasi", "dokumen")
NAME = FactText(2, "nama", "Nama", "teks", on_certificate=True)
UPLOAD = RequirementText(0, None, 1, "1.", "KTP", "unggah", when=parse("asing = ya"))
COMPLETE = VersionSnapshot(
    service=1, office=1, number=1, effective_on=date(2026, 1, 5), heading="", preamble="",
    decree="", decreed_on=None, decreed_at_place="", decreed_by="", decreed_by_rank="",
    decreed_by_number="", term_amount=6, term_unit="hari_kerja", target_amount=None,
    product="Surat izin", certificate_title="Izin", certificate_statement="",
    number_pattern="503/{nomor:04}/{tahun}", validity_months=None,
    components=tuple(
        ComponentText(key, order, f"{order}.", "Judul", "Uraian")
        for order, key in enumerate(Key, start=1)
    ),
    facts=(QUESTION, NAME),
    groups=(GroupText(1, "", "Umum", ""),),
    requirements=(UPLOAD,),
    legal_bases=(BasisText(1, "a.", "UU 25/2009"),),
    fees=(FeeText(1, "Gratis", 0),),
    procedures=(PROCEDURE,),
)  # fmt: skip


MANY = "\n".join(f"nama = {n}; asing = ya" for n in range(20))


def codes(snapshot: VersionSnapshot) -> list[str]:
    return [fault.code for fault in completeness.faults(snapshot)]


def warned(snapshot: VersionSnapshot) -> list[str]:
    return [fault.code for fault in completeness.warnings(snapshot)]


def step(place: int, **changes: Any) -> tuple[ProcedureText, ...]:
    steps = list(PROCEDURE.steps)
    steps[place] = replace(steps[place], **changes)
    return (replace(PROCEDURE, steps=tuple(steps)),)


def component(key: Key, **changes: Any) -> tuple[ComponentText, ...]:
    return tuple(
        replace(each, **changes) if each.key == key else each for each in COMPLETE.components
    )


def group(when: str) -> tuple[GroupText, ...]:
    return (GroupText(1, "", "Umum", "", when=parse(when)),)


def item(**changes: Any) -> tuple[RequirementText, ...]:
    return (replace(UPLOAD, **changes),)


def test_a_complete_version_has_no_fault_and_no_warning() -> None:
    assert codes(COMPLETE) == []
    assert warned(COMPLETE) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"effective_on": None}, "effective_on_missing"),
        ({"term_amount": None}, "term_missing"),
        ({"product": "  "}, "product_missing"),
        ({"certificate_title": ""}, "certificate_title_missing"),
        ({"number_pattern": ""}, "number_pattern_missing"),
        ({"number_pattern": "503/{tahun}"}, "number_pattern_malformed"),
        ({"number_pattern": "{nomor}/{kode}"}, "number_pattern_malformed"),
        ({"number_pattern": "{nomor:x}"}, "number_pattern_malformed"),
        ({"number_pattern": "{nomor}/{"}, "number_pattern_malformed"),
        ({"number_pattern": "503/{nomor}"}, "number_pattern_without_year"),
        ({"target_amount": 6}, "target_not_shorter"),
        ({"validity_months": 0}, "validity_zero"),
        ({"fees": ()}, "fee_missing"),
        ({"procedures": ()}, "procedure_missing"),
        ({"components": COMPLETE.components[1:]}, "component_missing"),
        ({"components": component(Key.TERM, body=" \n")}, "component_empty"),
        ({"components": component(Key.TERM, title="")}, "component_untitled"),
        (
            {"components": component(Key.REQUIREMENTS, body=""), "requirements": ()},
            "component_empty",
        ),
        (
            {"components": component(Key.LEGAL_BASIS, body=""), "legal_bases": ()},
            "component_empty",
        ),
        ({"facts": (replace(QUESTION, when=parse("lain = ya")),)}, "condition_fact_unknown"),
        ({"facts": (replace(QUESTION, when=parse("asing = ya")),)}, "condition_circular"),
        ({"facts": (replace(QUESTION, when=parse("nama diisi")), NAME)}, "condition_too_early"),
        ({"groups": group("lain = ya")}, "condition_fact_unknown"),
        ({"groups": group("asing = tidak")}, "condition_never"),
        ({"requirements": item(when=parse("lain = ya"))}, "condition_fact_unknown"),
        ({"requirements": item(when=parse("asing = mungkin"))}, "condition_value_wrong"),
        ({"requirements": item(when=parse("nama >= 3"))}, "condition_operator_wrong"),
        ({"requirements": item(when=parse(MANY)), "groups": group(MANY)}, "condition_branches"),
        ({"requirements": item(group=ELSEWHERE_AT)}, "requirement_group_elsewhere"),
        ({"requirements": item(parent=ELSEWHERE_AT)}, "requirement_parent_elsewhere"),
        ({"requirements": item(parent=0)}, "requirement_circular"),
        ({"requirements": item(kind="muatan")}, "requirement_content_alone"),
        ({"requirements": item(kind="minimal_satu")}, "requirement_without_options"),
        ({"facts": COMPLETE.facts * 2}, "fact_key_twice"),
        (
            {"facts": (QUESTION, FactText(2, "jenis", "Jenis", "pilihan", choices_text="\n"))},
            "fact_without_choices",
        ),
        ({"facts": (QUESTION, LETTER)}, "fact_document_asked"),
        ({"facts": (QUESTION, replace(LETTER, on_certificate=True))}, "fact_document_printed"),
        ({"office": 2}, "procedure_of_other_office"),
        ({"procedures": (replace(PROCEDURE, steps=()),)}, "procedure_needs_file"),
        ({"procedures": step(1, role=ELSEWHERE)}, "procedure_role_elsewhere"),
        ({"procedures": step(1, returns_to=ELSEWHERE_AT)}, "procedure_return_elsewhere"),
        ({"procedures": step(1, returns_to=4)}, "procedure_returns_forward"),
        ({"procedures": step(2, role="Pemohon")}, "procedure_step_without_desk"),
        ({"procedures": step(1, performers=(ELSEWHERE,))}, "procedure_role_elsewhere"),
        ({"procedures": step(1, performers=("Petugas",))}, "performers_wrong_kind"),
        (
            {"procedures": step(1, kind="kerjakan", performers=("Pemohon",))},
            "performer_without_position",
        ),
        (
            {"procedures": step(1, kind="kerjakan", performers=("Petugas",))},
            "performer_twice",
        ),
    ],
)
def test_each_fault_is_named(changes: dict[str, Any], code: str) -> None:
    assert code in codes(replace(COMPLETE, **changes))


def test_a_parent_lies_in_the_same_group() -> None:
    two = (GroupText(1, "", "Umum", ""), GroupText(2, "", "Khusus", ""))
    rows = (UPLOAD, replace(UPLOAD, group=1, parent=0))
    found = codes(replace(COMPLETE, groups=two, requirements=rows))
    assert found == ["requirement_parent_elsewhere"]


def test_a_circle_of_three_facts_is_found_and_a_chain_is_not() -> None:
    chain = (
        FactText(1, "a", "A?", "ya_tidak"),
        FactText(2, "b", "B?", "ya_tidak", when=parse("a = ya")),
        FactText(3, "asing", "C?", "ya_tidak", when=parse("b = ya")),
    )
    assert codes(replace(COMPLETE, facts=chain)) == []
    circle = (replace(chain[0], when=parse("asing = ya")), *chain[1:])
    assert set(codes(replace(COMPLETE, facts=circle))) == {"condition_circular"}


def test_rows_carry_the_components_they_detail() -> None:
    bare = tuple(
        replace(each, body="") if each.key in (Key.REQUIREMENTS, Key.LEGAL_BASIS) else each
        for each in COMPLETE.components
    )
    assert codes(replace(COMPLETE, components=bare)) == []


def test_everything_missing_is_named_at_once() -> None:
    empty = replace(
        COMPLETE, effective_on=None, term_amount=None, product="", fees=(), components=(),
    )  # fmt: skip
    found = codes(empty)
    assert found.count("component_missing") == 14
    assert {"effective_on_missing", "term_missing", "product_missing", "fee_missing"} < set(found)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"groups": (*COMPLETE.groups, GroupText(2, "", "Khusus", ""))}, "group_empty"),
        ({"requirements": ()}, "requirements_unlisted"),
        (
            {"procedures": (replace(PROCEDURE, provisional_reason="Naskah belum ada"),)},
            "procedure_provisional",
        ),
        ({"term_amount": 2}, "steps_longer_than_term"),
        ({"term_amount": 1349, "term_unit": "menit_kerja"}, "steps_longer_than_term"),
    ],
)
def test_each_warning_is_named(changes: dict[str, Any], code: str) -> None:
    changed = replace(COMPLETE, **changes)
    assert code in warned(changed)
    assert codes(changed) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"term_amount": 3},  # the three steps from check to number, a day each
        {"term_amount": 2, "procedures": step(3, optional=True)},
        {"term_amount": 1350, "term_unit": "menit_kerja"},
    ],
)
def test_only_necessary_steps_between_check_and_number_count_against_the_term(
    changes: dict[str, Any],
) -> None:
    assert warned(replace(COMPLETE, **changes)) == []


def test_the_digest_sees_every_field() -> None:
    base = versions.digest(COMPLETE)
    assert len(base) == 64
    assert versions.digest(replace(COMPLETE)) == base
    for changes in (
        {"number": 2}, {"preamble": "x"}, {"effective_on": date(2026, 1, 6)},
        {"fees": (FeeText(1, "Gratis", 1),)}, {"components": COMPLETE.components[::-1]},
        {"requirements": item(mandatory=False)},
        {"requirements": item(when=parse("asing = tidak"))},
        {"facts": (QUESTION, replace(NAME, when=parse("asing = ya")))},
        {"procedures": step(2, activity="lain")}, {"legal_bases": ()},
    ):  # fmt: skip
        assert versions.digest(replace(COMPLETE, **changes)) != base, changes


@pytest.mark.parametrize("column", [{"standard_minimum": 1}, {"clock": "lembaga"}])
def test_the_digest_sees_the_attributes_of_a_step_only_where_they_are_set(
    column: dict[str, Any],
) -> None:
    changed = replace(COMPLETE, procedures=step(2, **column))
    assert versions.digest(changed) != versions.digest(COMPLETE)
    for name in column:
        assert f'"{name}"' not in versions.canonical(COMPLETE)


def test_a_step_at_which_the_clock_stands_takes_nothing_of_the_term() -> None:
    waiting = step(2, kind=StepKind.WORK, clock="lembaga")
    assert "steps_longer_than_term" not in warned(
        replace(COMPLETE, term_amount=2, procedures=waiting)
    )


def test_the_canonical_text_leaves_out_what_is_empty() -> None:
    assert '"preamble"' not in versions.canonical(COMPLETE)
    assert '"amount":0' in versions.canonical(COMPLETE)


@pytest.mark.parametrize(
    ("place", "target", "code"),
    [
        (1, 0, []),
        (3, 2, []),  # the signature sends back to the draft
        (4, 2, ["procedure_return_never"]),  # signed already
        (6, 5, ["procedure_return_never"]),
    ],
)
def test_a_way_back_that_no_file_can_take_is_pointed_out(
    place: int, target: int, code: list[str]
) -> None:
    report = replace(PROCEDURE.steps[0], order=7, printed_number="7", kind=StepKind.WORK)
    steps = [*PROCEDURE.steps, report]
    steps[place] = replace(steps[place], returns_to=target)
    version = replace(COMPLETE, procedures=(replace(PROCEDURE, steps=tuple(steps)),))
    found = completeness.warnings(version)
    assert [fault.code for fault in found] == code
    assert [fault.place for fault in found] == [f"procedure_links-0/steps-{place}"] * len(code)


def test_nothing_goes_back_before_the_check() -> None:
    steps = [replace(step, order=step.order + 1) for step in PROCEDURE.steps]
    steps.insert(1, replace(steps[0], order=2, kind=StepKind.WORK, returns_to=0))
    steps[0] = replace(steps[0], order=1)
    version = replace(COMPLETE, procedures=(replace(PROCEDURE, steps=tuple(steps)),))
    assert warned(version) == ["procedure_return_never"]
