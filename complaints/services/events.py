"""What happens to a complaint changes its status, and with it the terms that run."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from accounts.selectors import capacity_text, held
from complaints.domain.lifecycle import CLOSED, Event
from complaints.models import Complaint
from complaints.services import deadlines
from workflow import transitions


def fire(
    complaint: Complaint, event: Event, *, actor: User | None, at: datetime, note: str = ""
) -> Complaint:
    """Change the status as the lifecycle allows; begin and end the terms that hang on it."""
    fresh = transitions.fire(
        complaint, event, actor=actor, at=at, note=note, capacity=capacity_at(actor, complaint, at)
    )
    fresh.closed_at = at if fresh.status in CLOSED else None
    fresh.desk = None
    fresh.save(update_fields=["closed_at", "desk"])
    deadlines.follow(fresh, at)
    return fresh


def capacity_at(actor: User | None, complaint: Complaint, at: datetime) -> str:
    """Return in which capacity somebody acts at the office of the complaint."""
    if actor is None:
        return ""
    for row in held(actor, at).values():
        if row.position.office_id == complaint.office_id:
            return capacity_text(row)
    return ""
