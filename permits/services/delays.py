"""Why an application is late, and when it may be ready."""

from __future__ import annotations

from datetime import date, datetime
from math import ceil

from permits import selectors
from permits.models import Application
from standards.models import SopStep
from workflow.domain.clock import Unit
from workflow.domain.workdays import WorkCalendar

_DAY_MINUTES = 450  # a working day of 7 h 30 (Perpres 21/2023): for estimates only


def delay_reason(application: Application, at: datetime) -> str:
    """Return the slowest late step of the routing card; "" if there is none."""
    slow = [line for line in selectors.routing_card(application, at) if line.late]
    worst = max(slow, key=lambda line: line.used_minutes, default=None)
    if worst is None:
        return ""
    return f"{worst.visit.step.role.label}: {worst.visit.step.activity}"


def expected_on(application: Application, at: datetime, calendar: WorkCalendar) -> date:
    """Return the day on which the remaining steps end, if each takes its standard time."""
    current = application.current_step
    steps = SopStep.objects.filter(procedure=application.procedure)
    left = steps.filter(order__gte=current.step.order) if current else steps.none()
    minutes = sum(_minutes(step) for step in left if step.role.position_id is not None)
    return calendar.add(application.office.local_date(at), max(1, ceil(minutes / _DAY_MINUTES)))


def _minutes(step: SopStep) -> int:
    amount = step.standard_amount or 0
    return amount if step.standard_unit == Unit.WORK_MINUTE else amount * _DAY_MINUTES
