"""The parts that others give at the present step, and whose desks a file lies at."""

from __future__ import annotations

from collections.abc import Container, Iterable

from django.db.models import Prefetch, prefetch_related_objects

from accounts.models import Position
from permits.models import Application, ApplicationDeadline, ApplicationStep, StepPart
from permits.selectors.progress import sop_steps
from standards.domain.steps import Step, met_at
from standards.models import SopStep
from standards.selectors import load_procedure


def load_parts(visits: Iterable[ApplicationStep | None]) -> None:
    """Read the parts of these visits in one query; in none where nobody was asked."""
    asked = [visit for visit in visits if visit is not None and visit.asked]
    prefetch_related_objects(asked, Prefetch("parts", StepPart.objects.with_givers()))


def parts_of(visit: ApplicationStep | None) -> list[StepPart]:
    """Return the parts of a visit; [] where nobody was asked.

    First the rows that meet at its step, then its further performers by the SOP's columns.
    """
    if visit is None or not visit.asked:
        return []
    load_parts([visit])
    return sorted(visit.parts.all(), key=_place)


def _place(part: StepPart) -> tuple[bool, int, int, int]:
    row = part.step
    return row is None, row.order if row is not None else 0, part.role.order, part.pk


def parts_here(application: Application) -> list[StepPart]:
    """Return the parts of the present visit; lists call ``load_parts`` before."""
    return parts_of(application.current_step)


def missing_parts(application: Application) -> list[StepPart]:
    """Return the parts of the present visit that are still owed."""
    return [part for part in parts_here(application) if part.is_open]


def rows_owed(application: Application) -> list[StepPart]:
    """Return the open parts that are rows of the SOP: the present step begins after them."""
    return [part for part in missing_parts(application) if part.step is not None]


def begun(application: Application) -> bool:
    """Whether the work of the present step itself has begun: no row before it is still open."""
    return not rows_owed(application)


def rows_met_at(application: Application, target: Step) -> list[SopStep]:
    """Return the rows that run side by side before ``target`` and apply to ``application``."""
    rows = {row.pk: row for row in load_procedure(application.procedure).steps.all()}
    if not any(row.parallel for row in rows.values()):
        return []
    return [rows[row.pk] for row in met_at(sop_steps(application, target.pk), target)]


def desks_of(application: Application) -> list[Position]:
    """Return the positions at whose desks a file lies: of the step, and of each open part."""
    own = [application.desk] if application.desk is not None else []
    return [*own, *(part.position for part in missing_parts(application))]


def desks_held(deadline: ApplicationDeadline) -> list[Position]:
    """Return the desks that a deadline holds; none while it is the applicant's turn.

    A part with a deadline of its own is not held by the standard time of its step.
    """
    if deadline.part is not None:
        return [deadline.part.position]
    application = deadline.application
    if deadline.kind != ApplicationDeadline.Kind.STEP:
        return desks_of(application)
    own = [application.desk] if application.desk is not None else []
    owed = (part for part in missing_parts(application) if part.deadline is None)
    return [*own, *(part.position for part in owed)]


def lies_at(application: Application, positions: Container[int]) -> bool:
    """Whether a file lies at a desk of ``positions`` (keys): as its step, or as an open part."""
    if application.desk_id is not None and application.desk_id in positions:
        return True
    return any(part.position_id in positions for part in missing_parts(application))


def part_of(application: Application, positions: Container[int]) -> StepPart | None:
    """Return the first open part of the present visit that one of ``positions`` (keys) owes."""
    owed = missing_parts(application)
    return next((part for part in owed if part.position_id in positions), None)
