"""The explanation of a due date: each day with its effect on the count and the reason.

It includes the time spent, the calendar and what would change the date. The service term, the
internal target and the time of each step are explained alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Office
from permits.domain.lifecycle import Status
from permits.models import Application, ApplicationDeadline
from permits.presenters import clock
from permits.selectors import promise_calendar, promised_term, waits_for
from standards.domain.steps import StepClock
from workflow.calendar_versions import calendar_by
from workflow.domain.clock import (
    ClockEvent,
    ClockKind,
    ClockState,
    ClockStatus,
    Day,
    DayKind,
    Term,
    Unit,
    reckon,
)
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WEEKEND, WorkCalendar

Kind = ApplicationDeadline.Kind
OF_STEPS = (Kind.STEP, Kind.PART)
OPENED = (Kind.SERVICE, Kind.TARGET, *OF_STEPS)  # the kinds with a page of their own


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive days with the same reason; ``last`` equals ``first`` for one day."""

    first: date
    last: date
    meaning: str
    title: str
    reason: str

    @property
    def one_day(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the calendar; ``word`` is the label under the number of the day."""

    on: date
    kind: str
    word: str
    full: str
    due: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the calendar, Monday first; ``None`` pads the edges."""

    first: date
    weeks: list[list[Cell | None]]


@dataclass(frozen=True, slots=True)
class DeadlineExplanation:
    """The whole explanation; ``rules`` and ``changes`` are sentences, ``spent`` label and value."""

    state: ClockState
    term: str
    used: int
    runs: list[Run]
    months: list[Month]
    paused: bool
    stopped: bool
    calendar: str
    rules: list[str]
    spent: list[tuple[str, str]]
    changes: list[str]


def explanation(
    application: Application,
    at: datetime,
    *,
    private: bool = True,
    calendar: WorkCalendar | None = None,
) -> DeadlineExplanation | None:
    """Return the explanation of the service deadline; ``None`` before the clock has started.

    If ``private`` is false, texts of officers are left out: the public only sees that the
    application was with its applicant.
    """
    term = promised_term(application)
    events = [row.as_domain() for row in application.clock_events.all()]
    return _explanation(
        application, events, term, at, _ending(application), private=private, calendar=calendar
    )


def explanation_of(deadline: ApplicationDeadline, at: datetime) -> DeadlineExplanation | None:
    """Return the explanation of one deadline, with the names of officers."""
    application = deadline.application
    calendar = calendar_by(deadline.calendar_version, application.office)
    if deadline.kind in OF_STEPS:
        events = [ClockEvent(ClockKind.START, deadline.started_at, 1)]
        if deadline.met_at is not None:
            events.append(ClockEvent(ClockKind.STOP, deadline.met_at, 2))
        ending = _("Langkah selesai")
        return _explanation(application, events, deadline.term, at, ending, calendar=calendar)
    rows = application.clock_events.select_related("actor")
    events = [replace(row.as_domain(), actor=str(row.actor or "")) for row in rows]
    ending = _ending(application)
    return _explanation(application, events, deadline.term, at, ending, calendar=calendar)


def _explanation(
    application: Application,
    events: list[ClockEvent],
    term: Term,
    at: datetime,
    ending: str,
    *,
    private: bool = True,
    calendar: WorkCalendar | None = None,
) -> DeadlineExplanation | None:
    office = application.office
    calendar = calendar or promise_calendar(application)
    rules = calendar.rules
    stands = any(event.key and waits_for(event.key).stands for event in events)
    try:
        state = reckon(events, term, calendar, rules, at)
    except DomainError:
        return None
    if state.state is ClockStatus.NOT_STARTED:
        return None
    days = _explained_days(list(state.days()), office, private=private)
    return DeadlineExplanation(
        state=state,
        term=clock.term_of(state.term),
        used=state.used,
        runs=_runs(days, state, ending),
        months=_months(days, state, ending),
        paused=state.state is ClockStatus.PAUSED,
        stopped=state.state is ClockStatus.STOPPED,
        calendar=clock.calendar_used(calendar),
        rules=clock.rules(rules, term.unit, stands=stands),
        spent=clock.time_spent(events, term, state, calendar, rules, at),
        changes=clock.what_would_change(events, term, state, calendar, rules, at),
    )


def _ending(application: Application) -> str:
    """Return the reason of the final stop of the clock."""
    if application.status in (Status.ISSUED, Status.COMPLETED):
        return _("Dokumen terbit, hitungan selesai")
    return _("Permohonan ditutup, hitungan selesai")


@dataclass(frozen=True, slots=True)
class _ExplainedDay:
    """One day with its reason as text; ``ends`` marks the final stop of the clock."""

    on: date
    kind: DayKind
    reason: str
    number: int | None
    ends: bool


def _explained_days(days: list[Day], office: Office, *, private: bool) -> list[_ExplainedDay]:
    """Return the days with reasons as text; the officer's text only on the first day of a pause."""
    explained = []
    pauses: tuple[ClockEvent, ...] = ()
    for day in days:
        reason = day.reason
        if day.kind is DayKind.FREE:
            reason = _free(day)
        elif day.kind is DayKind.PAUSED:
            reason = "; ".join(dict.fromkeys(_waits(pause) for pause in day.pauses))
            if private and day.pauses != pauses:
                reasons = "; ".join(filter(None, map(_pause_reason(office), day.pauses)))
                reason = f"{reason}: {reasons}" if reasons else reason
            pauses = day.pauses
        elif not day.certain:
            reason = _("perkiraan: hari libur tahun ini belum ditetapkan")
        ends = day.kind is DayKind.STOPPED
        explained.append(_ExplainedDay(day.on, day.kind, reason, day.number, ends))
    return explained


def _waits(pause: ClockEvent) -> str:
    """Return for whom the clock waited, without the words of officers."""
    words = {
        StepClock.APPLICANT: _("menunggu pemohon"),
        StepClock.OTHER_BODY: _("menunggu lembaga lain"),
        StepClock.NOT_COUNTED: _("langkah yang waktunya tidak dihitung menurut SOP"),
    }
    return words.get(waits_for(pause.key)) or _("menunggu pemohon melengkapi berkas")


def _free(day: Day) -> str:
    """Return why a day was skipped: the name of the holiday and its decree."""
    if day.reason == WEEKEND:
        return _("akhir pekan")
    if not day.decree and day.certain:
        return day.reason
    source = day.decree if day.certain else _("perkiraan")
    return f"{day.reason} ({source})"


def _pause_reason(office: Office) -> Callable[[ClockEvent], str]:
    """Return a function that describes a pause: the reason, the officer and the time."""

    def describe(pause: ClockEvent) -> str:
        if not pause.actor:
            return pause.reason
        at = date_format(pause.at.astimezone(office.zone), "j M Y H.i")
        by = _("oleh %(person)s, %(at)s") % {"person": pause.actor, "at": at}
        return f"{pause.reason} ({by})" if pause.reason else by

    return describe


def _runs(days: Iterable[_ExplainedDay], state: ClockState, ending: str) -> list[Run]:
    """Join consecutive free and paused days; counted days are not joined."""
    rows: list[Run] = []
    for _key, group in groupby(days, key=_together):
        members = list(group)
        meaning, title = _title(members[0], state, ending)
        rows.append(Run(members[0].on, members[-1].on, meaning, title, members[0].reason))
    return rows


def _together(day: _ExplainedDay) -> tuple[DayKind, bool, str, date | None]:
    alone = day.on if day.kind not in (DayKind.FREE, DayKind.PAUSED) else None
    reason = "" if day.kind is DayKind.PAUSED else day.reason
    return day.kind, day.ends, reason, alone


def _title(day: _ExplainedDay, state: ClockState, ending: str) -> tuple[str, str]:
    if day.ends:
        return "late" if state.late else "good", ending
    if day.kind is DayKind.ZERO:
        if state.term.unit is Unit.WORK_MINUTE:
            return "neutral", _("Diterima setelah jam kerja")
        return "neutral", _("Hari ke-0: berkas dinyatakan lengkap dan benar")
    if day.kind is DayKind.FREE:
        return "neutral", _("Tidak dihitung")
    if day.kind is DayKind.PAUSED:
        return "attention", _("Waktu berhenti")
    number = day.number or 0
    title = _unit(state.term.unit) % {"n": number}
    if number > state.term.amount:
        return "late", _("%(day)s, melewati janji") % {"day": title}
    if day.on == state.due_on:
        return "good", _("%(day)s: hari yang dijanjikan") % {"day": title}
    return ("good", title) if day.kind is DayKind.COUNTED else ("neutral", title)


def _unit(unit: Unit) -> str:
    if unit is Unit.CALENDAR_DAY:
        return _("Hari kalender ke-%(n)s")
    if unit is Unit.WORK_MINUTE:
        return _("%(n)s menit kerja terpakai")
    return _("Hari kerja ke-%(n)s")


_KINDS = {
    DayKind.ZERO: "zero",
    DayKind.PAUSED: "paused",
    DayKind.FREE: "free",
    DayKind.COUNTED: "counted",
    DayKind.AHEAD: "ahead",
}


def _months(days: list[_ExplainedDay], state: ClockState, ending: str) -> list[Month]:
    cells = {day.on: _cell(day, state, ending) for day in days}
    firsts = sorted({day.on.replace(day=1) for day in days})
    return [Month(first, list(_weeks(first, cells))) for first in firsts]


def _cell(day: _ExplainedDay, state: ClockState, ending: str) -> Cell:
    _meaning, title = _title(day, state, ending)
    late = (day.number or 0) > state.term.amount or (day.ends and state.late)
    kind = "late" if late else "end" if day.ends else _KINDS[day.kind]
    full = f"{title} ({day.reason})" if day.reason else title
    return Cell(day.on, kind, _word(day), full, due=day.on == state.due_on)


def _word(day: _ExplainedDay) -> str:
    if day.ends:
        return _("selesai")
    if day.kind is DayKind.ZERO:
        return "0"
    if day.kind is DayKind.PAUSED:
        return _("jeda")
    if day.kind is DayKind.FREE:
        return "" if day.reason in ("", _("akhir pekan")) else _("libur")
    return str(day.number or "")


def _weeks(first: date, cells: dict[date, Cell]) -> Iterator[list[Cell | None]]:
    """Yield the weeks of a month in which anything was counted."""
    monday = first - timedelta(days=first.weekday())
    while monday.replace(day=1) <= first:
        week = [monday + timedelta(days=n) for n in range(7)]
        if any(day in cells and day.month == first.month for day in week):
            yield [
                (cells.get(day) or Cell(day, "outside", "", ""))
                if day.month == first.month
                else None
                for day in week
            ]
        monday += timedelta(days=7)
