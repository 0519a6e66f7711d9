"""Ringing Celery's bell: best effort, after commit, never an error for the person who waits.

A broker that is deaf may cost a request a few seconds once (its socket limits), not once for each
bell: after a failure this process lets the sweeps of beat do without it for a while.
"""

from __future__ import annotations

import logging
import time

from celery import current_app
from django.db import DEFAULT_DB_ALIAS, connections, transaction

logger = logging.getLogger(__name__)

_RETRY_BROKER_AFTER = 30.0  # seconds without a bell after one that was not heard
_broker_down_until = 0.0  # of this process, on the monotonic clock


def notify_on_commit(task: str) -> None:
    """Ask for the task of this name after the commit, once for each transaction."""
    waiting = connections[DEFAULT_DB_ALIAS].run_on_commit
    if any(getattr(entry[1], "task", None) == task for entry in waiting):
        return
    transaction.on_commit(_Notification(task), robust=True)


class _Notification:
    """One bell that rings when the transaction has been committed."""

    def __init__(self, task: str) -> None:
        self.task = task

    def __call__(self) -> None:
        global _broker_down_until
        if time.monotonic() < _broker_down_until:
            return
        try:
            current_app.send_task(self.task, retry=False, ignore_result=True)
        except Exception:  # the broker is no part of the promise; the row is
            _broker_down_until = time.monotonic() + _RETRY_BROKER_AFTER
            logger.warning("bell %s not heard", self.task)
