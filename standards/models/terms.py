"""Terms of a version that hang on answers."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from standards.models.conditions import ConditionField
from standards.models.versions import StandardVersion


class TermRule(models.Model):
    """Another term than the usual one, in the unit of the version, for applications that meet it.

    The term of a file is decided by ``standards.domain.terms.amount_for``.
    """

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="terms")
    order = models.PositiveSmallIntegerField(_("urutan"), default=1)
    amount = models.PositiveSmallIntegerField(
        _("jangka waktu"),
        validators=[MinValueValidator(1)],
        help_text=_("Dalam satuan jangka waktu biasa."),
    )
    when = ConditionField()

    class Meta:
        verbose_name = _("jangka waktu menurut jawaban")
        verbose_name_plural = _("jangka waktu menurut jawaban")
        ordering = ("version", "order")

    def __str__(self) -> str:
        return str(self.amount)
