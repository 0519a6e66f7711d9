"""Inspections of the technical team and their photos."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from permits.models.application import Application
from permits.models.steps import ApplicationStep
from permits.querysets import InspectionPhotoQuerySet


class Inspection(models.Model):
    """Berita acara pemeriksaan (BAP) of the technical team."""

    class Recommendation(models.TextChoices):
        ELIGIBLE = "layak", _("Memenuhi syarat")
        NOT_ELIGIBLE = "tidak_layak", _("Tidak memenuhi syarat")

    application = models.ForeignKey(Application, models.CASCADE, related_name="inspections")
    visit = models.OneToOneField(ApplicationStep, models.CASCADE, related_name="inspection")
    inspected_on = models.DateField(_("tanggal peninjauan"))
    place = models.CharField(_("tempat"), max_length=200)
    team = models.CharField(_("anggota tim"), max_length=300)
    findings = models.TextField(_("temuan"))
    recommendation = models.CharField(
        _("rekomendasi"), max_length=15, choices=Recommendation.choices
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("berita acara pemeriksaan")
        verbose_name_plural = _("berita acara pemeriksaan")

    def __str__(self) -> str:
        return f"BAP {self.application}"


class InspectionPhoto(models.Model):
    """One photo of an inspection, re-encoded so that it carries no hidden data."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="photos")
    file = models.FileField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    caption = models.CharField(_("keterangan"), max_length=150, blank=True)

    objects = InspectionPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("foto peninjauan")
        verbose_name_plural = _("foto peninjauan")

    def __str__(self) -> str:
        return self.caption or str(self.public_id)
