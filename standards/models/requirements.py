"""What a version requires of the applicant: questions, fields, requirements."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from standards.domain.requirements import Need
from standards.models.versions import StandardVersion


class Question(models.Model):
    """A yes/no question to the applicant on which requirements depend."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("urutan"))
    key = models.SlugField(_("kode"), max_length=40)
    text = models.CharField(_("pertanyaan"), max_length=300)
    help_text = models.CharField(_("penjelasan"), max_length=300, blank=True)
    asked_if = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("hanya ditanyakan bila jawaban ini ya"),
    )

    class Meta:
        verbose_name = _("pertanyaan penentu")
        verbose_name_plural = _("pertanyaan penentu")
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="standards_question_key")
        ]

    def __str__(self) -> str:
        return self.text


class FormField(models.Model):
    """One field of the application form beyond the holder's identity."""

    class Kind(models.TextChoices):
        TEXT = "teks", _("Teks satu baris")
        LONG_TEXT = "teks_panjang", _("Teks panjang")
        NUMBER = "angka", _("Angka")
        DATE = "tanggal", _("Tanggal")
        CHOICE = "pilihan", _("Pilihan")

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="form_fields")
    order = models.PositiveSmallIntegerField(_("urutan"))
    key = models.SlugField(_("kode"), max_length=40)
    label = models.CharField(_("label"), max_length=150)
    kind = models.CharField(_("jenis"), max_length=15, choices=Kind.choices, default=Kind.TEXT)
    required = models.BooleanField(_("wajib"), default=True)
    help_text = models.CharField(_("petunjuk"), max_length=250, blank=True)
    choices_text = models.TextField(_("pilihan (satu per baris)"), blank=True)
    on_certificate = models.BooleanField(_("tercetak pada dokumen izin"), default=False)

    class Meta:
        verbose_name = _("isian formulir")
        verbose_name_plural = _("isian formulir")
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="standards_field_key")
        ]

    def __str__(self) -> str:
        return self.label


class RequirementGroup(models.Model):
    """A heading over requirements (umum, khusus) with its lead sentence and condition."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="requirement_groups")
    order = models.PositiveSmallIntegerField(_("urutan"))
    printed_number = models.CharField(_("nomor tercetak"), max_length=10, blank=True)
    title = models.CharField(_("judul"), max_length=200, blank=True)
    lead = models.TextField(_("kalimat pengantar"), blank=True)
    question = models.ForeignKey(
        Question,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("bergantung pada pertanyaan"),
    )
    applies_when = models.BooleanField(_("berlaku bila jawabannya ya"), default=True)

    class Meta:
        verbose_name = _("kelompok persyaratan")
        verbose_name_plural = _("kelompok persyaratan")
        ordering = ("version", "order")

    def __str__(self) -> str:
        return f"{self.printed_number} {self.title}".strip() or "Persyaratan"


class Requirement(models.Model):
    """One requirement as printed, and what the applicant does about it."""

    class Kind(models.TextChoices):
        UPLOAD = Need.UPLOAD, _("Berkas diunggah")
        DECLARE = Need.DECLARE, _("Cukup dinyatakan")
        FORM = Need.FORM, _("Diisi pada formulir portal")
        CONTENT = Need.CONTENT, _("Isi yang harus dimuat berkas induknya")
        AT_LEAST_ONE = Need.AT_LEAST_ONE, _("Sekurangnya salah satu butir bawahannya")
        NOTE = Need.NOTE, _("Keterangan saja")

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="requirements")
    group = models.ForeignKey(
        RequirementGroup, models.RESTRICT, related_name="requirements", verbose_name=_("kelompok")
    )
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("butir induk"),
    )
    order = models.PositiveSmallIntegerField(_("urutan"))
    printed_number = models.CharField(_("nomor tercetak"), max_length=10, blank=True)
    text = models.TextField(_("bunyi"))
    kind = models.CharField(_("pemenuhan"), max_length=20, choices=Kind.choices)
    question = models.ForeignKey(
        Question,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="requirements",
        verbose_name=_("bergantung pada pertanyaan"),
    )
    applies_when = models.BooleanField(_("berlaku bila jawabannya ya"), default=True)
    mandatory = models.BooleanField(_("wajib"), default=True)
    help_text = models.CharField(_("petunjuk unggah"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("persyaratan")
        verbose_name_plural = _("persyaratan")
        ordering = ("version", "group__order", "order", "pk")

    def __str__(self) -> str:
        return f"{self.printed_number} {self.text[:80]}".strip()
