"""The bells of workflow: each reads the clock and calls one service."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="workflow.watch_terms", ignore_result=True)
def watch_terms_task() -> None:
    """Raise and answer the alarms of every kind of term."""
    from workflow.alarms import watch_terms

    watch_terms(timezone.now())
