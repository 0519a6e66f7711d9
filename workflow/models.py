"""What permits and complaints share: the calendar's rows and the shapes of their records."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from workflow.domain import clock, marks, workdays


class HolidayKind(models.TextChoices):
    """Kinds of special days (SKB 3 Menteri; regional decrees)."""

    NATIONAL = workdays.HolidayKind.NATIONAL, _("Libur nasional")
    JOINT_LEAVE = workdays.HolidayKind.JOINT_LEAVE, _("Cuti bersama")
    REGIONAL = workdays.HolidayKind.REGIONAL, _("Libur daerah")
    REPLACEMENT = workdays.HolidayKind.REPLACEMENT, _("Hari kerja pengganti")


class Holiday(models.Model):
    """A day that differs from its weekday, for all offices or for one."""

    on = models.DateField(_("tanggal"))
    name = models.CharField(_("nama"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=30, choices=HolidayKind.choices)
    office = models.ForeignKey(
        Office,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("hanya untuk unit"),
        related_name="holidays",
    )
    decree = models.CharField(_("dasar penetapan"), max_length=200, blank=True)
    estimated = models.BooleanField(_("perkiraan"), default=False)

    class Meta:
        verbose_name = _("hari libur")
        verbose_name_plural = _("hari libur")
        ordering = ("on",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["on", "kind", "office"], name="workflow_holiday_once"),
            models.UniqueConstraint(
                fields=["on", "kind"],
                condition=Q(office=None),
                name="workflow_holiday_for_all_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d-%m-%Y} {self.name}"


class CalendarYear(models.Model):
    """A year whose holidays are decreed: dates are certain up to the last one without a gap."""

    year = models.PositiveSmallIntegerField(_("tahun"), unique=True)
    decree = models.CharField(_("dasar penetapan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("tahun kalender yang ditetapkan")
        verbose_name_plural = _("tahun kalender yang ditetapkan")
        ordering = ("year",)

    def __str__(self) -> str:
        return str(self.year)


class TransitionRecord(models.Model):
    """One change of status: who, in which capacity, when, from what to what, why. Never edited."""

    event = models.CharField(max_length=40)
    source = models.CharField(max_length=30)
    to = models.CharField(max_length=30)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ("at", "pk")


class ClockEventRow(models.Model):
    """One recorded event of a service clock (ADR 0004); corrected only by a new row."""

    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in clock.ClockKind])
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    key = models.CharField(max_length=60, blank=True)
    amount = models.SmallIntegerField(default=0)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    ground = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ("at", "pk")

    def as_domain(self) -> clock.ClockEvent:
        """Return the event as the pure function reads it."""
        return clock.ClockEvent(
            kind=clock.ClockKind(self.kind),
            at=self.at,
            seq=self.pk,
            key=self.key,
            amount=self.amount,
            corrects=self.corrects_id,  # type: ignore[attr-defined]
            reason=self.reason,
        )


class DeadlineQuerySet(models.QuerySet[Any]):
    """Filters of the sweeps."""

    def running(self) -> Self:
        """Deadlines neither met nor ended."""
        return self.filter(met_at=None)

    def overdue(self, at: datetime) -> Self:
        """Everything late and not yet flagged, however long ago it fell due."""
        return self.filter(met_at=None, breached_at=None, due_at__lte=at)


class Deadline(models.Model):
    """One promise. ``due_on`` is what people see, ``due_at`` the instant that day is over there.

    Both are a cache of ``reckon()`` and empty while the clock is paused.
    """

    term_amount = models.PositiveIntegerField()
    term_unit = models.CharField(max_length=15, choices=[(u.value, u.value) for u in clock.Unit])
    started_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    calendar_version = models.CharField(max_length=40, blank=True)
    # set by workflow.alarms.plan() alone: until when marks are answered, and when the next one is
    marked_at = models.DateTimeField(null=True, blank=True)
    next_mark_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def term(self) -> clock.Term:
        """The promise as the pure function reads it."""
        return clock.Term(self.term_amount, clock.Unit(self.term_unit))

    @property
    def term_name(self) -> str:
        """The name under which this kind of term is watched (``workflow.alarms``)."""
        raise NotImplementedError

    @classmethod
    def term_names(cls) -> Any:
        """The same for each row, as an expression of the database."""
        raise NotImplementedError


def marked_index(name: str) -> models.Index:
    """Return the index over running rows of a subclass of ``Deadline``, by their next mark."""
    return models.Index(
        fields=["next_mark_at"],
        condition=Q(met_at=None, next_mark_at__isnull=False),
        name=name,
    )


class TermMark(models.Model):
    """One mark of a term at an office; an office with rows of its own has only these."""

    office = models.ForeignKey(
        Office, models.CASCADE, related_name="term_marks", verbose_name=_("unit penyelenggara")
    )
    term = models.CharField(_("jangka waktu"), max_length=40)
    share = models.PositiveSmallIntegerField(
        _("persen terpakai"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_("Misalnya 50: saat separuh jangka waktu terpakai."),
    )
    days = models.SmallIntegerField(
        _("hari dari tanggal janji"),
        null=True,
        blank=True,
        help_text=_(
            "Misalnya -2: dua hari sebelum tanggal janji; 0: pada harinya; 1: sehari sesudahnya. "
            "Kosongkan keduanya untuk saat jangka waktu lewat."
        ),
    )
    act = models.CharField(_("tindakan"), max_length=20)
    level = models.PositiveSmallIntegerField(
        _("tingkat atasan"),
        default=0,
        help_text=_("Untuk lapor ke atasan: 1 adalah atasan langsung, 2 atasan berikutnya."),
    )

    class Meta:
        verbose_name = _("tanda jangka waktu")
        verbose_name_plural = _("tanda jangka waktu")
        ordering = ("office", "term", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(share=None) | Q(days=None), name="workflow_mark_share_or_days"
            )
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.act}"

    def as_domain(self) -> marks.Mark:
        """Return the mark as the pure functions read it."""
        return marks.Mark(f"tanda-{self.pk}", self.act, self.share, self.days, self.level)


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


class Heartbeat(models.Model):
    """The last run of each sweep, for the health page."""

    sweep = models.CharField(_("sapuan"), max_length=60, unique=True)
    started_at = models.DateTimeField(_("mulai"))
    finished_at = models.DateTimeField(_("selesai"), null=True)
    done = models.PositiveIntegerField(_("dikerjakan"), default=0)
    failed = models.PositiveIntegerField(_("gagal"), default=0)
    # when operators were notified that it is silent; empty while it runs
    alarmed_at = models.DateTimeField(_("petugas diberi tahu"), null=True)

    class Meta:
        verbose_name = _("denyut sapuan")
        verbose_name_plural = _("denyut sapuan")

    def __str__(self) -> str:
        return self.sweep


class ThrottleCounter(models.Model):
    """The failures of one client that still count (``workflow.throttling`` alone writes here)."""

    key = models.CharField(max_length=120, unique=True)
    count = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class AdminTask(models.Model):
    """Something only an administrator can settle: a missing superior, a year without a decree.

    Written by ``workflow.admin_tasks`` only; ``key`` names the cause: one task each.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(_("jenis"), max_length=60)
    facts = models.JSONField(default=dict)
    office = models.ForeignKey(
        Office,
        models.CASCADE,
        null=True,
        related_name="admin_tasks",
        verbose_name=_("unit penyelenggara"),
    )
    path = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField(_("muncul"))
    closed_at = models.DateTimeField(_("ditutup"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("ditutup oleh"),
    )

    class Meta:
        verbose_name = _("tugas administrator")
        verbose_name_plural = _("tugas administrator")
        ordering = ("-opened_at", "-pk")
        indexes: ClassVar = [
            models.Index(
                fields=["opened_at"], condition=Q(closed_at=None), name="workflow_admin_tasks_open"
            )
        ]

    def __str__(self) -> str:
        return self.key
