"""Celery tasks of workflow: each reads the clock and calls one service."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="workflow.watch_calendar", ignore_result=True)
def watch_calendar_task() -> None:
    """Ask for the decree of next year in time."""
    from workflow.coverage import watch_calendar

    watch_calendar(timezone.now(), timezone.localdate())


@shared_task(name="workflow.watch_desks", ignore_result=True)
def watch_desks_task() -> None:
    """Ask for holders of the vacant desks at which something waits."""
    from workflow.vacancies import watch_desks

    watch_desks(timezone.now())


@shared_task(name="workflow.watch_terms", ignore_result=True)
def watch_terms_task() -> None:
    """Raise and answer the alarms of terms; delete expired throttle counters and old tokens."""
    from workflow import once, throttling
    from workflow.alarms import watch_terms

    at = timezone.now()
    watch_terms(at)
    throttling.delete_expired(at)
    once.delete_old(timezone.localdate())


@shared_task(name="workflow.extend_chains", ignore_result=True)
def extend_chains_task() -> None:
    """Chain the new records of all offices."""
    from workflow.audit import extend_chains
    from workflow.sweeps import SweepResult, sweep

    at = timezone.now()
    sweep("workflow.extend_chains", [0], lambda _key: SweepResult(extend_chains(at)))
