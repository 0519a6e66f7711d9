"""The bells of permits: each reads the clock and calls one service."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="permits.print_due", ignore_result=True)
def print_due_task() -> None:
    """Render owed papers."""
    from permits.services.printouts import print_due

    print_due(timezone.now())


@shared_task(name="permits.sign_due", ignore_result=True)
def sign_due_task() -> None:
    """Render and sign owed certificates."""
    from permits.services.certificates import sign_due

    sign_due(timezone.now())


@shared_task(name="permits.flag_breaches", ignore_result=True)
def flag_breaches_task() -> None:
    """Mark broken promises."""
    from permits.services.deadlines import flag_breaches

    flag_breaches(timezone.now())
