"""The sweep over a million open files, beside bare SQL and a loop of the ORM (``make bench``).

Runs on a PostgreSQL of its own. The reference does the same work in hand-written SQL: it finds the
ten thousand deadlines that have reached a mark and writes a row for each under the same unique key.
"""

from __future__ import annotations

import statistics
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench_base import copy_row, on_own_postgresql, say, timed  # noqa: E402

OPEN, LATE = 1_000_000, 10_000
ROUNDS = 5
_BARE = """
INSERT INTO workflow_alarm
  (term, object_id, due_at, mark_at, job_status, next_try_at, attempts, last_error)
SELECT 'permits.layanan', d.id, d.due_at, d.next_mark_at, 'terutang', %s, 0, ''
FROM permits_applicationdeadline d
WHERE d.kind = 'layanan' AND d.met_at IS NULL AND d.due_at IS NOT NULL AND d.next_mark_at <= %s
ON CONFLICT DO NOTHING
"""


def fill(at: datetime) -> None:
    """Make the files: copies of one, each with a running deadline far ahead, ten thousand late."""
    from django.db import connection

    from permits.models import Application, ApplicationDeadline
    from tests.factories.permits import make_accepted, make_cast
    from tests.factories.workflow import load_calendar

    load_calendar()
    first = make_accepted(make_cast(), at)
    deadline = first.deadlines.get(kind="layanan")
    special = {
        "public_id": "gen_random_uuid()",
        "number": "'B-' || g",
        "tracking_code": "'T-' || g",
        "id": "1000000 + g",
    }
    copy_row(Application, first.pk, special, OPEN)
    late = f"g <= {LATE}"
    due = f"CASE WHEN {late} THEN '{at:%Y-%m-%d}'::timestamptz ELSE source.due_at END"
    copy_row(
        ApplicationDeadline,
        deadline.pk,
        {"id": "1000000 + g", "application_id": "1000000 + g", "due_at": due, "next_mark_at": due},
        OPEN,
    )
    ApplicationDeadline.objects.filter(pk__lt=1_000_000).delete()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE permits_applicationdeadline")
        cursor.execute("VACUUM ANALYZE workflow_alarm")


def measure() -> None:
    """Print the figures."""
    from django.db import connection
    from django.utils import timezone

    from permits.models import ApplicationDeadline
    from workflow import alarms
    from workflow.models import Alarm

    at = timezone.now()
    fill(at)

    def empty() -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE workflow_alarm")

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_BARE, [at, at])

    def loop() -> None:
        rows = ApplicationDeadline.objects.filter(
            kind="layanan", met_at=None, due_at__isnull=False, next_mark_at__lte=at
        )
        for row in rows:
            known: dict[str, Any] = {"due_at": row.due_at, "mark_at": row.next_mark_at}
            Alarm.objects.get_or_create(
                term="permits.layanan", object_id=row.pk, **known, defaults={"next_try_at": at}
            )

    ours, reference = [], []
    for _round in range(ROUNDS):
        empty()
        reference.append(timed(bare))
        empty()
        ours.append(timed(lambda: alarms.raise_alarms(at)))
        if Alarm.objects.count() != LATE:
            raise SystemExit(f"{Alarm.objects.count()} alarms instead of {LATE}")
    empty()
    slow = timed(loop)
    ApplicationDeadline.objects.filter(next_mark_at__lte=at).update(next_mark_at=None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM permits_applicationdeadline")  # as autovacuum does each minute
    idle = [timed(lambda: alarms.raise_alarms(at)) for _round in range(ROUNDS)]
    fast, bare_fast = min(ours), min(reference)
    say(
        f"sweep of {OPEN} open files, {LATE} newly late: {statistics.median(ours):.0f} ms "
        f"(bare INSERT ... SELECT {statistics.median(reference):.0f} ms, "
        f"ratio {fast / bare_fast:.2f}, aim 1.5)"
    )
    say(f"the same as a loop of the ORM: {slow:.0f} ms (ratio {slow / fast:.0f}, aim at least 25)")
    say(
        f"sweep with nothing due: {statistics.median(idle):.1f} ms "
        f"(bare INSERT ... SELECT {statistics.median(reference):.0f} ms, "
        f"ratio {min(idle) / bare_fast:.3f}, aim 0.1)"
    )


if __name__ == "__main__":
    on_own_postgresql(__file__, measure)
