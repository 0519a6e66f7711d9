"""The life of a proposal about power over others."""

from __future__ import annotations

from enum import StrEnum

from workflow.domain.machine import Machine, Transition


class Status(StrEnum):
    """The status of a proposal."""

    PROPOSED = "diusulkan"
    CONFIRMED = "disetujui"
    REFUSED = "ditolak"
    WITHDRAWN = "ditarik"
    LAPSED = "gugur"


class Event(StrEnum):
    """What happens to a proposal once it is made."""

    PROPOSE = "usulkan"
    CONFIRM = "setujui"
    REFUSE = "tolak"
    WITHDRAW = "tarik"
    LAPSE = "gugurkan"


_OPEN = frozenset({Status.PROPOSED})

LIFECYCLE = Machine(
    [
        # executes what was proposed, in the same transaction
        Transition(Event.CONFIRM, _OPEN, Status.CONFIRMED),
        Transition(Event.REFUSE, _OPEN, Status.REFUSED, note=True),
        Transition(Event.WITHDRAW, _OPEN, Status.WITHDRAWN),
        # by the portal: nobody confirmed it in time
        Transition(Event.LAPSE, _OPEN, Status.LAPSED),
    ]
)
KEPT_OPEN_DAYS = 14
