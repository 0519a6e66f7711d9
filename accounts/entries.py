"""The log of logins and of guessed passwords, which django-axes writes."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.models import AccessFailureLog, AccessLog

KEPT = timedelta(days=365)


def forget_old_entries(at: datetime) -> int:
    """Delete the entries that are older than a year at ``at``; return how many there were."""
    models = (AccessLog, AccessFailureLog)
    return sum(model.objects.filter(attempt_time__lt=at - KEPT).delete()[0] for model in models)
