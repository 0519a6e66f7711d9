"""Terms of a version that hang on answers."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standards.domain.steps import is_range, range_figure
from standards.models.conditions import ConditionField
from standards.models.versions import TERM_NOT_RANGE, StandardVersion


class TermRule(models.Model):
    """Another term than the usual one, in the unit of the version, for applications that meet it.

    The term of a file is decided by ``standards.domain.terms.term_for``.
    """

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="terms")
    order = models.PositiveSmallIntegerField(_("urutan"), default=1)
    minimum = models.PositiveSmallIntegerField(
        _("jangka waktu, paling cepat"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Hanya bila standar menjanjikan rentang. Kosong berarti satu nilai."),
    )
    amount = models.PositiveSmallIntegerField(
        _("jangka waktu, paling lama"),
        validators=[MinValueValidator(1)],
        help_text=_("Dalam satuan jangka waktu biasa."),
    )
    when = ConditionField()

    class Meta:
        verbose_name = _("jangka waktu menurut jawaban")
        verbose_name_plural = _("jangka waktu menurut jawaban")
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(minimum__lt=F("amount")),
                name="standards_other_term_is_range",
                violation_error_message=TERM_NOT_RANGE,
            ),
        ]

    def __str__(self) -> str:
        return range_figure(self.minimum, self.amount)

    def clean(self) -> None:
        """Say at its field what is wrong with a promised range."""
        if self.amount is not None and not is_range(self.minimum, self.amount):
            raise ValidationError({"minimum": TERM_NOT_RANGE})
