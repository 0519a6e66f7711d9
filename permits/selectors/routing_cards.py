"""The routing card (kartu kendali): each visit to a desk with its working time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.models import Office
from permits.models import Application, ApplicationDeadline, ApplicationStep
from permits.selectors.parts import load_parts
from permits.selectors.service_clock import counted_by, promise_calendar
from workflow.calendars import calendars_of
from workflow.domain.clock import Unit
from workflow.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of the routing card: hand-over, receipt, standard time and time used."""

    visit: ApplicationStep
    used_minutes: int
    used_workdays: int
    late: bool

    @property
    def standard(self) -> str:
        """The standard time as printed in the SOP, and why the service clock stands at the step."""
        step = self.visit.step
        return "; ".join(filter(None, [step.standard_time, str(step.clock_words)]))

    @property
    def in_minutes(self) -> bool:
        """Whether the standard is given in minutes."""
        return self.visit.step.standard_unit == Unit.WORK_MINUTE


def routing_card(
    application: Application,
    at: datetime,
    visits: Iterable[ApplicationStep] | None = None,
    calendar: WorkCalendar | None = None,
    due_at: Mapping[int, datetime | None] | None = None,
) -> list[CardLine]:
    """Return the routing card: every visit in order with its working time until ``at``.

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
    counting = {visit.pk: counted_by(office.pk, visit.step.desk) for visit in rows}
    elsewhere = set(counting.values()) - {office.pk}
    partners = Office.objects.defer("emblem").filter(pk__in=elsewhere) if elsewhere else ()
    calendars = {office.pk: calendar, **calendars_of(partners)}
    return [
        _card_line(
            visit,
            due_at.get(visit.pk),
            at,
            calendars[counting[visit.pk]],
            office.zone,
        )
        for visit in rows
    ]


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
) -> CardLine:
    began = visit.handed_over_at.astimezone(zone)
    ended = (visit.finished_at or at).astimezone(zone)
    return CardLine(
        visit=visit,
        used_minutes=calendar.minutes(began, ended),
        used_workdays=calendar.count(began.date(), ended.date()),
        late=due_at is not None and (visit.finished_at or at) > due_at,
    )
