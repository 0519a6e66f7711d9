"""The table of an application's life, move by move."""

from __future__ import annotations

import pytest

from permits.domain.lifecycle import (
    CLOSED,
    ENDED,
    LIFECYCLE,
    OPEN,
    WITH_APPLICANT,
    WITH_OFFICE,
    Event,
    Status,
)
from workflow.domain.errors import TransitionRefused

MOVES = {
    (Status.DRAFT, Event.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Event.REFUSE_INTAKE): Status.INCOMPLETE,
    (Status.SUBMITTED, Event.ACCEPT): Status.IN_PROCESS,
    (Status.SUBMITTED, Event.REJECT): Status.REJECTED,
    (Status.SUBMITTED, Event.WITHDRAW): Status.WITHDRAWN,
    (Status.INCOMPLETE, Event.RESUBMIT): Status.SUBMITTED,
    (Status.INCOMPLETE, Event.WITHDRAW): Status.WITHDRAWN,
    (Status.INCOMPLETE, Event.LAPSE): Status.LAPSED,
    (Status.IN_PROCESS, Event.RETURN): Status.RETURNED,
    (Status.IN_PROCESS, Event.ISSUE): Status.ISSUED,
    (Status.IN_PROCESS, Event.REJECT): Status.REJECTED,
    (Status.IN_PROCESS, Event.WITHDRAW): Status.WITHDRAWN,
    (Status.RETURNED, Event.RESUBMIT): Status.IN_PROCESS,
    (Status.RETURNED, Event.WITHDRAW): Status.WITHDRAWN,
    (Status.RETURNED, Event.LAPSE): Status.LAPSED,
    (Status.ISSUED, Event.COMPLETE): Status.COMPLETED,
    (Status.ISSUED, Event.END): Status.COMPLETED,
}
REASONED = {
    Event.REFUSE_INTAKE,
    Event.RETURN,
    Event.REJECT,
    Event.WITHDRAW,
    Event.LAPSE,
    Event.END,
}


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("status", Status)
def test_every_pair_of_status_and_event(status: Status, event: Event) -> None:
    expected = MOVES.get((status, event))
    assert LIFECYCLE.allows(event, status) is (expected is not None)
    if expected is not None:
        assert LIFECYCLE.move(event, status, note="Alasan.") == expected
    else:
        with pytest.raises(TransitionRefused) as refused:
            LIFECYCLE.move(event, status, note="Alasan.")
        assert refused.value.code == "out_of_turn"


@pytest.mark.parametrize(("status", "event"), MOVES)
def test_what_harms_the_applicant_needs_a_reason(status: Status, event: Event) -> None:
    if event in REASONED:
        with pytest.raises(TransitionRefused) as refused:
            LIFECYCLE.move(event, status, note="  ")
        assert refused.value.code == "note_missing"
    else:
        assert LIFECYCLE.move(event, status) == MOVES[status, event]


def test_a_closed_file_stays_closed_and_every_other_can_be_closed() -> None:
    assert {status for status in Status if not LIFECYCLE.events_from(status)} == CLOSED
    reach: dict[Status, set[Status]] = {status: {status} for status in Status}
    for _turn in Status:
        for (source, _event), to in MOVES.items():
            reach[source] |= reach[to]
    assert all(reach[status] & CLOSED for status in Status)
    assert reach[Status.DRAFT] == set(Status)


def test_a_file_lies_with_the_applicant_or_with_the_office_or_is_closed() -> None:
    parts = (WITH_APPLICANT, WITH_OFFICE, CLOSED)
    assert sorted(status for part in parts for status in part) == sorted(Status)
    assert set(Status) - CLOSED - {Status.DRAFT} == OPEN
    assert CLOSED - {Status.COMPLETED} == ENDED
