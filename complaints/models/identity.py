"""The identity of the complainant and the record of its openings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.models.register import Complaint
from complaints.querysets import OfComplaintQuerySet


class Identity(models.Model):
    """The identity of the complainant, encrypted with a key that is not in the database.

    Only ``complaints.services.identity`` writes and decrypts it.
    """

    complaint = models.OneToOneField(Complaint, models.PROTECT, related_name="identity")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("identitas pengadu")
        verbose_name_plural = _("identitas pengadu")

    def __str__(self) -> str:
        return "…"  # never print a name


class IdentityOpening(models.Model):
    """One opening of an identity, by a person or by the portal: who, when, why. Never edited."""

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
