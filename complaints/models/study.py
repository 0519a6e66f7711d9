"""The study of a complaint."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.models.register import Complaint
from complaints.querysets import OfComplaintQuerySet


class StudyStep(models.Model):
    """The result of one step of the study in one round; the draft answer is built from them."""

    class Step(models.TextChoices):
        CORE = "inti_masalah", _("Merumuskan inti masalah")
        LINK = "keterkaitan", _("Menghubungkan dengan standar, SOP, atau peraturan")
        DOCUMENTS = "dokumen", _("Memeriksa dokumen dan informasi yang ada")
        PLAN = "rencana", _("Merumuskan rencana penanganan")
        INQUIRY = "klarifikasi", _("Klarifikasi, pemeriksaan, atau investigasi")
        CONCLUSION = "kesimpulan", _("Kesimpulan")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="study")
    round = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=15, choices=Step.choices)
    result = models.TextField(_("hasil"))
    with_whom = models.CharField(_("dengan siapa"), max_length=300, blank=True)
    held_on = models.DateField(_("tanggal pelaksanaan"), null=True, blank=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("langkah telaah")
        verbose_name_plural = _("langkah telaah")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["complaint", "round", "step"], name="complaints_study_step_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint} {self.step}"


class ApipRequest(models.Model):
    """A request to involve APIP, which needs the recorded consent of the head."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="apip_requests")
    reason = models.TextField(_("alasan"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(_("catatan"), blank=True)

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("permintaan pelibatan APIP")
        verbose_name_plural = _("permintaan pelibatan APIP")
        ordering = ("asked_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(agreed=None), name="complaints_one_open_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint} APIP"
