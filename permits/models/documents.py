"""Uploaded documents, and the verdicts of officers on documents and answers."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.scans import ScannedUpload, scan_index
from permits.models.application import Application
from permits.models.steps import ApplicationStep
from permits.querysets import DocumentQuerySet
from standards.models import Requirement


class Document(ScannedUpload):
    """One uploaded file, never overwritten: a newer one supersedes it.

    Several files may belong to one requirement; ``order`` is their place, from 1.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="documents")
    order = models.PositiveSmallIntegerField(default=1)
    file = models.FileField(max_length=200)
    original_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)  # its file, by rule (``services.replaced``)
    opened_at = models.DateTimeField(null=True)  # first by an officer
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas")
        verbose_name_plural = _("berkas")
        ordering = ("uploaded_at",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "requirement", "order"],
                condition=Q(superseded_at=None),
                name="permits_one_document_a_place",
            )
        ]
        indexes: ClassVar = [scan_index("permits_documents_to_scan")]

    def __str__(self) -> str:
        return self.original_name


class Verdict(models.Model):
    """Who judged, when and why: what verdicts on files and on answers share."""

    reason = models.CharField(_("alasan"), max_length=500, blank=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ("at", "pk")

    @property
    def mark(self) -> str:
        """What a page keeps of the verdict it shows: a later verdict has another mark."""
        return f"{self.pk}-{self.at:%Y%m%d%H%M%S%f}"


class RequirementVerdict(Verdict):
    """The verdict of an officer on one requirement at one visit of the completeness check."""

    class Result(models.TextChoices):
        ACCEPTED = "sesuai", _("Sesuai")
        REFUSED = "tidak_sesuai", _("Tidak sesuai")
        MISSING = "tidak_ada", _("Tidak ada")

    application = models.ForeignKey(Application, models.CASCADE, related_name="verdicts")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="verdicts")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="verdicts")
    visit = models.ForeignKey(ApplicationStep, models.CASCADE, related_name="verdicts")
    result = models.CharField(max_length=15, choices=Result.choices)

    class Meta(Verdict.Meta):
        verbose_name = _("hasil periksa berkas")
        verbose_name_plural = _("hasil periksa berkas")
        indexes: ClassVar = [models.Index(fields=["at"], name="permits_verdicts_at")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "requirement"], name="permits_verdict_once"),
            models.CheckConstraint(
                condition=Q(result="sesuai") | ~Q(reason=""), name="permits_refusal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id}: {self.result}"


class AnswerVerdict(Verdict):
    """The verdict of an officer on one answer at one visit of the completeness check.

    ``key`` is the name of its form field, ``value`` the answer that was judged.
    """

    class Result(models.TextChoices):
        ACCEPTED = "sesuai", _("Sesuai")
        REFUSED = "tidak_sesuai", _("Tidak sesuai")

    application = models.ForeignKey(Application, models.CASCADE, related_name="answer_verdicts")
    key = models.CharField(max_length=80)
    value = models.TextField(blank=True)
    visit = models.ForeignKey(ApplicationStep, models.CASCADE, related_name="answer_verdicts")
    result = models.CharField(max_length=15, choices=Result.choices)

    class Meta(Verdict.Meta):
        verbose_name = _("hasil periksa isian")
        verbose_name_plural = _("hasil periksa isian")
        indexes: ClassVar = [models.Index(fields=["at"], name="permits_answer_verdicts_at")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "key"], name="permits_answer_verdict_once"),
            models.CheckConstraint(
                condition=Q(result="sesuai") | ~Q(reason=""), name="permits_wrong_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.result}"
