"""The difference between two versions: nothing for equal ones, every changed row otherwise."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from standards.changes import FOR_APPLICANTS, sentences
from standards.domain.conditions import parse
from standards.domain.differences import KINDS, Sign, difference
from standards.domain.versions import RequirementText, VersionSnapshot
from tests.standards.domain.test_versions import COMPLETE, PROCEDURE, UPLOAD

NAMES = ("Fotokopi KTP", "Pas foto berwarna", "Denah lokasi usaha", "Akta pendirian", "NPWP badan")
ROWS = st.lists(
    st.builds(
        RequirementText,
        group=st.just(0),
        parent=st.none(),
        order=st.integers(1, 9),
        printed_number=st.sampled_from(("", "1.", "2.")),
        text=st.sampled_from(NAMES),
        kind=st.sampled_from(("unggah", "nyatakan")),
        mandatory=st.booleans(),
        help_text=st.sampled_from(("", "PDF")),
    ),
    max_size=6,
)


def with_rows(*rows: RequirementText, **changes: Any) -> VersionSnapshot:
    return replace(COMPLETE, requirements=rows, **changes)


@given(ROWS)
def test_equal_versions_have_no_sentence(rows: list[RequirementText]) -> None:
    assert sentences(with_rows(*rows), with_rows(*rows, number=2, decree="SK lain")) == []


@given(ROWS, ROWS)
def test_every_row_that_is_not_there_unchanged_is_mentioned(
    before: list[RequirementText], after: list[RequirementText]
) -> None:
    old, new = with_rows(*before), with_rows(*after)
    said = " ".join(sentences(old, new))
    content = lambda row: (row.text, row.kind, row.mandatory, row.help_text)  # noqa: E731
    for row in after:
        if content(row) not in map(content, before):
            assert row.text in said
    for row in before:
        if content(row) not in map(content, after):
            assert row.text in said
    news = [one.sign for one in difference(old, new)]
    assert news.count(Sign.NEW) - news.count(Sign.GONE) == len(after) - len(before)


def test_the_sentences_of_a_changed_standard() -> None:
    group, step = COMPLETE.groups[0], PROCEDURE.steps[0]
    new = replace(
        COMPLETE,
        term_amount=5,
        facts=(replace(COMPLETE.facts[1], required=False),),
        groups=(replace(group, title="Persyaratan umum"),),
        requirements=(
            RequirementText(0, None, 1, "1.", "Akta pendirian badan usaha", "unggah"),
            replace(UPLOAD, text="KTP.", printed_number="2.", when=parse("")),
        ),
        fees=(replace(COMPLETE.fees[0], amount=10_000),),
        procedures=(
            replace(
                PROCEDURE,
                code="sop-2",
                steps=(replace(step, clock="berjalan"), *PROCEDURE.steps[1:]),
            ),
        ),
        components=(
            replace(COMPLETE.components[0], body="Uraian\nTambahan"), *COMPLETE.components[1:]
        ),
    )  # fmt: skip
    said = sentences(COMPLETE, new)
    assert said[:2] == [
        "Jangka waktu: 6 menjadi 5 hari kerja.",
        "Tarif “Gratis”: jumlah: Gratis menjadi Rp\xa010.000.",
    ]
    assert "Tidak ditanyakan lagi: “Mempekerjakan tenaga asing?”." in said
    assert "Isian “Nama”: wajib diisi: ya menjadi tidak." in said
    assert "Persyaratan baru: “Akta pendirian badan usaha”." in said
    assert (
        "Persyaratan “KTP”: bunyi menjadi “KTP.”; berlaku: hanya jika “Mempekerjakan "
        "tenaga asing?” dijawab ya menjadi selalu." in said
    )
    assert "Nomor atau urutan persyaratan berubah." in said
    assert "Komponen “Judul”: uraian: ditambah “Tambahan”." in said
    assert len(said) == 10, said
    assert len(sentences(COMPLETE, new, FOR_APPLICANTS)) == 8


def test_a_requirement_is_said_with_the_conditions_of_its_group_and_its_parents() -> None:
    own = parse("nama = Budi")
    group = replace(COMPLETE.groups[0], when=parse("asing = ya"))
    parent = RequirementText(0, None, 1, "1.", "RPTKA", "unggah", when=own)
    child = RequirementText(0, 0, 2, "a.", "Paspor", "unggah")
    old = replace(COMPLETE, groups=(group,), requirements=())
    new = replace(old, requirements=(parent, child))
    chain = "Hanya jika “Mempekerjakan tenaga asing?” dijawab ya dan “Nama” adalah Budi."
    assert sentences(old, new, FOR_APPLICANTS) == [
        f"Persyaratan baru: “RPTKA”. {chain}",
        f"Persyaratan baru: “Paspor”. {chain}",
    ]
    always = replace(new, requirements=(replace(parent, when=parse("")), child))
    assert sentences(new, always) == [
        f"Persyaratan “RPTKA”: berlaku: {chain[:1].lower()}{chain[1:-1]} menjadi "
        "hanya jika “Mempekerjakan tenaga asing?” dijawab ya."
    ]


def test_a_row_is_found_again_where_it_stands() -> None:
    """Two requirements of one wording: the one whose group is gone is gone."""
    umum, khusus = COMPLETE.groups[0], replace(COMPLETE.groups[0], title="Khusus", order=2)
    first, second = replace(UPLOAD, group=0), replace(UPLOAD, group=1, kind="nyatakan")
    old = replace(COMPLETE, groups=(umum, khusus), requirements=(first, second))
    new = replace(COMPLETE, groups=(khusus,), requirements=(replace(second, group=0),))
    changes = difference(old, new)
    assert [(one.kind, one.sign) for one in changes] == [
        ("group", Sign.GONE),
        ("requirement", Sign.GONE),
    ]
    assert changes[1].row is first


def test_every_kind_of_row_of_a_version_is_compared() -> None:
    compared = {"head", *(f"{kind.name}s" for kind in KINDS)} | {"legal_bases", "eligibility"}
    held = {name for name, value in _fields(COMPLETE).items() if isinstance(value, tuple)}
    assert held <= compared


def _fields(snapshot: VersionSnapshot) -> dict[str, Any]:
    return {name: getattr(snapshot, name) for name in VersionSnapshot.__slots__}
