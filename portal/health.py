"""Whether the portal does its work. Public, so it shows the state and nothing else."""

from __future__ import annotations

import threading
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from celery.schedules import crontab
from django.apps import apps
from django.conf import settings
from django.db import Error, connection
from django.db.models import Count, Min, Q

from workflow import admin_tasks
from workflow.models import Heartbeat, Job, JobStatus

BROKER_LIMIT = 2.0  # seconds
LATE_AFTER = timedelta(minutes=10)
_STARTED = time.monotonic()


@dataclass(frozen=True, slots=True)
class SweepHealth:
    """One sweep; ``age_seconds`` is ``None`` when it never ran."""

    name: str
    age_seconds: int | None
    every_minute: bool
    late: bool
    done: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class JobHealth:
    """Queued jobs of one model."""

    name: str
    label: str
    waiting: int
    failed: int
    oldest_seconds: int | None


@dataclass(frozen=True, slots=True)
class Health:
    """The whole picture."""

    database: bool
    broker: bool
    sweeps: list[SweepHealth]
    jobs: list[JobHealth]
    admin_tasks: int = 0  # open tasks of administrators: shown, but no failure

    @property
    def serving(self) -> bool:
        """Whether a monitor may leave people asleep."""
        return self.database and not any(sweep.late for sweep in self.sweeps)

    @property
    def status(self) -> str:
        """One word for a monitor."""
        if not self.serving:
            return "down"
        failed = any(sweep.failed for sweep in self.sweeps) or any(job.failed for job in self.jobs)
        return "degraded" if failed or not self.broker else "ok"

    def as_json(self) -> dict[str, Any]:
        """The answer to a machine."""
        return {"status": self.status, **asdict(self)}


def examine(at: datetime) -> Health:
    """Ask the database and the broker; never raises, never waits longer than the limits."""
    try:
        connection.ensure_connection()
        found, jobs, waiting = sweeps(at), _jobs(at), admin_tasks.waiting().count()
    except Error:
        return Health(False, broker_answers(), [], [])
    return Health(True, broker_answers(), found, jobs, waiting)


def broker_answers(limit: float = BROKER_LIMIT) -> bool:
    """Whether the broker opens a channel within ``limit`` seconds.

    In a thread of its own: a name server that is silent keeps to no time limit of ours.
    """
    heard = threading.Event()
    thread = threading.Thread(target=_knock, args=(heard, limit), daemon=True)
    thread.start()
    thread.join(limit)
    return heard.is_set()


def _knock(heard: threading.Event, limit: float) -> None:
    from portal.celery import app

    try:
        with app.connection_for_write(connect_timeout=limit) as broker:
            broker.default_channel.close()
    except Exception:  # whatever the transport raises, the answer is "no"
        return
    heard.set()


def expected() -> set[str]:
    """Return the sweeps that beat starts at least once a minute."""
    return {str(name) for name, row in settings.CELERY_BEAT_SCHEDULE.items() if _minutely(row)}


def sweeps(at: datetime) -> list[SweepHealth]:
    """Return how old the last run of every sweep is."""
    wanted = expected()
    found = [_sweep(row, row.sweep in wanted, at) for row in Heartbeat.objects.order_by("sweep")]
    silent = wanted - {sweep.name for sweep in found}
    new = time.monotonic() - _STARTED < LATE_AFTER.total_seconds()
    return found + [SweepHealth(name, None, True, late=not new) for name in sorted(silent)]


def _sweep(row: Heartbeat, every_minute: bool, at: datetime) -> SweepHealth:
    age = at - (row.finished_at or row.started_at)
    return SweepHealth(
        name=row.sweep,
        age_seconds=max(0, int(age.total_seconds())),
        every_minute=every_minute,
        late=every_minute and age > LATE_AFTER,
        done=row.done,
        failed=row.failed,
    )


def _minutely(entry: dict[str, Any]) -> bool:
    """Whether beat starts this one at least once a minute."""
    schedule = entry.get("schedule")
    if isinstance(schedule, crontab):
        return len(schedule.minute) == 60 and len(schedule.hour) == 24
    if isinstance(schedule, timedelta):
        schedule = schedule.total_seconds()
    return isinstance(schedule, int | float) and schedule <= 60


def _jobs(at: datetime) -> list[JobHealth]:
    found = []
    for model in apps.get_models():
        if not issubclass(model, Job):
            continue
        queued, failed = Q(job_status=JobStatus.QUEUED), Q(job_status=JobStatus.FAILED)
        row = model._default_manager.filter(queued | failed).aggregate(
            waiting=Count("pk", filter=queued),
            failed=Count("pk", filter=failed),
            oldest=Min("next_try_at", filter=queued),
        )
        oldest = row["oldest"]
        found.append(
            JobHealth(
                name=model._meta.label,
                label=str(model._meta.verbose_name_plural),
                waiting=row["waiting"],
                failed=row["failed"],
                oldest_seconds=max(0, int((at - oldest).total_seconds())) if oldest else None,
            )
        )
    return found
