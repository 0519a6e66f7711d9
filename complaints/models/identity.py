"""Who complained, and who has opened that."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.models.register import Complaint
from complaints.querysets import OfComplaintQuerySet


class Identity(models.Model):
    """Who complained, sealed with a key that is not in the database.

    Written and opened by ``complaints.services.identity`` alone.
    """

    complaint = models.OneToOneField(Complaint, models.PROTECT, related_name="identity")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("identitas pengadu")
        verbose_name_plural = _("identitas pengadu")

    def __str__(self) -> str:
        return "…"  # whatever prints this row prints nobody's name


class IdentityOpening(models.Model):
    """Somebody, or the portal itself, opened an identity: who, when, why. Never edited."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="openings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    capacity = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("pembukaan identitas")
        verbose_name_plural = _("pembukaan identitas")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.complaint} {self.at:%d-%m-%Y}"
