"""Write the figures of the past: each night what is new, or everything from nothing.

One month of one office is counted at a time: read outside a transaction, exchanged in one. It may
run twice, late, or at the same time, and an older count never replaces a newer one. A worker that
dies, or whose turn is over, leaves the other months as they were; the next run goes on there.
"""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Min

from accounts.models import Office
from boards.domain.months import following, month_of
from boards.models import ClockTally, FaultTally, FileTally, HandTally, StepTally, Tallied
from boards.services.facts import Tallies, tallies
from permits.models import Application
from workflow.sweeps import SweepResult, sweep

TASK = "boards.count_new"
TURN = 45 * 60  # seconds after which a run begins no further month
_TABLES: tuple[Any, ...] = (FileTally, StepTally, HandTally, FaultTally, ClockTally)


def count_new(at: datetime) -> SweepResult:
    """Count, for every office that was not counted today, the months that are not finished.

    Offices with a count from nothing ahead of them come last. What fails stops only its office: it
    is logged, shown on the page of health, and tried again by the next run of the night.
    """
    until = time.monotonic() + TURN
    offices = {office.pk: office for office in Office.objects.order_by("pk")}
    known = {row.office_id: row for row in Tallied.objects.all()}
    since = {
        key: row.counted_at
        for key, row in known.items()
        if row.counted_at is not None and row.resumes_on is None
    }

    def count(key: int) -> bool:
        office, row = offices[key], known.get(key)
        month = row.resumes_on if row else None
        if row and row.counted_at and month is None:
            month = month_of(office.local_date(row.counted_at))
        if month is None:
            return recount(office, at=at, until=until)
        return _count(office, month, at, until)

    def is_due(key: int) -> bool:
        local = offices[key].local_date
        return key not in since or local(since[key]) < local(at)

    ordered = sorted(offices, key=lambda key: key not in since)
    return sweep(TASK, [key for key in ordered if is_due(key)], count)


def recount(office: Office, *, at: datetime, until: float | None = None) -> bool:
    """Count all months of ``office`` from nothing, the earliest first.

    ``until`` is when the turn of the caller is over, by ``time.monotonic()``. Returns whether it
    was counted to its end; if not, ``count_new`` goes on.
    """
    files = Application.objects.filter(office=office)
    first = files.aggregate(first=Min("submitted_at"))["first"] or at
    month, last = month_of(office.local_date(first)), month_of(office.local_date(at))
    with transaction.atomic():
        row = _lock(office, at)
        if row is None:
            return False
        for table in _TABLES:
            rows = table.objects.filter(office=office)
            rows.exclude(month__range=(month, last)).delete()
        row.resumes_on = month
        row.save(update_fields=["resumes_on"])
    return _count(office, month, at, until)


def _count(office: Office, month: date, at: datetime, until: float | None) -> bool:
    """Count month after month up to that of ``at``; return whether all of them are."""
    last = month_of(office.local_date(at))
    while month <= last:
        found = tallies(office, month, month, at)
        if not _exchange(office, month, found, at, is_last=month == last):
            return False
        month = following(month)
        if month <= last and until is not None and time.monotonic() > until:
            return False
    return True


@transaction.atomic
def _exchange(office: Office, month: date, found: Tallies, at: datetime, *, is_last: bool) -> bool:
    """Put the figures of one month in the place of the old ones, unless those are newer."""
    row = _lock(office, at)
    if row is None:
        return False
    for table in _TABLES:
        table.objects.filter(office=office, month=month).delete()
    _write(office, found)
    row.counted_at = at if is_last else row.counted_at
    row.resumes_on = None if is_last else following(month)
    row.save(update_fields=["counted_at", "resumes_on"])
    return True


def _lock(office: Office, at: datetime) -> Tallied | None:
    """Return the locked row of ``office``; ``None`` if a newer count than this one is there."""
    Tallied.objects.get_or_create(office=office)
    row = Tallied.objects.select_for_update().get(office=office)
    return None if row.counted_at is not None and row.counted_at > at else row


def _write(office: Office, found: Tallies) -> None:
    FileTally.objects.bulk_create(
        FileTally(
            office=office,
            service_id=service,
            month=month,
            unit=unit,
            promised=promised,
            net=net,
            gross=gross,
            on_time=on_time,
            returns=returns,
            number=number,
        )
        for (
            service,
            month,
            unit,
            promised,
            net,
            gross,
            on_time,
            returns,
        ), number in found.files.items()
    )
    StepTally.objects.bulk_create(
        StepTally(
            office=office,
            service_id=service,
            month=month,
            step_id=step,
            visits=sums["visits"],
            minutes=sums["minutes"],
            longest=sums["longest"],
            timed=sums["timed"],
            over=sums["over"],
            sent_back=sums["sent_back"],
        )
        for (service, month, step), sums in found.steps.items()
    )
    HandTally.objects.bulk_create(
        HandTally(
            office=office,
            service_id=service,
            month=month,
            position_id=position,
            officer_id=who,
            held=sums["held"],
            finished=sums["finished"],
            minutes=sums["minutes"],
        )
        for (service, month, position, who), sums in found.hands.items()
    )
    FaultTally.objects.bulk_create(
        FaultTally(
            office=office, service_id=service, month=month, requirement_id=key, number=number
        )
        for (service, month, key), number in found.faults.items()
    )
    ClockTally.objects.bulk_create(
        ClockTally(
            office=office,
            service_id=service,
            month=month,
            kind=kind,
            officer_id=who,
            position_id=position,
            number=number,
        )
        for (service, month, kind, who, position), number in found.clock.items()
    )
