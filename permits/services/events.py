"""What happens to an application changes its status, and with it the term that runs."""

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
    """Change the status as the lifecycle allows; begin and end the terms that hang on it."""
    fresh = transitions.fire(application, event, actor=actor, at=at, note=note, capacity=capacity)
    deadlines.follow(fresh, at)
    return fresh
