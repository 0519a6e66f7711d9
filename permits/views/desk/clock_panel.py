"""The service clock on the page of an application: deadline, target, time of the step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse

from permits.models import Application, ApplicationDeadline
from permits.presenters import clock, deadlines
from permits.presenters.deadlines import Promise
from permits.presenters.last_days import LastDay, last_day
from permits.presenters.step_time import StepTime, step_time
from permits.selectors import clock as read_clock
from permits.selectors import clock_events, step_calendars
from standards.domain.steps import StepKind
from workflow.domain.clock import ClockEvent, ClockState
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar


@dataclass
class ClockPanel:
    """The state of the clock at the instant ``at``, in the calendar of the office."""

    application: Application
    at: datetime
    calendar: WorkCalendar

    @cached_property
    def events(self) -> list[ClockEvent]:
        """The events of the service clock."""
        return clock_events(self.application)

    @cached_property
    def reckoning(self) -> ClockState | None:
        """The service clock; ``None`` while the calendar is not decreed."""
        try:
            return read_clock(self.application, self.at, events=self.events, calendar=self.calendar)
        except DomainError:
            return None

    @cached_property
    def term(self) -> str:
        """The service term in words; "" while the calendar is not decreed."""
        return clock.term_of(self.reckoning.term) if self.reckoning else ""

    @cached_property
    def promise(self) -> Promise:
        """The service deadline."""
        return deadlines.promise(
            self.application,
            self.at,
            url=reverse("permits:desk_deadline", args=[self.application.public_id]),
            audience="officer",
            events=self.events,
            state=self.reckoning,
            calendar=self.calendar,
        )

    @cached_property
    def target(self) -> clock.DeadlineRow | None:
        """The internal target, once the clock has started."""
        rows = [
            row
            for row in self.application.deadlines.all()
            if row.kind == ApplicationDeadline.Kind.TARGET
        ]
        latest = max(rows, key=lambda row: row.pk, default=None)
        if latest is None:
            return None
        return clock.deadline_row(self.application, latest, self.at)

    @cached_property
    def last_day(self) -> LastDay | None:
        """The last day of the completeness check, the completion or the collection."""
        return last_day(self.application, self.at, self.calendar)

    @cached_property
    def step_time(self) -> StepTime | None:
        """The time left of the standard time of the open step."""
        visit = self.application.current_step
        if visit is None or self.application.desk_id is None:
            return None
        rows = self.application.deadlines.all()
        of_visit = (row for row in rows if row.visit_id == visit.pk and row.part_id is None)
        deadline = next(of_visit, None)
        if deadline is None or deadline.due_at is None or visit.step.kind == StepKind.HAND_OVER:
            return None
        row = self.application
        calendar = step_calendars([row], {row.pk: self.calendar})[row.pk]
        try:
            return step_time(deadline.term, deadline.due_at, self.at, row.office, calendar)
        except DomainError:
            return None
