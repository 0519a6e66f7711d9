"""Deadlines of a complaint and escalations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from accounts.models import Position
from complaints.models.register import Complaint
from complaints.models.rules import ComplaintTerm
from workflow.models import Deadline, DeadlineQuerySet, marked_index


class ComplaintDeadline(Deadline):
    """One deadline of a complaint: the answer, an internal term, or the term of one level."""

    Kind = ComplaintTerm.Kind

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=15, choices=ComplaintTerm.Kind.choices)
    of = models.CharField(max_length=40, blank=True)  # the level, for ``Kind.LEVEL``

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenggat pengaduan")
        verbose_name_plural = _("tenggat pengaduan")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["complaint", "kind"],
                condition=Q(met_at=None),
                name="complaints_one_running_deadline",
            )
        ]
        indexes: ClassVar = [marked_index("complaints_deadlines_marked")]

    def __str__(self) -> str:
        return f"{self.complaint} {self.kind}"

    @property
    def term_name(self) -> str:
        return f"complaints.{self.kind}"

    @classmethod
    def term_names(cls) -> Concat:
        return Concat(Value("complaints."), F("kind"))


class Escalation(models.Model):
    """An escalation to a higher position: from, to, cause. Never edited."""

    class Cause(models.TextChoices):
        TIME = "waktu", _("Lewat waktu")
        WEIGHT = "bobot", _("Menurut bobot atau kategori")
        REQUEST = "permintaan", _("Permintaan petugas")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="escalations")
    cause = models.CharField(max_length=12, choices=Cause.choices)
    level = models.CharField(max_length=40)
    from_position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    to_position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("eskalasi pengaduan")
        verbose_name_plural = _("eskalasi pengaduan")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.complaint} {self.level}"
