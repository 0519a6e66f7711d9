"""How long the boards take: counting files, and pages over a thousand and a million of them.

    DATABASE_URL=sqlite:////tmp/boards.sqlite3 python -m scripts.bench_boards

The database is made anew by ``migrate`` beforehand and loses what is written here. The random world
is that of the tests; the million files are written as rows of the small tables.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

import django

django.setup()

import time_machine  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from boards.domain.months import back  # noqa: E402
from boards.models import FileTally, Tallied  # noqa: E402
from boards.selectors import past  # noqa: E402
from boards.services.counting import recount  # noqa: E402
from tests.boards.world import Story, slow_days, write_world  # noqa: E402
from tests.factories.base import base_cast, make_base_world  # noqa: E402
from tests.factories.permits import NOON, Cast  # noqa: E402
from workflow.calendars import calendar_of  # noqa: E402

FILES, MILLION, MONTHS, AGAIN = 2000, 1_000_000, 60, 5
PAGES = {
    "board of now": "/meja/papan/",
    "board of the past": "/meja/papan/masa-lalu/?periode=12-bulan",
}


def main() -> None:
    """Print one line a figure."""
    setup_test_environment()
    with transaction.atomic(), time_machine.travel(NOON, tick=True):
        make_base_world()
        cast = base_cast()
        stories = write_world(cast, FILES)
        began = perf_counter()
        recount(cast.office, at=NOON)
        each = (perf_counter() - began) / FILES
        print(f"count {FILES} files from nothing: {each * 1000:.2f} ms a file")
        print(f"figures of {FILES} files beside a count day by day: {_compare(cast, stories)}")
        client = Client()
        client.force_login(cast.at("kepala-dinas"), "django.contrib.auth.backends.ModelBackend")
        pages = {**PAGES, "promise board": f"/janji/{cast.office.code}/"}
        small = {name: _milliseconds(client, url) for name, url in pages.items()}
        rows = _write_million(cast)
        for name, url in pages.items():
            large = _milliseconds(client, url)
            print(
                f"{name}, tables of a million files ({rows} rows): {large:.0f} ms "
                f"({FILES} files: {small[name]:.0f} ms, {large / small[name]:.2f})"
            )
        transaction.set_rollback(True)


def _compare(cast: Cast, stories: list[Story]) -> str:
    """Return "equal", or both: answered files, files in time, how often each number of days."""
    calendar = calendar_of(cast.office)
    done = [story for story in stories if story.answered and story.stop and story.stop < NOON]
    counted = [slow_days(story, calendar, pauses=True) for story in done]
    slow = len(done), sum(not late for _used, late in counted), Counter(days for days, _ in counted)
    [found] = past.services(date(2026, 1, 1), date(2026, 12, 1), office=cast.office)
    fast = found.answered, found.on_time, found.net
    return "equal" if fast == slow else f"{fast} {slow}"


def _milliseconds(client: Client, url: str) -> float:
    """Return the best of several answers."""
    taken = []
    for _nth in range(AGAIN):
        began = perf_counter()
        answer = client.get(url)
        taken.append((perf_counter() - began) * 1000)
        assert answer.status_code == 200, url  # noqa: S101
    return min(taken)


def _write_million(cast: Cast) -> int:
    """Write five years of answers: as many different ones as an office has; return the rows."""
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
    return len(rows)


if __name__ == "__main__":
    main()
