"""Events of an application: the change of status and the terms of statuses."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from permits.domain.lifecycle import Event
from permits.models import Application
from permits.services import deadlines
from workflow import transitions


def fire(
    application: Application,
    event: Event,
    *,
    actor: User | None,
    at: datetime,
    note: str = "",
    capacity: str = "",
) -> Application:
    """Change the status as the lifecycle allows; end and start the terms of statuses."""
    fresh = transitions.fire(application, event, actor=actor, at=at, note=note, capacity=capacity)
    deadlines.follow(fresh, at)
    return fresh
