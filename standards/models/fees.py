"""What the service of a version costs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standards.domain import fees
from standards.domain.fees import FeeKind, Rounding
from standards.models.conditions import ConditionField
from standards.models.versions import StandardVersion


class FeeRule(models.Model):
    """One rule of the tariff, in whole rupiah; those that apply are added up.

    ``units`` are keys of number facts with commas between; ``step`` is the printed number of the
    SOP step at which the amount is set, because one version may be served by several procedures.
    """

    class Kind(models.TextChoices):
        FREE = FeeKind.FREE, _("Gratis")
        FIXED = FeeKind.FIXED, _("Tetap")
        PER_UNIT = FeeKind.PER_UNIT, _("Tarif dikalikan isian")
        TABLE = FeeKind.TABLE, _("Menurut tabel tarif")
        ENTERED = FeeKind.ENTERED, _("Ditetapkan petugas pada langkah SOP")

    class Way(models.TextChoices):
        NEAREST = Rounding.NEAREST, _("terdekat")
        UP = Rounding.UP, _("ke atas")
        DOWN = Rounding.DOWN, _("ke bawah")

    class Multiple(models.IntegerChoices):
        HUNDRED = 100, "Rp 100"
        FIVE_HUNDRED = 500, "Rp 500"
        THOUSAND = 1000, "Rp 1.000"

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="fees")
    order = models.PositiveSmallIntegerField(_("urutan"), default=1)
    label = models.CharField(_("untuk"), max_length=200)
    kind = models.CharField(_("jenis"), max_length=15, choices=Kind.choices, default=Kind.FIXED)
    amount = models.PositiveBigIntegerField(_("jumlah atau tarif (rupiah)"), default=0)
    units = models.CharField(
        _("dikalikan isian"),
        max_length=200,
        blank=True,
        help_text=_("Kode isian berupa angka, dipisahkan koma, misalnya luas, lama_hari."),
    )
    minimum = models.PositiveBigIntegerField(_("paling sedikit (rupiah)"), null=True, blank=True)
    maximum = models.PositiveBigIntegerField(_("paling banyak (rupiah)"), null=True, blank=True)
    when = ConditionField()
    multiple = models.PositiveSmallIntegerField(
        _("dibulatkan ke kelipatan"),
        null=True,
        blank=True,
        choices=Multiple.choices,
        help_text=_("Kosong: ke rupiah penuh."),
    )
    rounding = models.CharField(
        _("arah pembulatan"),
        max_length=10,
        blank=True,
        choices=Way.choices,
        help_text=_("Kosong: ke yang terdekat."),
    )
    step = models.CharField(
        _("ditetapkan pada langkah SOP nomor"),
        max_length=10,
        blank=True,
        help_text=_("Nomor tercetak langkah. Kosong: saat berkas dinyatakan lengkap dan benar."),
    )
    ground = models.CharField(
        _("dasar hukum tarif"),
        max_length=300,
        blank=True,
        help_text=_("Misalnya Perda 5/2023 tentang Pajak dan Retribusi Daerah, Lampiran III."),
    )

    class Meta:
        verbose_name = _("aturan tarif")
        verbose_name_plural = _("aturan tarif")
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind=FeeKind.FREE) | Q(amount=0), name="standards_free_costs_nothing"
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True)
                | Q(maximum__isnull=True)
                | Q(minimum__lte=F("maximum")),
                name="standards_fee_limits",
                violation_error_message=_("Jumlah paling sedikit melebihi paling banyak."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def rule(self) -> fees.Rule:
        """Return it as charges are computed from it, with its table."""
        rows = self.rows.all() if self.kind == FeeKind.TABLE else ()
        return fees.Rule(
            label=self.label,
            kind=FeeKind(self.kind),
            amount=self.amount,
            units=fees.units_of(self.units),
            rows=tuple(fees.Row(row.amount, row.when) for row in rows),
            minimum=self.minimum or 0,
            maximum=self.maximum,
            when=self.when,
            multiple=self.multiple or 1,
            rounding=Rounding(self.rounding or Rounding.NEAREST),
            step=self.step,
        )


class FeeRow(models.Model):
    """One line of a table of tariffs; the first line whose condition holds is the tariff."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="fee_rows")
    rule = models.ForeignKey(
        FeeRule, models.CASCADE, related_name="rows", verbose_name=_("aturan tarif")
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=1)
    amount = models.PositiveBigIntegerField(_("tarif (rupiah)"), default=0)
    when = ConditionField()

    class Meta:
        verbose_name = _("baris tabel tarif")
        verbose_name_plural = _("baris tabel tarif")
        ordering = ("version", "rule__order", "order", "pk")

    def __str__(self) -> str:
        return f"{self.order}. Rp {self.amount}"
