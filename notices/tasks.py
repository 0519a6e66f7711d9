"""The bell of the outbox."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="notices.deliver_due", ignore_result=True)
def deliver_due_task() -> None:
    """Send every message that is owed."""
    from notices.services import deliver_due

    deliver_due(timezone.now())
