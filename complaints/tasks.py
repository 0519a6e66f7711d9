"""The bells of complaints: each reads the clock and calls one service."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="complaints.forget_waiting_files", ignore_result=True)
def forget_waiting_files_task() -> None:
    """Delete files whose report was never sent."""
    from complaints.services.attachments import forget_waiting

    forget_waiting(timezone.now())


@shared_task(name="complaints.print_books", ignore_result=True)
def print_books_task() -> None:
    """Make the papers of books and reports that are owed, delete those of yesterday."""
    from complaints.services.book_papers import print_books

    print_books(timezone.now())


@shared_task(name="complaints.print_letters", ignore_result=True)
def print_letters_task() -> None:
    """Print and sign the answers that are owed as letters."""
    from complaints.services.letters import print_letters

    print_letters(timezone.now())


@shared_task(name="complaints.confirm_deliveries", ignore_result=True)
def confirm_deliveries_task() -> None:
    """Close what was answered by a message that has left."""
    from complaints.services.sending import confirm_deliveries

    confirm_deliveries(timezone.now())
