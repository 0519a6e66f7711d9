"""Orders that revoke, void or replace a certificate: proposed by one, confirmed by another."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from permits.models.certificates import Certificate, CertificateDraft
from permits.querysets import CertificateOrderQuerySet


class CertificateOrder(models.Model):
    """One proposal to end a certificate, and what became of it.

    Revoking and voiding take effect when they are confirmed, a replacement when the paper that
    replaces is signed (``effective_at``). Decided orders are guarded by the database.
    """

    class Kind(models.TextChoices):
        REVOKE = "dicabut", _("Pencabutan")
        VOID = "dibatalkan", _("Pembatalan")
        REPLACE = "diganti", _("Penggantian")

    class Decision(models.TextChoices):
        CONFIRMED = "disetujui", _("Disetujui")
        DECLINED = "tidak_disetujui", _("Tidak disetujui")
        WITHDRAWN = "ditarik", _("Ditarik pengusul")
        DROPPED = "gugur", _("Gugur")

    certificate = models.ForeignKey(
        Certificate, models.PROTECT, related_name="orders", verbose_name=_("dokumen izin")
    )
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind.choices)
    reason = models.TextField(_("alasan"))
    ground = models.CharField(_("dasar hukum"), max_length=500)
    found_on = models.DateField(_("sebabnya ditemukan"))
    decree_number = models.CharField(_("nomor keputusan"), max_length=120)
    decree_date = models.DateField(_("tanggal keputusan"))
    # only of a replacement: the corrected text, and the paper made of it once confirmed
    draft = models.OneToOneField(
        CertificateDraft, models.PROTECT, null=True, related_name="replacement_order"
    )
    replacement = models.OneToOneField(
        Certificate, models.PROTECT, null=True, related_name="replaces"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diusulkan oleh")
    )
    proposed_capacity = models.CharField(max_length=200)
    proposed_at = models.DateTimeField(_("diusulkan pada"))
    decision = models.CharField(_("putusan"), max_length=16, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("diputus oleh"),
    )
    decided_capacity = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(_("diputus pada"), null=True)
    decision_note = models.TextField(_("catatan putusan"), blank=True)
    effective_at = models.DateTimeField(_("berlaku sejak"), null=True)
    objection_until = models.DateField(_("hari terakhir keberatan"), null=True)

    objects = CertificateOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("pencabutan atau penggantian dokumen izin")
        verbose_name_plural = _("pencabutan dan penggantian dokumen izin")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(decision=""), name="permits_one_open_order"
            ),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(effective_at__isnull=False),
                name="permits_one_order_in_force",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None, effective_at=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="permits_order_decided_once",
            ),
            models.CheckConstraint(
                condition=~Q(decision="disetujui") | ~Q(decided_by=F("proposed_by")),
                name="permits_order_by_two",
            ),
            models.CheckConstraint(
                condition=Q(effective_at=None) | Q(decision="disetujui"),
                name="permits_order_effective_if_agreed",
            ),
            models.CheckConstraint(
                condition=(Q(kind="diganti") & Q(draft__isnull=False))
                | (~Q(kind="diganti") & Q(draft=None, replacement=None)),
                name="permits_only_replacement_has_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.certificate}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for the decision."""
        return self.decision == ""
