"""How long the boards take, at a thousand and at a million files (part of ``make bench``).

Runs on a PostgreSQL of its own. A random world of a thousand files, that of the tests, is counted
from nothing and compared with a count day by day. Then a closed file is copied a million times by
SQL, and the small tables get the rows of a million answers.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench_base import copy_row, on_own_postgresql, say, timed  # noqa: E402

if TYPE_CHECKING:
    from django.test import Client

    from tests.boards.world import Story
    from tests.factories.permits import Cast

FILES, MILLION, MONTHS, AGAIN = 1000, 1_000_000, 60, 7
MOST = 1.3  # what a page over a million files may take of its time over a thousand
PAGES = {
    "board of now": "/meja/papan/",
    "board of the past": "/meja/papan/masa-lalu/?periode=12-bulan",
}


def measure() -> None:
    """Print one line a figure."""
    import time_machine
    from django.test import Client
    from django.test.utils import setup_test_environment

    from boards.services.counting import recount
    from tests.boards.world import write_world
    from tests.factories.base import base_cast, make_base_world
    from tests.factories.permits import NOON

    setup_test_environment()
    with time_machine.travel(NOON, tick=True):
        make_base_world()
        cast = base_cast()
        stories = write_world(cast, FILES)
        each = timed(lambda: recount(cast.office, at=NOON)) / FILES
        hours = each * MILLION / 3_600_000
        say(f"counting the past from nothing: {each:.2f} ms a file ({hours:.1f} h a million)")
        nightly = each * MILLION / MONTHS / 60_000
        say(f"nightly count, one month of a million files in {MONTHS}: {nightly:.1f} min")
        say(f"figures of {FILES} files: {_compare(cast, stories)} (a count day by day)")
        client = Client()
        client.force_login(cast.at("kepala-dinas"), "django.contrib.auth.backends.ModelBackend")
        pages = {**PAGES, "promise board": f"/janji/{cast.office.code}/"}
        small = {name: _milliseconds(client, url) for name, url in pages.items()}
        rows = _write_million(cast)
        for name, url in pages.items():
            large = _milliseconds(client, url)
            say(
                f"{name}, a million files ({rows} rows of figures): {large:.0f} ms "
                f"({FILES} files: {small[name]:.0f} ms, {large / small[name]:.2f}; "
                f"at most {MOST})"
            )


def _compare(cast: Cast, stories: list[Story]) -> str:
    """Return "equal", or both: answered files, files in time, how often each number of days."""
    from boards.selectors import past
    from tests.boards.world import slow_days
    from tests.factories.permits import NOON
    from workflow.calendars import calendar_of

    calendar = calendar_of(cast.office)
    done = [story for story in stories if story.answered and story.stop and story.stop < NOON]
    counted = [slow_days(story, calendar, pauses=True) for story in done]
    slow = len(done), sum(not late for _used, late in counted), Counter(days for days, _ in counted)
    [found] = past.services(date(2026, 1, 1), date(2026, 12, 1), office=cast.office)
    fast = found.answered, found.on_time, found.net
    return "equal" if fast == slow else f"{fast} {slow}"


def _milliseconds(client: Client, url: str) -> float:
    """Return the best of several answers."""

    def ask() -> None:
        answer = client.get(url)
        assert answer.status_code == 200, url  # noqa: S101

    return min(timed(ask) for _nth in range(AGAIN))


def _write_million(cast: Cast) -> int:
    """Copy a closed file and write five years of answers; return the rows of figures."""
    from django.db import connection

    from boards.domain.months import back
    from boards.models import FileTally, Tallied
    from permits.domain.lifecycle import CLOSED
    from permits.models import Application
    from tests.factories.permits import NOON

    closed = Application.objects.filter(office=cast.office, status__in=CLOSED).order_by("pk")[0]
    special = {
        "public_id": "gen_random_uuid()",
        "number": "'B-' || g",
        "tracking_code": "'T-' || g",
        "id": "1000000 + g",
    }
    copy_row(Application, closed.pk, special, MILLION)
    random = Random(1)  # noqa: S311
    rows = []
    for month in (back(date(2026, 11, 1), nth) for nth in range(MONTHS)):
        for net in range(1, 25):
            for pause in range(0, 24, 2):
                rows.append(
                    FileTally(
                        office=cast.office, service=cast.service, month=month, unit="hari_kerja",
                        promised=5, net=net, gross=net + pause, on_time=net <= 5,
                        returns=random.randint(0, 3), number=MILLION // (MONTHS * 24 * 12) + 1,
                    )
                )  # fmt: skip
    FileTally.objects.bulk_create(rows)
    Tallied.objects.filter(office=cast.office).update(counted_at=NOON - timedelta(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE permits_application")
        cursor.execute("VACUUM ANALYZE boards_filetally")
    return len(rows)


if __name__ == "__main__":
    on_own_postgresql(__file__, measure)
