"""Ringing Celery's bell: best effort, after commit, never an error for the person who waits."""

from __future__ import annotations

import logging

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)


def ring(task: str) -> None:
    """Ask for the task of this name after the commit; a deaf broker costs only the next sweep."""

    def send() -> None:
        try:
            current_app.send_task(task, retry=False, ignore_result=True)
        except Exception:  # the broker is no part of the promise; the row is
            logger.warning("bell %s not heard", task)

    transaction.on_commit(send, robust=True)
