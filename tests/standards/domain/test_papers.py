"""Papers beside the permit: what keeps them from being published, and their texts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from accounts.domain.number_patterns import printed
from standards.changes import sentences
from standards.domain import papers, versions
from standards.domain.conditions import parse
from standards.domain.steps import StepKind
from standards.domain.versions import FactText, PaperText, StepText, VersionSnapshot
from tests.standards.domain.test_versions import COMPLETE, PROCEDURE, codes

LETTER = PaperText(
    order=1, key="surat", title="Permintaan pertimbangan", addressee="Dinas Kesehatan",
    body="Mohon pertimbangan atas {layanan} oleh {pemegang} ({nama}).", written_at="3",
    signed_at="4",
)  # fmt: skip


def _steps(*kinds: StepKind) -> tuple[StepText, ...]:
    return tuple(
        StepText(order, str(order), kind, "…", "Petugas") for order, kind in enumerate(kinds, 1)
    )


WALK = _steps(
    StepKind.FILE, StepKind.CHECK, StepKind.WORK, StepKind.WORK, StepKind.DRAFT, StepKind.SIGN,
    StepKind.NUMBER, StepKind.HAND_OVER,
)  # fmt: skip


LONG = _steps(
    StepKind.FILE, StepKind.CHECK, *[StepKind.WORK] * 4, StepKind.DRAFT, StepKind.SIGN,
    StepKind.NUMBER, StepKind.HAND_OVER,
)  # fmt: skip


def version(*rows: PaperText, **changes: Any) -> VersionSnapshot:
    procedure = replace(PROCEDURE, steps=WALK)
    return replace(COMPLETE, **{"procedures": (procedure,), "papers": rows, **changes})


def test_a_letter_in_mid_process_has_no_fault() -> None:
    assert codes(version(LETTER)) == []
    assert codes(version(replace(LETTER, when=parse("asing = ya"), number_pattern=""))) == []
    assert codes(version(replace(LETTER, number_pattern="094/{nomor:03}/{tahun}"))) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"signed_at": ""}, "paper_without_signer"),
        ({"written_at": ""}, "paper_without_step"),
        ({"written_at": "9"}, "paper_step_unknown"),
        ({"signed_at": "9"}, "paper_step_unknown"),
        ({"signed_at": "6"}, "paper_step_wrong"),
        ({"written_at": "2"}, "paper_step_wrong"),
        ({"written_at": "4", "signed_at": "3"}, "paper_signed_too_early"),
        ({"written_at": "3", "signed_at": "3"}, "paper_step_shared"),
        ({"body": "{umur}"}, "paper_place_unknown"),
        ({"addressee": "Kepada {"}, "paper_place_unknown"),
        ({"when": parse("lain = ya")}, "condition_fact_unknown"),
        ({"number_pattern": "094/{tahun}"}, "number_pattern_malformed"),
        ({"number_pattern": "094/{nomor}"}, "number_pattern_without_year"),
        ({"number_pattern": "503/{nomor}/{tahun}"}, "number_pattern_twice"),
    ],
)
def test_each_fault_is_named(changes: dict[str, str], code: str) -> None:
    assert code in codes(version(replace(LETTER, **changes)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"initialed_at": ""}, []),
        ({"initialed_at": "4\n5"}, []),
        ({"signed_at": ""}, ["paper_without_signer"]),
        ({"initialed_at": "11"}, ["paper_step_unknown"]),
        ({"initialed_at": "7"}, ["paper_step_wrong", "paper_initialed_out_of_order"]),
        ({"written_at": "4", "initialed_at": "3"}, ["paper_initialed_out_of_order"]),
        ({"signed_at": "5", "initialed_at": "6"}, ["paper_initialed_out_of_order"]),
        ({"initialed_at": "3"}, ["paper_step_shared"]),
        ({"initialed_at": "6"}, ["paper_step_shared"]),
    ],
)
def test_a_paper_is_initialed_between_writing_and_signature(
    changes: dict[str, str], found: list[str]
) -> None:
    letter = replace(LETTER, **{"initialed_at": "4", "signed_at": "6", **changes})  # type: ignore[arg-type]
    assert codes(version(letter, procedures=(replace(PROCEDURE, steps=LONG),))) == found


@pytest.mark.parametrize(
    ("step", "code"),
    [("3", ""), ("4", "paper_initialed_by_several"), ("6", "paper_signed_by_several")],
)
def test_steps_of_initials_and_signature_have_no_further_performers(step: str, code: str) -> None:
    steps = tuple(
        replace(row, performers=("Pimpinan",)) if row.printed_number == step else row
        for row in LONG
    )
    letter = replace(LETTER, initialed_at="4", signed_at="6")
    found = codes(version(letter, procedures=(replace(PROCEDURE, steps=steps),)))
    assert [each for each in found if each.startswith("paper_")] == [code] * bool(code)


def test_the_number_of_a_step_is_read_whole() -> None:
    letter = replace(LETTER, initialed_at="14\n5", signed_at="6")
    acts = [papers.act_at(letter, number) for number in ("3", "4", "14", "5", "1", "6")]
    write, initial, sign = papers.PaperAct
    assert acts == [write, None, initial, initial, None, sign]


def test_no_paper_is_made_before_the_check() -> None:
    early = _steps(StepKind.FILE, StepKind.WORK, StepKind.CHECK, *(row.kind for row in WALK[3:]))  # type: ignore[arg-type]
    procedure = replace(PROCEDURE, steps=early)
    found = codes(version(replace(LETTER, written_at="2"), procedures=(procedure,)))
    assert found == ["paper_step_too_early"]


def test_papers_do_not_share_a_key_or_a_step() -> None:
    found = codes(version(LETTER, replace(LETTER, order=2)))
    assert found.count("paper_key_twice") == 1
    assert found.count("paper_step_shared") == 2


def test_a_fact_that_a_later_step_records_stands_on_no_earlier_paper() -> None:
    late = FactText(3, "hasil", "Hasil ukur", "teks", asked_at="4")
    facts = (*COMPLETE.facts, late)
    assert "paper_fact_too_late" in codes(version(replace(LETTER, body="{hasil}"), facts=facts))
    here = replace(late, asked_at="3")
    later = replace(LETTER, body="{hasil}", written_at="4", signed_at="")
    assert "paper_fact_too_late" not in codes(version(later, facts=(*COMPLETE.facts, here)))


def test_the_steps_of_initials_and_signature_record_nothing() -> None:
    facts = (*COMPLETE.facts, FactText(3, "hasil", "Hasil ukur", "teks", asked_at="4"))
    assert "paper_step_records" in codes(version(LETTER, facts=facts))
    letter = replace(LETTER, initialed_at="4", signed_at="5")
    procedures = (replace(PROCEDURE, steps=LONG),)
    assert "paper_step_records" in codes(version(letter, facts=facts, procedures=procedures))


def test_the_number_of_an_identity_card_is_not_printed() -> None:
    facts = (*COMPLETE.facts, FactText(3, "nik_wali", "NIK wali", "nik"))
    assert "paper_place_unknown" in codes(version(replace(LETTER, body="{nik_wali}"), facts=facts))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Diberi izin kepada {pemegang} atas {nama}.", ""),
        ("Diberi izin seluas {luas}.", "statement_place_unknown"),
        ("Diberi izin {", "statement_place_unknown"),
        ("Seluas {hasil}.", ""),
        ("Seluas {akhir}.", "statement_fact_too_late"),
    ],
)
def test_the_text_of_the_permit_names_what_its_draft_knows(text: str, code: str) -> None:
    recorded = (
        FactText(3, "hasil", "Hasil ukur", "angka", asked_at="4"),
        FactText(4, "akhir", "Ukuran akhir", "angka", asked_at="7"),
    )
    found = codes(version(certificate_statement=text, facts=(*COMPLETE.facts, *recorded)))
    assert [each for each in found if each.startswith("statement_")] == [code] * bool(code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Permohonan {pemegang} atas {nama} ditolak.", ""),
        ("Ditolak, seluas {luas}.", "statement_place_unknown"),
        ("Ditolak {", "statement_place_unknown"),
        ("Seluas {hasil}.", "refusal_fact_recorded"),
    ],
)
def test_the_text_of_a_refusal_names_what_every_desk_knows(text: str, code: str) -> None:
    recorded = FactText(3, "hasil", "Hasil ukur", "angka", asked_at="4")
    found = codes(version(refusal_statement=text, facts=(*COMPLETE.facts, recorded)))
    named = [each for each in found if each.startswith(("statement_", "refusal_"))]
    assert named == [code] * bool(code)


def test_a_text_is_filled_once() -> None:
    values = {"a": "{b}", "b": "nilai"}
    assert papers.filled("{a} dan {b}", values.__getitem__) == "{b} dan nilai"
    assert papers.places("{b} {a} {b}") == ["b", "a"]


def test_patterns_are_compared_by_what_they_print() -> None:
    assert printed("503/{nomor:04}/A/{tahun}") == printed(" 503/{nomor}/a/{tahun} ")
    assert printed("503/{nomor}/{tahun}") != printed("503/{nomor}/{bulan}/{tahun}")


def test_the_digest_sees_papers_only_where_there_are_some() -> None:
    assert versions.digest(version(LETTER)) != versions.digest(version())
    assert "papers" not in versions.canonical(COMPLETE)
    assert "initialed_at" not in versions.canonical(version(LETTER))
    assert "initialed_at" in versions.canonical(version(replace(LETTER, initialed_at="5")))


def test_the_difference_is_said_in_sentences() -> None:
    assert sentences(version(), version(LETTER)) == ["Dokumen baru: “Permintaan pertimbangan”."]
    assert sentences(version(LETTER), version()) == ["Dokumen dihapus: “Permintaan pertimbangan”."]
    changed = replace(LETTER, signed_at="5", on_behalf_of="Kepala Dinas", kind="ketetapan")
    (said,) = sentences(version(LETTER), version(changed))
    assert "jenis: “Surat” menjadi “Surat ketetapan (SKRD)”" in said
    assert "ditandatangani pada langkah: “4” menjadi “5”" in said
    assert "atas nama: kosong menjadi “Kepala Dinas”" in said
    (said,) = sentences(version(LETTER), version(replace(LETTER, initialed_at="5")))
    assert "diparaf pada langkah: kosong menjadi “5”" in said
    once, twice = (version(replace(LETTER, initialed_at=text)) for text in ("5", "5\n6"))
    assert "diparaf pada langkah: ditambah “6”" in sentences(once, twice)[0]
