"""The rows of the retention schedule."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from archives.domain import retention


class Kind(models.TextChoices):
    """Labels of ``retention.Kind``."""

    PERMIT = retention.Kind.PERMIT, _("Berkas permohonan yang berakhir dengan izin")
    ENDED = retention.Kind.ENDED, _("Berkas permohonan yang ditolak, ditarik atau gugur")
    COMPLAINT = retention.Kind.COMPLAINT, _("Berkas pengaduan dan saran")
    REGISTER = retention.Kind.REGISTER, _("Register izin dan nomor dokumen")


class Fate(models.TextChoices):
    """Labels of ``retention.Fate``."""

    DESTROY = retention.Fate.DESTROY, _("Dimusnahkan")
    PERMANENT = retention.Fate.PERMANENT, _("Disimpan permanen")


class RetentionRuleQuerySet(models.QuerySet["RetentionRule"]):
    """Rows of the schedule."""

    def public(self) -> RetentionRuleQuerySet:
        """Everybody may read the schedule."""
        return self.all()


class RetentionRule(models.Model):
    """How long one kind of archive is kept, from a day on; an office's own row comes first.

    A row in force is never changed: a new schedule is a new row with a later day.
    """

    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="retention_rules",
        verbose_name=_("hanya untuk unit"),
        help_text=_("Kosong: untuk semua unit yang tidak punya baris sendiri."),
    )
    kind = models.CharField(_("jenis arsip"), max_length=20, choices=Kind.choices)
    effective_on = models.DateField(_("berlaku mulai"))
    active_years = models.PositiveSmallIntegerField(
        _("aktif (tahun)"),
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("Dihitung sejak berkas ditutup."),
    )
    inactive_years = models.PositiveSmallIntegerField(
        _("inaktif (tahun)"),
        validators=[MaxValueValidator(50)],
        help_text=_("Dihitung sejak masa aktif berakhir."),
    )
    fate = models.CharField(_("nasib akhir"), max_length=10, choices=Fate.choices)
    ground = models.CharField(
        _("dasar"), max_length=300, help_text=_("Peraturan yang menetapkan jadwal retensi ini.")
    )
    source = models.CharField(
        _("sumber angka"),
        max_length=300,
        blank=True,
        help_text=_(
            "Nomor peraturan atau keputusan yang menetapkan angka-angka baris ini. Kosong: asumsi."
        ),
    )

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("jadwal retensi arsip")
        verbose_name_plural = _("jadwal retensi arsip")
        ordering = ("office", "kind", "-effective_on")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "kind", "effective_on"],
                name="archives_rule_once",
                violation_error_message=_("Baris untuk unit, jenis dan tanggal ini sudah ada."),
            ),
            models.UniqueConstraint(
                fields=["kind", "effective_on"],
                condition=Q(office=None),
                name="archives_rule_for_all_once",
                violation_error_message=_("Baris untuk jenis dan tanggal ini sudah ada."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.effective_on:%d-%m-%Y})"

    @property
    def assumed(self) -> bool:
        """Whether no decree sets these figures."""
        return not self.source

    @property
    def term(self) -> retention.Term:
        """The row as the domain reads it."""
        return retention.Term(self.active_years, self.inactive_years, retention.Fate(self.fate))

    def in_force(self, day: date) -> bool:
        """Whether the row holds on ``day``, unless a later one does."""
        return self.effective_on <= day
