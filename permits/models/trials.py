"""Trials of drafts of standards, and their papers (ADR 0048)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from standards.models import StandardVersion
from workflow.models import Job, JobQuerySet, job_index


class Trial(models.Model):
    """The trial run of a draft: the acts that were pressed, each played again on every page.

    ``acts`` are in their order: {"act": name of the form, "at": ISO instant, "data": fields typed}.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # of its application
    version = models.OneToOneField(
        StandardVersion, models.CASCADE, related_name="trial", verbose_name=_("versi")
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("dimulai oleh")
    )
    started_at = models.DateTimeField(_("dimulai"))
    acts = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("uji coba")
        verbose_name_plural = _("uji coba")

    def __str__(self) -> str:
        return f"UJI {self.version}"


class SamplePaper(Job):
    """A paper of a rehearsal that the worker renders: marked, unsigned, in no register.

    ``pdf`` stays in the row, so that what is removed leaves no file.
    """

    class Template(models.TextChoices):
        RECEIPT = "certificates/receipt.html", _("Tanda terima")
        CERTIFICATE = "certificates/certificate.html", _("Dokumen izin")
        REFUSAL = "certificates/refusal_letter.html", _("Surat penolakan")
        FURTHER = "certificates/further_paper.html", _("Dokumen lain")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="sample_papers")
    template = models.CharField(max_length=60, choices=Template.choices)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    pdf = models.BinaryField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokumen contoh")
        verbose_name_plural = _("dokumen contoh")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "template", "digest"], name="permits_sample_paper_once"
            )
        ]
        indexes: ClassVar = [job_index("permits_sample_papers_due")]

    def __str__(self) -> str:
        return f"{self.heading} ({self.version})"

    @property
    def heading(self) -> str:
        """What the paper is: of those beside the permit there are several, told by their title."""
        named = self.content.get("title") if self.template == self.Template.FURTHER else ""
        return str(named or self.get_template_display())
