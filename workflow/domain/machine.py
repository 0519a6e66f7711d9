"""A state machine is a table and a few questions to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workflow.domain.errors import TransitionRefused


@dataclass(frozen=True, slots=True)
class Transition:
    """From any of ``sources`` by ``event`` to ``to``; ``note``: a reason is required."""

    event: str
    sources: frozenset[str]
    to: str
    note: bool = False


class Machine:
    """The lifecycle of one noun."""

    def __init__(self, transitions: Iterable[Transition]) -> None:
        self.transitions = tuple(transitions)
        self._table: dict[tuple[str, str], Transition] = {}
        for transition in self.transitions:
            for source in transition.sources:
                if (transition.event, source) in self._table:
                    raise ValueError(f"{transition.event} from {source} is defined twice")
                self._table[(transition.event, source)] = transition

    def allows(self, event: str, source: str) -> bool:
        """Whether ``event`` is possible in status ``source``."""
        return (event, source) in self._table

    def move(self, event: str, source: str, *, note: str = "") -> str:
        """Return the next status; raise ``TransitionRefused`` (unknown move, missing note)."""
        transition = self._table.get((event, source))
        if transition is None:
            raise TransitionRefused("out_of_turn", event=str(event), status=str(source))
        if transition.note and not note.strip():
            raise TransitionRefused("note_missing", event=str(event))
        return transition.to

    def events_from(self, source: str) -> tuple[str, ...]:
        """Return what may happen next in status ``source``."""
        return tuple(event for event, status in self._table if status == source)
