"""What an office does about low elements, and the term of each."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from reports.domain.periods import read_period
from reports.wording import period_name
from standards.models import OfficeDocument, PublicConsultation
from surveys.querysets import FollowUpQuerySet
from workflow.models import Deadline, DeadlineQuerySet, marked_index


class FollowUp(models.Model):
    """The follow-up of one element of one period: planned, done by somebody, with evidence.

    One that is ``owed`` (the element was graded C or D) has a term from the day it is opened.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="survey_follow_ups")
    period = models.CharField(max_length=20)
    element = models.CharField(max_length=30)
    name = models.CharField(_("unsur"), max_length=120)
    grade = models.CharField(_("mutu"), max_length=1)
    owed = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    programme = models.CharField(_("program atau kegiatan"), max_length=500, blank=True)
    month = models.DateField(_("bulan pelaksanaan"), null=True)  # its first day
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("penanggung jawab"),
    )
    consulted_on = models.DateField(_("tanggal Forum Konsultasi Publik"), null=True)
    consultation = models.ForeignKey(
        PublicConsultation,
        models.SET_NULL,
        null=True,
        related_name="survey_follow_ups",
        verbose_name=_("konsultasi publik yang tercatat"),
    )
    done_on = models.DateField(_("selesai pada"), null=True)
    evidence = models.CharField(_("bukti"), max_length=500, blank=True)
    document = models.ForeignKey(
        OfficeDocument,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("dokumen bukti"),
    )
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("tindak lanjut survei")
        verbose_name_plural = _("tindak lanjut survei")
        ordering = ("-period", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "period", "element"], name="surveys_follow_up_once"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(evidence=""), name="surveys_done_has_evidence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.period_words})"

    @property
    def period_words(self) -> str:
        """The period as it is read: "Triwulan 3 tahun 2026"."""
        found = read_period(self.period)
        return period_name(found) if found else self.period


class FollowUpDeadline(Deadline):
    """The term of a follow-up: until the end of the next period, or of the planned month."""

    follow_up = models.OneToOneField(FollowUp, models.CASCADE, related_name="deadline")

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenggat tindak lanjut survei")
        verbose_name_plural = _("tenggat tindak lanjut survei")
        indexes: ClassVar = [marked_index("surveys_follow_up_marked")]

    def __str__(self) -> str:
        return str(self.follow_up_id)

    @property
    def term_name(self) -> str:
        return "surveys.follow_up"

    @classmethod
    def term_names(cls) -> Value:
        return Value("surveys.follow_up")
