"""Marks on the way to a due date and past it: at which instant a notice of a term is due.

A mark lies at a share of the term, some days before or after the due day, or at the instant the
due day is over. Day marks lie at the opening of the office, not at midnight.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workflow.domain.clock import Term, Unit
from workflow.domain.workdays import WorkCalendar

_OPENS = time(8, 0)  # of a day for which the office has no hours


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of a term.

    ``share`` is the per cent of the term that is used up; ``days`` counts from the due day in the
    unit of the term (working days for a term in minutes), negative before it; with neither it is
    the instant at which the due day is over. ``act`` is what is done; ``level`` is the superior
    who hears of it (1 is the next one). A warning is left out when a later mark has been reached.
    """

    code: str
    act: str = "warn"
    share: int | None = None
    days: int | None = None
    level: int = 0

    @property
    def warns(self) -> bool:
        """Whether it lies before the due date."""
        return self.act == "warn"


@dataclass(frozen=True, slots=True)
class Moment:
    """When a mark is reached."""

    at: datetime
    mark: Mark


def moments(
    marks: Iterable[Mark],
    term: Term,
    due: tuple[date, datetime],
    calendar: WorkCalendar,
    zone: ZoneInfo,
) -> list[Moment]:
    """Return the instants of ``marks`` for a term that ends on a day and at an instant, in order.

    A share of a term in working minutes has no instant: such a term is over within the day.
    """
    due_on, due_at = due
    instants = []
    for mark in marks:
        days = mark.days
        if mark.share is not None:
            if term.unit is Unit.WORK_MINUTE:
                continue
            days = term.amount * mark.share // 100 - term.amount
        at = (
            due_at
            if days is None
            else _opening(_shifted(due_on, days, term, calendar), calendar, zone)
        )
        instants.append(Moment(at, mark))
    return sorted(instants, key=lambda moment: (moment.at, moment.mark.level))


def reached(course: Iterable[Moment], after: datetime, until: datetime) -> list[Mark]:
    """Return the marks reached after one instant and until another.

    Of warnings only the last one counts, and none when something more serious was reached since.
    """
    passed = [moment.mark for moment in course if after < moment.at <= until]
    return [mark for mark in passed if not mark.warns or mark is passed[-1]]


def following(course: Iterable[Moment], after: datetime) -> datetime | None:
    """Return the instant of the first mark after ``after``; ``None`` when all are behind."""
    return next((moment.at for moment in course if moment.at > after), None)


def _shifted(due_on: date, days: int, term: Term, calendar: WorkCalendar) -> date:
    """Return the day that lies ``days`` from the due day, always a working day.

    Warnings move to the working day before, what comes afterwards to the one after.
    """
    step = timedelta(days=1 if days > 0 else -1)
    day = due_on
    if term.unit is Unit.CALENDAR_DAY:
        day += timedelta(days=days)
    else:
        left = abs(days)
        while left:
            day += step
            left -= calendar.is_workday(day)
    while not calendar.is_workday(day):
        day += step
    return day


def _opening(day: date, calendar: WorkCalendar, zone: ZoneInfo) -> datetime:
    hours = calendar.hours_on(day)
    return datetime.combine(day, hours.opens if hours else _OPENS, zone)
