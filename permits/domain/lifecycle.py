"""The lifecycle of an application: its statuses, events and transitions."""

from __future__ import annotations

from enum import StrEnum

from workflow.domain.machine import Machine, Transition


class Status(StrEnum):
    """The status of an application; the desk is given by its SOP step."""

    DRAFT = "konsep"
    SUBMITTED = "diajukan"
    INCOMPLETE = "belum_lengkap"
    IN_PROCESS = "diproses"
    RETURNED = "dikembalikan"
    ISSUED = "terbit"
    COMPLETED = "selesai"
    REJECTED = "ditolak"
    WITHDRAWN = "ditarik"
    LAPSED = "gugur"


class Event(StrEnum):
    """An event of an application."""

    SUBMIT = "kirim"
    REFUSE_INTAKE = "kembalikan_awal"
    RESUBMIT = "lengkapi"
    ACCEPT = "terima"
    RETURN = "kembalikan"
    ISSUE = "terbitkan"
    COMPLETE = "serahkan"
    END = "akhiri"
    REJECT = "tolak"
    WITHDRAW = "tarik"
    LAPSE = "gugurkan"


def _on(event: Event, *sources: Status, to: Status, note: bool = False) -> Transition:
    return Transition(event, frozenset(sources), to, note)


LIFECYCLE = Machine(
    [
        _on(Event.SUBMIT, Status.DRAFT, to=Status.SUBMITTED),
        # before "accept" no clock runs: the application was never complete
        _on(Event.REFUSE_INTAKE, Status.SUBMITTED, to=Status.INCOMPLETE, note=True),
        _on(Event.RESUBMIT, Status.INCOMPLETE, to=Status.SUBMITTED),
        _on(Event.ACCEPT, Status.SUBMITTED, to=Status.IN_PROCESS),
        # after "accept" the clock is paused from "return" to "resubmit"
        _on(Event.RETURN, Status.IN_PROCESS, to=Status.RETURNED, note=True),
        _on(Event.RESUBMIT, Status.RETURNED, to=Status.IN_PROCESS),
        _on(Event.ISSUE, Status.IN_PROCESS, to=Status.ISSUED),
        _on(Event.COMPLETE, Status.ISSUED, to=Status.COMPLETED),
        # the permit is revoked or voided before it was handed over
        _on(Event.END, Status.ISSUED, to=Status.COMPLETED, note=True),
        _on(Event.REJECT, Status.SUBMITTED, Status.IN_PROCESS, to=Status.REJECTED, note=True),
        _on(
            Event.WITHDRAW,
            Status.SUBMITTED, Status.INCOMPLETE, Status.IN_PROCESS, Status.RETURNED,
            to=Status.WITHDRAWN, note=True,
        ),
        # by rule: the applicant was reminded and warned, and has not completed the application
        _on(Event.LAPSE, Status.INCOMPLETE, Status.RETURNED, to=Status.LAPSED, note=True),
    ]
)  # fmt: skip

WITH_APPLICANT = frozenset({Status.DRAFT, Status.INCOMPLETE, Status.RETURNED})
WITH_OFFICE = frozenset({Status.SUBMITTED, Status.IN_PROCESS, Status.ISSUED})
# a desk may have work on it: an SOP may go on after the hand-over (supervision, reports)
AT_A_DESK = WITH_OFFICE | {Status.COMPLETED}
OPEN = WITH_OFFICE | {Status.INCOMPLETE, Status.RETURNED}
ENDED = frozenset({Status.REJECTED, Status.WITHDRAWN, Status.LAPSED})  # without a product
CLOSED = ENDED | {Status.COMPLETED}
