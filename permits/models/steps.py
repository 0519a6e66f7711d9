"""The visits of an application to the steps of its SOP."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.scans import ScannedUpload, scan_index
from permits.models.application import Application
from permits.querysets import ApplicationStepQuerySet
from standards.models import SopStep


class ApplicationStep(models.Model):
    """One visit of an application to an SOP step: a line of the routing card (kartu kendali).

    Hand-over and receipt are two events. A visit without a receipt that an officer finished was
    received together with its completion.
    """

    class Outcome(models.TextChoices):
        DONE = "selesai", _("Selesai")
        RETURNED = "dikembalikan", _("Dikembalikan")
        SKIPPED = "dilewati", _("Tidak diperlukan")
        ENDED = "dihentikan", _("Dihentikan")
        PROPOSED = "usul_tolak", _("Diusulkan ditolak")
        REFUSED = "ditolak", _("Ditolak")

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps")
    step = models.ForeignKey(SopStep, models.PROTECT, related_name="visits")
    visit = models.PositiveSmallIntegerField(default=1)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    handed_over_at = models.DateTimeField()
    # when all rows before it that run side by side were done; null without such rows
    began_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    received_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)
    capacity = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True)
    note = models.TextField(blank=True)
    asked = models.PositiveSmallIntegerField(default=0)  # how many parts others give
    # of the partner body at whose desk it is, where no standard time keeps it
    calendar_version = models.CharField(max_length=40, blank=True)

    objects = ApplicationStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("pelaksanaan langkah")
        verbose_name_plural = _("pelaksanaan langkah")
        ordering = ("pk",)
        # what happened since an instant: the count of the boards (also parts, clock, verdicts)
        indexes: ClassVar = [models.Index(fields=["finished_at"], name="permits_steps_finished")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(finished_at=None),
                name="permits_one_open_step",
            ),
            models.UniqueConstraint(
                fields=["application", "step", "visit"], name="permits_visit_once"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, outcome="")
                | (Q(finished_at__isnull=False) & ~Q(outcome="")),
                name="permits_finished_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} langkah {self.step.printed_number}"

    @property
    def begun_at(self) -> datetime:
        """When the work of its own desk began: with the hand-over, or after what ran before it."""
        return self.began_at or self.handed_over_at

    @property
    def received_with_completion(self) -> bool:
        """Whether an officer finished it without having confirmed the receipt."""
        return self.received_at is None and self.finished_at is not None and self.capacity != ""

    @property
    def papers(self) -> list[StepFile]:
        """The files that were attached to it; none is read where ``has_papers`` says so."""
        return list(self.documents.all()) if getattr(self, "has_papers", True) else []


class StepFile(ScannedUpload):
    """A scanned paper that an officer attached to a step.

    ``key`` is that of the fact of the standard that asks for it, ``title`` then its label. "" is
    the one paper from outside that no standard names: ``title`` says whose it is, with number and
    day.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    visit = models.ForeignKey(ApplicationStep, models.CASCADE, related_name="documents")
    key = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    file = models.FileField(max_length=200)
    original_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("berkas langkah")
        verbose_name_plural = _("berkas langkah")
        ordering = ("pk",)
        indexes: ClassVar = [scan_index("permits_step_files_to_scan")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "key"], name="permits_step_file_once")
        ]

    def __str__(self) -> str:
        return self.title
