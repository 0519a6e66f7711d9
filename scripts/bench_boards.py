"""How long the boards take, at two thousand and at a million files (part of ``make bench``).

Runs on a PostgreSQL of its own. The random world of the tests is counted from nothing and compared
with a count day by day. Then each closed file is copied with its clock, visits and verdicts, spread
over five years, and the small tables get rows for every month. A million in five years are some 800
a working day; with five promised days and as many of pauses and hand-over, 8,000 are open at once.
``BENCH_FILES`` is how many files there shall be, a million unless it says else.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench_base import on_own_postgresql, say, timed  # noqa: E402

if TYPE_CHECKING:
    from django.test import Client

    from tests.boards.oracle import Facts
    from tests.factories.permits import Cast

FILES, OPEN, MONTHS, AGAIN = 2_000, 8_000, 60, 7
ALL = int(os.environ.get("BENCH_FILES", "1000000"))
RATIO = 1.3  # what a page over all files may take of its time over the first ones
LIMIT = 300  # milliseconds of a board
NIGHT = 10  # minutes of the job of a night
PAGES = {
    "board of now": "/meja/papan/",
    "board of the past": "/meja/papan/masa-lalu/?periode=12-bulan",
}
LISTS = "/meja/papan/masa-lalu/berkas/?periode=12-bulan&angka="
LISTED = ("dijawab", "terlambat", "jeda", "kedua", "menjelang", "mundur")  # and those of a step


def measure() -> None:
    """Print one line a figure."""
    import time_machine
    from django.test.utils import setup_test_environment

    from boards.services.counting import recount
    from tests.boards.large_world import write
    from tests.boards.oracle import facts_of
    from tests.factories.base import base_cast, make_base_world
    from tests.factories.permits import NOON

    setup_test_environment()
    with time_machine.travel(NOON, tick=True):
        make_base_world()
        cast = base_cast()
        write(cast, FILES)
        each = timed(lambda: recount(cast.office, at=NOON)) / FILES
        hours = each * ALL / 3_600_000
        say(f"counting the past from nothing: {each:.2f} ms a file ({hours:.1f} h for {ALL})")
        say(f"figures of {FILES} files: {_compare(cast, facts_of(cast.office))} (day by day)")
        lists = _lists(cast)
        pages = {**PAGES, "promise board": f"/janji/{cast.office.code}/", **lists}
        head = _head(cast)
        small = {name: _milliseconds(head, url) for name, url in pages.items()}
        closed, opened = _copy_files(cast)
        rows = _fill_tables(cast)
        say(f"now {closed} closed and {opened} open files, {rows} rows of figures")
        head = _head(cast)  # anew: writing a million files may outlast a session
        for name, url in pages.items():
            large, few = _milliseconds(head, url), small[name]
            # a list of the small world may have no rows, so only the boards are held to the ratio
            held = "" if name in lists else f" (at most {RATIO}: {_judged(large / few, RATIO)})"
            say(
                f"{name}: {large:.0f} ms (at most {LIMIT}: {_judged(large, LIMIT)}); of {FILES} "
                f"files {few:.0f} ms, ratio {large / few:.2f}{held}"
            )
        _night(cast, NOON)


def _head(cast: Cast) -> Client:
    """Return a browser in which the head of the office has just signed in."""
    from django.test import Client

    browser = Client()
    browser.force_login(cast.at("kepala-dinas"), "django.contrib.auth.backends.ModelBackend")
    return browser


def _lists(cast: Cast) -> dict[str, str]:
    """Return the addresses of the lists behind the figures of the past."""
    from standards.models import SopStep

    step = SopStep.objects.filter(procedure__office=cast.office).order_by("pk")[0]
    found = {f"list, {figure}": f"{LISTS}{figure}" for figure in LISTED}
    found["list, returned twice"] = f"{LISTS}dijawab&kali=2"
    for figure in ("selesai", "lewat", "dikembalikan"):
        found[f"list, {figure}"] = f"{LISTS}{figure}&langkah={step.pk}"
    return found


def _judged(found: float, most: float) -> str:
    return "kept" if found <= most else "MISSED"


def _compare(cast: Cast, facts: Facts) -> str:
    """Return "equal", or both: answered files, files in time, how often each number of days."""
    from boards.selectors import past

    services = past.services(date(2025, 1, 1), date(2026, 12, 1), office=cast.office)
    fast = {
        (one.name, one.unit): (one.answered, one.on_time, one.net, one.gross) for one in services
    }
    slow = {}
    for key in {(row.service, row.unit) for row in facts.answers}:
        rows = [row for row in facts.answers if (row.service, row.unit) == key]
        net, gross = Counter(row.net for row in rows), Counter(row.gross for row in rows)
        slow[key] = len(rows), sum(row.on_time is True for row in rows), net, gross
    return "equal" if fast == slow else f"{fast} {slow}"


def _milliseconds(client: Client, url: str) -> float:
    """Return the best of several answers."""

    def ask() -> None:
        answer = client.get(url)
        assert answer.status_code == 200, url  # noqa: S101

    return min(timed(ask) for _nth in range(AGAIN))


def _night(cast: Cast, at: datetime) -> None:
    """Time the count of one month among all files, and how the files of a day are found."""
    from django.db import connection

    from boards.domain.months import month_of
    from boards.models import Tallied
    from boards.services import facts
    from boards.services.counting import count_new
    from boards.services.files import Window

    Tallied.objects.update(counted_at=at - timedelta(days=1))
    month = month_of(at.date())
    window = Window.of(cast.office, month, month, at)
    with connection.execute_wrapper(_Explain()):
        found: list[int] = []
        took = timed(lambda: found.extend(facts._touched(window)))
    say(f"finding the {len(found)} files of a month: {took:.0f} ms")
    minutes = timed(lambda: count_new(at)) / 60_000
    say(
        f"the count of a night, that month among all files: {minutes:.1f} min "
        f"(at most {NIGHT}: {_judged(minutes, NIGHT)})"
    )


class _Explain:
    """Says which tables a query of the night reads from end to end."""

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            cursor = context["cursor"]
            cursor.cursor.execute(f"EXPLAIN {sql}", params)
            plan = "\n".join(row[0] for row in cursor.cursor.fetchall())
            for line in plan.splitlines():
                if "Seq Scan on" in line:
                    say(f"  read from end to end: {line.strip()}")
        return execute(sql, params, many, context)


def _copy_files(cast: Cast) -> tuple[int, int]:
    """Copy the files of the office until there are ``ALL``; return how many are closed and open."""
    from django.db import connection, transaction

    from permits import models

    tables = (
        models.Application, models.ApplicationStep, models.StepPart, models.ApplicationDeadline,
        models.ApplicationClockEvent, models.ApplicationRecord, models.RequirementVerdict,
        models.AnswerVerdict,
    )  # fmt: skip
    files = models.Application.objects.filter(office=cast.office)
    open_keys = list(files.open().values_list("pk", flat=True))
    closed_keys = list(files.exclude(pk__in=open_keys).values_list("pk", flat=True))
    times = {
        "open": max(OPEN * ALL // 1_000_000 // len(open_keys) - 1, 1),
        "closed": ALL // len(closed_keys) - 1,
    }
    begun = 0
    for name, keys in (("open", open_keys), ("closed", closed_keys)):
        with transaction.atomic():
            for table in tables:
                _copy(table, tables, keys, begun, times[name], spread=name == "closed")
        begun += times[name]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM ANALYZE {table._meta.db_table}")
    return len(closed_keys) * (times["closed"] + 1), len(open_keys) * (times["open"] + 1)


_FAR = 100_000  # between the keys of one copy and those of the next


def _copy(
    table: Any, tables: tuple[Any, ...], files: list[int], begun: int, many: int, *, spread: bool
) -> None:
    """Copy the rows of ``files`` so many times; ``spread``: each copy lies some months earlier."""
    from django.db import connection
    from django.db.models import DateTimeField

    far = f"(g + {begun}) * {_FAR}"
    special = {
        "public_id": "gen_random_uuid()",
        "number": f"source.number || '-' || (g + {begun})",
        "tracking_code": f"'T-' || source.id || '-' || (g + {begun})",
    }
    columns, values = [], []
    for field in table._meta.concrete_fields:
        if field.generated:
            continue
        value = special.get(field.column, f'source."{field.column}"')
        if field.primary_key or field.related_model in tables:
            value = f'source."{field.column}" + {far}'
        if spread and isinstance(field, DateTimeField):
            value += f" - make_interval(months => (g %% {MONTHS - 16})::int)"
        columns.append(f'"{field.column}"')
        values.append(value)
    file = {"permits_application": "id", "permits_applicationrecord": "subject_id"}
    name = table._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {name} ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608
            f"FROM {name} source, generate_series(1, {many}) g "
            f"WHERE source.{file.get(name, 'application_id')} = ANY(%s)",
            [files],
        )


def _fill_tables(cast: Cast) -> int:
    """Give the small tables rows for five years, as many a month as so many files make."""
    from django.db import connection

    from boards import models
    from boards.domain.months import back

    tables: tuple[Any, ...] = (
        models.FileTally, models.StepTally, models.HandTally, models.FaultTally,
        models.ClockTally,
    )  # fmt: skip
    latest = date(2026, 11, 1)
    for table in tables:
        month = list(table.objects.filter(office=cast.office, month=back(latest, 1)))
        made = []
        for nth in range(MONTHS):
            for row in month:
                row.pk, row.month = None, back(latest, nth)
                made.append(table(**{f.attname: getattr(row, f.attname) for f in row._meta.fields}))
        table.objects.filter(office=cast.office).delete()
        table.objects.bulk_create(made, batch_size=2000)
    rows = []
    for service in cast.office.services.all():
        for nth in range(MONTHS):
            for net in range(1, 25):
                for pause in range(0, 24, 2):
                    rows.append(
                        models.FileTally(
                            office=cast.office, service=service, month=back(latest, nth),
                            unit="hari_kerja", promised=5, net=net, gross=net + pause,
                            on_time=net <= 5, returns=(net + pause) % 4,
                            number=max(1, ALL // (4 * MONTHS * 24 * 12)),
                        )
                    )  # fmt: skip
    models.FileTally.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM ANALYZE {table._meta.db_table}")
    return sum(table.objects.count() for table in tables)


if __name__ == "__main__":
    on_own_postgresql(__file__, measure)
