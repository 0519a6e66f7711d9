"""Permits of a version that read otherwise for some applications."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from standards.models.conditions import ConditionField
from standards.models.versions import StandardVersion


class PermitRule(models.Model):
    """What the permit says for applications that meet a condition, such as a change or a closure.

    The first that holds counts (``standards.domain.permits.permit_for``); without one the
    permit is that of the version. Empty columns are those of the version.
    """

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="permits")
    order = models.PositiveSmallIntegerField(_("urutan"), default=1)
    title = models.CharField(_("judul"), max_length=250)
    statement = models.TextField(
        _("isi"), help_text=_("Kode dalam kurung kurawal seperti pada isi dokumen izin.")
    )
    on_behalf_of = models.CharField(
        _("a.n."), max_length=150, blank=True, help_text=_("Kosong: seperti dokumen izin biasa.")
    )
    number_pattern = models.CharField(
        _("pola nomor"),
        max_length=120,
        blank=True,
        help_text=_("Kosong: dari buku nomor dokumen izin biasa. Terisi: dari buku nomor sendiri."),
    )
    validity_months = models.PositiveSmallIntegerField(
        _("masa berlaku (bulan)"),
        null=True,
        blank=True,
        help_text=_("Kosong: seperti dokumen izin biasa."),
    )
    is_closure = models.BooleanField(
        _("mengakhiri izin"),
        default=False,
        help_text=_(
            "Misalnya keputusan penutupan: bukan izin, tanpa masa berlaku, dan tidak masuk "
            "register izin. Izin sebelumnya dicabut saat keputusan ini terbit."
        ),
    )
    when = ConditionField()

    class Meta:
        verbose_name = _("dokumen izin menurut jawaban")
        verbose_name_plural = _("dokumen izin menurut jawaban")
        ordering = ("version", "order")

    def __str__(self) -> str:
        return self.title
