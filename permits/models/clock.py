"""Events of the service clock, deadlines and changes of due dates."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from permits.models.application import Application
from permits.models.steps import ApplicationStep
from workflow.domain.clock import Term
from workflow.models import ClockEventRow, Deadline, DeadlineQuerySet, marked_index


class ApplicationClockEvent(ClockEventRow):
    """One event of the service clock of an application."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="clock_events")

    class Meta(ClockEventRow.Meta):
        verbose_name = _("kejadian jam layanan")
        verbose_name_plural = _("kejadian jam layanan")
        indexes: ClassVar = [models.Index(fields=["recorded_at"], name="permits_clock_recorded")]


class ApplicationDeadline(Deadline):
    """One deadline of an application: the service term, the internal target, or one step.

    ``part`` is a part of the step that has a deadline of its own (``deadlines.open_part``).
    ``term_minimum`` is the shorter end of a promised range; nothing is counted with it.
    """

    class Kind(models.TextChoices):
        SERVICE = "layanan", _("Jangka waktu layanan")
        TARGET = "target", _("Target internal")
        STEP = "langkah", _("Waktu baku langkah")
        PART = "bagian", _("Waktu baku bagian")
        CHECK = "pemeriksaan", _("Pemeriksaan kelengkapan")
        COMPLETION = "kelengkapan", _("Melengkapi berkas")
        COLLECTION = "pengambilan", _("Pengambilan dokumen")
        VALIDITY = "masa_berlaku", _("Masa berlaku izin")
        DRAFT = "konsep", _("Penyimpanan konsep")

    application = models.ForeignKey(Application, models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    term_minimum = models.PositiveIntegerField(null=True)
    visit = models.ForeignKey(ApplicationStep, models.CASCADE, null=True, related_name="deadlines")
    part = models.ForeignKey(
        "permits.StepPart", models.CASCADE, null=True, related_name="deadlines"
    )

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenggat")
        verbose_name_plural = _("tenggat")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "kind"],
                condition=Q(met_at=None, part=None),
                name="permits_one_running_deadline",
            ),
            models.UniqueConstraint(
                fields=["part"], condition=Q(met_at=None), name="permits_one_running_of_part"
            ),
        ]
        indexes: ClassVar = [marked_index("permits_deadlines_marked")]

    def __str__(self) -> str:
        return f"{self.application} {self.kind}"

    @property
    def term(self) -> Term:
        """The promise as the pure function reads it, with the range that was promised."""
        return replace(super().term, least=self.term_minimum)

    @property
    def term_name(self) -> str:
        return f"permits.{self.kind}"

    @classmethod
    def term_names(cls) -> Concat:
        return Concat(Value("permits."), F("kind"))


class DueDateChange(models.Model):
    """One change of a due date by a change of the calendar, with the old and the new date."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="due_date_changes")
    deadline = models.ForeignKey(ApplicationDeadline, models.PROTECT, related_name="changes")
    old_on = models.DateField(_("semula"))
    new_on = models.DateField(_("menjadi"))
    calendar_version = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("perubahan tanggal janji")
        verbose_name_plural = _("perubahan tanggal janji")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.application}: {self.old_on} -> {self.new_on}"
