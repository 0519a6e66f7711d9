"""Transitions and records of a complaint, with their effect on its deadlines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from accounts.access import Verdict
from accounts.models import User
from accounts.selectors import capacity_text, seat_in
from complaints.domain.lifecycle import CLOSED, Event
from complaints.models import Complaint, ComplaintRecord
from complaints.services import deadlines
from workflow import transitions
from workflow.domain.errors import DomainError


def locked(
    complaint: Complaint,
    actor: User,
    may: Callable[[User, Complaint, datetime], Verdict],
    at: datetime,
) -> Complaint:
    """Lock the complaint and check the permission of ``actor`` on the fresh row.

    Raises ``DomainError`` with the reason of the refusal.
    """
    fresh = transitions.lock(complaint)
    if not (verdict := may(actor, fresh, at)):
        raise DomainError(verdict.reason)
    return fresh


def add_record(
    complaint: Complaint, what: str, *, actor: User | None, at: datetime, note: str
) -> None:
    """Add a record of an event that does not change the status."""
    ComplaintRecord.objects.create(
        subject=complaint,
        event=what,
        source=complaint.status,
        to=complaint.status,
        actor=actor,
        at=at,
        note=note,
        capacity=capacity_at(actor, complaint, at),
    )


def fire(
    complaint: Complaint, event: Event, *, actor: User | None, at: datetime, note: str = ""
) -> Complaint:
    """Change the status as the lifecycle allows, and update the deadlines."""
    fresh = transitions.fire(
        complaint, event, actor=actor, at=at, note=note, capacity=capacity_at(actor, complaint, at)
    )
    fresh.closed_at = at if fresh.status in CLOSED else None
    fresh.desk = None
    fresh.save(update_fields=["closed_at", "desk"])
    deadlines.follow(fresh, at)
    return fresh


def capacity_at(actor: User | None, complaint: Complaint, at: datetime) -> str:
    """Return the capacity in which ``actor`` acts at the office of the complaint."""
    return capacity_text(seat_in(actor, complaint.office_id, at))
