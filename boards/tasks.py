"""Celery tasks of boards: each passes the current time to one service."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="boards.count_new", ignore_result=True, time_limit=3600, soft_time_limit=3540)
def count_new_task() -> None:
    """Count what the boards show of the past."""
    from boards.services.counting import count_new

    count_new(timezone.now())


@shared_task(name="boards.print_papers", ignore_result=True)
def print_papers_task() -> None:
    """Print the boards that were ordered, and delete those of yesterday."""
    from boards.services.papers import print_papers

    print_papers(timezone.now())


@shared_task(name="boards.make_evidence", ignore_result=True)
def make_evidence_task() -> None:
    """Make the evidence packs that were ordered."""
    from boards.services.pekppp.packs import make_packs

    make_packs(timezone.now())


@shared_task(name="boards.send_digests", ignore_result=True)
def send_digests_task() -> None:
    """Mail what is due, late and reported to them to the officers who asked for it."""
    from boards.services.digests import send_digests

    send_digests(timezone.now())
