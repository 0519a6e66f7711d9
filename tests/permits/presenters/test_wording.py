"""What a status says, and to whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from documents.verification import Examination
from permits.domain.lifecycle import Status
from permits.presenters import wording
from standards.domain.steps import StepKind
from standards.models import SopStep

NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
MEANINGS = {"good", "attention", "late", "neutral"}


def file(status: Status, kind: StepKind | None = None, due_at: datetime | None = None) -> Any:
    visit = SimpleNamespace(step=SopStep(kind=kind), asked=0) if kind else None
    return SimpleNamespace(status=status, current_step=visit, due_at=due_at, certificate=None)


@pytest.mark.parametrize("status", [Status.ISSUED, Status.COMPLETED])
@pytest.mark.parametrize("state", ["dicabut", "dibatalkan"])
def test_an_ended_permit_is_said_to_be_so_to_everybody(status: Status, state: str) -> None:
    ended = file(status)
    ended.certificate = SimpleNamespace(state=state, closing_title="")
    for speak in (wording.for_applicant, wording.for_officer):
        meaning, sentence = speak(ended, NOW)
        assert meaning == "late"
        assert state in sentence
    assert "tidak berlaku lagi" in wording.advice(ended, NOW)
    ended.certificate.state = "terbit"
    assert wording.for_applicant(ended, NOW) == wording.for_applicant(file(status), NOW)


def test_a_decision_that_ends_a_permit_is_called_by_its_title() -> None:
    for kind in (StepKind.HAND_OVER, StepKind.SURVEY):
        closing = file(Status.ISSUED, kind)
        closing.certificate = SimpleNamespace(state="terbit", closing_title="Keputusan Penutupan")
        said = [wording.for_applicant(closing, NOW)[1], wording.for_officer(closing, NOW)[1]]
        assert all("Izin" not in one for one in said)
        assert said[0].startswith("Keputusan Penutupan terbit - ")
        closing.certificate.state = "dicabut"
        assert wording.for_applicant(closing)[1] == "Keputusan Penutupan dicabut - baca alasannya"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("kind", [None, *StepKind])
def test_every_state_has_words_for_both_readers(status: Status, kind: StepKind | None) -> None:
    for speak in (wording.for_applicant, wording.for_officer):
        meaning, sentence = speak(file(status, kind), NOW)
        assert meaning in MEANINGS
        assert 5 < len(sentence) < 60, "short enough for a list"
    assert wording.advice(file(status, kind), NOW).endswith(".")


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (Status.ISSUED, StepKind.HAND_OVER, "Izin terbit - unduh sekarang"),
        (Status.ISSUED, StepKind.SURVEY, "Izin terbit - isi kuesioner, lalu unduh"),
        (Status.RETURNED, StepKind.FILE, "Dikembalikan - perbaiki, lalu kirim kembali"),
        (Status.IN_PROCESS, StepKind.PAY, "Diproses - lunasi retribusi"),
    ],
)
def test_the_applicant_reads_what_to_do_next(status: Status, kind: StepKind, said: str) -> None:
    assert wording.for_applicant(file(status, kind))[1] == said


def test_applicant_and_officer_read_different_sentences() -> None:
    for status in Status:
        one = file(status, StepKind.DRAFT if status == Status.IN_PROCESS else None)
        assert wording.for_applicant(one)[1] != wording.for_officer(one)[1], status


def test_past_the_promised_instant_the_office_is_late() -> None:
    due = file(Status.IN_PROCESS, StepKind.INSPECT, NOW)
    assert wording.for_applicant(due, NOW)[0] == "late"
    assert wording.for_officer(due, NOW)[0] == "late"
    assert "berhak" in wording.advice(due, NOW)
    before = NOW - timedelta(seconds=1)
    assert wording.for_applicant(due, before)[0] == "neutral"
    assert wording.for_officer(due, before)[0] == "neutral"


def test_a_standing_or_closed_file_is_not_called_late() -> None:
    for status in (Status.RETURNED, Status.ISSUED, Status.COMPLETED):
        meaning, _sentence = wording.for_applicant(file(status, None, NOW), NOW)
        assert meaning != "late"


def test_waiting_for_a_questionnaire_is_no_success_of_the_desk() -> None:
    assert wording.for_officer(file(Status.ISSUED, StepKind.SURVEY))[0] == "neutral"


def test_every_finding_about_a_file_has_a_sentence() -> None:
    from pathlib import Path

    from documents import verification
    from permits.views.public import verification as view

    found_in = (verification.__file__, view.__file__)
    source = "".join(Path(file).read_text(encoding="utf-8") for file in found_in)
    told = {**wording.FALSE_FILES, **{k: v[1] for k, v in wording.UNDECIDED_FILES.items()}}
    for code in told:
        assert f'"{code}"' in source, f"{code} is never found"
    for code in ("too_large", "not_a_pdf", "unreadable", "unsigned", "several_signatures",
                 "broken_signature", "not_intact", "not_trusted", "not_entire_file", "modified",
                 "no_anchors"):  # fmt: skip
        assert str(told[code]).endswith(".")
    assert Examination().problem is None
