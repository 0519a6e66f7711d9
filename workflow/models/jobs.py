"""Jobs: rows that a worker runs once, and the jobs that belong to no app above."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office


class JobStatus(models.TextChoices):
    """Status of a job."""

    QUEUED = "terutang", _("Menunggu dikerjakan")
    DONE = "selesai", _("Selesai")
    FAILED = "gagal", _("Gagal")


class JobQuerySet(models.QuerySet[Any]):
    """The row is the job: find it, claim it by one conditional update, finish it."""

    def ready(self, at: datetime) -> Self:
        """Jobs without a lease at ``at``, however old."""
        return self.filter(
            Q(lease_until=None) | Q(lease_until__lte=at),
            job_status=JobStatus.QUEUED,
            next_try_at__lte=at,
        )

    def claim(self, pk: int, at: datetime, lease: timedelta) -> bool:
        """Take one row for ``lease``; ``False`` if another worker was first."""
        taken = self.ready(at).filter(pk=pk)
        return bool(taken.update(lease_until=at + lease, attempts=F("attempts") + 1))

    def stuck(self) -> Self:
        """Work that failed for good and waits for a person."""
        return self.filter(job_status=JobStatus.FAILED)


class Job(models.Model):
    """A job queued in the database (ADR 0006): it outlives workers and brokers."""

    job_status = models.CharField(
        _("keadaan pekerjaan"),
        max_length=10,
        choices=JobStatus.choices,
        default=JobStatus.QUEUED,
        db_index=False,
    )
    next_try_at = models.DateTimeField(_("dicoba lagi"))
    lease_until = models.DateTimeField(_("dipegang sampai"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    last_error = models.CharField(_("kesalahan terakhir"), max_length=500, blank=True)

    class Meta:
        abstract = True


def job_index(name: str) -> models.Index:
    """Return the index over queued rows of a subclass of ``Job``, in queue order."""
    return models.Index(fields=["next_try_at"], condition=Q(job_status=JobStatus.QUEUED), name=name)


class Alarm(Job):
    """One mark of one term that was reached and must be answered once (``workflow.alarms``)."""

    term = models.CharField(_("jangka waktu"), max_length=40)
    object_id = models.BigIntegerField()
    due_at = models.DateTimeField(_("jatuh tempo"))
    mark_at = models.DateTimeField(_("tanda tercapai"))

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("peringatan jangka waktu")
        verbose_name_plural = _("peringatan jangka waktu")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["term", "object_id", "due_at", "mark_at"], name="workflow_alarm_once"
            )
        ]
        indexes: ClassVar = [
            job_index("workflow_alarms_due"),
            models.Index(
                fields=["id"],
                condition=Q(job_status=JobStatus.FAILED),
                name="workflow_alarms_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.object_id}"


class Recount(Job):
    """An administrator's order to count an office's promises again by one version of its calendar.

    Done part by part (``permits.services.recounts``): ``done`` of ``total`` promises have been
    counted, ``moved`` of them have another day now, and ``broken`` ones raised and were left.
    """

    office = models.ForeignKey(
        Office, models.CASCADE, related_name="recounts", verbose_name=_("unit penyelenggara")
    )
    calendar_version = models.CharField(_("versi kalender"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("diminta oleh"),
    )
    asked_at = models.DateTimeField(_("diminta pada"))
    total = models.PositiveIntegerField(_("tanggal janji"))
    done = models.PositiveIntegerField(_("sudah dihitung"), default=0)
    moved = models.PositiveIntegerField(_("bergeser"), default=0)
    broken = models.JSONField(default=list)
    finished_at = models.DateTimeField(_("selesai pada"), null=True)
    # the calendar changed again meanwhile: the effect of that change was not reviewed
    overtaken = models.BooleanField(_("kalender berubah lagi"), default=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("penghitungan ulang tanggal janji")
        verbose_name_plural = _("penghitungan ulang tanggal janji")
        ordering = ("-asked_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "calendar_version"],
                condition=~Q(job_status=JobStatus.DONE),
                name="workflow_recount_once",
            )
        ]
        indexes: ClassVar = [job_index("workflow_recounts_due")]

    def __str__(self) -> str:
        return f"{self.office} {self.calendar_version}"
