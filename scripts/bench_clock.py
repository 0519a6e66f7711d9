"""The clock of one file, and a new holiday over a hundred thousand (``make bench``).

Runs on a PostgreSQL of its own. The reference writes the same rows in hand-written SQL: the new
dates of deadlines and files, old and new on record, one message to each applicant; the new date is
looked up by the old one, so it counts nothing. Both run in one transaction that is rolled back.
"""

from __future__ import annotations

import statistics
import sys
import time
import timeit
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench_base import copy_row, on_own_postgresql, say, timed  # noqa: E402

OPEN = 100_000
ROUNDS = 2
TERMS = 20  # the files fall due on so many different days
_BARE = (
    """
CREATE TEMPORARY TABLE new_days ON COMMIT DROP AS
SELECT due_on AS old_on, due_on + 1 AS new_on, due_at + interval '1 day' AS new_at
FROM permits_applicationdeadline WHERE kind = 'layanan' AND met_at IS NULL GROUP BY due_on, due_at
""",
    """
UPDATE permits_applicationdeadline d SET due_on = m.new_on, due_at = m.new_at,
  next_mark_at = d.next_mark_at + interval '1 day', calendar_version = 'bare'
FROM new_days m WHERE d.kind = 'layanan' AND d.met_at IS NULL AND d.due_on = m.old_on
""",
    """
UPDATE permits_application a SET due_on = m.new_on, due_at = m.new_at
FROM new_days m WHERE a.status = 'diproses' AND a.due_on = m.old_on
""",
    """
INSERT INTO permits_duedatechange
  (application_id, deadline_id, old_on, new_on, calendar_version, at)
SELECT d.application_id, d.id, m.old_on, m.new_on, 'bare', now()
FROM permits_applicationdeadline d JOIN new_days m ON d.due_on = m.new_on
WHERE d.kind = 'layanan' AND d.calendar_version = 'bare'
""",
)


def ten_events() -> Callable[[], Any]:
    """Return the reckoning of a file that was returned four times and extended once."""
    from zoneinfo import ZoneInfo

    from tests.factories.workflow import make_calendar
    from workflow.domain.clock import ClockEvent, ClockKind, ClockRules, Term, reckon

    zone = ZoneInfo("Asia/Jakarta")
    began = datetime(2026, 10, 1, 9, tzinfo=ZoneInfo("UTC"))
    events = [ClockEvent(ClockKind.START, began, 1)]
    for turn in range(4):
        left = began + timedelta(days=2 + 8 * turn)
        back = left + timedelta(days=4)
        events.append(ClockEvent(ClockKind.PAUSE, left, 2 + 2 * turn, key="pemohon"))
        events.append(ClockEvent(ClockKind.RESUME, back, 3 + 2 * turn, key="pemohon"))
    events.append(ClockEvent(ClockKind.EXTEND, began + timedelta(days=36), 10, amount=2))
    calendar, rules, at = make_calendar(), ClockRules(zone), began + timedelta(days=40)
    return lambda: reckon(events, Term(20), calendar, rules, at)


def bench_reckon() -> None:
    """One file."""
    work = ten_events()
    work()
    rounds = timeit.repeat(work, timer=time.process_time, number=5000, repeat=7)
    say(
        f"reckon() of ten events: {min(rounds) / 5000 * 1e6:.1f} us "
        f"of this process (median {statistics.median(rounds) / 5000 * 1e6:.1f} us, aim 20 us)"
    )


def fill(at: datetime) -> None:
    """Copy one running file a hundred thousand times, due on different days."""
    from django.db import connection

    from permits.models import Application, ApplicationClockEvent, ApplicationDeadline
    from permits.services import deadlines
    from tests.factories.permits import make_accepted, make_cast
    from tests.factories.workflow import load_calendar
    from workflow import alarms

    load_calendar()
    first = make_accepted(make_cast(), at)
    deadline = first.deadlines.get(kind="layanan")
    started = first.clock_events.get()
    ids = {"id": "1000000 + g", "application_id": "1000000 + g"}
    copy_row(
        Application, first.pk,
        {
            "id": "1000000 + g", "public_id": "gen_random_uuid()", "number": "'B-' || g",
            "tracking_code": "'T-' || g",
        },
        OPEN,
    )  # fmt: skip
    terms = {**ids, "term_amount": f"10 + g %% {TERMS}"}
    copy_row(ApplicationDeadline, deadline.pk, terms, OPEN)
    copy_row(ApplicationClockEvent, started.pk, ids, OPEN)
    for amount in range(10, 10 + TERMS):  # each copy gets the days of its own term
        deadline.term_amount = amount
        said = deadlines.clock_state_of(deadline, at)
        deadline.due_on, deadline.due_at = said.due_on, said.due_at
        alarms.plan(deadline)
        ApplicationDeadline.objects.filter(pk__gte=1_000_000, term_amount=amount).update(
            due_on=said.due_on, due_at=said.due_at, next_mark_at=deadline.next_mark_at
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(
            "UPDATE permits_application a SET due_on = d.due_on, due_at = d.due_at "
            "FROM permits_applicationdeadline d WHERE d.application_id = a.id"
        )
        cursor.execute("VACUUM ANALYZE")


def _messages() -> str:
    """Return the SQL that owes each applicant one message, as the outbox writes it."""
    from notices.models import Notice

    given = {
        "dedupe_key": "'moved:' || a.id", "template": "'permits/moved'", "channel": "'email'",
        "recipient_id": "u.id", "address": "u.email", "office_id": "a.office_id",
        "about": "'application:' || a.id", "created_at": "now()", "next_try_at": "now()",
        "context": "jsonb_build_object('name', u.full_name, 'number', a.number, 'code', "
        "a.tracking_code, 'service', s.name, 'office', o.name, 'path', a.public_id::text, "
        "'promised', a.due_on::text, 'earlier', (a.due_on - 1)::text)",
        "in_account": "true", "language": "'id'",
    }  # fmt: skip
    columns, values = [], []
    for field in Notice._meta.concrete_fields:
        if field.primary_key or (field.null and field.column not in given):
            continue
        column = str(field.column)
        columns.append(column)
        values.append(given.get(column) or _default(field))
    return (
        f"INSERT INTO notices_notice ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608
        "FROM permits_duedatechange c JOIN permits_application a ON a.id = c.application_id "
        "JOIN accounts_user u ON u.id = a.applicant_id "
        "JOIN standards_service s ON s.id = a.service_id "
        "JOIN accounts_office o ON o.id = a.office_id"
    )


def _default(field: Any) -> str:
    value = field.get_default()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | dict):
        return "'[]'" if isinstance(value, list) else "'{}'"
    if value is None:
        return "''"
    return f"'{value}'"


def measure() -> None:
    """Print the figures."""
    from zoneinfo import ZoneInfo

    from django.db import connection, transaction

    from permits.models import ApplicationDeadline, DueDateChange
    from permits.services import recounts
    from workflow.models import Holiday

    bench_reckon()
    at = datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
    fill(at)
    Holiday.objects.create(on=date(2026, 11, 20), name="Pemilihan", kind="cuti_bersama")
    messages = _messages()

    def bare() -> None:
        with connection.cursor() as cursor:
            for sql in (*_BARE, messages):
                cursor.execute(sql)

    def undone(work: Callable[[], Any], expected: int) -> float:
        with transaction.atomic():
            took = timed(work)
            moved = DueDateChange.objects.count()
            transaction.set_rollback(True)
        if moved < expected:
            raise SystemExit(f"{moved} dates moved instead of {expected}")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
        return took

    ours, reference = [], []
    for _round in range(ROUNDS):
        reference.append(undone(bare, OPEN))
        ours.append(undone(lambda: recounts.apply(at, actor=None), OPEN))
    total = ApplicationDeadline.objects.filter(met_at=None, kind="layanan").count()
    say(
        f"new holiday over {total} open files: {statistics.median(ours) / 1000:.1f} s "
        f"(bare SQL of the same rows {statistics.median(reference) / 1000:.1f} s, "
        f"ratio {min(ours) / min(reference):.1f})"
    )


if __name__ == "__main__":
    on_own_postgresql(__file__, measure)
