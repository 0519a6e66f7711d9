"""The working time left of a step's standard time, as text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Office
from permits.models import StepPart
from workflow.domain.clock import Term, Unit
from workflow.domain.deadline_status import workdays_left
from workflow.domain.workdays import WorkCalendar
from workflow.formats import working_time

_FEW_MINUTES = 10  # working minutes left: the step is shown as urgent


@dataclass(frozen=True, slots=True)
class StepTime:
    """The time left of a step's standard time: a meaning and a text."""

    meaning: str
    words: str


def step_time(
    term: Term, due_at: datetime, at: datetime, office: Office, calendar: WorkCalendar
) -> StepTime:
    """Return how much working time a step has left ``at`` an instant, or by how much it is late.

    Raises ``DomainError`` while no year of the calendar is decreed.
    """
    zone = office.zone
    now, due = at.astimezone(zone), due_at.astimezone(zone)
    late = due <= now
    in_minutes = term.unit == Unit.WORK_MINUTE
    days = workdays_left(calendar, now.date(), due.date() if in_minutes else _last_day(due))
    if not in_minutes or days:
        return _in_days(min(days, term.amount), late=late)
    minutes = working_time(calendar.minutes(min(now, due), max(now, due)))
    if late:
        return StepTime("late", _("lewat %(time)s") % {"time": minutes})
    few = calendar.minutes(now, due) <= _FEW_MINUTES
    return StepTime("attention" if few else "neutral", _("sisa %(time)s") % {"time": minutes})


def part_time(part: StepPart, at: datetime, calendar: WorkCalendar) -> StepTime | None:
    """Return the same of a part; ``None`` where the standard time of its step holds."""
    own = part.deadline
    if own is None or own.due_at is None:
        return None
    return step_time(own.term, own.due_at, at, part.position.office, calendar)


def _last_day(due: datetime) -> date:
    """Return the day that ends at the instant ``due`` (the midnight after it)."""
    return (due - timedelta(seconds=1)).date()


def _in_days(left: int, *, late: bool) -> StepTime:
    if late:
        days = max(-left, 1)
        words = ngettext("lewat %(n)s hari kerja", "lewat %(n)s hari kerja", days)
        return StepTime("late", words % {"n": days})
    if left == 0:
        return StepTime("attention", _("hari terakhir"))
    words = ngettext("sisa %(n)s hari kerja", "sisa %(n)s hari kerja", left)
    return StepTime("neutral", words % {"n": left})
