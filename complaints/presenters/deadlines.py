"""The day promised for the answer to a complaint."""

from __future__ import annotations

from datetime import datetime

from complaints.models import Complaint
from workflow.domain import deadline_status
from workflow.domain.clock import counted_after
from workflow.domain.deadline_status import DeadlineStatus
from workflow.domain.workdays import WorkCalendar


def deadline_of(complaint: Complaint, at: datetime, calendar: WorkCalendar) -> DeadlineStatus:
    """Return the status of the promised day ``at`` an instant, from its stored dates."""
    if complaint.due_on is None or complaint.due_at is None:
        return deadline_status.NOT_STARTED
    return deadline_status.running(
        calendar,
        complaint.due_on,
        complaint.due_at,
        at=at,
        zone=calendar.rules.zone,
        counted_after=counted_after(complaint.received_at, calendar, calendar.rules),
    )
