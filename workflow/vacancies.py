"""Desks at which something waits and that nobody holds: an administrator is asked at once.

An app registers what can lie at a desk; the sweep opens a task for each vacant desk, keeps its
numbers, and closes it when somebody holds the position or nothing lies there any more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Position
from accounts.selectors import holders
from workflow import admin_tasks
from workflow.sweeps import SweepResult, sweep

VACANT = "vacant_desk"
Rows = Callable[[], QuerySet[Any]]
_WAITING: list[tuple[str, Rows]] = []

admin_tasks.add(
    {
        VACANT: _(
            "Tidak ada pejabat pada jabatan %(position)s (%(unit)s). Menunggu di sana: "
            "%(files)s berkas dan %(complaints)s pengaduan. Tunjuk pejabatnya."
        )
    }
)


def register(what: str, rows: Rows) -> None:
    """Have ``rows`` watched: what waits at the desk in its column ``desk``; "files", …

    Rows of several sources may be called the same: they are counted together.
    """
    _WAITING.append((what, rows))


def watch_desks(at: datetime) -> SweepResult:
    """Open a task for each vacant desk with work, renew its numbers, close those settled."""
    waiting: dict[int, Counter[str]] = defaultdict(Counter)
    for what, rows in _WAITING:
        found = rows().exclude(desk=None).order_by().values_list("desk").annotate(n=Count("pk"))
        for desk, number in found:
            waiting[desk][what] += number
    asked = admin_tasks.waiting().filter(kind=VACANT).values_list("key", flat=True)
    desks = {*waiting, *(int(key.rpartition(":")[2]) for key in asked)}
    positions = Position.objects.select_related("office").in_bulk(sorted(desks))

    def settle(desk: int) -> bool:
        position = positions.get(desk)
        if position is None or not waiting[desk] or holders(position, at):
            return admin_tasks.close_task(_key(desk), at=at)
        return _ask(position, waiting[desk], at)

    return sweep("workflow.watch_desks", sorted(desks), settle)


def ask(position: Position, at: datetime) -> bool:
    """Open the task at once: something has just come to this desk, which nobody holds."""
    waiting: Counter[str] = Counter()
    for what, rows in _WAITING:
        waiting[what] += rows().filter(desk=position.pk).count()
    return _ask(position, waiting, at)


def _ask(position: Position, waiting: Counter[str], at: datetime) -> bool:
    return admin_tasks.open_task(
        _key(position.pk),
        VACANT,
        at=at,
        office=position.office,
        path=reverse("admin:accounts_position_change", args=[position.pk]),
        position=position.name,
        unit=position.office.short_name,
        files=waiting["files"],
        complaints=waiting["complaints"],
    )


def _key(desk: int) -> str:
    return f"{VACANT}:{desk}"
