"""Jobs that apply a changed calendar in batches, run by a sweep (ADR 0006).

Tens of thousands of deadlines do not fit into one request. The button creates one job for each
office. Each batch is a transaction, so another worker can continue after a crash. A counted
deadline stores the version of its calendar and is never counted twice. Only the reviewed calendar
is applied: if it changes again, the job ends.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts.models import Office, User
from permits.models import DueDateChange
from permits.services.calendar_changes import (
    BATCH,
    Counter,
    notify_desks,
    outdated,
    update_admin_tasks,
    write,
)
from workflow import recounting
from workflow.models import JobStatus, Recount
from workflow.sweeps import UNFINISHED, SweepResult, drain_queue, run_job
from workflow.worker import notify_on_commit

TASK = "permits.recount_due"


@transaction.atomic
def order(at: datetime, *, actor: User | None) -> list[Recount]:
    """Enqueue the application of the present calendars; idempotent. Return the jobs."""
    orders = []
    for office in Office.objects.all():
        counter = Counter(office, at)
        total = outdated({office.pk: counter}, at)
        if not total:
            continue
        recount, new = Recount.objects.exclude(job_status=JobStatus.DONE).get_or_create(
            office=office,
            calendar_version=counter.calendar.version,
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
    """Run the queued jobs, batch after batch."""
    recounts = Recount.objects.all()
    ready = recounts.ready(at).order_by("pk").values_list("pk", flat=True)
    return drain_queue(TASK, lambda: ready, lambda pk: run_job(recounts, pk, _next_part(at), at=at))


def _next_part(at: datetime) -> Callable[[Recount], Callable[[], object]]:
    return lambda recount: lambda: _store(recount, at)


def _store(recount: Recount, at: datetime) -> object:
    """Count one batch again and save the progress; the last batch enqueues the messages."""
    same_row = Recount.objects.filter(pk=recount.pk)
    counter = Counter(recount.office, at)
    overtaken = counter.calendar.version != recount.calendar_version
    left = counter.outdated().exclude(pk__in=recount.broken).values_list("pk", flat=True)
    keys = [] if overtaken else list(left[:BATCH])
    if keys:
        moved, broken = write(counter, keys, recount.actor, everything=True)
        same_row.update(
            done=F("done") + len(keys), moved=F("moved") + moved, broken=recount.broken + broken
        )
    if len(keys) == BATCH:
        return UNFINISHED
    if not overtaken:  # applications are done: now the deadlines of other apps
        others = recounting.recount(recount.office, at, BATCH, everything=True)
        same_row.update(done=F("done") + others.done)
        if others.done:
            return UNFINISHED
    notify_desks(recount.office, recount.calendar_version, at)
    update_admin_tasks(recount.office, at)
    same_row.update(finished_at=at, overtaken=overtaken)
    return None


def apply(at: datetime, *, actor: User | None) -> SweepResult:
    """Enqueue the jobs and run them at once, for a command; return how many dates moved."""
    keys = [recount.pk for recount in order(at, actor=actor)]
    applied = Recount.objects.filter(pk__in=keys)
    while applied.ready(at).exists():
        recount_due(at)
    rows = list(applied)
    return SweepResult(sum(row.moved for row in rows), sum(len(row.broken) for row in rows))


def latest() -> list[Recount]:
    """Return the jobs of the latest application of the calendar, and those still queued."""
    last = Recount.objects.order_by("-asked_at").values_list("asked_at", flat=True).first()
    rows = Recount.objects.filter(Q(asked_at=last) | Q(job_status=JobStatus.QUEUED))
    return list(rows.select_related("office", "actor").order_by("office__short_name", "pk"))


def changes(recounts: list[Recount]) -> QuerySet[DueDateChange]:
    """Return the changes of due dates by these jobs, soonest first."""
    rows = DueDateChange.objects.none()
    for recount in recounts:
        rows |= DueDateChange.objects.filter(
            application__office=recount.office,
            calendar_version=recount.calendar_version,
            at__gte=recount.asked_at,
        )
    related = rows.select_related("application__office", "deadline")
    return related.order_by("new_on", "pk")
