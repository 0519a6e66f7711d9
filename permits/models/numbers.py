"""The registers and the numbers taken from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from permits.models.application import Application
from permits.models.fields import folded_column


class NumberRegister(models.Model):
    """One counter per office, kind and year; its row is locked while a number is taken."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="registers")
    kind = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("buku nomor")
        verbose_name_plural = _("buku nomor")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "kind", "year"], name="permits_register_once")
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.kind} {self.year}"


class CertificateNumber(models.Model):
    """A number of the register: reserved, then issued, or void with a reason."""

    class State(models.TextChoices):
        RESERVED = "dicadangkan", _("Dicadangkan")
        ISSUED = "terbit", _("Terbit")
        VOID = "batal", _("Batal")

    register = models.ForeignKey(
        NumberRegister, models.PROTECT, related_name="numbers", verbose_name=_("buku nomor")
    )
    value = models.PositiveIntegerField(_("urutan"))
    text = models.CharField(_("nomor"), max_length=120)
    key = folded_column("text")
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="numbers", verbose_name=_("permohonan")
    )
    state = models.CharField(
        _("keadaan"), max_length=12, choices=State.choices, default=State.RESERVED
    )
    reserved_at = models.DateTimeField(_("dicadangkan pada"))
    settled_at = models.DateTimeField(_("terbit atau batal pada"), null=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("nomor dokumen izin")
        verbose_name_plural = _("nomor dokumen izin")
        ordering = ("register", "value")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "value"], name="permits_number_once"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state="dicadangkan"),
                name="permits_one_number_reserved",
            ),
            models.CheckConstraint(
                condition=~Q(state="batal") | ~Q(reason=""), name="permits_void_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.text
