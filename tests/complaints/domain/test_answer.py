"""The words of an answer, who must agree to it, how it goes and what proves that it arrived."""

from __future__ import annotations

import pytest

from complaints.domain import delivery, draft, study
from complaints.domain.delivery import Proof
from complaints.domain.draft import Findings
from complaints.domain.ladder import Approver, without
from complaints.domain.study import Step

FACTS = {"number": "PGD-1", "received": "16 November 2026", "office": "DPMPTSP Contoh"}
P, S, H, R, A = (
    Approver.OFFICER, Approver.SECTION_HEAD, Approver.OFFICE_HEAD, Approver.REGION, Approver.APIP
)  # fmt: skip


def test_what_was_not_studied_leaves_no_empty_part():
    words = draft.compose(Findings(core="Biaya", conclusion="Tidak dipungut"), **FACTS)
    assert "Pokok masalah yang kami pahami:\nBiaya" in words
    assert "Ketentuan" not in words
    assert "\n\n\n" not in words


def test_it_apologises_for_what_the_records_show_and_for_nothing_else():
    assert "maaf" not in draft.compose(Findings(conclusion="Pengaduan tidak benar."), **FACTS)
    late = draft.compose(Findings(late_step="Verifikasi berkas: 3 hari lewat."), **FACTS)
    assert late.endswith("Mohon maaf atas keterlambatan itu.")


def test_an_inquiry_says_when_and_with_whom():
    found = Findings(inquiry="Sudah benar.", with_whom="loket 2", held="17 November 2026")
    assert "Pada 17 November 2026 bersama loket 2: Sudah benar." in draft.compose(found, **FACTS)


@pytest.mark.parametrize("days", [0, 14])
def test_every_answer_ends_with_the_ombudsman(days):
    ending = draft.closing(days)
    assert ending.endswith(draft.OMBUDSMAN)
    assert ("membuka kembali" in ending) is bool(days)
    assert draft.whole("Jawaban.\r\n", ending) == f"Jawaban.\n\n{ending}"
    assert draft.whole(draft.whole("Jawaban.", ending), ending) == f"Jawaban.\n\n{ending}"
    assert draft.body_of(draft.whole("Jawaban.", ending), ending) == "Jawaban."


@pytest.mark.parametrize(
    ("levels", "absent", "left"),
    [
        ((P, H), (), (P, H)),
        ((P, S, H), (S,), (P, H)),  # below the head it simply goes on
        ((P, H), (H,), (P, R)),  # the head's part goes to the region
        ((P, S, H), (S, H), (P, R)),
        ((P, H, R), (H,), (P, R)),  # which agrees once
        ((P, H, A), (H,), (P, A)),
        ((P,), (H,), (P,)),  # what is light never went there
    ],
)
def test_nobody_agrees_in_their_own_case(levels, absent, left):
    assert without(levels, *absent) == left


@pytest.mark.parametrize(
    ("came_by", "reply_ways", "ways"),
    [
        ("telepon", ["email", "telepon"], ("telepon", "email")),
        ("kotak", [], ("kotak",)),
        ("web", ["email", "telepon"], ("email", "telepon")),
        ("formulir", [], ("web",)),
    ],
)
def test_the_channel_it_came_by_is_the_first_way(came_by, reply_ways, ways):
    assert delivery.ways(came_by, reply_ways) == ways


def test_every_channel_has_a_proof():
    from accounts.models import ChannelKind

    for channel in ChannelKind:
        assert delivery.proof_of(channel, by_portal=False) is not Proof.PORTAL
        assert delivery.proof_of(channel, by_portal=True) is Proof.PORTAL


@pytest.mark.parametrize(
    ("came_by", "way", "other"),
    [("surat", "surat", False), ("surat", "email", True), ("web", "email", False)],
)
def test_leaving_the_channel_is_known(came_by, way, other):
    assert delivery.is_other_way(way, came_by) is other


def test_what_is_light_needs_two_steps_and_the_rest_five():
    assert study.missing((), at_once=True) == [Step.CORE, Step.CONCLUSION]
    assert study.missing((), at_once=False) == [step for step in Step if step != Step.INQUIRY]
    assert study.missing(list(Step), at_once=False) == []
