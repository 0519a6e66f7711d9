"""Celery tasks of documents: each reads the clock and calls one service."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="documents.publish_heads", ignore_result=True)
def publish_heads_task() -> None:
    """Put the heads of the audit chains outside the database."""
    from documents.evidence import publish_heads
    from workflow.sweeps import SweepResult, sweep

    at = timezone.now()
    sweep("documents.publish_heads", [0], lambda _key: SweepResult(len(publish_heads(at))))
