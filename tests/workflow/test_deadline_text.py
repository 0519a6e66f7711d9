"""What is said about a deadline follows its state, the days left and the reader."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.deadline_text import DeadlineText


@pytest.mark.parametrize(
    ("state", "remaining", "meaning", "icon"),
    [
        ("not_started", None, "neutral", "hourglass-split"),
        ("running", 3, "neutral", "clock"),
        ("running", 2, "attention", "clock"),
        ("running", 0, "attention", "clock"),
        ("running", -1, "late", "exclamation-octagon"),
        ("late", 0, "late", "exclamation-octagon"),
        ("paused", 1, "neutral", "pause-circle"),
        ("met", 0, "good", "check-circle"),
        ("met", -1, "late", "exclamation-octagon"),
    ],
)
def test_the_meaning_and_the_picture_follow_the_days_left(
    state: str, remaining: int | None, meaning: str, icon: str
) -> None:
    text = DeadlineText(state, date(2026, 11, 27), remaining)
    assert (text.meaning, text.icon) == (meaning, icon)


def test_an_officer_reads_what_to_wait_for_and_an_applicant_what_to_do() -> None:
    assert "menunggu pemohon" in DeadlineText("paused", audience="officer").without_date
    assert "Anda melengkapi berkas" in DeadlineText("paused", audience="applicant").without_date


def test_without_counted_days_there_is_no_distance() -> None:
    assert DeadlineText("running").distance == ""
    assert DeadlineText("running").short == "berjalan"
    assert DeadlineText("paused", remaining=4).short == "berhenti, sisa 4 hari kerja"
