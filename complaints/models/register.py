"""The register of complaints, with additions, files and fingerprints."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import ChannelKind, Office, OfficeChannel, Position
from complaints.domain import lifecycle
from complaints.models.choices import Category, Problem, Status, Weight
from complaints.querysets import ComplaintQuerySet, OfComplaintQuerySet
from documents.scans import ScannedUpload, scan_index
from permits.models import Application
from standards.models import Service, StandardVersion
from workflow.models import LifecycleModel, TransitionRecord


class Complaint(LifecycleModel):
    """One report, a complaint or a suggestion. The identity is stored only in ``Identity``.

    ``received_at`` is the time of receipt, which starts the clock; for a report without identity
    only the day is stored (noon). File names and metadata of attachments are never stored.
    """

    lifecycle = lifecycle.LIFECYCLE

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="complaints")
    number = models.CharField(_("nomor pengaduan"), max_length=40, unique=True)
    secret_digest = models.CharField(max_length=64, unique=True)
    status = models.CharField(_("keadaan"), max_length=20, choices=Status.choices)
    grounds = models.JSONField(default=list)  # of ``Ground``
    days_after = models.SmallIntegerField(null=True)

    channel = models.CharField(_("saluran"), max_length=20, choices=ChannelKind.choices)
    printed_channel = models.ForeignKey(
        OfficeChannel,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("saluran pada standar"),
    )
    received_at = models.DateTimeField(_("diterima"))
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    outside_reference = models.CharField(_("nomor pada saluran asal"), max_length=80, blank=True)

    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="complaints")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, related_name="complaints"
    )
    version = models.ForeignKey(
        StandardVersion, models.PROTECT, null=True, related_name="complaints"
    )
    reference = models.CharField(_("nomor berkas atau dokumen"), max_length=120, blank=True)
    served_on = models.DateField(_("tanggal menerima pelayanan"), null=True, blank=True)
    text = models.TextField(_("isi pengaduan"), blank=True)

    has_identity = models.BooleanField(default=False)
    hide_identity = models.BooleanField(_("sembunyikan identitas dari unit yang diadukan"))
    confidential = models.BooleanField(_("rahasia"))
    reply_ways = models.JSONField(default=list)  # of ``ChannelKind``: channels to the complainant

    problem = models.CharField(
        _("jenis masalah"), max_length=20, choices=Problem.choices, blank=True
    )
    weight = models.CharField(_("bobot"), max_length=10, choices=Weight.choices, blank=True)
    category = models.CharField(
        _("kategori penanganan"), max_length=40, choices=Category.choices, blank=True
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="owned_complaints",
        verbose_name=_("penanggung jawab"),
    )
    desk = models.ForeignKey(Position, models.PROTECT, null=True, related_name="complaints")
    subjects = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="complaints_against", verbose_name=_("yang diadukan")
    )
    related = models.ManyToManyField("self", verbose_name=_("pengaduan terkait"))
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    round = models.PositiveSmallIntegerField(default=1)  # 2 after reopening

    # a cache of the running answer deadline
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # its years are over (archives): out of daily work, then without content
    deleted_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengaduan")
        verbose_name_plural = _("pengaduan")
        ordering = ("-received_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["office", "status", "due_at"], name="complaints_worklist"),
            models.Index(fields=["office", "-received_at"], name="complaints_book"),
            models.Index(fields=["owner", "due_at"], name="complaints_owned"),
            models.Index(
                fields=["owner"], condition=Q(closed_at=None), name="complaints_owned_open"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status=Status.MERGED.value) | Q(merged_into__isnull=False),
                name="complaints_merged_has_target",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="complaints_not_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("complaints:complaint", args=[self.public_id])

    @property
    def is_suggestion(self) -> bool:
        """Whether it is treated as a suggestion."""
        return self.status in lifecycle.SUGGESTIONS


class ComplaintRecord(TransitionRecord):
    """One change of status of a complaint."""

    subject = models.ForeignKey(Complaint, models.PROTECT, related_name="records")

    class Meta(TransitionRecord.Meta):
        verbose_name = _("catatan pengaduan")
        verbose_name_plural = _("catatan pengaduan")


class Addition(models.Model):
    """Information added by the complainant, or a note of an officer. It affects no deadline."""

    class By(models.TextChoices):
        COMPLAINANT = "pengadu", _("Pengadu")
        OFFICER = "petugas", _("Petugas")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="additions")
    by = models.CharField(max_length=10, choices=By.choices)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    text = models.TextField(_("keterangan"))
    at = models.DateTimeField()

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("keterangan tambahan")
        verbose_name_plural = _("keterangan tambahan")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.complaint} {self.at:%d-%m-%Y}"


class ComplaintFile(ScannedUpload):
    """One file of a complaint; without a complaint until the report is submitted.

    File name and metadata are not stored: images are re-encoded, PDFs are stripped of metadata.
    """

    class Purpose(models.TextChoices):
        EVIDENCE = "lampiran", _("Lampiran pengadu")
        STUDY = "telaah", _("Berkas klarifikasi/pemeriksaan")
        PROOF = "bukti", _("Bukti penyampaian jawaban")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="files")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.EVIDENCE)
    file = models.FileField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas pengaduan")
        verbose_name_plural = _("berkas pengaduan")
        ordering = ("pk",)
        indexes: ClassVar = [
            models.Index(
                fields=["added_at"], condition=Q(complaint=None), name="complaints_files_waiting"
            ),
            scan_index("complaints_files_to_scan"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Likeness(models.Model):
    """One band of the fingerprint of a text (``complaints.domain.likeness``): for duplicates."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="likenesses")
    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    band = models.BigIntegerField()

    class Meta:
        verbose_name = _("sidik teks")
        verbose_name_plural = _("sidik teks")
        indexes: ClassVar = [models.Index(fields=["office", "band"], name="complaints_alike")]

    def __str__(self) -> str:
        return str(self.band)
