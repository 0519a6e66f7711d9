"""Uploads that were replaced or removed and never sent: after a term their files go by rule.

The row stays and says what it was (name, size, SHA-256), when it was replaced and when its file
was given up. What was part of a sending is evidence and is kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from permits.models import Document
from workflow.sweeps import SweepResult, sweep


def erase_replaced(at: datetime) -> SweepResult:
    """Give up the files of uploads replaced ``UPLOAD_REPLACED_DAYS`` before ``at`` and never sent.

    The next sweep of orphans deletes the bytes: a backup that is being made still finds them.
    """
    term = timedelta(days=settings.UPLOAD_REPLACED_DAYS)
    rows = Document.objects.replaced_unsent(at - term)

    def erase(pk: int) -> bool:
        return bool(rows.filter(pk=pk).update(erased_at=at, file=""))

    return sweep("permits.erase_replaced", list(rows.values_list("pk", flat=True)), erase)
