"""Invitations, and what was answered: between the two there is no link (ADR 0036)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from permits.models import Application
from standards.models import Service
from surveys.models.instruments import InstrumentVersion
from surveys.querysets import InvitationQuerySet, ResponseQuerySet, SuggestionQuerySet


class Invitation(models.Model):
    """The one chance to judge one finished file. It says that it was used, never when or how."""

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="survey_invitation"
    )
    sent_on = models.DateField(_("dikirim"))
    ends_on = models.DateField(_("berlaku sampai"))
    reminded_on = models.DateField(_("diingatkan"), null=True)
    answered = models.BooleanField(_("sudah dijawab"), default=False)
    settled = models.BooleanField(default=False)  # rewritten with others (services.settling)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("undangan survei")
        verbose_name_plural = _("undangan survei")
        indexes: ClassVar = [
            models.Index(
                fields=["ends_on"],
                condition=Q(answered=False, reminded_on=None),
                name="surveys_to_remind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}"


class InvitationLink(models.Model):
    """A secret that opens an invitation; only its digest is stored."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("tautan undangan survei")
        verbose_name_plural = _("tautan undangan survei")

    def __str__(self) -> str:
        return f"{self.invitation_id}"


class Sex(models.TextChoices):
    MALE = "L", _("Laki-laki")
    FEMALE = "P", _("Perempuan")


class Age(models.TextChoices):
    """Groups, because a year of age would say more than the report needs."""

    UNDER_20 = "<20", _("Di bawah 20 tahun")
    TWENTIES = "20-29", _("20-29 tahun")
    THIRTIES = "30-39", _("30-39 tahun")
    FORTIES = "40-49", _("40-49 tahun")
    FIFTIES = "50-59", _("50-59 tahun")
    OVER_60 = "60+", _("60 tahun ke atas")


class Education(models.TextChoices):
    SD = "SD", _("SD")
    SMP = "SMP", _("SMP")
    SMA = "SMA", _("SMA/SMK")
    DIPLOMA = "D", _("Diploma")
    S1 = "S1", _("S1")
    S2 = "S2", _("S2")
    S3 = "S3", _("S3")


class Occupation(models.TextChoices):
    PNS = "PNS", _("PNS")
    TNI = "TNI", _("TNI")
    POLRI = "POLRI", _("Polri")
    PRIVATE = "SWASTA", _("Pegawai swasta")
    SELF = "WIRAUSAHA", _("Wirausaha")
    STUDENT = "PELAJAR", _("Pelajar/mahasiswa")
    OTHER = "LAINNYA", _("Lainnya")


class Trace(models.TextChoices):
    """What the database still knows of when a row came (services.settling)."""

    FRESH = "baru"  # place and transaction of the row tell it
    MIXED = "diacak"  # written anew with at least four others, in a random order
    SEALED = "ditutup"  # its period is over: written anew with all of it, for good


class Response(models.Model):
    """One filled questionnaire. Nothing in it leads to a file or a person.

    The key is random, the month is all it says of its time, and the respondent block is optional.
    ``service`` is empty once the period is over if fewer than five answered about the service.
    ``answers`` are scores 1-4 by the key of the question.
    """

    class Source(models.TextChoices):
        LINK = "tautan", _("Tautan undangan")
        TABLET = "tablet", _("Tablet di loket")
        PAPER = "kertas", _("Kertas, dicatat petugas")
        OPEN = "terbuka", _("Survei terbuka")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="responses")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+")
    month = models.DateField(_("bulan"))  # its first day
    source = models.CharField(_("cara mengisi"), max_length=10, choices=Source.choices)
    sex = models.CharField(_("jenis kelamin"), max_length=1, choices=Sex.choices, blank=True)
    age = models.CharField(_("umur"), max_length=5, choices=Age.choices, blank=True)
    education = models.CharField(
        _("pendidikan"), max_length=3, choices=Education.choices, blank=True
    )
    occupation = models.CharField(
        _("pekerjaan"), max_length=10, choices=Occupation.choices, blank=True
    )
    answers = models.JSONField()
    trace = models.CharField(max_length=10, default=Trace.FRESH)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("jawaban survei")
        verbose_name_plural = _("jawaban survei")
        indexes: ClassVar = [
            models.Index(fields=["office", "month"], name="surveys_office_month"),
            models.Index(
                fields=["office"], condition=~Q(trace=Trace.SEALED), name="surveys_unsealed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.month:%m-%Y}"


class Suggestion(models.Model):
    """What a respondent wrote, apart from their answers: words may tell who wrote them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    month = models.DateField(_("bulan"))
    text = models.TextField(_("saran"))
    is_open = models.BooleanField(default=False)  # came with the open survey, which is apart
    trace = models.CharField(max_length=10, default=Trace.FRESH)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("saran dalam survei")
        verbose_name_plural = _("saran dalam survei")
        indexes: ClassVar = [models.Index(fields=["office", "month"], name="surveys_suggested")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.month:%m-%Y}"
