"""Proposals to refuse an application, and what the signing desk decided."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from permits.models.application import Application
from permits.models.steps import ApplicationStep


class Refusal(models.Model):
    """One proposal to refuse an application, with its reason and its ground.

    The desk that signs decides: it signs the letter of refusal, or sends the application back.
    The signing desk may also refuse on its own; then proposer and decider are the same.
    """

    class Decision(models.TextChoices):
        CONFIRMED = "disetujui", _("Disetujui")
        RETURNED = "dikembalikan", _("Dikembalikan")
        DROPPED = "gugur", _("Tidak diputus")

    application = models.ForeignKey(Application, models.PROTECT, related_name="refusals")
    visit = models.ForeignKey(ApplicationStep, models.PROTECT, related_name="+")
    decision_visit = models.OneToOneField(
        ApplicationStep, models.PROTECT, related_name="refusal_to_decide"
    )
    reason = models.TextField(_("alasan penolakan"))
    ground = models.CharField(_("dasar penolakan"), max_length=500)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_capacity = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField()
    decision = models.CharField(max_length=15, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)
    # the last day of an objection, set when the letter is signed
    objection_until = models.DateField(null=True)

    class Meta:
        verbose_name = _("usul penolakan")
        verbose_name_plural = _("usul penolakan")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(decided_at=None),
                name="permits_one_open_refusal",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decision="")
                | (Q(decided_at__isnull=False) & ~Q(decision="")),
                name="permits_refusal_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.ground}"
