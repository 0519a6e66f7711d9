"""Legal holds: what may neither be deleted nor destroyed, by whom, why, until when."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from complaints.models import Complaint
from permits.models import Application


class LegalHoldQuerySet(models.QuerySet[Any]):
    """Holds."""

    def sent_to(self, offices: Any) -> Self:
        """Holds of these offices."""
        return self.filter(office__in=offices)

    def in_force(self, day: date) -> Self:
        """Holds that block on ``day``, the last day included."""
        return self.filter(Q(until=None) | Q(until__gte=day), lifted_at=None)


class LegalHold(models.Model):
    """A hold (penahanan) on one file or complaint, or on all files of one person at the office.

    UU 43/2009 art. 51: nothing that belongs to a case may be destroyed; UU 27/2022 art. 44.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="legal_holds")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, related_name="legal_holds"
    )
    complaint = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="legal_holds")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="legal_holds"
    )
    ground = models.CharField(_("dasar penahanan"), max_length=300)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_capacity = models.CharField(max_length=200)
    placed_at = models.DateTimeField()
    until = models.DateField(_("sampai"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.CharField(_("alasan dicabut"), max_length=300, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("penahanan arsip")
        verbose_name_plural = _("penahanan arsip")
        ordering = ("-placed_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(application__isnull=False, complaint=None, person=None)
                | Q(application=None, complaint__isnull=False, person=None)
                | Q(application=None, complaint=None, person__isnull=False),
                name="archives_hold_file_or_person",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_reason=""),
                name="archives_lifted_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application or self.complaint or self.person}: {self.ground}"
