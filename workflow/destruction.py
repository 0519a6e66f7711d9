"""Destruction of evidence by rule: the rows are named before, and sealed after.

The guards of the database let go of a row only while an unfinished ``DestroyedRow`` names it, and
the guard of that table (``archives.guards``) lets none in without an act of two people. The chain
of evidence keeps the hash of what stood there; ``audit.verify`` then expects what is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from workflow import audit
from workflow.models import DestroyedRow


def name_rows(source: str, keys: Iterable[int], *, act: int, report: str) -> None:
    """Name the rows of ``source`` ("app.Model") whose content goes by the act ``act``.

    Raises ``IntegrityError`` when two people have not decided that act.
    """
    DestroyedRow.objects.bulk_create(
        DestroyedRow(source=source, row=str(key), act=act, report=report) for key in keys
    )


@transaction.atomic
def seal(act: int, at: datetime) -> int:
    """Close the rows of an act with what is left of each; return how many."""
    rows = list(DestroyedRow.objects.filter(act=act, finished_at=None))
    left: dict[str, dict[str, str]] = {}
    for source in {row.source for row in rows}:
        left[source] = _left(source, [row.row for row in rows if row.source == source])
    for row in rows:
        row.left, row.finished_at = left[row.source].get(row.row, ""), at
        row.save(update_fields=["left", "finished_at"])
    return len(rows)


def _left(model: str, keys: list[str]) -> dict[str, str]:
    source = audit.SOURCES.get(model)
    if source is None:  # guarded, but no evidence of its own
        return {}
    rows = source.rows().filter(pk__in=keys)
    return {key: digest for _chain, key, digest in map(source.read, rows)}
