"""The log of logins is kept for a year."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from axes.models import AccessFailureLog, AccessLog

from permits.tasks import clear_orphans_task

pytestmark = pytest.mark.django_db


def test_entries_older_than_a_year_are_forgotten_every_night(monday: datetime) -> None:
    for model in (AccessLog, AccessFailureLog):
        for days in (364, 366):
            row = model.objects.create(username=f"{days}@contoh.test", ip_address="192.0.2.1")
            model.objects.filter(pk=row.pk).update(attempt_time=monday - timedelta(days=days))
    with time_machine.travel(monday, tick=False):
        clear_orphans_task()
    for model in (AccessLog, AccessFailureLog):
        assert [row.username for row in model.objects.all()] == ["364@contoh.test"]
