"""Which applications cannot succeed, by the words of a version."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from standards.models.conditions import ConditionField
from standards.models.versions import StandardVersion


class EligibilityRule(models.Model):
    """An application that meets ``when`` cannot succeed; ``sentence`` tells the citizen so."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="eligibility_rules")
    order = models.PositiveSmallIntegerField(_("urutan"), default=1)
    sentence = models.CharField(
        _("kalimat bagi pemohon"),
        max_length=300,
        help_text=_("Misalnya: Papan nama di atas badan jalan tidak dapat diberi izin."),
    )
    when = ConditionField()
    ground = models.CharField(
        _("dasar hukum"),
        max_length=300,
        blank=True,
        help_text=_("Misalnya Perda 7/2021 tentang Ketertiban Umum, Pasal 12."),
    )

    class Meta:
        verbose_name = _("yang tidak dapat diajukan")
        verbose_name_plural = _("yang tidak dapat diajukan")
        ordering = ("version", "order")

    def __str__(self) -> str:
        return self.sentence
