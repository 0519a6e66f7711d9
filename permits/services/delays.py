"""Why an application is late, and when it may be ready."""

from __future__ import annotations

from datetime import date, datetime
from math import ceil

from permits import selectors
from permits.models import Application
from standards.domain.steps import StepKind, order_of
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
    """Return the day on which the product has its number, if each step takes its standard time."""
    current = application.current_step
    steps = SopStep.objects.filter(procedure=application.procedure).select_related("role")
    applicable = selectors.sop_steps(application)
    left = steps.filter(order__gte=current.step.order) if current else steps.none()
    if (numbered := order_of(applicable, StepKind.NUMBER)) is not None:
        left = left.filter(order__lte=numbered)
    left = left.filter(pk__in=[step.pk for step in applicable])
    ours = (step for step in left if step.role.position_id and not step.whose_clock.stands)
    minutes = sum(map(_minutes, ours))
    return calendar.add(application.office.local_date(at), max(1, ceil(minutes / _DAY_MINUTES)))


def _minutes(step: SopStep) -> int:
    amount = step.standard_amount or 0
    return amount if step.standard_unit == Unit.WORK_MINUTE else amount * _DAY_MINUTES
