"""Changes of a running clock by the head of the office: extend, restart, correct.

Each change adds an event with its reason and its legal ground; recorded events are not changed.
The applicant gets a message when the due date moves.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from permits.domain.lifecycle import Status
from permits.models import Application
from permits.services import deadlines
from permits.services.applications import notify
from workflow import transitions
from workflow.domain.clock import ClockEvent, ClockKind, in_order
from workflow.domain.errors import DomainError
from workflow.formats import day_lazy


def extend_term(
    application: Application, *, actor: User, at: datetime, amount: int, reason: str, ground: str
) -> Application:
    """Extend the term by ``amount`` units, where a law allows it."""
    return _record(
        application,
        actor,
        at,
        reason,
        lambda locked: deadlines.record(
            locked,
            ClockKind.EXTEND,
            actor=actor,
            at=at,
            reason=reason,
            ground=ground,
            amount=amount,
        ),
    )


def restart_term(
    application: Application, *, actor: User, at: datetime, reason: str, ground: str
) -> Application:
    """Restart the count from zero; the time used before stays in the reports."""
    return _record(
        application,
        actor,
        at,
        reason,
        lambda locked: deadlines.record(
            locked, ClockKind.RESTART, actor=actor, at=at, reason=reason, ground=ground
        ),
    )


def correct_event(
    application: Application,
    *,
    actor: User,
    at: datetime,
    event: int,
    right_at: datetime,
    reason: str,
    ground: str,
) -> Application:
    """Correct the instant of an event of the clock.

    Raises ``DomainError``: correction_in_future, correction_out_of_order.
    """
    if right_at > at:
        raise DomainError("correction_in_future")

    def correct(locked: Application) -> None:
        events = [row.as_domain() for row in locked.clock_events.all()]
        correction = ClockEvent(ClockKind.CORRECT, right_at, _next_seq(events), corrects=event)
        if _order([*events, correction]) != _order(events):
            raise DomainError("correction_out_of_order")
        deadlines.record(
            locked,
            ClockKind.CORRECT,
            actor=actor,
            at=at,
            effective_at=right_at,
            corrects=event,
            reason=reason,
            ground=ground,
        )

    return _record(application, actor, at, reason, correct)


def _order(events: list[ClockEvent]) -> list[int]:
    return [event.seq for event in in_order(events)]


def _next_seq(events: list[ClockEvent]) -> int:
    return max((event.seq for event in events), default=0) + 1


@transaction.atomic
def _record(
    application: Application,
    actor: User,
    at: datetime,
    reason: str,
    write: Callable[[Application], None],
) -> Application:
    fresh = transitions.lock(application)
    if fresh.status != Status.IN_PROCESS or fresh.due_on is None:
        raise DomainError("clock_not_running")
    earlier = fresh.due_on
    write(fresh)
    deadlines.recompute(fresh, at)
    if fresh.due_on is not None and fresh.due_on != earlier:
        event = fresh.clock_events.latest("pk").pk
        notify(fresh, "rescheduled", at, nth=event, earlier=day_lazy(earlier), note=reason)
    return fresh
