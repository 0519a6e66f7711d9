"""Celery tasks of complaints: each passes the current time to one service."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="complaints.forget_waiting_files", ignore_result=True)
def forget_waiting_files_task() -> None:
    """Delete uploads whose report was never submitted."""
    from complaints.services.attachments import forget_waiting

    forget_waiting(timezone.now())


@shared_task(name="complaints.print_books", ignore_result=True)
def print_books_task() -> None:
    """Render the queued books and reports as PDF, delete the expired ones."""
    from complaints.services.book_papers import print_books

    print_books(timezone.now())


@shared_task(name="complaints.print_letters", ignore_result=True)
def print_letters_task() -> None:
    """Render and sign the queued letters."""
    from complaints.services.letters import print_letters

    print_letters(timezone.now())


@shared_task(name="complaints.confirm_deliveries", ignore_result=True)
def confirm_deliveries_task() -> None:
    """Close the complaints whose answer was delivered by the outbox."""
    from complaints.services.sending import confirm_deliveries

    confirm_deliveries(timezone.now())


@shared_task(name="complaints.watch_owners", ignore_result=True)
def watch_owners_task() -> None:
    """Ask for owners of the complaints whose owner has left."""
    from complaints.services.reminders import watch_owners

    watch_owners(timezone.now())
