"""Acts that need two people: one proposes, another confirms.

The second is never the proposer, and never somebody whom the act concerns: nobody decides in his
own matter (UU 30/2014, articles 42 to 45, conflict of interest). What needs two people, and what a
confirmation then does, is said by whoever asks.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a person may not be the second one; "" for who may."""

    NOTHING = ""
    INACTIVE = "second_inactive"  # the account is closed
    OWN_PROPOSAL = "second_own_proposal"
    OWN_MATTER = "second_own_matter"
    NOT_ENTITLED = "second_not_entitled"  # neither administrator nor head of the office
    ADMINISTRATORS = "second_is_an_administrator"  # another administrator can: not the head's turn
    ALONE_UNSAID = "second_alone_unsaid"  # the office has not said that it has one administrator


def second_person(
    person: int, *, active: bool, proposer: int | None, concerned: Collection[int]
) -> Why:
    """Return why ``person`` may not confirm what ``proposer`` proposed; ``NOTHING`` if they may.

    All are keys of people. ``concerned`` are those who gain or lose by it; ``proposer`` is ``None``
    for what the portal itself proposed. Holds for every act of two people.
    """
    if not active:
        return Why.INACTIVE
    if person == proposer:
        return Why.OWN_PROPOSAL
    if person in concerned:
        return Why.OWN_MATTER
    return Why.NOTHING


@dataclass(frozen=True, slots=True)
class Matter:
    """A proposal about power over others, and who could be its second person.

    ``administrators`` are the keys of all active administrators of the office. ``said_alone``: the
    office has said that it has one administrator only.
    """

    proposer: int
    concerned: frozenset[int]
    administrators: frozenset[int]
    said_alone: bool = False

    @property
    def others(self) -> frozenset[int]:
        """The administrators who may confirm it."""
        return self.administrators - self.concerned - {self.proposer}


def may_confirm(person: int, matter: Matter, *, active: bool, heads: bool) -> Why:
    """Return why ``person`` may not confirm; ``NOTHING`` if they may.

    Another administrator confirms. Where there is none, the head of the office does (``heads``):
    once the office has said that it has one administrator, or when the only others are concerned.
    """
    why = second_person(person, active=active, proposer=matter.proposer, concerned=matter.concerned)
    if why or person in matter.administrators:
        return why
    if not heads:
        return Why.NOT_ENTITLED
    if matter.others:
        return Why.ADMINISTRATORS
    alone = len(matter.administrators) <= 1
    return Why.ALONE_UNSAID if alone and not matter.said_alone else Why.NOTHING


def may_refuse(person: int, matter: Matter, *, active: bool, heads: bool) -> Why:
    """Return why ``person`` may not refuse; ``NOTHING`` if they may.

    Whoever may confirm, and the head of the office at any time: it is done in that office's name.
    """
    why = second_person(person, active=active, proposer=matter.proposer, concerned=matter.concerned)
    if why or person in matter.administrators or heads:
        return why
    return Why.NOT_ENTITLED
