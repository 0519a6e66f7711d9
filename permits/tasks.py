"""Celery tasks of permits: each calls one service with the present time."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="permits.print_due", ignore_result=True)
def print_due_task() -> None:
    """Render queued printouts, then papers with sample facts."""
    from permits.services.printouts import print_due
    from permits.services.sample_papers import print_samples

    now = timezone.now()
    print_due(now)
    print_samples(now)


@shared_task(name="permits.sign_due", ignore_result=True)
def sign_due_task() -> None:
    """Render and sign queued certificates."""
    from permits.services.certificates import sign_due

    sign_due(timezone.now())


@shared_task(name="permits.move_drafts", ignore_result=True)
def move_drafts_task() -> None:
    """Move drafts to the standard that has come into force."""
    from permits.services.moving import move_drafts

    move_drafts(timezone.now())


@shared_task(name="permits.charge_waiting_files", ignore_result=True)
def charge_waiting_files_task() -> None:
    """Charge files that came to their payment step before files had charges."""
    from permits.services.payments import charge_waiting_files

    charge_waiting_files(timezone.now())


@shared_task(name="permits.settle_calendar", ignore_result=True)
def settle_calendar_task() -> None:
    """Confirm estimated dates, and open admin tasks for dates that would move."""
    from permits.services.calendar_changes import settle

    settle(timezone.now())


@shared_task(name="permits.recount_due", ignore_result=True)
def recount_due_task() -> None:
    """Run the recounts of deadlines for which an administrator has applied a changed calendar."""
    from permits.services.recounts import recount_due

    recount_due(timezone.now())


@shared_task(name="permits.clear_orphans", ignore_result=True)
def clear_orphans_task() -> None:
    """Delete stored files without a row, give up replaced ones; the log of logins after a year."""
    from accounts.entries import forget_old_entries
    from permits.services.orphans import clear_orphans
    from permits.services.replaced import erase_replaced

    now = timezone.now()
    forget_old_entries(now)
    clear_orphans(now)
    erase_replaced(now)  # its bytes go tomorrow


@shared_task(name="permits.watch_registers", ignore_result=True)
def watch_registers_task() -> None:
    """Open tasks for registers that stand behind signed documents."""
    from permits.services.high_water import watch_registers
    from workflow.sweeps import SweepResult, sweep

    at = timezone.now()
    sweep("permits.watch_registers", [0], lambda _key: SweepResult(watch_registers(at)))
