"""An order to apply a changed calendar, done part by part by a sweep (ADR 0006).

Tens of thousands of promises do not fit into one request. The button leaves one row for each
office; each part is a transaction of its own, so a worker may die in between and another goes on.
A promise that has been counted carries the version of the calendar it was counted by, and is never
counted twice. Only the calendar that was looked at is applied: if it has changed again, the order
ends.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts.models import Office, User
from permits.models import DueDateChange
from permits.services.calendar_changes import BATCH, Counter, ask_administrators, tell_desks, write
from workflow import recounting
from workflow.models import JobStatus, Recount
from workflow.sweeps import UNFINISHED, SweepResult, drain_queue, run_job
from workflow.worker import notify_on_commit

TASK = "permits.recount_due"


@transaction.atomic
def order(at: datetime, *, actor: User | None) -> list[Recount]:
    """Ask for the present calendars to be applied; asking twice is one order."""
    orders = []
    for office in Office.objects.all():
        counted = Counter(office, at)
        total = counted.outdated().count() + recounting.outdated(office, at)
        if not total:
            continue
        recount, new = Recount.objects.exclude(job_status=JobStatus.DONE).get_or_create(
            office=office,
            calendar_version=counted.calendar.version,
            defaults={"actor": actor, "asked_at": at, "total": total, "next_try_at": at},
        )
        if not new:
            failed = Recount.objects.stuck().filter(pk=recount.pk)
            failed.update(job_status=JobStatus.QUEUED, attempts=0, next_try_at=at)
        orders.append(recount)
    if orders:
        notify_on_commit(TASK)
    return orders


def recount_due(at: datetime) -> SweepResult:
    """Do what has been ordered, part after part."""
    recounts = Recount.objects.all()
    ready = recounts.ready(at).order_by("pk").values_list("pk", flat=True)
    return drain_queue(TASK, lambda: ready, lambda pk: run_job(recounts, pk, _next_part(at), at=at))


def _next_part(at: datetime) -> Callable[[Recount], Callable[[], object]]:
    return lambda recount: lambda: _store(recount, at)


def _store(recount: Recount, at: datetime) -> object:
    """Count one batch again and note how far the order is; the last part tells those concerned."""
    same_row = Recount.objects.filter(pk=recount.pk)
    counted = Counter(recount.office, at)
    overtaken = counted.calendar.version != recount.calendar_version
    left = counted.outdated().exclude(pk__in=recount.broken).values_list("pk", flat=True)
    keys = [] if overtaken else list(left[:BATCH])
    if keys:
        moved, broken = write(counted, keys, recount.actor, everything=True)
        same_row.update(
            done=F("done") + len(keys), moved=F("moved") + moved, broken=recount.broken + broken
        )
    if len(keys) == BATCH:
        return UNFINISHED
    if not overtaken:  # the files are done: now what others keep
        others = recounting.recount(recount.office, at, BATCH, everything=True)
        same_row.update(done=F("done") + others.done)
        if others.done:
            return UNFINISHED
    tell_desks(recount.office, recount.calendar_version, at)
    ask_administrators(recount.office, at)
    same_row.update(finished_at=at, overtaken=overtaken)
    return None


def apply(at: datetime, *, actor: User | None) -> SweepResult:
    """Order it and do it now, for a command that may take its time; returns how many moved."""
    keys = [recount.pk for recount in order(at, actor=actor)]
    applied = Recount.objects.filter(pk__in=keys)
    while applied.ready(at).exists():
        recount_due(at)
    rows = list(applied)
    return SweepResult(sum(row.moved for row in rows), sum(len(row.broken) for row in rows))


def latest() -> list[Recount]:
    """Return the orders of the last time the calendar was applied, and whatever still runs."""
    last = Recount.objects.order_by("-asked_at").values_list("asked_at", flat=True).first()
    rows = Recount.objects.filter(Q(asked_at=last) | Q(job_status=JobStatus.QUEUED))
    return list(rows.select_related("office", "actor").order_by("office__short_name", "pk"))


def changes(recounts: list[Recount]) -> QuerySet[DueDateChange]:
    """Return the dates that these orders have moved, soonest first."""
    rows = DueDateChange.objects.none()
    for recount in recounts:
        rows |= DueDateChange.objects.filter(
            application__office=recount.office,
            calendar_version=recount.calendar_version,
            at__gte=recount.asked_at,
        )
    related = rows.select_related("application__office", "deadline")
    return related.order_by("new_on", "pk")
