"""The routing card (kartu kendali): each visit to a desk with its working time.

A row of the SOP that runs side by side with others has a line of its own, before the visit to the
step at which they meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.models import Office
from permits.models import Application, ApplicationDeadline, ApplicationStep, StepPart
from permits.selectors.parts import load_parts, parts_of
from permits.selectors.service_clock import counted_by, promise_calendar
from permits.selectors.step_files import load_papers
from standards.models import SopStep
from workflow.calendars import calendars_of
from workflow.domain.clock import Unit
from workflow.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of the routing card: hand-over, receipt, standard time and time used.

    ``part`` is the row that runs side by side with others, ``None`` in the line of the visit.
    ``waited_minutes`` is how long the visit waited for such rows.
    """

    visit: ApplicationStep
    used_minutes: int
    used_workdays: int
    late: bool
    part: StepPart | None = None
    waited_minutes: int = 0

    @property
    def step(self) -> SopStep:
        """The row of the SOP."""
        row = self.part.step if self.part is not None else None
        return row or self.visit.step

    @property
    def standard(self) -> str:
        """The standard time as printed in the SOP, and why the service clock stands at the step."""
        step = self.step
        return "; ".join(filter(None, [step.standard_time, str(step.clock_words)]))

    @property
    def in_minutes(self) -> bool:
        """Whether the standard is given in minutes."""
        return self.step.standard_unit == Unit.WORK_MINUTE


def routing_card(
    application: Application,
    at: datetime,
    visits: Iterable[ApplicationStep] | None = None,
    calendar: WorkCalendar | None = None,
    due_at: Mapping[int, datetime | None] | None = None,
) -> list[CardLine]:
    """Return the routing card: every visit in order with its working time until ``at``.

    Before a visit stand the rows that ran side by side and met at its step.

    ``visits`` are the visits of the application if the caller has loaded them already
    (``ApplicationStepQuerySet.for_routing_card``), ``due_at`` is what ``step_due_dates`` returns.
    The time at a partner body is counted with the body's own calendar.
    """
    office = application.office
    calendar = calendar or promise_calendar(application)
    rows = application.steps.for_routing_card() if visits is None else visits
    due_at = step_due_dates(application) if due_at is None else due_at
    rows = list(rows)
    load_parts(rows)
    load_papers(rows)
    beside = {visit.pk: [part for part in parts_of(visit) if part.step] for visit in rows}
    desks = [visit.step.desk for visit in rows]
    desks += [part.position for parts in beside.values() for part in parts]
    elsewhere = {counted_by(office.pk, desk) for desk in desks} - {office.pk}
    partners = Office.objects.defer("emblem").filter(pk__in=elsewhere) if elsewhere else ()
    calendars = {office.pk: calendar, **calendars_of(partners)}
    lines: list[CardLine] = []
    for visit in rows:
        for part in beside[visit.pk]:
            own = part.deadline.due_at if part.deadline is not None else None
            counted = calendars[counted_by(office.pk, part.position)]
            lines.append(_card_line(visit, own, at, counted, office.zone, part))
        counted = calendars[counted_by(office.pk, visit.step.desk)]
        line = _card_line(visit, due_at.get(visit.pk), at, counted, office.zone)
        if beside[visit.pk]:
            line = replace(line, waited_minutes=_waited(visit, at, calendar, office.zone))
        lines.append(line)
    return lines


def step_due_dates(application: Application) -> dict[int, datetime | None]:
    """Return when the standard time of each visit ends, by the key of the visit."""
    return {
        row.visit_id: row.due_at
        for row in application.deadlines.all()
        if row.kind == ApplicationDeadline.Kind.STEP and row.visit_id is not None
    }


def _card_line(
    visit: ApplicationStep,
    due_at: datetime | None,
    at: datetime,
    calendar: WorkCalendar,
    zone: ZoneInfo,
    part: StepPart | None = None,
) -> CardLine:
    """Return the line of a visit, or of a ``part`` of it that is a row of the SOP."""
    turn = part or visit
    ended = turn.finished_at or at
    waits = part is None and any(row.is_open for row in parts_of(visit) if row.step)
    began = ended if waits else turn.begun_at
    first, last = began.astimezone(zone), ended.astimezone(zone)
    return CardLine(
        visit=visit,
        used_minutes=calendar.minutes(first, last),
        used_workdays=calendar.count(first.date(), last.date()),
        late=due_at is not None and ended > due_at,
        part=part,
    )


def _waited(visit: ApplicationStep, at: datetime, calendar: WorkCalendar, zone: ZoneInfo) -> int:
    """Return the working minutes in which a visit waited for rows that ran side by side."""
    until = visit.began_at or visit.finished_at or at
    return calendar.minutes(visit.handed_over_at.astimezone(zone), until.astimezone(zone))
