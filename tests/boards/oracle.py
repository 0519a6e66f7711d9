"""The figures of a world, computed slowly and plainly from its records: day by day, file by file.

Nothing here asks ``reckon()``, the small tables or a condition of a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from accounts.models import Appointment, Office
from permits.models import Application
from tests.boards.world import closing, slow_minutes
from tests.factories.permits import NOON
from workflow.calendar_versions import recorded
from workflow.calendars import calendar_of
from workflow.domain.workdays import WorkCalendar

ANSWERED = ("terbit", "selesai", "ditolak")
DAY = timedelta(days=1)
Stands = list[tuple[datetime, datetime | None]]


@dataclass(frozen=True)
class Answer:
    """One answered file; ``net`` and ``gross`` are in ``unit``."""

    month: date
    service: str
    unit: str
    promised: int | None
    net: int
    gross: int
    on_time: bool | None
    returns: int


@dataclass(frozen=True)
class Visit:
    """One finished visit to a step."""

    month: date
    step: int
    minutes: int
    timed: bool
    over: bool
    sent_back: bool


@dataclass(frozen=True)
class Work:
    """What one officer had in hand, or finished, at one position."""

    month: date
    officer: int
    position: int
    held: int
    finished: int
    minutes: int


@dataclass(frozen=True)
class Act:
    """One act on the clock; ``position`` is what the officer held that day."""

    month: date
    service: str
    kind: str
    officer: int | None
    position: int | None


@dataclass(frozen=True)
class Fault:
    """One finding: what was wrong or missing, by the text of the requirement, "" for an answer."""

    month: date
    service: str
    text: str


@dataclass
class Facts:
    """Everything that happened before ``NOON``."""

    answers: list[Answer] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    work: list[Work] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)


def facts_of(office: Office) -> Facts:
    """Return what happened to the files of ``office``, read from their records."""
    found = Facts()
    seats = list(Appointment.objects.filter(position__office=office).order_by("pk"))
    rows = Application.objects.filter(office=office).select_related("service", "version")
    loaded = rows.prefetch_related(
        "clock_events", "deadlines", "records", "verdicts__requirement", "answer_verdicts",
        "parts__position__office", "steps__step__role__position__office",
        "steps__step__recorded_by__position__office", "steps__deadlines",
    )  # fmt: skip
    calendars: dict[Any, WorkCalendar] = {"": calendar_of(office)}
    for file in loaded:
        _File(office, file, calendars, seats).tell(found)
    return found


@dataclass
class _File:
    office: Office
    row: Application
    calendars: dict[Any, WorkCalendar]
    seats: Sequence[Appointment]

    def tell(self, found: Facts) -> None:
        promises = [row for row in self.row.deadlines.all() if row.kind == "layanan"]
        self.promise = max(promises, key=lambda row: row.pk, default=None)
        version = self.promise.calendar_version if self.promise else ""
        if version not in self.calendars:
            self.calendars.update(recorded([version]) or {version: self.calendars[""]})
        self.calendar = self.calendars[version]
        self.events = list(self.row.clock_events.all())
        self.name = self.row.service.name
        self._answer(found)
        self._visits(found)
        self._faults(found)
        self._acts(found)

    def month(self, at: datetime | None) -> date | None:
        """Return the month of an instant before ``NOON``."""
        return None if at is None or at >= NOON else self.office.local_date(at).replace(day=1)

    def right(self, event: Any) -> datetime:
        """Return when an event took effect: the correction that was recorded last holds."""
        fixes = [row for row in self.events if row.corrects_id == event.pk]
        return max(fixes, key=lambda row: row.pk).at if fixes else event.at

    def _answer(self, found: Facts) -> None:
        stops = [row.at for row in self.events if row.kind == "henti"]
        month = self.month(stops[0]) if stops else None
        if month is None or self.row.status not in ANSWERED:
            return
        stop = stops[0]
        started = [self.right(row) for row in self.events if row.kind == "mulai"]
        begun, stands, amount = self.lap(self.events)
        unit = self.promise.term_unit if self.promise else self.row.version.term_unit
        net, due = count(unit, begun, stop, stands, amount, self.calendar)
        gross, _due = count(unit, started[0], stop, [], amount, self.calendar)
        found.answers.append(
            Answer(
                month,
                self.name,
                unit,
                self.promise.term_amount if self.promise else None,
                net,
                gross,
                None if self.promise is None else due is None or stop < due,
                len(self.returns()),
            )
        )

    def lap(self, events: Sequence[Any]) -> tuple[datetime, Stands, int]:
        """Return since when the clock counts, when it stood since, and how much is promised."""
        begun = max(self.right(row) for row in events if row.kind in ("mulai", "ulang"))
        amount = self.promise.term_amount if self.promise else 0
        stands: Stands = []
        for row in events:
            at = self.right(row)
            if at < begun:
                continue
            if row.kind == "perpanjang":
                amount += row.amount
            if row.kind == "jeda":
                mine = [
                    self.right(one)
                    for one in events
                    if one.kind == "lanjut" and one.key == row.key and self.right(one) > at
                ]
                stands.append((at, min(mine, default=None)))
        return begun, stands, amount

    def returns(self) -> list[Any]:
        """Return the records by which the applicant was asked for more, the first one first."""
        rows = [row for row in self.row.records.all() if row.to == "dikembalikan"]
        return sorted(rows, key=lambda row: (row.at, row.pk))

    def _visits(self, found: Facts) -> None:
        visits: list[Any] = list(self.row.steps.all())
        for visit in visits:
            month = self.month(visit.finished_at)
            if month is None or visit.outcome in ("dilewati", "dihentikan"):
                continue
            desk = visit.step.desk
            calendar = self._calendar_at(desk)
            due = [row.due_at for row in visit.deadlines.all() if row.kind == "langkah"]
            found.visits.append(
                Visit(
                    month,
                    visit.step_id,
                    slow_minutes(visit.handed_over_at, visit.finished_at, calendar),
                    bool(due),
                    any(at < visit.finished_at for at in due),
                    visit.outcome == "dikembalikan",
                )
            )
            if desk is None:
                continue
            owner, since = visit.received_by_id, visit.received_at
            if owner is None:
                owner, since = visit.finished_by_id, visit.handed_over_at
            minutes = slow_minutes(since, visit.finished_at, calendar)
            found.work.append(Work(month, owner, desk.pk, 1, 0, minutes))
            found.work.append(Work(month, visit.finished_by_id, desk.pk, 0, 1, 0))
        parts: list[Any] = list(self.row.parts.all())
        for part in parts:
            month = self.month(part.finished_at)
            if month is not None and part.finished_by_id:
                calendar = self._calendar_at(part.position)
                minutes = slow_minutes(part.asked_at, part.finished_at, calendar)
                seat = part.position_id
                found.work.append(Work(month, part.finished_by_id, seat, 1, 1, minutes))

    def _calendar_at(self, desk: Any) -> WorkCalendar:
        """Return the calendar of the promise; at a partner body its own."""
        if desk is None or desk.office == self.office:
            return self.calendar
        if desk.office not in self.calendars:
            self.calendars[desk.office] = calendar_of(desk.office)
        return self.calendars[desk.office]

    def _faults(self, found: Facts) -> None:
        for verdict in self.row.verdicts.all():
            if (month := self.month(verdict.at)) and verdict.result != "sesuai":
                found.faults.append(Fault(month, self.name, verdict.requirement.text))
        for answer in self.row.answer_verdicts.all():
            if (month := self.month(answer.at)) and answer.result != "sesuai":
                found.faults.append(Fault(month, self.name, ""))

    def _acts(self, found: Facts) -> None:
        for event in self.events:
            if event.kind == "jeda":
                self._act(found, "jeda", event.actor_id, event.recorded_at)
                if self._on_the_brink(event):
                    self._act(found, "menjelang", event.actor_id, event.recorded_at)
            if event.at < event.recorded_at:
                self._act(found, "mundur", event.actor_id, event.recorded_at)
        for record in self.returns()[1:]:
            self._act(found, "kedua", record.actor_id, record.at)

    def _act(self, found: Facts, kind: str, officer: int | None, at: datetime) -> None:
        month, day = self.month(at), self.office.local_date(at)
        held = [
            row.position_id
            for row in self.seats
            if row.user_id == officer
            and row.started_on <= day
            and (row.ended_on is None or day <= row.ended_on)
        ]
        if month is not None:
            found.acts.append(Act(month, self.name, kind, officer, held[0] if held else None))

    def _on_the_brink(self, pause: Any) -> bool:
        """Whether the clock ran until this pause, on its last day or the working day before."""
        before = [
            row
            for row in self.events
            if row.kind != "koreksi" and row != pause and self.right(row) < pause.at
        ]
        if self.promise is None or not before:
            return False
        begun, stands, amount = self.lap(before)
        if any(until is None for _since, until in stands):
            return False
        far = pause.at + timedelta(days=60)
        unit = self.promise.term_unit
        due = count(unit, begun, far, stands, amount, self.calendar)[1]
        assert due is not None
        if due <= pause.at:
            return False
        last = (due - timedelta(seconds=1)).astimezone(self.office.zone).date()
        return workdays(self.calendar, self.office.local_date(pause.at), last) <= 1


def middle(values: Sequence[int]) -> float:
    """Return the median, by sorting."""
    ranked = sorted(values)
    return (ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) / 2


def nine_of_ten(values: Sequence[int]) -> int:
    """Return the smallest value that is enough for ninety of a hundred."""
    return next(v for v in sorted(values) if 10 * sum(x <= v for x in values) >= 9 * len(values))


def workdays(calendar: WorkCalendar, first: date, last: date) -> int:
    """Count the working days after ``first`` up to ``last``, one by one."""
    return sum(calendar.is_workday(first + DAY * nth) for nth in range(1, (last - first).days + 1))


def count(
    unit: str, begun: datetime, stop: datetime, stands: Stands, amount: int, calendar: WorkCalendar
) -> tuple[int, datetime | None]:
    """Return the units used until ``stop``, and when the promise was over, if it was by then."""
    if unit == "menit_kerja":
        return _minutes(begun, stop, stands, amount, calendar)
    used, due = 0, None
    for counted_at, over in _days(unit, begun, calendar):
        if counted_at > stop:
            return used, due
        if not _stood(stands, counted_at):
            used += 1
            if used == amount:
                due = over
    raise AssertionError(begun)


def _stood(stands: Stands, at: datetime) -> bool:
    return any(since < at and (until is None or at < until) for since, until in stands)


def _days(
    unit: str, begun: datetime, calendar: WorkCalendar
) -> Iterator[tuple[datetime, datetime]]:
    """Yield when each day counts, and when it is over; the day of the start is left out.

    A start after closing time, or on a free day, is one of the next working day. A working day
    counts when the office closes, a day of the calendar when it is over.
    """
    zone = calendar.rules.zone
    day = begun.astimezone(zone).date()
    while not calendar.is_workday(day) or begun > closing(day, zone):
        day += DAY
    while True:
        day += DAY
        over = datetime.combine(day + DAY, time(), zone)
        if unit == "hari_kalender":
            yield over, over
        elif calendar.is_workday(day):
            yield closing(day, zone), over


def _minutes(
    begun: datetime, stop: datetime, stands: Stands, amount: int, calendar: WorkCalendar
) -> tuple[int, datetime | None]:
    """Add up the working time, piece by piece between the instants at which something changes."""
    zone, seconds, due = calendar.rules.zone, 0, None
    day = begun.astimezone(zone).date()
    while datetime.combine(day, time(), zone) < stop:
        friday = day.weekday() == 4
        noon = time(11, 30) if friday else time(12)
        spans = ((time(7, 30), noon), (time(13), closing(day, zone).time()))
        for opens, closes in spans if calendar.is_workday(day) else ():
            first = max(begun, datetime.combine(day, opens, zone))
            last = min(stop, datetime.combine(day, closes, zone))
            cuts = {first, last, *(at for pair in stands for at in pair if at)}
            inside = sorted(at for at in cuts if first <= at <= last)
            for piece, ends in zip(inside, inside[1:], strict=False):
                if _stood(stands, piece + timedelta(milliseconds=1)):
                    continue
                length = int((ends - piece).total_seconds())
                if due is None and seconds + length >= 60 * amount:
                    due = piece + timedelta(seconds=60 * amount - seconds)
                seconds += length
        day += DAY
    return seconds // 60, due
