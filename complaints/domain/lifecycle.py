"""The lifecycle of a complaint: statuses, events and allowed transitions."""

from __future__ import annotations

from enum import StrEnum

from workflow.domain.machine import Machine, Transition


class Status(StrEnum):
    """The status of a complaint."""

    UNDECIDED = "ditimbang"  # late: an officer decides between complaint and suggestion
    RECEIVED = "diterima"
    INCOMPLETE = "belum_lengkap"
    STUDIED = "ditelaah"
    DRAFTED = "konsep_jawaban"
    APPROVED = "disetujui"
    ANSWERED = "dijawab"
    SUGGESTION = "saran"
    THANKED = "saran_dijawab"
    MERGED = "digabung"
    WITHDRAWN = "dicabut"


class Event(StrEnum):
    """Events that change the status."""

    ACCEPT = "terima_sebagai_pengaduan"
    TREAT_AS_SUGGESTION = "perlakukan_sebagai_saran"
    ASK = "minta_lengkapi"
    COMPLETE = "lengkapi"
    STUDY = "telaah"
    DRAFT = "susun_jawaban"
    SEND_BACK = "kembalikan_konsep"
    APPROVE = "setujui_jawaban"
    ANSWER = "kirim_jawaban"
    REOPEN = "buka_kembali"
    THANK = "jawab_saran"
    MERGE = "gabungkan"
    WITHDRAW = "cabut"


def _on(event: Event, *sources: Status, to: Status, note: bool = False) -> Transition:
    return Transition(event, frozenset(sources), to, note)


_OPEN = (Status.RECEIVED, Status.INCOMPLETE, Status.STUDIED, Status.DRAFTED, Status.APPROVED)

LIFECYCLE = Machine(
    [
        # an officer decides on a late report, and may change that with a reason
        _on(Event.ACCEPT, Status.UNDECIDED, Status.SUGGESTION, to=Status.RECEIVED, note=True),
        _on(
            Event.TREAT_AS_SUGGESTION, Status.UNDECIDED, Status.RECEIVED, to=Status.SUGGESTION,
            note=True,
        ),
        # completeness check: a second deadline; the term of the answer continues to run
        _on(Event.ASK, Status.RECEIVED, to=Status.INCOMPLETE, note=True),
        _on(Event.COMPLETE, Status.INCOMPLETE, to=Status.RECEIVED),
        _on(Event.STUDY, Status.RECEIVED, to=Status.STUDIED),
        _on(Event.DRAFT, Status.STUDIED, to=Status.DRAFTED),
        _on(Event.SEND_BACK, Status.DRAFTED, to=Status.STUDIED, note=True),
        _on(Event.APPROVE, Status.DRAFTED, to=Status.APPROVED),
        # the note is the proof of the channel: number of a letter, of a message, of a call
        _on(Event.ANSWER, Status.APPROVED, to=Status.ANSWERED, note=True),
        _on(Event.REOPEN, Status.ANSWERED, to=Status.STUDIED, note=True),
        _on(Event.THANK, Status.SUGGESTION, to=Status.THANKED, note=True),
        _on(Event.MERGE, *_OPEN, Status.UNDECIDED, Status.SUGGESTION, to=Status.MERGED, note=True),
        _on(Event.WITHDRAW, *_OPEN, Status.UNDECIDED, to=Status.WITHDRAWN, note=True),
    ]
)  # fmt: skip

OPEN = frozenset({*_OPEN, Status.UNDECIDED})
SUGGESTIONS = frozenset({Status.SUGGESTION, Status.THANKED})
CLOSED = frozenset({Status.ANSWERED, Status.THANKED, Status.MERGED, Status.WITHDRAWN})
# statuses in which it may be classified and APIP may be requested
CLASSIFIABLE = frozenset({Status.RECEIVED, Status.INCOMPLETE, Status.STUDIED})
UNCLOSED = OPEN | {Status.SUGGESTION}
# while no desk has it the owner must do something, also record what a level outside has agreed to;
# only for whoever complained do they wait
OWNERS_TURN = UNCLOSED - {Status.INCOMPLETE}
