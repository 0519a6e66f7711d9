"""Answers, their approvals and letters."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ChannelKind
from complaints.models.choices import Approver
from complaints.models.register import Complaint
from complaints.querysets import OfComplaintQuerySet
from workflow.models import Job, JobQuerySet, job_index


class Answer(models.Model):
    """One revision of the answer. Approvals refer to ``digest``; the last one is sent."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField()
    text = models.TextField(_("isi jawaban"))
    digest = models.CharField(max_length=64)
    levels = models.JSONField(default=list)  # of ``Approver``, frozen when drafted
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    sent_at = models.DateTimeField(null=True)
    # working days from receipt to delivery, counted at delivery with the calendar of the promise
    workdays = models.PositiveSmallIntegerField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    sent_through = models.CharField(max_length=20, choices=ChannelKind.choices, blank=True)
    proof = models.CharField(_("bukti penyampaian"), max_length=300, blank=True)
    reopen_until = models.DateField(null=True)
    rating = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    rating_note = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("jawaban")
        verbose_name_plural = _("jawaban")
        ordering = ("complaint", "revision")
        indexes: ClassVar = [
            models.Index(
                fields=["sent_at"], condition=Q(sent_at__isnull=False), name="complaints_sent"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["complaint", "revision"], name="complaints_answer_revision"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | (~Q(proof="") & ~Q(sent_through="")),
                name="complaints_sent_has_proof",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint} jawaban {self.revision}"


class Approval(models.Model):
    """The decision of one level about one text: approved or returned. Never edited.

    ``with_whom`` and ``paper`` are for levels outside the office: the person who agreed, and the
    number and date of the document.
    """

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="approvals")
    level = models.CharField(max_length=40, choices=Approver.choices)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    agreed = models.BooleanField()
    note = models.TextField(_("catatan"), blank=True)
    with_whom = models.CharField(_("dengan siapa"), max_length=300, blank=True)
    paper = models.CharField(_("nomor dan tanggal surat"), max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("persetujuan jawaban")
        verbose_name_plural = _("persetujuan jawaban")
        ordering = ("at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "level"], name="complaints_level_once")
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.level}"


class AnswerLetter(Job):
    """The answer as a letter: a job that renders a PDF and signs it with the office's key."""

    answer = models.OneToOneField(Answer, models.PROTECT, related_name="letter")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("nomor surat"), max_length=120)
    content = models.JSONField()
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    file = models.FileField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("surat jawaban")
        verbose_name_plural = _("surat jawaban")
        indexes: ClassVar = [job_index("complaints_letters_due")]

    def __str__(self) -> str:
        return self.number
