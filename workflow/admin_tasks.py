"""Tasks that only an administrator can settle, opened once per cause.

A kind of task has one sentence; each app adds its own when it starts. A task that the portal
itself closed comes back when its cause does; one that a person closed stays closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise

from accounts.administered import rows_kept
from accounts.models import Office, User
from workflow.models import AdminTask

SENTENCES: dict[str, str | Promise] = {}


def add(sentences: Mapping[str, str | Promise]) -> None:
    """Register the kinds of task of an app with their sentences.

    Raises ``ValueError`` when a kind has another sentence already.
    """
    for kind, text in sentences.items():
        if kind in SENTENCES and SENTENCES[kind] != text:
            raise ValueError(f"admin_task {kind} is registered twice")
        SENTENCES[kind] = text


def sentence(admin_task: AdminTask) -> str:
    """Return what is to be done, in the reader's language."""
    return str(SENTENCES.get(admin_task.kind, admin_task.kind)) % admin_task.facts


@transaction.atomic
def open_task(
    key: str,
    kind: str,
    *,
    at: datetime,
    office: Office | None = None,
    path: str = "",
    **facts: str | int,
) -> bool:
    """Open a task of ``kind`` once under ``key``; return whether it was opened now.

    ``path`` is the page where it can be settled. A second call renews the facts of an open task.
    Raises ``ValueError`` when ``kind`` is not registered.
    """
    if kind not in SENTENCES:
        raise ValueError(f"admin_task {kind} has no sentence")
    content = {"facts": facts, "path": path}
    admin_task, new = AdminTask.objects.get_or_create(
        key=key, defaults={"kind": kind, "office": office, "opened_at": at, **content}
    )
    if new:
        return True
    same = AdminTask.objects.filter(pk=admin_task.pk)
    if admin_task.closed_at is None:
        if admin_task.facts != facts or admin_task.path != path:
            same.filter(closed_at=None).update(**content)
        return False
    back = same.filter(closed_by=None).exclude(closed_at=None)
    return bool(back.update(closed_at=None, opened_at=at, **content))


def close_task(key: str, *, at: datetime, actor: User | None = None) -> bool:
    """Close the task: its cause is gone (no ``actor``), or ``actor`` has settled it.

    Returns whether it was open.
    """
    return bool(waiting().filter(key=key).update(closed_at=at, closed_by=actor))


def waiting_for(user: User) -> QuerySet[AdminTask]:
    """Return the open tasks of the offices which ``user`` keeps, the oldest first."""
    return rows_kept(user, waiting(), "office")


def waiting() -> QuerySet[AdminTask]:
    """Return the open tasks, the oldest first."""
    return AdminTask.objects.filter(closed_at=None).order_by("opened_at", "pk")
