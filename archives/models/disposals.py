"""Acts of the schedule: proposed by one person, confirmed by another, done by the worker."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from archives.domain import retention
from complaints.models import Complaint
from permits.models import Application
from workflow.models import Job, JobQuerySet, job_index


class DisposalQuerySet(JobQuerySet):
    """Acts: jobs once they are confirmed."""

    def sent_to(self, offices: Any) -> Self:
        """Acts of these offices."""
        return self.filter(office__in=offices)

    def decided(self) -> Self:
        """Those that a second person confirmed."""
        return self.filter(state=self.model.State.CONFIRMED)


class Disposal(Job):
    """One act on a list of files: delete (hapus) or destroy (musnah), with its report."""

    class Act(models.TextChoices):
        DELETE = retention.Act.DELETE, _("Hapus dari layanan sehari-hari")
        DESTROY = retention.Act.DESTROY, _("Musnahkan")

    class State(models.TextChoices):
        PROPOSED = "diusulkan", _("Menunggu persetujuan")
        CONFIRMED = "disetujui", _("Disetujui")
        REFUSED = "ditolak", _("Ditolak")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="disposals")
    number = models.CharField(_("nomor berita acara"), max_length=80, unique=True)
    act = models.CharField(max_length=10, choices=Act.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PROPOSED)
    approval = models.CharField(
        _("persetujuan pemusnahan"),
        max_length=200,
        blank=True,
        help_text=_("Nomor dan tanggal surat persetujuan atau penetapan."),
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_capacity = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_capacity = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    refusal = models.CharField(_("alasan ditolak"), max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    objects = DisposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("penghapusan dan pemusnahan arsip")
        verbose_name_plural = _("penghapusan dan pemusnahan arsip")
        ordering = ("-proposed_at", "-pk")
        indexes: ClassVar = [job_index("archives_disposals_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="diusulkan", decided_by=None, decided_at=None)
                | ~Q(state="diusulkan") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="archives_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="archives_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(act="musnah") | ~Q(approval=""),
                name="archives_destroyed_with_approval",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("archives:disposal", args=[self.public_id])


class DisposalItem(models.Model):
    """One file of an act: what it was, and what was done with it.

    ``label`` and ``service`` are what the report lists; no name of a person stands here.
    """

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="items")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, related_name="disposals"
    )
    complaint = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="disposals")
    label = models.CharField(max_length=80)
    service = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    closed_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    left_out = models.CharField(max_length=40, blank=True)  # code of the reason it was not done
    files = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("arsip dalam daftar")
        verbose_name_plural = _("arsip dalam daftar")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["disposal", "application"], name="archives_listed_once"
            ),
            models.UniqueConstraint(
                fields=["disposal", "complaint"], name="archives_complaint_listed_once"
            ),
            models.CheckConstraint(
                condition=Q(application=None, complaint__isnull=False)
                | Q(application__isnull=False, complaint=None),
                name="archives_item_is_one_file",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def subject(self) -> Application | Complaint:
        """The file: an application or a complaint."""
        subject = self.application or self.complaint
        assert subject is not None  # noqa: S101  archives_item_is_one_file
        return subject


class DisposalReport(Job):
    """The report (berita acara) of an act that is done: rendered and signed by the worker."""

    disposal = models.OneToOneField(Disposal, models.PROTECT, related_name="report")
    signed_at = models.DateTimeField(null=True)
    file = models.FileField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("berita acara arsip")
        verbose_name_plural = _("berita acara arsip")
        indexes: ClassVar = [job_index("archives_reports_due")]

    def __str__(self) -> str:
        return str(self.disposal)
