"""Who has opened what an applicant gave: the record that the applicant and the head can read."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from permits.models.application import Application


class Opening(models.Model):
    """One opening of applicant's data by somebody else: who, when, what. Never edited.

    ``what`` names the file in words, ``file_key`` is the key in its address, if it has one:
    an upload may be replaced, the record stays. ``reason`` is given by whoever does not have the
    application at the own desk (``permits.domain.openings``).
    """

    class Kind(models.TextChoices):
        UPLOAD = "berkas", _("Berkas unggahan")
        PHOTO = "foto", _("Foto pemeriksaan lapangan")
        RECEIPT = "tanda_terima", _("Tanda terima")
        SUBMISSION = "kiriman", _("Kiriman permohonan")
        DRAFT = "konsep", _("Konsep dokumen")
        LETTER = "surat", _("Surat pemberitahuan")
        CERTIFICATE = "dokumen", _("Dokumen izin atau surat penolakan")
        NUMBER = "nomor", _("Nomor identitas")
        ADMIN = "admin", _("Halaman administrasi")

    application = models.ForeignKey(Application, models.PROTECT, related_name="openings")
    kind = models.CharField(_("jenis"), max_length=15, choices=Kind.choices)
    what = models.CharField(_("yang dibuka"), max_length=200, blank=True)
    file_key = models.UUIDField(null=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("yang membuka")
    )
    capacity = models.CharField(_("jabatan"), max_length=200, blank=True)
    reason = models.CharField(_("alasan"), max_length=200, blank=True)
    at = models.DateTimeField(_("waktu"))

    class Meta:
        verbose_name = _("pembukaan data pemohon")
        verbose_name_plural = _("pembukaan data pemohon")
        ordering = ("-at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["application", "-at"], name="permits_openings_of_file"),
            models.Index(fields=["person", "-at"], name="permits_openings_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%d-%m-%Y}"
