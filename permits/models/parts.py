"""What others than its own desk give at a visit to a step, and the files they add."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Position
from documents.scans import ScannedUpload, scan_index
from permits.models.application import Application
from permits.models.clock import ApplicationDeadline
from permits.models.steps import ApplicationStep
from permits.querysets import StepPartQuerySet
from standards.models import ProcedureRole, SopStep


class StepPart(models.Model):
    """What one other performer owes at one visit to a step, and what they gave.

    It is the part of a further performer of the step itself, or ``step``: a row of the SOP that
    runs side by side with others and meets them at the step of the visit (ADR 0089).

    Parts are made when the file comes to the step and are open until they are given, passed over,
    or until the visit ends without them. The step itself is finished by its own desk.
    """

    class Opinion(models.TextChoices):
        NO_OBJECTION = "tidak_keberatan", _("Tidak ada keberatan")
        WITH_NOTES = "dengan_catatan", _("Dengan catatan")
        OBJECTION = "keberatan", _("Keberatan")

    class Outcome(models.TextChoices):
        DONE = "selesai", _("Selesai")
        SKIPPED = "dilewati", _("Tidak diperlukan")
        ENDED = "dihentikan", _("Dihentikan")

    application = models.ForeignKey(Application, models.CASCADE, related_name="parts")
    visit = models.ForeignKey(ApplicationStep, models.CASCADE, related_name="parts")
    step = models.ForeignKey(SopStep, models.PROTECT, null=True, related_name="parts")
    role = models.ForeignKey(ProcedureRole, models.PROTECT, related_name="parts")
    position = models.ForeignKey(Position, models.PROTECT, related_name="parts")
    asked_at = models.DateTimeField()
    # of the partner body that owes it, where no standard time of its own keeps it
    calendar_version = models.CharField(max_length=40, blank=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    capacity = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True)
    opinion = models.CharField(max_length=15, choices=Opinion.choices, blank=True)
    note = models.TextField(blank=True)

    objects = StepPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("bagian pelaksana lain")
        verbose_name_plural = _("bagian pelaksana lain")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "position"], condition=Q(step=None), name="permits_part_once"
            ),
            models.UniqueConstraint(fields=["visit", "step"], name="permits_part_of_row_once"),
            models.CheckConstraint(
                condition=Q(finished_at=None, outcome="")
                | (Q(finished_at__isnull=False) & ~Q(outcome="")),
                name="permits_part_has_outcome",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["position", "application"],
                condition=Q(finished_at=None),
                name="permits_open_parts",
            ),
            models.Index(fields=["finished_at"], name="permits_parts_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.role}"

    @property
    def is_open(self) -> bool:
        """Whether it is still owed."""
        return self.finished_at is None

    @property
    def is_given(self) -> bool:
        """Whether it is in."""
        return self.outcome == self.Outcome.DONE

    @property
    def begun_at(self) -> datetime:
        """When it was asked for."""
        return self.asked_at

    @property
    def name(self) -> str:
        """Whose it is: the column, and the number of its row if it is a row of its own."""
        if self.step is None:
            return self.role.label
        named = {"role": self.role.label, "number": self.step.printed_number}
        return gettext("%(role)s (langkah %(number)s)") % named

    @property
    def deadline(self) -> ApplicationDeadline | None:
        """The deadline of its own; ``None`` where the one of the step holds."""
        return max(self.deadlines.all(), key=lambda row: row.pk, default=None)

    @property
    def file_name(self) -> str:
        """The name of the file that came with it; "" without one."""
        document: PartFile | None = getattr(self, "document", None)
        return document.original_name if document else ""


class PartFile(ScannedUpload):
    """The file that a further performer added to their part: a letter, a recommendation."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    part = models.OneToOneField(StepPart, models.CASCADE, related_name="document")
    file = models.FileField(max_length=200)
    original_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("berkas bagian pelaksana lain")
        verbose_name_plural = _("berkas bagian pelaksana lain")
        indexes: ClassVar = [scan_index("permits_part_files_to_scan")]

    def __str__(self) -> str:
        return self.original_name
