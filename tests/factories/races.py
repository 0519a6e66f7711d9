"""Two people at the same instant, on real row locks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, connections


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads of their own; return what each returned or raised."""
    answers: list[Any] = [None] * len(acts)

    def run(index: int) -> None:
        try:
            answers[index] = acts[index]()
        except Exception as error:
            answers[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def waiting_for_a_lock() -> bool:
    """Whether some other connection of this database waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])
