"""Celery tasks of the outbox."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="notices.deliver_due", ignore_result=True)
def deliver_due_task() -> None:
    """Send the messages that are due."""
    from notices.services import deliver_due

    deliver_due(timezone.now())


@shared_task(name="notices.gather_digests", ignore_result=True)
def gather_digests_task() -> None:
    """Create the digest mails."""
    from notices.services import gather_digests

    gather_digests(timezone.now())


@shared_task(name="notices.report_failures", ignore_result=True)
def report_failures_task() -> None:
    """Notify administrators of the messages that could not be sent."""
    from notices.services import report_failures

    report_failures(timezone.now())


@shared_task(name="notices.report_tasks", ignore_result=True)
def report_tasks_task() -> None:
    """Notify administrators of the tasks that wait for them."""
    from notices.services import report_tasks

    report_tasks(timezone.now())
