"""Who sees the boards, and the small tables of figures that they read: counted, never edited."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, Position, User
from boards.domain.acts import ClockAct
from boards.domain.indicators import State
from standards.models import Requirement, Service, SopStep, TermUnit
from workflow.models import Job, JobQuerySet, job_index


class BoardReader(models.Model):
    """A position that sees the boards of its office, besides those that lead others."""

    position = models.OneToOneField(
        Position, models.CASCADE, related_name="board_reader", verbose_name=_("jabatan")
    )

    class Meta:
        verbose_name = _("jabatan yang melihat papan")
        verbose_name_plural = _("jabatan yang melihat papan")
        ordering: ClassVar = ("position__office", "position__name")

    def __str__(self) -> str:
        return str(self.position)


class Tallied(models.Model):
    """Until when the past of an office is counted; locked while its figures are exchanged.

    ``resumes_on`` is the month at which a count goes on that is not at its end.
    """

    office = models.OneToOneField(Office, models.CASCADE, related_name="tallied")
    counted_at = models.DateTimeField(null=True)
    resumes_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("hitungan papan")
        verbose_name_plural = _("hitungan papan")

    def __str__(self) -> str:
        return f"{self.office} {self.counted_at}"


class BoardPaperQuerySet(JobQuerySet):
    """Printed boards."""

    def visible_to(self, user: User) -> Self:
        """Those that ``user`` ordered: a board shows what its reader may see, nobody else."""
        return self.filter(asked_by=user) if user.is_authenticated else self.none()


class BoardPaper(Job):
    """A job that prints a board for one person; ``content`` is what they saw. Kept for a day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    name = models.CharField(max_length=120)
    content = models.JSONField()
    file = models.FileField(max_length=200, blank=True)

    objects = BoardPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("cetakan papan")
        verbose_name_plural = _("cetakan papan")
        indexes: ClassVar = [job_index("boards_papers_due")]

    def __str__(self) -> str:
        return self.name


class EvidencePackQuerySet(JobQuerySet):
    """Evidence packs."""

    def of(self, offices: Iterable[Office]) -> Self:
        """The packs of these offices, the latest first."""
        return self.filter(office__in=list(offices)).order_by("-asked_at", "-pk")


class EvidencePack(Job):
    """A job: evidence for the evaluation PEKPPP as PDFs in one ZIP.

    ``content`` is what the office held at ``composed_at``, its cut-off, and does not change after
    that.
    """

    STATES: ClassVar = {
        State.HELD: _("Ada"),
        State.PARTLY: _("Sebagian"),
        State.MISSING: _("Belum ada"),
        State.NOT_HELD: _("Tidak disimpan portal"),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    composed_at = models.DateTimeField(null=True)
    content = models.JSONField(default=dict)
    file = models.FileField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = EvidencePackQuerySet.as_manager()

    class Meta:
        verbose_name = _("paket bukti")
        verbose_name_plural = _("paket bukti")
        indexes: ClassVar = [job_index("boards_evidence_due")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.asked_at:%Y-%m-%d}"


class EvidenceFile(models.Model):
    """One PDF of a pack, by the code of its indicator or of a standard."""

    pack = models.ForeignKey(EvidencePack, models.CASCADE, related_name="files")
    code = models.CharField(max_length=10)
    file = models.FileField(max_length=200)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("berkas paket bukti")
        verbose_name_plural = _("berkas paket bukti")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pack", "code"], name="boards_evidence_file_once")
        ]

    def __str__(self) -> str:
        return self.code


class Tally(models.Model):
    """What the tables of figures share: office, service, and the month by the office's days."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, models.CASCADE, related_name="+")
    month = models.DateField()  # its first day

    class Meta:
        abstract = True


class FileTally(Tally):
    """How many files were answered (permit or refusal) with the same figures.

    ``net`` and ``promised`` are in ``unit``; ``gross`` is the same count without any pause.
    """

    unit = models.CharField(max_length=15, choices=TermUnit.choices)
    promised = models.PositiveIntegerField(null=True)
    net = models.PositiveIntegerField()
    gross = models.PositiveIntegerField()
    on_time = models.BooleanField(null=True)
    returns = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("hitungan berkas")
        verbose_name_plural = _("hitungan berkas")
        indexes: ClassVar = [
            models.Index(fields=["office", "month"], name="boards_files_month"),
            models.Index(fields=["service", "month"], name="boards_files_service"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.month}: {self.number}"


class StepTally(Tally):
    """Finished visits to one SOP step: working minutes, and how many passed the standard time."""

    step = models.ForeignKey(SopStep, models.CASCADE, related_name="+")
    visits = models.PositiveIntegerField()
    minutes = models.PositiveBigIntegerField()
    longest = models.PositiveIntegerField()
    timed = models.PositiveIntegerField()  # visits with a standard time
    over = models.PositiveIntegerField()
    sent_back = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("hitungan langkah")
        verbose_name_plural = _("hitungan langkah")
        indexes: ClassVar = [models.Index(fields=["office", "month"], name="boards_steps_month")]

    def __str__(self) -> str:
        return f"{self.step_id} {self.month}: {self.visits}"


class HandTally(Tally):
    """What one officer had in hand at one position. Shown to those above that position alone."""

    position = models.ForeignKey(Position, models.CASCADE, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    held = models.PositiveIntegerField()
    finished = models.PositiveIntegerField()
    minutes = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("hitungan petugas")
        verbose_name_plural = _("hitungan petugas")
        indexes: ClassVar = [models.Index(fields=["office", "month"], name="boards_hands_month")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.month}: {self.held}"


class FaultTally(Tally):
    """How often one requirement was found wrong or missing; without one: the form's answers."""

    requirement = models.ForeignKey(Requirement, models.CASCADE, null=True, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("hitungan kekurangan")
        verbose_name_plural = _("hitungan kekurangan")
        indexes: ClassVar = [models.Index(fields=["office", "month"], name="boards_faults_month")]

    def __str__(self) -> str:
        return f"{self.requirement_id} {self.month}: {self.number}"


class ClockTally(Tally):
    """What was done to the clock, by whom; ``officer`` is empty for what a rule did."""

    class Kind(models.TextChoices):
        PAUSE = ClockAct.PAUSE, _("Jam dihentikan")
        AGAIN = ClockAct.AGAIN, _("Diminta melengkapi untuk kedua kali atau lebih")
        BRINK = ClockAct.BRINK, _("Dihentikan sehari sebelum tanggal janji atau pada harinya")
        DATED_BACK = ClockAct.DATED_BACK, _("Dicatat mundur")

    kind = models.CharField(max_length=15, choices=Kind.choices)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    position = models.ForeignKey(Position, models.CASCADE, null=True, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("hitungan jam layanan")
        verbose_name_plural = _("hitungan jam layanan")
        indexes: ClassVar = [models.Index(fields=["office", "month"], name="boards_clock_month")]

    def __str__(self) -> str:
        return f"{self.kind} {self.month}: {self.number}"
