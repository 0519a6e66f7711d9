"""Write the figures of the past: each night what is new, or everything from nothing.

Counting reads outside a transaction; the figures of an office are exchanged in one. It may run
twice, late, or at the same time: months are counted whole, and an older count never replaces a
newer one. A worker that dies leaves the figures of yesterday.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Min

from accounts.models import Office
from boards.domain.months import month_of
from boards.models import ClockTally, FaultTally, FileTally, HandTally, StepTally, Tallied
from boards.services.facts import Tallies, tallies
from permits.models import Application

_TABLES: tuple[Any, ...] = (FileTally, StepTally, HandTally, FaultTally, ClockTally)


def count_new(at: datetime) -> None:
    """Count the months that are not finished for every office, since each was counted last."""
    for office in Office.objects.order_by("pk"):
        known = Tallied.objects.filter(office=office).first()
        since = known.counted_at if known else None
        if since is None:
            recount(office, at=at)
        else:
            _count(office, month_of(office.local_date(since)), at)


def recount(office: Office, *, at: datetime) -> None:
    """Count all months of ``office`` from nothing."""
    rows = Application.objects.filter(office=office)
    first = rows.aggregate(first=Min("submitted_at"))["first"] or at
    _count(office, month_of(office.local_date(first)), at, everything=True)


def _count(office: Office, first: date, at: datetime, *, everything: bool = False) -> None:
    last = month_of(office.local_date(at))
    found = tallies(office, first, last, at)
    with transaction.atomic():
        Tallied.objects.get_or_create(office=office)
        row = Tallied.objects.select_for_update().get(office=office)
        if row.counted_at is not None and row.counted_at > at:
            return
        for table in _TABLES:
            old = table.objects.filter(office=office)
            (old if everything else old.filter(month__gte=first)).delete()
        _write(office, found)
        row.counted_at = at
        row.save(update_fields=["counted_at"])


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
