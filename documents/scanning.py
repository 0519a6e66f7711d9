"""The virus scan of uploads: at once when clamd answers, else by the worker (ADR 0027).

Only what is clean is served to officers. The row is the job: nothing is lost when clamd, worker or
broker are away, and nothing waits for ever: what clamd refuses a few times is marked as not
scannable and administrators have a task.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from documents import clamd
from documents.scans import PENDING, ScannedUpload, ScanStatus
from documents.serving import report_missing
from workflow import admin_tasks, refusals
from workflow.domain.errors import DomainError
from workflow.sweeps import SweepResult, each, sweep
from workflow.worker import notify_on_commit

TASK: Final = "documents.scan_waiting"
TRIES: Final = 5
_AT_ONCE = 5.0  # seconds that a visitor waits for the scan of one file
_LATER = 60.0  # seconds of a worker
_TURN = 40.0  # seconds; the time limit of a task is twice that
_BATCH = 100
_AGAIN_AFTER = 30.0  # seconds for which this process does not ask a clamd that was away
_AWAY_KEY, _AWAY_KEPT = "documents.clamd-away-since", 7 * 24 * 3600
_LATE_TASK, _FAILED_TASK = "files-not-scanned", "files-unscannable"
_away_until = 0.0  # of this process, on the monotonic clock

admin_tasks.add(
    {
        "files_not_scanned": _(
            "%(n)s berkas menunggu pemeriksaan virus sejak lebih dari %(minutes)s menit karena "
            "clamd tidak menjawab. Hidupkan clamd; berkas yang menunggu diperiksa sesudah itu."
        ),
        "files_unscannable": _(
            "%(n)s berkas tidak dapat diperiksa dari virus (%(reason)s). Perbaiki clamd, lalu "
            "jalankan manage.py scan_again."
        ),
    }
)
refusals.add(
    {
        "file_infected": _(
            "Berkas ini ditolak karena mengandung virus (%(virus)s). Periksa komputer atau ponsel "
            "Anda dengan antivirus, buat lagi berkasnya dari dokumen aslinya, lalu unggah."
        )
    }
)

Infected = Callable[[Any, str, datetime], None]
_WATCHED: dict[type[ScannedUpload], Infected] = {}


def register(model: type[ScannedUpload], infected: Infected) -> None:
    """Have the uploads of ``model`` scanned; ``infected(row, virus, at)`` acts on what is found.

    It is called in the transaction that marks the row, before it: it locks what the row belongs to.
    """
    _WATCHED[model] = infected


def first_status(content: bytes) -> ScanStatus:
    """Return the state of a new upload with this content.

    Waits at most some seconds, and not at all shortly after clamd was away. Raises
    ``DomainError("file_infected")``.
    """
    global _away_until
    if not clamd.is_installed():
        return ScanStatus.RECEIVED
    if time.monotonic() < _away_until:
        return ScanStatus.WAITING
    try:
        virus = clamd.scan(content, seconds=_AT_ONCE)
    except clamd.ClamdAway:
        _away_until = time.monotonic() + _AGAIN_AFTER
        return ScanStatus.WAITING
    except clamd.NotScanned:
        return ScanStatus.WAITING  # the worker tries again and tells administrators
    if virus:
        raise DomainError("file_infected", virus=virus)
    return ScanStatus.CLEAN


def notify_worker_if_waiting(status: ScanStatus) -> None:
    """Ask the worker after the commit to scan what waits."""
    if status == ScanStatus.WAITING:
        notify_on_commit(TASK)


def scan_waiting(at: datetime) -> SweepResult:
    """Scan what waits, as far as a turn goes; tell administrators what waits too long."""
    return sweep(TASK, [0], lambda _key: _turn(at))


def _turn(at: datetime) -> SweepResult:
    if not clamd.is_installed():
        for model in _WATCHED:  # the operator has decided so; nothing may wait for ever
            _rows(model).filter(scan=ScanStatus.WAITING).update(scan=ScanStatus.RECEIVED)
        _here_again(at)
        return SweepResult()
    until = time.monotonic() + _TURN
    away = not clamd.answers()

    def act(key: tuple[type[ScannedUpload], int]) -> bool:
        nonlocal away
        if away or time.monotonic() > until:
            return False
        try:
            return _scan(*key, at)
        except clamd.ClamdAway:
            away = True
            return False

    swept = SweepResult() if away else each(TASK, _waiting(), act)
    if time.monotonic() > until:
        notify_on_commit(TASK)
    if away:
        _still_away(at)
    else:
        _here_again(at)
    return swept


def _rows(model: type[ScannedUpload]) -> models.QuerySet[Any]:
    return model._default_manager.all()


def _pending(model: type[ScannedUpload]) -> models.QuerySet[Any]:
    return _rows(model).filter(scan__in=PENDING)


def _waiting() -> Iterator[tuple[type[ScannedUpload], int]]:
    """Yield the keys of what waits, the least tried first."""
    for model in _WATCHED:
        rows = _pending(model).exclude(file="").order_by("scan_tries", "pk")
        yield from ((model, pk) for pk in rows.values_list("pk", flat=True)[:_BATCH])


def _scan(model: type[ScannedUpload], pk: int, at: datetime) -> bool:
    """Scan one row; return whether its state is known now. Counts the try before it begins."""
    rows = _pending(model).filter(pk=pk)
    row = rows.first()
    if row is None or not rows.update(scan=ScanStatus.WAITING, scan_tries=F("scan_tries") + 1):
        return False
    try:
        with row.file.open("rb") as handle:
            content = handle.read()
    except OSError:
        report_missing(row.file, at)
        return _give_up(row, "-", at)
    try:
        virus = clamd.scan(content, seconds=_LATER)
    except clamd.NotScanned as reason:
        return row.scan_tries + 1 >= TRIES and _give_up(row, str(reason), at)
    except clamd.ClamdAway as reason:
        if row.scan_tries + 1 >= TRIES and clamd.answers():  # it is this file that takes too long
            return _give_up(row, str(reason), at)
        raise
    with transaction.atomic():
        if virus:
            _WATCHED[model](row, virus, at)
        status = ScanStatus.INFECTED if virus else ScanStatus.CLEAN
        if not rows.update(scan=status, scanned_at=at):
            transaction.set_rollback(True)  # another worker was first
            return False
    return True


def _give_up(row: Any, reason: str, at: datetime) -> bool:
    _pending(type(row)).filter(pk=row.pk).update(scan=ScanStatus.UNSCANNABLE, scanned_at=at)
    number = sum(_rows(model).filter(scan=ScanStatus.UNSCANNABLE).count() for model in _WATCHED)
    admin_tasks.open_task(_FAILED_TASK, "files_unscannable", at=at, n=number, reason=reason)
    return True


def _still_away(at: datetime) -> None:
    """Open a task when files have waited for clamd too long."""
    cache.add(_AWAY_KEY, at, _AWAY_KEPT)
    since = cache.get(_AWAY_KEY, at)
    minutes = settings.SCAN_LATE_MINUTES
    number = sum(_pending(model).exclude(file="").count() for model in _WATCHED)
    if number and at - since >= timedelta(minutes=minutes):
        admin_tasks.open_task(_LATE_TASK, "files_not_scanned", at=at, n=number, minutes=minutes)


def _here_again(at: datetime) -> None:
    cache.delete(_AWAY_KEY)
    admin_tasks.close_task(_LATE_TASK, at=at)


def scan_again(at: datetime) -> int:
    """Have everything scanned again that could not be scanned; return how much it is."""
    rows = [_rows(model).filter(scan=ScanStatus.UNSCANNABLE) for model in _WATCHED]
    admin_tasks.close_task(_FAILED_TASK, at=at)
    return sum(one.update(scan=ScanStatus.WAITING, scan_tries=0) for one in rows)
