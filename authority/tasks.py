"""Celery tasks of authority."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="authority.lapse_proposals", ignore_result=True)
def lapse_proposals_task() -> None:
    """End the proposals that nobody confirmed in time."""
    from authority.services.proposals import lapse_old

    lapse_old(timezone.now())
