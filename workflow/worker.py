"""Sends a Celery task after the commit: best effort, never an error for the request.

A broker that is down may cost a request a few seconds once (its socket timeouts), not once for
each task: after a failure this process sends nothing for a while, and beat starts the sweeps.

A message that no worker has taken within a minute expires, as those of beat do. Otherwise, while
workers are behind or die, old messages fill the queue and the same sweep is started again and
again before the others have their turn.
"""

from __future__ import annotations

import logging
import time

from celery import current_app
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction

logger = logging.getLogger(__name__)

_RETRY_BROKER_AFTER = 30.0  # seconds without a try after a failure
_broker_down_until = 0.0  # of this process, on the monotonic clock


def notify_on_commit(task: str) -> None:
    """Ask for the task of this name after the commit, once for each transaction.

    Beat starts the task every minute at least, for the message may be lost or expire.
    """
    waiting = connections[DEFAULT_DB_ALIAS].run_on_commit
    if any(getattr(entry[1], "task", None) == task for entry in waiting):
        return
    transaction.on_commit(_Notification(task), robust=True)


class _Notification:
    """Sends one task when the transaction has been committed."""

    def __init__(self, task: str) -> None:
        self.task = task

    def __call__(self) -> None:
        global _broker_down_until
        if time.monotonic() < _broker_down_until:
            return
        try:
            current_app.send_task(
                self.task, expires=settings.TASK_EXPIRES, retry=False, ignore_result=True
            )
        except Exception:  # the row is the job; the broker only speeds it up
            _broker_down_until = time.monotonic() + _RETRY_BROKER_AFTER
            logger.warning("task %s not sent", self.task)
