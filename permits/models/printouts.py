"""Printouts: documents rendered by the worker."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from permits.models.application import Application
from workflow.models import Job, JobQuerySet, job_index


class Printout(Job):
    """A document that the worker renders from stored content, such as a receipt or a letter.

    ``content`` of a sending is the record of what the applicant sent in that round.
    """

    class Kind(models.TextChoices):
        RECEIPT = "tanda_terima", _("Tanda terima")
        DRAFT = "konsep", _("Konsep dokumen izin")
        LETTER = "surat", _("Surat pemberitahuan")
        REFUSAL = "konsep_tolak", _("Konsep surat penolakan")
        PAPER = "konsep_lain", _("Konsep dokumen lain")
        SUBMISSION = "kiriman", _("Kiriman pemohon")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=100, unique=True)
    application = models.ForeignKey(Application, models.CASCADE, related_name="printouts")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    content = models.JSONField()
    created_at = models.DateTimeField()
    file = models.FileField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("cetakan")
        verbose_name_plural = _("cetakan")
        indexes: ClassVar = [job_index("permits_printouts_due")]

    def __str__(self) -> str:
        return self.key
