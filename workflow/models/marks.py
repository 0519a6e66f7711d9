"""Marks of terms: when a deadline is reminded of."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from workflow.domain import marks


class TermMark(models.Model):
    """One mark of a term at an office; an office with rows of its own has only these."""

    office = models.ForeignKey(
        Office, models.CASCADE, related_name="term_marks", verbose_name=_("unit penyelenggara")
    )
    term = models.CharField(_("jangka waktu"), max_length=40)
    share = models.PositiveSmallIntegerField(
        _("persen terpakai"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_("Misalnya 50: saat separuh jangka waktu terpakai."),
    )
    days = models.SmallIntegerField(
        _("hari dari tanggal janji"),
        null=True,
        blank=True,
        help_text=_(
            "Misalnya -2: dua hari sebelum tanggal janji; 0: pada harinya; 1: sehari sesudahnya. "
            "Kosongkan keduanya untuk saat jangka waktu lewat."
        ),
    )
    act = models.CharField(_("tindakan"), max_length=20)
    level = models.PositiveSmallIntegerField(
        _("tingkat atasan"),
        default=0,
        help_text=_("Untuk lapor ke atasan: 1 adalah atasan langsung, 2 atasan berikutnya."),
    )

    class Meta:
        verbose_name = _("tanda jangka waktu")
        verbose_name_plural = _("tanda jangka waktu")
        ordering = ("office", "term", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(share=None) | Q(days=None), name="workflow_mark_share_or_days"
            )
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.act}"

    def as_domain(self) -> marks.Mark:
        """Return the mark as the pure functions read it."""
        return marks.Mark(f"tanda-{self.pk}", self.act, self.share, self.days, self.level)
