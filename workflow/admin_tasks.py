"""What only an administrator can settle, asked for once and kept until it is settled.

A kind of errand has one sentence; each app adds its own when it starts. An errand that the portal
itself closed comes back when its cause does; one that a person closed stays closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise

from accounts.models import Office, User
from workflow.models import Errand

SENTENCES: dict[str, str | Promise] = {}


def add(sentences: Mapping[str, str | Promise]) -> None:
    """Register an app's kinds of errands with what an administrator reads."""
    for kind, text in sentences.items():
        if kind in SENTENCES and SENTENCES[kind] != text:
            raise ValueError(f"errand {kind} stands twice")
        SENTENCES[kind] = text


def sentence(errand: Errand) -> str:
    """Return what is to be done, in the reader's language."""
    return str(SENTENCES.get(errand.kind, errand.kind)) % errand.facts


@transaction.atomic
def open_errand(
    key: str, kind: str, *, at: datetime, office: Office | None = None, path: str = "",
    **facts: str | int,
) -> bool:  # fmt: skip
    """Ask for ``kind`` once under ``key``; return whether it was not asked for already.

    ``path`` is the page where it can be settled. Asking again renews the facts of an open errand.
    """
    if kind not in SENTENCES:
        raise ValueError(f"errand {kind} has no sentence")
    told = {"facts": facts, "path": path}
    errand, new = Errand.objects.get_or_create(
        key=key, defaults={"kind": kind, "office": office, "opened_at": at, **told}
    )
    if new:
        return True
    same = Errand.objects.filter(pk=errand.pk)
    if errand.closed_at is None:
        if errand.facts != facts or errand.path != path:
            same.filter(closed_at=None).update(**told)
        return False
    back = same.filter(closed_by=None).exclude(closed_at=None)
    return bool(back.update(closed_at=None, opened_at=at, **told))


def close_errand(key: str, *, at: datetime, actor: User | None = None) -> bool:
    """Close it: its cause is gone (no ``actor``), or this administrator says so."""
    return bool(waiting().filter(key=key).update(closed_at=at, closed_by=actor))


def waiting() -> QuerySet[Errand]:
    """Return the open errands, the oldest first."""
    return Errand.objects.filter(closed_at=None).order_by("opened_at", "pk")
