"""What a file is charged, and what was paid for it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.scans import ScannedUpload, scan_index
from permits.models.application import Application
from permits.models.steps import ApplicationStep
from permits.querysets import PaymentQuerySet
from standards.domain.fees import FeeKind
from standards.models import FeeRule


class Charge(models.Model):
    """What one fee rule charges a file: an estimate until it is set, then only corrected.

    ``amount`` in whole rupiah, ``None`` while a fact is missing or an officer has yet to enter it.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="charges")
    rule = models.ForeignKey(FeeRule, models.PROTECT, related_name="charges")
    label = models.CharField(_("untuk"), max_length=200)
    amount = models.PositiveBigIntegerField(_("jumlah (rupiah)"), null=True)
    set_at = models.DateTimeField(null=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    set_capacity = models.CharField(max_length=200, blank=True)
    visit = models.ForeignKey(ApplicationStep, models.PROTECT, null=True, related_name="charges")
    number = models.CharField(_("nomor SKRD/tagihan"), max_length=120, blank=True)
    due_on = models.DateField(_("dibayar paling lambat"), null=True)
    paid_on = models.DateField(_("dibayar pada"), null=True)

    class Meta:
        verbose_name = _("tagihan")
        verbose_name_plural = _("tagihan")
        ordering = ("application", "rule__order", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "rule"], name="permits_one_charge_a_rule"
            ),
            models.CheckConstraint(
                condition=Q(set_at=None) | Q(amount__isnull=False),
                name="permits_set_charge_has_amount",
            ),
            models.CheckConstraint(
                condition=Q(paid_on=None) | Q(set_at__isnull=False),
                name="permits_paid_charge_was_set",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_set(self) -> bool:
        """Whether the office has set it; otherwise it is an estimate."""
        return self.set_at is not None

    @property
    def officer_enters(self) -> bool:
        """Whether an officer enters the amount: the rule says so, or it cannot be computed."""
        return not self.is_set and (self.rule.kind == FeeKind.ENTERED or self.amount is None)


class ChargeCorrection(models.Model):
    """A set charge got another amount (whole rupiah) before it was paid: by whom, when and why."""

    charge = models.ForeignKey(Charge, models.CASCADE, related_name="corrections")
    before = models.PositiveBigIntegerField(_("sebelumnya (rupiah)"))
    after = models.PositiveBigIntegerField(_("menjadi (rupiah)"))
    reason = models.TextField(_("alasan"))
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=200, blank=True)
    corrected_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ralat tagihan")
        verbose_name_plural = _("ralat tagihan")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.charge.label


class Payment(ScannedUpload):
    """One payment as the officer at the payment step recorded it, with its proof.

    ``amount`` is what was paid, which may be less or more than what is charged.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="payments")
    visit = models.ForeignKey(ApplicationStep, models.PROTECT, related_name="payments")
    paid_on = models.DateField(_("dibayar pada"))
    amount = models.PositiveBigIntegerField(_("jumlah (rupiah)"))
    file = models.FileField(max_length=200)
    original_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("pembayaran")
        verbose_name_plural = _("pembayaran")
        ordering = ("pk",)
        constraints: ClassVar = [
            # pressed twice: the same proof says the same payment
            models.UniqueConstraint(
                fields=["application", "sha256", "amount", "paid_on"],
                name="permits_payment_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="permits_payment_is_money"),
        ]
        indexes: ClassVar = [scan_index("permits_payments_to_scan")]

    def __str__(self) -> str:
        return self.original_name
