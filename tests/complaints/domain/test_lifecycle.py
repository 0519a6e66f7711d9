"""What can happen to a complaint, and who must agree to its answer."""

from __future__ import annotations

import pytest

from complaints.domain.ladder import Approver, Category, Ladder, Weight, approvers
from complaints.domain.lifecycle import CLOSED, LIFECYCLE, OPEN, Event, Status
from workflow.domain.errors import DomainError, TransitionRefused


def walk(*events: Event, start: Status = Status.RECEIVED) -> str:
    status: str = start
    for event in events:
        status = LIFECYCLE.move(event, status, note="alasan")
    return status


def test_a_complaint_is_studied_drafted_approved_and_answered() -> None:
    assert walk(Event.STUDY, Event.DRAFT, Event.APPROVE, Event.ANSWER) == Status.ANSWERED


def test_a_returned_draft_is_studied_again() -> None:
    assert walk(Event.STUDY, Event.DRAFT, Event.SEND_BACK) == Status.STUDIED


def test_an_officer_decides_on_a_late_report_and_may_change_it() -> None:
    assert walk(Event.TREAT_AS_SUGGESTION, Event.ACCEPT, start=Status.UNDECIDED) == Status.RECEIVED


@pytest.mark.parametrize(
    "event",
    [
        Event.TREAT_AS_SUGGESTION, Event.ASK, Event.MERGE, Event.WITHDRAW,
    ],
)  # fmt: skip
def test_what_changes_its_fate_needs_a_reason(event: Event) -> None:
    with pytest.raises(TransitionRefused) as refusal:
        LIFECYCLE.move(event, Status.RECEIVED)
    assert refusal.value.code == "note_missing"


def test_an_answer_closes_only_with_the_proof_of_its_channel() -> None:
    with pytest.raises(TransitionRefused) as refusal:
        LIFECYCLE.move(Event.ANSWER, Status.APPROVED)
    assert refusal.value.code == "note_missing"


def test_nothing_is_thrown_away() -> None:
    """From every status that is not closed some answer can be reached."""
    for status in {*Status} - CLOSED:
        reachable, ahead = {status}, [status]
        while ahead:
            here = ahead.pop()
            for event in LIFECYCLE.events_from(here):
                there = Status(LIFECYCLE.move(event, here, note="alasan"))
                if there not in reachable:
                    reachable.add(there)
                    ahead.append(there)
        assert reachable & {Status.ANSWERED, Status.THANKED}, status
    assert not OPEN & CLOSED


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"ladder": Ladder.WEIGHT, "weight": Weight.LIGHT}, [Approver.OFFICER]),
        (
            {"ladder": Ladder.WEIGHT, "weight": Weight.MEDIUM},
            [Approver.OFFICER, Approver.SECTION_HEAD, Approver.OFFICE_HEAD],
        ),
        (
            {"ladder": Ladder.WEIGHT, "weight": Weight.HEAVY},
            [Approver.OFFICER, Approver.OFFICE_HEAD, Approver.REGION],
        ),
        (
            {"ladder": Ladder.CATEGORY, "category": Category.INTERNAL},
            [Approver.OFFICER, Approver.OFFICE_HEAD],
        ),
        (
            {"ladder": Ladder.CATEGORY, "category": Category.APIP, "head_agreed": True},
            [Approver.OFFICER, Approver.OFFICE_HEAD, Approver.APIP],
        ),
    ],
)
def test_each_office_climbs_its_own_ladder(
    facts: dict[str, object], expected: list[Approver]
) -> None:
    assert list(approvers(**facts)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"ladder": Ladder.WEIGHT, "category": Category.INTERNAL}, "complaint_not_classified"),
        ({"ladder": Ladder.CATEGORY, "weight": Weight.HEAVY}, "complaint_not_classified"),
        ({"ladder": Ladder.CATEGORY, "category": Category.APIP}, "apip_without_consent"),
    ],
)
def test_without_class_or_consent_nobody_can_approve(facts: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        approvers(**facts)  # type: ignore[arg-type]
    assert refusal.value.code == code
