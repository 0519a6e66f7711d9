"""Instruments (questionnaires), their versions and questions, and the rules of an office."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from reports.domain import periods
from surveys.domain import elements, invitations
from surveys.domain.weights import read_weight
from surveys.querysets import InstrumentVersionQuerySet


class Instrument(models.Model):
    """A questionnaire, of one office or built in for all."""

    class Kind(models.TextChoices):
        SKM = elements.Kind.SKM, _("Survei Kepuasan Masyarakat (SKM)")
        IPAK = elements.Kind.IPAK, _("Indeks Persepsi Anti Korupsi (IPAK)")

    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instruments",
        verbose_name=_("unit penyelenggara"),
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("nama"), max_length=120)
    source = models.CharField(_("dasar"), max_length=200)

    class Meta:
        verbose_name = _("kuesioner")
        verbose_name_plural = _("kuesioner")
        ordering = ("kind", "office", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "kind"], name="surveys_instrument_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(office=None), name="surveys_built_in_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InstrumentVersion(models.Model):
    """One version of a questionnaire: edited as a draft, unchangeable once published."""

    class State(models.TextChoices):
        DRAFT = "konsep", _("Konsep")
        PUBLISHED = "ditetapkan", _("Ditetapkan")

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="versions", verbose_name=_("kuesioner")
    )
    number = models.PositiveSmallIntegerField(_("versi"))
    state = models.CharField(
        _("keadaan"), max_length=12, choices=State.choices, default=State.DRAFT
    )
    published_at = models.DateTimeField(_("ditetapkan pada"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = InstrumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versi kuesioner")
        verbose_name_plural = _("versi kuesioner")
        ordering = ("instrument", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument", "number"], name="surveys_version_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="konsep", published_at=None)
                | Q(state="ditetapkan", published_at__isnull=False),
                name="surveys_published_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} ({self.number})"

    @property
    def office_id(self) -> int | None:
        """The office whose version it is; ``None`` if it is built in."""
        return self.instrument.office_id

    @property
    def is_published(self) -> bool:
        """Whether nobody may change it any more."""
        return self.state == self.State.PUBLISHED


def validate_weight(text: str) -> None:
    """Refuse what is no weight: a fraction like 1/9 or a share like 0,125."""
    if read_weight(text) is None:
        raise ValidationError(_("Tulis bobot sebagai pecahan, misalnya 1/9, atau desimal 0,125."))


class Question(models.Model):
    """One question with its answers, the lowest first: four, or two to four outside the index."""

    version = models.ForeignKey(InstrumentVersion, models.CASCADE, related_name="questions")
    key = models.SlugField(_("kunci unsur"), max_length=30)
    name = models.CharField(_("unsur"), max_length=120)
    number = models.CharField(_("nomor tercetak"), max_length=5)
    order = models.PositiveSmallIntegerField(_("urutan"))
    text = models.CharField(_("pertanyaan"), max_length=300)
    choice_1 = models.CharField(_("jawaban 1 (terendah)"), max_length=80)
    choice_2 = models.CharField(_("jawaban 2"), max_length=80)
    choice_3 = models.CharField(_("jawaban 3"), max_length=80, blank=True)
    choice_4 = models.CharField(_("jawaban 4 (tertinggi)"), max_length=80, blank=True)
    in_index = models.BooleanField(
        _("masuk indeks"),
        default=True,
        help_text=_("Pertanyaan tambahan kantor tidak pernah masuk indeks."),
    )
    weight = models.CharField(
        _("bobot"),
        max_length=12,
        blank=True,
        validators=[validate_weight],
        help_text=_("Kosongkan semua untuk bobot yang sama (1/9 untuk sembilan unsur)."),
    )

    class Meta:
        verbose_name = _("pertanyaan")
        verbose_name_plural = _("pertanyaan")
        ordering = ("version_id", "order")  # not by what versions are ordered by: three joins
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="surveys_element_once"),
            models.UniqueConstraint(fields=["version", "order"], name="surveys_order_once"),
            models.CheckConstraint(
                condition=Q(in_index=False) | ~Q(choice_3="") & ~Q(choice_4=""),
                name="surveys_element_has_four",
                violation_error_message=_("Pertanyaan yang masuk indeks mempunyai empat jawaban."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def choices(self) -> list[tuple[int, str]]:
        """Return score and label of each answer, the lowest first."""
        labels = (self.choice_1, self.choice_2, self.choice_3, self.choice_4)
        return [(score, label) for score, label in enumerate(labels, start=1) if label]

    @property
    def fraction(self) -> Fraction | None:
        """The weight of its own; ``None`` if all weigh the same."""
        return read_weight(self.weight) if self.weight else None


class SurveyRules(models.Model):
    """How an office asks; without a row the defaults hold."""

    class Rhythm(models.TextChoices):
        QUARTER = periods.Rhythm.QUARTER, _("Setiap triwulan")
        SEMESTER = periods.Rhythm.SEMESTER, _("Setiap semester")
        YEAR = periods.Rhythm.YEAR, _("Setiap tahun")

    office = models.OneToOneField(
        Office, models.CASCADE, related_name="survey_rules", verbose_name=_("unit penyelenggara")
    )
    rhythm = models.CharField(
        _("hasil dihitung"), max_length=10, choices=Rhythm.choices, default=Rhythm.QUARTER
    )
    source = models.CharField(_("dasar"), max_length=200, blank=True)
    open_days = models.PositiveSmallIntegerField(
        _("undangan berlaku (hari)"),
        default=invitations.OPEN_DAYS,
        validators=[MinValueValidator(7), MaxValueValidator(90)],
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("pengingat setelah (hari)"),
        default=invitations.REMINDER_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Satu kali, dan tidak setelah undangan berakhir."),
    )
    asks_ipak = models.BooleanField(
        _("tanyakan juga IPAK"),
        default=False,
        help_text=_("Sepuluh pernyataan pada halaman yang sama; indeksnya dihitung terpisah."),
    )
    is_open = models.BooleanField(
        _("survei terbuka per layanan"),
        default=False,
        help_text=_("Siapa pun dapat mengisi; hasilnya terpisah dan tidak masuk indeks."),
    )

    class Meta:
        verbose_name = _("aturan survei")
        verbose_name_plural = _("aturan survei")

    def __str__(self) -> str:
        return str(self.office)
