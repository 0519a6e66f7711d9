"""What benches share: one line a figure, a watch, copies of a row, a database of one's own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_INSIDE = "BENCH_INSIDE"  # set for the process that measures


def say(line: str) -> None:
    """Print one line at once."""
    print(line, flush=True)


def timed(work: Callable[[], Any]) -> float:
    """Return the milliseconds that ``work`` takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def copy_row(model: Any, pk: int, special: dict[str, str], many: int) -> None:
    """Copy one row ``many`` times; ``special`` columns are SQL over ``g``, the copy's number."""
    from django.db import connection

    stored = [column for column in model._meta.concrete_fields if not column.generated]
    columns = [column.column for column in stored]
    values = [special.get(column, f'source."{column}"') for column in columns]
    columns = [f'"{column}"' for column in columns]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608
            f"FROM {table} source, generate_series(1, {many}) g WHERE source.id = %s",
            [pk],
        )


def on_own_postgresql(script: str, measure: Callable[[], None]) -> None:
    """Start a PostgreSQL, build the schema, and ``measure`` in a process that uses it."""
    if os.environ.get(_INSIDE):
        import django

        django.setup()
        measure()
        return
    from scripts.databases import postgresql

    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-bench-"))
        address = stack.enter_context(postgresql())
        environment = {
            **os.environ,
            "DATABASE_URL": address,
            _INSIDE: "1",
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "VAR_DIR": f"{folder}/var",
        }
        for command in (["manage.py", "migrate", "-v0"], [script]):
            subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)


@contextlib.contextmanager
def templates() -> Iterator[None]:
    """Keep the prepared demo world in a folder of this run, unless a run around it has one."""
    if os.environ.get("TEST_TEMPLATES"):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="portal-templates-") as folder:
        os.environ["TEST_TEMPLATES"] = folder
        try:
            yield
        finally:
            del os.environ["TEST_TEMPLATES"]
