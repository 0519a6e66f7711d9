"""Beat was dead for three days: what was missed meanwhile is done once, within its first cycle.

Real processes: a worker, and a beat whose own memory of its last bells is three days old.
"""

from __future__ import annotations

import json
import os
import shelve
import time
from datetime import timedelta
from typing import Any

import pytest

from tests.servers import Portal, running_portal

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
FILES = 5
CYCLE = 60.0  # seconds between two bells of the terms
DEAD = timedelta(hours=72)

# The files that were late most lately, and a draft whose days are over; until three days ago all
# that was due had been done.
_MAKE = f"""
from datetime import datetime, time, timedelta
from django.utils import timezone
from accounts.models import User
from demo import samples
from standards.models import Service
from workflow import alarms
from workflow.calendars import calendar_of
now = timezone.now()
service = Service.objects.get(office__code="pekanbaru", name__contains="Bursa Kerja")
applicant = User.objects.get(email="pemohon1@demo.invalid")
office, term = service.office, service.versions.get().term_amount
calendar, today = calendar_of(office), timezone.localdate()
days = (today - timedelta(days=n) for n in range(60))
late = [day for day in days if calendar.is_workday(day) and calendar.add(day, term) < today]
for day in late[:{FILES}]:
    at = datetime.combine(day, time(10), office.zone)
    samples.act(samples.submit(samples.draft(service, applicant, at), at), at)
samples.draft(service, applicant, now - timedelta(days=office.draft_days + 2))
alarms.watch_terms(now - timedelta(seconds={DEAD.total_seconds()}))
"""
_ASK = """
import json
from collections import Counter
from django.utils import timezone
from notices.models import Notice
from permits.models import Application, ApplicationDeadline
from workflow.models import Alarm
now = timezone.now()
running = ApplicationDeadline.objects.running()
late = running.filter(kind="layanan", due_at__lte=now)
alarms = Alarm.objects.filter(next_try_at__lte=now)
told = Counter(
    Notice.objects.filter(channel="email").order_by().values_list("template", flat=True)
)
print(json.dumps({
    "missed": running.filter(next_mark_at__lte=now).count(),
    "owed": alarms.exclude(job_status="selesai").count(),
    "answered": alarms.count(),
    "late": late.count(),
    "noted": late.exclude(breached_at=None).count(),
    "drafts": Application.objects.filter(status="konsep").count(),
    "breached": told["permits/breached"],
    "draft_deleted": told["permits/draft_deleted"],
}))
"""


def ask(portal: Portal, first: str = "") -> Any:
    """Return what has been done and what is left."""
    return json.loads(portal.play(first + _ASK).splitlines()[-1])


def make_beat_old(portal: Portal) -> None:
    """Set back what beat remembers of its last bells, as if it had died three days ago."""
    with shelve.open(str(portal.var_dir / "beat-schedule"), writeback=True) as memory:  # noqa: S301
        assert memory["entries"]
        for entry in memory["entries"].values():
            entry.last_run_at -= DEAD


def test_what_three_days_without_beat_have_missed_is_done_once_in_one_cycle() -> None:
    assert os.environ["TEST_DATABASE_URL"]
    with running_portal(parts=("beat",)) as portal:
        before = ask(portal, _MAKE)
        portal.stop("beat")
        make_beat_old(portal)
        assert before["missed"]
        assert (before["late"], before["drafts"]) == (FILES, 1)
        portal.start("worker", "beat")
        until = time.monotonic() + CYCLE
        while (now := ask(portal))["missed"] or now["owed"]:
            assert time.monotonic() < until, now
            time.sleep(0.5)
        assert now["answered"] >= before["answered"] + before["missed"]
        assert now["noted"] == now["late"] == now["breached"]
        assert (now["drafts"], now["draft_deleted"]) == (0, 1)
