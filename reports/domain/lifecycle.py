"""The lifecycle of a report: compiled, checked by the secretary, approved, signed, published.

Pekanbaru's standard, component 6 letters j and k, describes it for the report on complaints: the
secretary checks the report and may return it; the approved report is handed over to the head. The
other reports of an office go the same way and end with the signature of the head.
"""

from __future__ import annotations

from enum import StrEnum

from workflow.domain.machine import Machine, Transition


class ReportStatus(StrEnum):
    """The status of a report."""

    COMPILED = "disusun"
    CHECKED = "diperiksa"
    RETURNED = "dikembalikan"
    APPROVED = "disetujui"
    HANDED_OVER = "diserahkan"
    SIGNED = "ditandatangani"
    PUBLISHED = "diterbitkan"


class ReportEvent(StrEnum):
    """Events that change the status."""

    COMPILE_AGAIN = "susun_ulang"
    EDIT = "ubah"
    SUBMIT = "ajukan"
    RETURN = "kembalikan"
    APPROVE = "setujui"
    APPROVE_ALONE = "setujui_tanpa_sekretaris"
    HAND_OVER = "serahkan"
    SIGN = "tandatangani"
    PUBLISH = "terbitkan"


# Who did one of these is an author of the report: wrote a version of it, or initialled it as its
# compiler. "susun" is the event of the first version.
FIRST_VERSION = "susun"
AUTHORED = frozenset(
    {
        FIRST_VERSION,
        ReportEvent.COMPILE_AGAIN,
        ReportEvent.EDIT,
        ReportEvent.SUBMIT,
        ReportEvent.APPROVE_ALONE,
    }
)


def _on(
    event: ReportEvent, *sources: ReportStatus, to: ReportStatus, note: bool = False
) -> Transition:
    return Transition(event, frozenset(sources), to, note)


RENEWABLE = frozenset({ReportStatus.COMPILED, ReportStatus.CHECKED, ReportStatus.RETURNED})
EDITABLE = frozenset({ReportStatus.COMPILED, ReportStatus.RETURNED})

_UNTIL_APPROVED = (
    _on(ReportEvent.COMPILE_AGAIN, *RENEWABLE, to=ReportStatus.COMPILED),
    _on(ReportEvent.SUBMIT, ReportStatus.COMPILED, to=ReportStatus.CHECKED),
    _on(ReportEvent.APPROVE, ReportStatus.CHECKED, to=ReportStatus.APPROVED),
    # an office without a position in the role of secretary
    _on(ReportEvent.APPROVE_ALONE, ReportStatus.COMPILED, to=ReportStatus.APPROVED),
)

HANDED_OVER_LIFECYCLE = Machine(
    [
        *_UNTIL_APPROVED,
        _on(ReportEvent.RETURN, ReportStatus.CHECKED, to=ReportStatus.RETURNED, note=True),
        _on(ReportEvent.HAND_OVER, ReportStatus.APPROVED, to=ReportStatus.HANDED_OVER),
    ]
)
SIGNED_LIFECYCLE = Machine(
    [
        *_UNTIL_APPROVED,
        # the head, too, may return what the secretary approved
        _on(
            ReportEvent.RETURN,
            ReportStatus.CHECKED,
            ReportStatus.APPROVED,
            to=ReportStatus.RETURNED,
            note=True,
        ),
        _on(ReportEvent.EDIT, *EDITABLE, to=ReportStatus.COMPILED),
        _on(ReportEvent.SIGN, ReportStatus.APPROVED, to=ReportStatus.SIGNED),
        _on(ReportEvent.PUBLISH, ReportStatus.SIGNED, to=ReportStatus.PUBLISHED),
    ]
)
