"""The lifecycle of a monthly report: compiled, checked, approved, handed over to the head.

Pekanbaru's standard, component 6 letters j and k: the secretary checks the report and may return
it; the approved report is handed over to the head as the report of the month.
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


class ReportEvent(StrEnum):
    """Events that change the status."""

    COMPILE_AGAIN = "susun_ulang"
    SUBMIT = "ajukan"
    RETURN = "kembalikan"
    APPROVE = "setujui"
    APPROVE_ALONE = "setujui_tanpa_sekretaris"
    HAND_OVER = "serahkan"


def _on(
    event: ReportEvent, *sources: ReportStatus, to: ReportStatus, note: bool = False
) -> Transition:
    return Transition(event, frozenset(sources), to, note)


REPORT_LIFECYCLE = Machine(
    [
        _on(
            ReportEvent.COMPILE_AGAIN,
            ReportStatus.COMPILED,
            ReportStatus.CHECKED,
            ReportStatus.RETURNED,
            to=ReportStatus.COMPILED,
        ),
        _on(ReportEvent.SUBMIT, ReportStatus.COMPILED, to=ReportStatus.CHECKED),
        _on(ReportEvent.RETURN, ReportStatus.CHECKED, to=ReportStatus.RETURNED, note=True),
        _on(ReportEvent.APPROVE, ReportStatus.CHECKED, to=ReportStatus.APPROVED),
        # an office without a position in the role of secretary
        _on(ReportEvent.APPROVE_ALONE, ReportStatus.COMPILED, to=ReportStatus.APPROVED),
        _on(ReportEvent.HAND_OVER, ReportStatus.APPROVED, to=ReportStatus.HANDED_OVER),
    ]
)

RENEWABLE = frozenset({ReportStatus.COMPILED, ReportStatus.CHECKED, ReportStatus.RETURNED})
