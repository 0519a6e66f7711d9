"""Celery tasks of reports: each passes the current time to one service."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="reports.expect_due", ignore_result=True)
def expect_due_task() -> None:
    """Begin the terms of the reports whose period is over."""
    from reports.services.terms import expect_due

    expect_due(timezone.now())


@shared_task(name="reports.sign_papers", ignore_result=True)
def sign_papers_task() -> None:
    """Render and sign the queued reports."""
    from reports.services.signing import sign_papers

    sign_papers(timezone.now())
