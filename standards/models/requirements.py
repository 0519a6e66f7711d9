"""What a version requires of the applicant."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from standards.domain.requirements import Need
from standards.models.conditions import ConditionField
from standards.models.versions import StandardVersion


def new_code() -> str:
    """Return a code that no requirement has yet; no spreadsheet takes it for a number or day."""
    return get_random_string(8, "bcdfghjkmnpqrstvwxz")


class RequirementGroup(models.Model):
    """A heading over requirements (umum, khusus) with its lead sentence and condition."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="requirement_groups")
    order = models.PositiveSmallIntegerField(_("urutan"))
    printed_number = models.CharField(_("nomor tercetak"), max_length=10, blank=True)
    title = models.CharField(_("judul"), max_length=200, blank=True)
    lead = models.TextField(_("kalimat pengantar"), blank=True)
    when = ConditionField()

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
    when = ConditionField()
    mandatory = models.BooleanField(_("wajib"), default=True)
    help_text = models.CharField(_("petunjuk unggah"), max_length=250, blank=True)
    # the same in every version and file: it stays the same requirement in other words
    code = models.SlugField(
        _("kode"), max_length=20, default=new_code, editable=False, db_index=False
    )

    class Meta:
        verbose_name = _("persyaratan")
        verbose_name_plural = _("persyaratan")
        ordering = ("version", "group__order", "order", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "code"], name="standards_requirement_code_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.printed_number} {self.text[:80]}".strip()
