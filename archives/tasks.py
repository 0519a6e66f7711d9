"""Celery tasks of archives: each calls one service with the present time."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="archives.print_copies", ignore_result=True)
def print_copies_task() -> None:
    """Render the copies of data that people asked for."""
    from archives.services.copies import print_due

    print_due(timezone.now())


@shared_task(name="archives.forget_copies", ignore_result=True)
def forget_copies_task() -> None:
    """Delete the copies whose day is over."""
    from archives.services.copies import forget_old

    forget_old(timezone.now())


@shared_task(name="archives.watch_requests", ignore_result=True)
def watch_requests_task() -> None:
    """Tell heads about requests that were not answered in time."""
    from archives.services.requests import watch

    watch(timezone.now())


@shared_task(name="archives.do_disposals", ignore_result=True)
def do_disposals_task() -> None:
    """Delete and destroy what two people have decided."""
    from archives.services.disposals import do_due

    do_due(timezone.now())


@shared_task(name="archives.sign_reports", ignore_result=True)
def sign_reports_task() -> None:
    """Render and sign the reports of what was deleted or destroyed."""
    from archives.services.disposals import sign_due

    sign_due(timezone.now())


@shared_task(name="archives.notify_due", ignore_result=True)
def notify_due_task() -> None:
    """Tell offices what is due by their schedule."""
    from archives.services.disposals import notify_due

    notify_due(timezone.now())
