"""A lifecycle as a table: what it allows, refuses and will not be built from."""

from __future__ import annotations

import pytest

from workflow.domain.errors import TransitionRefused
from workflow.domain.machine import Machine, Transition

OPEN = Transition("open", frozenset({"shut", "new"}), "open")
CLOSE = Transition("close", frozenset({"open"}), "shut", note=True)
DOOR = Machine([OPEN, CLOSE])


@pytest.mark.parametrize(
    ("event", "source", "allowed"),
    [
        ("open", "new", True),
        ("open", "shut", True),
        ("open", "open", False),
        ("close", "open", True),
        ("close", "new", False),
        ("paint", "open", False),
        ("open", "elsewhere", False),
    ],
)
def test_only_what_the_table_says_is_possible(event: str, source: str, allowed: bool) -> None:
    assert DOOR.allows(event, source) is allowed
    assert (event in DOOR.events_from(source)) is allowed
    if not allowed:
        with pytest.raises(TransitionRefused) as refused:
            DOOR.move(event, source, note="why")
        assert refused.value.code == "out_of_turn"


def test_a_move_leads_to_its_status() -> None:
    assert DOOR.move("open", "new") == DOOR.move("open", "shut") == "open"
    assert DOOR.move("close", "open", note="night") == "shut"


@pytest.mark.parametrize("note", ["", " ", "\n\t"])
def test_a_reason_may_not_be_blank(note: str) -> None:
    with pytest.raises(TransitionRefused) as refused:
        DOOR.move("close", "open", note=note)
    assert refused.value.code == "note_missing"


def test_two_moves_for_one_pair_are_a_mistake_in_the_table() -> None:
    other = Transition("open", frozenset({"new"}), "shut")
    with pytest.raises(ValueError, match="open from new is defined twice"):
        Machine([OPEN, other])
