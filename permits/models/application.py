"""An application and the record of its status."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.columns import NumberOf
from accounts.models import Office, Position
from permits.domain import lifecycle
from permits.domain.numbering import tracking_code
from permits.models.fields import folded_column
from permits.querysets import ApplicationQuerySet
from standards.models import Procedure, Service, StandardVersion
from workflow.models import LifecycleModel, TransitionRecord


class Status(models.TextChoices):
    """Labels for lists and filters; ``permits.presenters.wording`` has the sentences."""

    DRAFT = lifecycle.Status.DRAFT, _("Konsep")
    SUBMITTED = lifecycle.Status.SUBMITTED, _("Diajukan")
    INCOMPLETE = lifecycle.Status.INCOMPLETE, _("Belum lengkap")
    IN_PROCESS = lifecycle.Status.IN_PROCESS, _("Diproses")
    RETURNED = lifecycle.Status.RETURNED, _("Dikembalikan")
    ISSUED = lifecycle.Status.ISSUED, _("Terbit")
    COMPLETED = lifecycle.Status.COMPLETED, _("Selesai")
    REJECTED = lifecycle.Status.REJECTED, _("Ditolak")
    WITHDRAWN = lifecycle.Status.WITHDRAWN, _("Ditarik")
    LAPSED = lifecycle.Status.LAPSED, _("Gugur")


class HolderKind(models.TextChoices):
    """The kind of the permit holder."""

    PERSON = "perorangan", _("Perorangan")
    BODY = "badan", _("Badan usaha/lembaga")


# who the permit is for; taken over into a new application when the applicant wants so
HOLDER_FIELDS = (
    "holder_kind",
    "holder_name",
    "responsible_name",
    "national_id",
    "business_number",
    "address",
    "phone",
)


class Application(LifecycleModel):
    """One application (berkas permohonan), with the version and procedure it was accepted under."""

    lifecycle = lifecycle.LIFECYCLE

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications"
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="applications")
    service = models.ForeignKey(Service, models.PROTECT, related_name="applications")
    version = models.ForeignKey(StandardVersion, models.PROTECT, related_name="applications")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="applications")
    # of a draft: the version it was begun under, if the standard has changed since
    moved_from = models.ForeignKey(StandardVersion, models.PROTECT, null=True, related_name="+")
    status = models.CharField(
        _("keadaan"), max_length=20, choices=Status.choices, default=Status.DRAFT
    )
    number = models.CharField(_("nomor permohonan"), max_length=40, unique=True, null=True)  # noqa: DJ001 - unique
    number_key = folded_column("number")
    tracking_code = models.CharField(max_length=19, unique=True, default=tracking_code)

    holder_kind = models.CharField(
        _("pemegang izin"), max_length=12, choices=HolderKind.choices, blank=True
    )
    holder_name = models.CharField(_("nama pemegang"), max_length=200, blank=True)
    responsible_name = models.CharField(_("nama penanggung jawab"), max_length=150, blank=True)
    national_id = models.CharField(
        _("NIK penanggung jawab"),
        max_length=16,
        blank=True,
        validators=[RegexValidator(r"^\d{16}$", _("NIK terdiri atas 16 angka."))],
    )
    business_number = models.CharField(
        "NIB",
        max_length=13,
        blank=True,
        validators=[RegexValidator(r"^\d{13}$", _("NIB terdiri atas 13 angka."))],
    )
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    phone = models.CharField(_("nomor telepon"), max_length=20, blank=True)
    phone_e164 = NumberOf("phone", db_index=True)
    answers = models.JSONField(default=dict, blank=True)  # texts by the key of the fact
    declared = models.JSONField(default=list, blank=True)
    declared_true_at = models.DateTimeField(null=True)

    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # its years are over (archives): out of daily work, then without content
    deleted_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    # its present desk, written together with the step records: the worklist is one indexed query
    current_step = models.ForeignKey("ApplicationStep", models.PROTECT, null=True, related_name="+")
    desk = models.ForeignKey(Position, models.PROTECT, null=True, related_name="files")
    # the paper that counts: the only one, or the one that replaced the others
    certificate = models.OneToOneField(
        "permits.Certificate", models.PROTECT, null=True, related_name="+"
    )
    # a cache of the service deadline (reckon()); empty while the clock is paused
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("permohonan")
        verbose_name_plural = _("permohonan")
        ordering = ("-created_at",)
        indexes: ClassVar = [
            models.Index(
                fields=["desk", "due_at", "submitted_at"],
                condition=Q(desk__isnull=False),
                name="permits_worklist",
            ),
            models.Index(fields=["applicant", "-created_at"], name="permits_own_files"),
            models.Index(
                fields=["office", "status", "-submitted_at"], name="permits_office_status"
            ),
            # few of all are open: the boards read these alone
            models.Index(
                fields=["office", "submitted_at"],
                condition=Q(status__in=sorted(one.value for one in lifecycle.OPEN)),
                name="permits_open_files",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status="konsep") | Q(number__isnull=False, submitted_at__isnull=False),
                name="permits_sent_has_number",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | Q(closed_at__isnull=False),
                name="permits_deleted_was_closed",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at=None) | Q(deleted_at__isnull=False),
                name="permits_destroyed_was_deleted",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"konsep {self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("permits:application", args=[self.public_id])

    def get_paper_url(self) -> str:
        """The page of the desk about the certificate and the orders that end it."""
        return reverse("permits:paper", args=[self.public_id])

    def get_desk_url(self) -> str:
        return reverse("permits:desk_application", args=[self.public_id])


class ApplicationRecord(TransitionRecord):
    """One change of status of an application."""

    subject = models.ForeignKey(Application, models.PROTECT, related_name="records")

    class Meta(TransitionRecord.Meta):
        verbose_name = _("catatan permohonan")
        verbose_name_plural = _("catatan permohonan")
        indexes: ClassVar = [models.Index(fields=["at"], name="permits_records_at")]
