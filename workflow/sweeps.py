"""The loop of periodic sweeps, and how a job is run."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from django.db import models, transaction
from django.utils import timezone

from workflow.failures import brief
from workflow.models import Heartbeat, JobQuerySet, JobStatus
from workflow.worker import notify_on_commit

logger = logging.getLogger(__name__)

_BACK_OFF = (5, 30, 120, 600, 1800, 3600)  # seconds
_TURN = 45.0  # seconds of one run; its time limit is twice that
_LEASE = timedelta(seconds=60)  # after a crash the row is free again; a slow double changes nothing

UNFINISHED: Final = object()  # what a store returns when its row has a next part

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class SweepResult:
    """How many rows a sweep did and how many raised."""

    done: int = 0
    failed: int = 0


class RetryLater(Exception):
    """The work cannot be done now (mail server down, key missing): try again with back-off."""


class PermanentFailure(Exception):
    """The work can never be done (no such address): no further try, operators see it at once."""


def sweep(name: str, keys: Iterable[int], act: Callable[[int], bool | SweepResult]) -> SweepResult:
    """Call ``act`` for each key; a row that raises stops only itself. Writes the heartbeat."""
    started_at = timezone.now()
    return _beat(name, started_at, each(name, keys, act))


def drain_queue(
    name: str, due: Callable[[], Iterable[int]], act: Callable[[int], bool]
) -> SweepResult:
    """Sweep batch after batch of what is ``due``, until nothing is left or the turn is over.

    ``name`` is the task as well: when rows are left after a turn, the next one is queued at once.
    """
    started_at = timezone.now()
    until = time.monotonic() + _TURN
    total = SweepResult()
    while keys := list(due()):
        batch = each(name, keys, act)
        total = _beat(
            name, started_at, SweepResult(total.done + batch.done, total.failed + batch.failed)
        )
        if not batch.done:
            return total  # others have these rows, or their time has not come
        if time.monotonic() > until:
            notify_on_commit(name)
            return total
    return _beat(name, started_at, total)


def each(name: str, keys: Iterable[Key], act: Callable[[Key], bool | SweepResult]) -> SweepResult:
    """Call ``act`` for each key, without a heartbeat: a sweep, or a part of one.

    An ``act`` that does many rows returns how many.
    """
    done = failed = 0
    for key in keys:
        try:
            result = act(key)
            if isinstance(result, SweepResult):
                done, failed = done + result.done, failed + result.failed
            else:
                done += result
        except Exception:  # a broken row must not stop the others
            failed += 1
            logger.exception("sweep %s: row %s", name, key)
    return SweepResult(done, failed)


def _beat(name: str, started_at: datetime, swept: SweepResult) -> SweepResult:
    Heartbeat.objects.update_or_create(
        sweep=name,
        defaults={
            "started_at": started_at,
            "finished_at": timezone.now(),
            "done": swept.done,
            "failed": swept.failed,
        },
    )
    return swept


def run_job(
    rows: JobQuerySet,
    pk: int,
    work: Callable[[Any], Callable[[], object] | None],
    *,
    at: datetime,
    lease: timedelta = _LEASE,
    tries: int = 12,
) -> bool:
    """Claim row ``pk``, do its slow ``work`` outside a transaction, store effect and "done" as one.

    ``work`` gets the row and returns a function that writes the effect; both may be repeated after
    a crash. Work of many parts does one at a time: a function that returns ``UNFINISHED`` leaves
    the row queued, and what it has written stays. ``RetryLater`` and other errors release the row
    with back-off; after ``tries``, or at once by ``PermanentFailure``, it is FAILED and visible to
    operators. Returns whether the work was done now.
    """
    if not rows.claim(pk, at, lease):
        return False
    row = rows.get(pk=pk)
    try:
        store = work(row)
    except RetryLater as error:
        _release(row, str(error), at, tries)
        return False
    except PermanentFailure as error:
        _release(row, str(error), at, tries=0)
        return False
    except Exception as error:
        _release(row, brief(error), at, tries)
        raise
    try:
        with transaction.atomic():
            mine = rows.filter(pk=pk, job_status=JobStatus.QUEUED, lease_until=row.lease_until)
            if not mine.update(job_status=JobStatus.DONE, lease_until=None, last_error=""):
                return False  # the lease ran out and another worker finished it
            if store is not None and store() is UNFINISHED:
                rows.filter(pk=pk).update(job_status=JobStatus.QUEUED, attempts=0)
    except Exception as error:
        _release(row, brief(error), at, tries)
        raise
    return True


def _release(row: Any, error: str, at: datetime, tries: int) -> None:
    wait = timedelta(seconds=_BACK_OFF[min(row.attempts, len(_BACK_OFF)) - 1])
    rows: models.QuerySet[Any] = type(row)._default_manager.filter(pk=row.pk)
    rows.filter(job_status=JobStatus.QUEUED, lease_until=row.lease_until).update(
        lease_until=None,
        next_try_at=at + wait,
        last_error=error[:500],
        job_status=JobStatus.FAILED if row.attempts >= tries else JobStatus.QUEUED,
    )
