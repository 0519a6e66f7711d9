"""Reports of the demo in every state, from compiled to published."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from accounts.models import Appointment, Office, Position, User
from boards.services.office_report import MONTHLY, QUARTERLY
from reports.domain.lifecycle import ReportEvent
from reports.domain.periods import Rhythm, last_periods
from reports.kinds import KINDS
from reports.models import Report, ReportRole
from reports.services import compiling, signing
from workflow import transitions

_OFFICE: Final = "pekanbaru"
_COMPILER, _SECRETARY = "back-office", "sekretaris"
_NOTE: Final = "Jelaskan mengapa peninjauan lapangan lebih lama daripada bulan lalu."


def report(at: datetime) -> None:
    """Name who compiles and who checks in one office, and take its reports through their states."""
    office = Office.objects.filter(code=_OFFICE).first()
    if office is None or Report.objects.filter(office=office).exists():
        return
    for code, role in ((_COMPILER, "penyusun"), (_SECRETARY, "sekretaris")):
        position = Position.objects.get(office=office, code=code)
        ReportRole.objects.get_or_create(position=position, role=role)
    _compiled(office, "skm", 0, at)
    returned = _submitted(office, MONTHLY, 0, at)
    compiling.send_back(returned, actor=_holder(office, _SECRETARY), at=at, note=_NOTE)
    _approved(office, QUARTERLY, 0, at)
    # everybody sees it as soon as the worker has made its paper
    signed = _signed(office, MONTHLY, 1, at)
    transitions.fire(signed, ReportEvent.PUBLISH, actor=_holder(office, _COMPILER), at=at)
    _submitted(office, MONTHLY, 2, at)
    _signed(office, MONTHLY, 3, at)


def _holder(office: Office, code: str) -> User:
    rows = Appointment.objects.filter(position__office=office, position__code=code)
    return rows.select_related("user").order_by("pk")[0].user


def _compiled(office: Office, kind: str, nth: int, at: datetime) -> Report:
    """Compile the report of a period that is over: ``nth`` periods before the last one."""
    rhythm = KINDS[kind].rhythm(office) or Rhythm.YEAR
    period = last_periods(office.local_date(at), rhythm, nth + 2)[nth + 1]
    return compiling.compile_report(
        KINDS[kind], office, period, actor=_holder(office, _COMPILER), at=at
    )


def _submitted(office: Office, kind: str, nth: int, at: datetime) -> Report:
    found = _compiled(office, kind, nth, at)
    return compiling.submit(found, actor=_holder(office, _COMPILER), at=at, seen=found.digest)


def _approved(office: Office, kind: str, nth: int, at: datetime) -> Report:
    found = _submitted(office, kind, nth, at)
    return compiling.approve(found, actor=_holder(office, _SECRETARY), at=at, seen=found.digest)


def _signed(office: Office, kind: str, nth: int, at: datetime) -> Report:
    done = _approved(office, kind, nth, at)
    return signing.sign(done, actor=_holder(office, "kepala"), at=at, seen=done.digest)
