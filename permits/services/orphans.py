"""Deletion of stored files without a row, left by a crash or by a deleted draft."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db.models import Model

from permits.models import (
    Certificate,
    Document,
    InspectionPhoto,
    PartFile,
    Payment,
    Printout,
    StepFile,
)
from standards.models import OfficeDocument
from standards.services import publicity
from workflow.sweeps import SweepResult, sweep

_GRACE = timedelta(days=2)  # an upload in progress has no row yet
_CARDS = "cards"  # attached to messages, which are sent long before
_KEEP_CARDS = timedelta(days=60)
_OWNERS: dict[str, type[Model]] = {
    "documents": Document,
    "inspections": InspectionPhoto,
    "certificates": Certificate,
    "printouts": Printout,
    "payments": Payment,
    publicity.FOLDER: OfficeDocument,
    "parts": PartFile,
    "steps": StepFile,
}


def register_folder(folder: str, model: type[Model]) -> None:
    """Register a folder whose files are named in the column ``file`` of ``model``."""
    _OWNERS[folder] = model


def clear_orphans(at: datetime) -> SweepResult:
    """Delete files older than two days without a row, and old routing cards of messages."""
    names = list(_orphans(at))

    def clear(index: int) -> bool:
        default_storage.delete(names[index])
        return True

    return sweep("permits.clear_orphans", range(len(names)), clear)


def _orphans(at: datetime) -> Iterator[str]:
    for folder, model in _OWNERS.items():
        old = [name for name in _files(folder) if _older(name, at - _GRACE)]
        for first in range(0, len(old), 500):
            batch = old[first : first + 500]
            named = set(
                model._default_manager.filter(file__in=batch).values_list("file", flat=True)
            )
            yield from (name for name in batch if name not in named)
    yield from (name for name in _files(_CARDS) if _older(name, at - _KEEP_CARDS))


def _files(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from _files(f"{folder}/{name}")


def _older(name: str, than: datetime) -> bool:
    return default_storage.get_modified_time(name) < than
