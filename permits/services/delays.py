"""Why an application is late, and when it may be ready."""

from __future__ import annotations

from datetime import date, datetime
from math import ceil

from django.db.models import Q

from permits import selectors
from permits.models import Application
from standards.domain.steps import StepKind, order_of, runs
from standards.models import SopStep
from workflow.domain.clock import Unit
from workflow.domain.workdays import WorkCalendar

_DAY_MINUTES = 450  # a working day of 7 h 30 (Perpres 21/2023): for estimates only


def delay_reason(application: Application, at: datetime) -> str:
    """Return the slowest late row of the routing card; "" if there is none."""
    slow = [line for line in selectors.routing_card(application, at) if line.late]
    worst = max(slow, key=lambda line: line.used_minutes, default=None)
    if worst is None:
        return ""
    return f"{worst.step.role.label}: {worst.step.activity}"


def expected_on(application: Application, at: datetime, calendar: WorkCalendar) -> date:
    """Return the day on which the product has its number, if each step takes its standard time.

    Of rows that run side by side the longest counts.
    """
    current = application.current_step
    steps = SopStep.objects.filter(procedure=application.procedure).select_related("role")
    applicable = selectors.sop_steps(application)
    beside = [part.step_id for part in selectors.rows_owed(application)]
    from_here = Q(order__gte=current.step.order) | Q(pk__in=beside) if current else Q(pk__in=[])
    left = steps.filter(from_here)
    if (numbered := order_of(applicable, StepKind.NUMBER)) is not None:
        left = left.filter(order__lte=numbered)
    left = left.filter(pk__in=[*(step.pk for step in applicable), *beside])
    minutes = sum(max(map(_minutes, run)) for run in runs(left))
    return calendar.add(application.office.local_date(at), max(1, ceil(minutes / _DAY_MINUTES)))


def _minutes(step: SopStep) -> int:
    """Return the standard time of a step of the office; 0 while the clock stands there."""
    if not step.role.position_id or step.whose_clock.stands:
        return 0
    amount = step.standard_amount or 0
    return amount if step.standard_unit == Unit.WORK_MINUTE else amount * _DAY_MINUTES
