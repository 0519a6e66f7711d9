"""Reports of an office: report, initials, signed paper, term, and who has a part."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, Position
from reports import guards  # noqa: F401  registers what the database refuses to change
from reports.domain import lifecycle
from reports.domain.periods import Period, read_period
from reports.querysets import ReportDeadlineQuerySet, ReportQuerySet
from workflow.models import (
    Deadline,
    Job,
    JobQuerySet,
    LifecycleModel,
    TransitionRecord,
    job_index,
    marked_index,
)


class ReportRole(models.Model):
    """A position that compiles the reports of its office, or checks them."""

    class Role(models.TextChoices):
        COMPILER = "penyusun", _("Menyusun laporan")
        SECRETARY = "sekretaris", _("Memeriksa laporan (sekretaris)")

    position = models.ForeignKey(
        Position, models.CASCADE, related_name="report_roles", verbose_name=_("jabatan")
    )
    role = models.CharField(_("peran"), max_length=12, choices=Role.choices)

    class Meta:
        verbose_name = _("peran dalam laporan")
        verbose_name_plural = _("peran dalam laporan")
        ordering: ClassVar = ("position__office", "role", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["position", "role"], name="reports_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.get_role_display()}"


class Report(LifecycleModel):
    """The report of one kind and period: ``content`` is frozen when it is compiled.

    ``compiled_at`` is its cut-off. ``digest`` is that of ``content``; initials and the signature
    refer to it, and a new content voids them. ``read_at`` says when an officer last read the words
    of citizens in it.
    """

    lifecycle = lifecycle.SIGNED_LIFECYCLE

    class Status(models.TextChoices):
        COMPILED = lifecycle.ReportStatus.COMPILED, _("Disusun")
        CHECKED = lifecycle.ReportStatus.CHECKED, _("Diperiksa sekretaris")
        RETURNED = lifecycle.ReportStatus.RETURNED, _("Dikembalikan dengan catatan")
        APPROVED = lifecycle.ReportStatus.APPROVED, _("Disetujui, menunggu tanda tangan")
        SIGNED = lifecycle.ReportStatus.SIGNED, _("Ditandatangani kepala")
        PUBLISHED = lifecycle.ReportStatus.PUBLISHED, _("Diterbitkan")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="reports")
    kind = models.CharField(_("jenis"), max_length=20)
    period = models.CharField(_("periode"), max_length=20)
    begins = models.DateField()  # the first day of the period
    title = models.CharField(_("judul"), max_length=200)
    status = models.CharField(_("keadaan"), max_length=15, choices=Status.choices)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    compiled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    compiled_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("laporan")
        verbose_name_plural = _("laporan")
        ordering = ("-begins", "kind", "office")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "kind", "period"], name="reports_one_report")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.public_id])

    @property
    def span(self) -> Period:
        """The period it reports."""
        found = read_period(self.period)
        assert found is not None  # noqa: S101  written from a period
        return found


class ReportRecord(TransitionRecord):
    """One change of status of a report."""

    subject = models.ForeignKey(Report, models.PROTECT, related_name="records")

    class Meta(TransitionRecord.Meta):
        verbose_name = _("catatan laporan")
        verbose_name_plural = _("catatan laporan")


class ReportInitial(models.Model):
    """Initials (paraf) of an officer under the content of a report (``digest``). Never edited."""

    class Level(models.TextChoices):
        COMPILER = "penyusun", _("Disusun oleh")
        SECRETARY = "sekretaris", _("Diperiksa dan disetujui oleh")

    report = models.ForeignKey(Report, models.PROTECT, related_name="initials")
    level = models.CharField(max_length=12, choices=Level.choices)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("paraf laporan")
        verbose_name_plural = _("paraf laporan")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.report} {self.level}"


class ReportPaper(Job):
    """A job: the signed report as PDF, one for each report. ``content`` is what is printed."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="paper")
    content = models.JSONField()
    file = models.FileField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("laporan bertanda tangan")
        verbose_name_plural = _("laporan bertanda tangan")
        indexes: ClassVar = [job_index("reports_papers_due")]

    def __str__(self) -> str:
        return str(self.report_id)


class ReportDeadline(Deadline):
    """The term in which a report is signed: a rule of the house, no law sets one."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    period = models.CharField(max_length=20)

    objects = ReportDeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenggat laporan")
        verbose_name_plural = _("tenggat laporan")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "kind", "period"], name="reports_due_once")
        ]
        indexes: ClassVar = [marked_index("reports_due_marked")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.kind} {self.period}"

    @property
    def term_name(self) -> str:
        return f"reports.{self.kind}"

    @classmethod
    def term_names(cls) -> Concat:
        return Concat(Value("reports."), F("kind"))
