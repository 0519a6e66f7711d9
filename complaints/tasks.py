"""The bells of complaints: each reads the clock and calls one service."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="complaints.forget_waiting_files", ignore_result=True)
def forget_waiting_files_task() -> None:
    """Delete files whose report was never sent."""
    from complaints.services.attachments import forget_waiting

    forget_waiting(timezone.now())
