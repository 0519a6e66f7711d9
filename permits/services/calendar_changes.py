"""A decree that came late: which promised dates it moves, and moving them on record.

Nothing moves by itself when a holiday row is edited: an administrator looks at the effect and
applies it. A date that has passed never moves; a clock that stands still has no date to move; an
office untouched by a regional holiday keeps its calendar and so its dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import Office, User
from notices import outbox
from permits.models import Application, ApplicationDeadline, DueDateChange
from permits.services import deadlines
from workflow import transitions
from workflow.calendars import calendar_of
from workflow.domain.dates import weekday_date
from workflow.domain.errors import DomainError
from workflow.sweeps import Swept, sweep

Kind = ApplicationDeadline.Kind


@dataclass(frozen=True, slots=True)
class Move:
    """One promise that the calendar of today dates otherwise."""

    deadline: ApplicationDeadline
    old_on: date
    new_on: date
    new_at: datetime


def preview(at: datetime) -> list[Move]:
    """Return what applying the present calendars would move, soonest first."""
    return [move for deadline in _outdated(at) if (move := _move(deadline, at))]


def apply(at: datetime, *, actor: User | None) -> Swept:
    """Move the dates, each in its own transaction, and owe the applicants of moved files a mail.

    May run twice: a moved deadline carries the version of the calendar it was moved by.
    """
    keys = [deadline.pk for deadline in _outdated(at)]
    return sweep("permits.apply_calendar", keys, lambda pk: _apply_one(pk, at, actor))


def _outdated(at: datetime) -> Iterator[ApplicationDeadline]:
    """Running promises still ahead whose date was counted with another calendar."""
    rows = ApplicationDeadline.objects.running().filter(due_at__gt=at)
    for office in Office.objects.all():
        version = calendar_of(office).version
        yield from (
            rows.filter(application__office=office)
            .exclude(calendar_version=version)
            .select_related("application__version", "application__office", "application__service")
            .prefetch_related("application__clock_events")
            .order_by("due_at", "pk")
        )


def _move(deadline: ApplicationDeadline, at: datetime) -> Move | None:
    try:
        said = deadlines.reckoning_of(deadline, at)
    except DomainError:  # the new calendar no longer reaches that far: the old promise stands
        return None
    if said.due_on is None or said.due_at is None or said.due_at <= at:
        return None
    if deadline.due_on is None or said.due_on == deadline.due_on:
        return None
    return Move(deadline, deadline.due_on, said.due_on, said.due_at)


@transaction.atomic
def _apply_one(pk: int, at: datetime, actor: User | None) -> bool:
    application = transitions.lock(Application.objects.get(deadlines=pk))
    deadline = ApplicationDeadline.objects.select_related("application").get(pk=pk)
    version = calendar_of(application.office).version
    if deadline.met_at or deadline.calendar_version == version:
        return False
    move = _move(deadline, at)
    deadline.calendar_version = version
    if move is None:
        deadline.save(update_fields=["calendar_version"])
        return False
    deadline.due_on, deadline.due_at = move.new_on, move.new_at
    deadline.save(update_fields=["due_on", "due_at", "calendar_version"])
    DueDateChange.objects.create(
        application=application, deadline=deadline, old_on=move.old_on, new_on=move.new_on,
        calendar_version=version, at=at, actor=actor,
    )  # fmt: skip
    if deadline.kind == Kind.SERVICE:
        application.due_on, application.due_at = move.new_on, move.new_at
        application.save(update_fields=["due_on", "due_at"])
        _tell(application, move, at)
    return True


def _tell(application: Application, move: Move, at: datetime) -> None:
    outbox.post(
        f"application-moved:{application.pk}:{move.old_on}:{move.new_on}",
        "permits/moved",
        to=application.applicant,
        at=at,
        about=f"application:{application.pk}",
        name=application.applicant.full_name,
        number=application.number,
        code=application.tracking_code,
        service=application.service.name,
        office=application.office.name,
        path=application.get_absolute_url(),
        promised=weekday_date(move.new_on),
        earlier=weekday_date(move.old_on),
    )
