"""The printed book and the monthly reports."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from complaints.querysets import (
    BookPaperQuerySet,
    MonthlyReportQuerySet,
    ReportDeadlineQuerySet,
)
from reports.domain import lifecycle
from workflow.models import (
    Deadline,
    Job,
    LifecycleModel,
    TransitionRecord,
    job_index,
    marked_index,
)


class BookPaper(Job):
    """A job that renders the book or a monthly report as PDF for one person; deleted after a day.

    ``content`` and the file are encrypted like identities, because the book may contain them.
    """

    class Kind(models.TextChoices):
        BOOK = "buku", _("Buku pengaduan")
        REPORT = "laporan", _("Laporan bulanan")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    name = models.CharField(max_length=120)  # file name; contains no personal name
    content = models.BinaryField()
    file = models.FileField(max_length=200, blank=True)

    objects = BookPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("cetakan buku atau laporan pengaduan")
        verbose_name_plural = _("cetakan buku dan laporan pengaduan")
        indexes: ClassVar = [job_index("complaints_papers_due")]

    def __str__(self) -> str:
        return self.name


class MonthlyReport(LifecycleModel):
    """The report of one month: a snapshot of counts, frozen when compiled.

    ``digest`` is the digest of ``content``. Initials refer to it: a new content voids them.
    """

    lifecycle = lifecycle.HANDED_OVER_LIFECYCLE

    class Status(models.TextChoices):
        COMPILED = lifecycle.ReportStatus.COMPILED, _("Disusun")
        CHECKED = lifecycle.ReportStatus.CHECKED, _("Diperiksa sekretaris")
        RETURNED = lifecycle.ReportStatus.RETURNED, _("Dikembalikan dengan catatan")
        APPROVED = lifecycle.ReportStatus.APPROVED, _("Disetujui")
        HANDED_OVER = lifecycle.ReportStatus.HANDED_OVER, _("Diserahkan kepada kepala")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="complaint_reports")
    month = models.DateField(_("bulan"))  # its first day
    status = models.CharField(_("keadaan"), max_length=15, choices=Status.choices)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    compiled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    compiled_at = models.DateTimeField()

    objects = MonthlyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("laporan bulanan pengaduan")
        verbose_name_plural = _("laporan bulanan pengaduan")
        ordering = ("-month", "office")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "month"], name="complaints_one_report")
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.month:%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("complaints:report", args=[self.public_id])


class MonthlyReportRecord(TransitionRecord):
    """One change of status of a monthly report."""

    subject = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="records")

    class Meta(TransitionRecord.Meta):
        verbose_name = _("catatan laporan bulanan")
        verbose_name_plural = _("catatan laporan bulanan")


class ReportInitial(models.Model):
    """Initials (paraf) of an officer under the content of a report (``digest``). Never edited."""

    class Level(models.TextChoices):
        COMPILER = "penyusun", _("Disusun oleh")
        SECRETARY = "sekretaris", _("Diperiksa dan disetujui oleh")

    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="initials")
    level = models.CharField(max_length=12, choices=Level.choices)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("paraf laporan bulanan")
        verbose_name_plural = _("paraf laporan bulanan")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.report} {self.level}"


class ReportDeadline(Deadline):
    """The deadline of a monthly report: an internal term, not set by law."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    month = models.DateField()

    objects = ReportDeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenggat laporan bulanan")
        verbose_name_plural = _("tenggat laporan bulanan")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "month"], name="complaints_report_due_once")
        ]
        indexes: ClassVar = [marked_index("complaints_report_due_marked")]

    def __str__(self) -> str:
        return f"{self.office} {self.month:%m-%Y}"

    @property
    def term_name(self) -> str:
        return "complaints.report"

    @classmethod
    def term_names(cls) -> Value:
        return Value("complaints.report")
