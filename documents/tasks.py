"""Celery tasks of documents: each reads the clock and calls one service."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="documents.scan_waiting", ignore_result=True)
def scan_waiting_task() -> None:
    """Have the uploads scanned that wait for it."""
    from documents.scanning import scan_waiting

    scan_waiting(timezone.now())


@shared_task(name="documents.publish_heads", ignore_result=True)
def publish_heads_task() -> None:
    """Put the heads of the audit chains outside the database."""
    from documents.evidence import publish_heads
    from workflow.sweeps import SweepResult, sweep

    at = timezone.now()
    sweep("documents.publish_heads", [0], lambda _key: SweepResult(len(publish_heads(at))))


@shared_task(name="documents.look_at_keys", ignore_result=True)
def look_at_keys_task() -> None:
    """Record the state of the signing keys (queue of the signing worker)."""
    from documents.keys import look_at_keys

    look_at_keys(timezone.now())


@shared_task(name="documents.work_key_requests", ignore_result=True)
def work_key_requests_task() -> None:
    """Make the keys that were asked for, use those agreed on (queue of the signing worker)."""
    from documents.key_requests import work_key_requests

    work_key_requests(timezone.now())


@shared_task(name="documents.sign_samples", ignore_result=True)
def sign_samples_task() -> None:
    """Sign the samples that a check of the installation asked for (queue of the signing worker)."""
    from documents.samples import sign_samples

    sign_samples(timezone.now())


@shared_task(name="documents.watch_signing_worker", ignore_result=True)
def watch_signing_worker_task() -> None:
    """Ask administrators to start the signing worker when it is silent (any other worker)."""
    from documents.keys import watch_signing_worker
    from workflow.sweeps import sweep

    at = timezone.now()
    sweep("documents.watch_signing_worker", [0], lambda _key: watch_signing_worker(at))


@shared_task(name="documents.stamp_heads", ignore_result=True)
def stamp_heads_task() -> None:
    """Ask again for the time stamps that heads still owe."""
    from documents.evidence import stamp_heads
    from workflow.sweeps import SweepResult, sweep

    sweep("documents.stamp_heads", [0], lambda _key: SweepResult(len(stamp_heads())))
