"""Procedures (SOP): their columns and their rows."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, Position
from standards.domain.steps import StepClock, StepKind, clock_of, time_words
from standards.models.choices import TermUnit
from standards.models.conditions import ConditionField
from standards.querysets import ProcedureQuerySet

_STANDS: dict[StepClock, str | Promise] = {
    StepClock.APPLICANT: _("Menunggu pemohon: jangka waktu layanan berhenti"),
    StepClock.OTHER_BODY: _("Menunggu lembaga lain: jangka waktu layanan berhenti"),
    StepClock.NOT_COUNTED: _("Waktu langkah ini tidak dihitung"),
}


class Procedure(models.Model):
    """An SOP (alur) of one office, shared by services; frozen once a published standard uses it.

    Those of one name are versions of one SOP (ADR 0087); ``number`` counts the frozen ones.
    """

    office = models.ForeignKey(
        Office,
        models.PROTECT,
        limit_choices_to={"partner_of": None},
        related_name="procedures",
        verbose_name=_("unit penyelenggara"),
    )
    code = models.SlugField(_("kode"), max_length=60)
    name = models.CharField(_("nama SOP/klasifikasi"), max_length=200)
    sop_number = models.CharField(_("nomor SOP"), max_length=80, blank=True)
    total_text = models.CharField(_("total waktu tercetak"), max_length=120, blank=True)
    provisional_reason = models.TextField(
        _("alasan sementara"),
        blank=True,
        help_text=_("Isi jika alur ini disusun sementara karena naskah SOP aslinya belum ada."),
    )
    number = models.PositiveSmallIntegerField(_("versi"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("dibekukan"), null=True, blank=True, editable=False)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="copies"
    )

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("prosedur (SOP)")
        verbose_name_plural = _("prosedur (SOP)")
        ordering = ("office", "name")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "code"], name="standards_procedure_code"),
            models.UniqueConstraint(
                fields=["office", "name", "number"], name="standards_procedure_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (sementara)" if self.provisional_reason else self.name

    @property
    def provisional(self) -> bool:
        """Whether the office has not yet supplied the real text."""
        return bool(self.provisional_reason)


class ProcedureRole(models.Model):
    """One column of the SOP table: its printed heading and the position behind it."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="roles")
    order = models.PositiveSmallIntegerField(_("urutan"))
    label = models.CharField(_("judul kolom"), max_length=120)
    position = models.ForeignKey(
        Position,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name=_("jabatan"),
        help_text=_("Kosong berarti pemohon."),
    )

    class Meta:
        verbose_name = _("pelaksana dalam SOP")
        verbose_name_plural = _("pelaksana dalam SOP")
        ordering = ("procedure", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procedure", "label"], name="standards_role_label"),
        ]

    def __str__(self) -> str:
        return self.label


class SopStep(models.Model):
    """One row of the SOP table: activity, performer, input, standard time, output."""

    class Kind(models.TextChoices):
        FILE = StepKind.FILE, _("Pemohon mengajukan berkas")
        CHECK = StepKind.CHECK, _("Periksa kelengkapan (menentukan lengkap dan benar)")
        WORK = StepKind.WORK, _("Pekerjaan biasa (verifikasi, telaah, pengantar)")
        INSPECT = StepKind.INSPECT, _("Pemeriksaan tim teknis dengan berita acara")
        PAY = StepKind.PAY, _("Pembayaran retribusi")
        DRAFT = StepKind.DRAFT, _("Menyusun konsep dokumen")
        INITIAL = StepKind.INITIAL, _("Paraf konsep")
        SIGN = StepKind.SIGN, _("Tanda tangan pimpinan")
        NUMBER = StepKind.NUMBER, _("Penomoran dan pencatatan register")
        SURVEY = StepKind.SURVEY, _("Kuesioner kepuasan")
        HAND_OVER = StepKind.HAND_OVER, _("Penyerahan kepada pemohon")

    class Clock(models.TextChoices):
        USUAL = StepClock.USUAL, _("Seperti biasa: pembayaran menunggu pemohon, lainnya berjalan")
        RUNS = StepClock.RUNS, _("Berjalan")
        APPLICANT = StepClock.APPLICANT, _("Berhenti: menunggu pemohon")
        OTHER_BODY = StepClock.OTHER_BODY, _("Berhenti: menunggu lembaga lain")
        NOT_COUNTED = StepClock.NOT_COUNTED, _("Berhenti: waktu langkah ini tidak dihitung")

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("urutan"))
    printed_number = models.CharField(_("nomor tercetak"), max_length=10)
    kind = models.CharField(_("jenis langkah"), max_length=20, choices=Kind.choices)
    activity = models.TextField(_("kegiatan"))
    role = models.ForeignKey(
        ProcedureRole, models.RESTRICT, related_name="steps", verbose_name=_("pelaksana")
    )
    recorded_by = models.ForeignKey(
        ProcedureRole,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="recorded_steps",
        verbose_name=_("dicatat oleh"),
        help_text=_("Untuk langkah pemohon: petugas yang mencatatnya di portal."),
    )
    performers = models.ManyToManyField(
        ProcedureRole,
        blank=True,
        related_name="shared_steps",
        verbose_name=_("pelaksana lain"),
    )
    parallel = models.BooleanField(
        _("dikerjakan bersamaan dengan langkah di sebelahnya"),
        default=False,
        help_text=_(
            "Tandai setiap langkah yang berjalan bersamaan, misalnya rekomendasi dua dinas. Semua "
            "mulai sekaligus; langkah berikutnya yang tidak ditandai menunggu sampai semua "
            "selesai. Hanya untuk pekerjaan biasa."
        ),
    )
    completeness = models.TextField(_("kelengkapan (masukan)"), blank=True)
    standard_minimum = models.PositiveIntegerField(
        _("waktu baku, paling cepat"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Hanya bila SOP mencetak rentang: 2 pada “2-3 hari”. Kosong berarti satu nilai."
        ),
    )
    standard_amount = models.PositiveIntegerField(
        _("waktu baku, paling lama"),
        null=True,
        blank=True,
        help_text=_("Tenggat langkah dihitung dari angka ini: 3 pada “2-3 hari”."),
    )
    standard_unit = models.CharField(
        _("satuan"), max_length=15, choices=TermUnit.choices, blank=True
    )
    standard_text = models.CharField(_("waktu tercetak"), max_length=40, blank=True)
    clock = models.CharField(
        _("jam layanan pada langkah ini"),
        max_length=15,
        choices=Clock.choices,
        blank=True,
        default=Clock.USUAL,
        help_text=_(
            "Bila berhenti, jangka waktu layanan tidak berjalan selama berkas di langkah ini. "
            "Hanya untuk pekerjaan biasa, pemeriksaan tim teknis, pembayaran, dan kuesioner, dan "
            "hanya bila SOP yang ditetapkan menyatakannya."
        ),
    )
    output = models.TextField(_("keluaran"), blank=True)
    optional = models.BooleanField(
        _("jika diperlukan"),
        default=False,
        help_text=_(
            "Petugas boleh melewatinya dengan alasan. Hanya untuk pekerjaan biasa, pemeriksaan "
            "tim teknis, pembayaran, dan kuesioner."
        ),
    )
    condition = models.CharField(
        _("syarat langkah"),
        max_length=200,
        blank=True,
        help_text=_("Kata-kata SOP sendiri, hanya dicetak."),
    )
    when = ConditionField(verbose_name=_("hanya bila"))
    returns_to = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="returned_from",
        verbose_name=_("jika tidak memenuhi, kembali ke"),
    )
    remark = models.CharField(_("keterangan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("langkah SOP")
        verbose_name_plural = _("langkah SOP")
        ordering = ("procedure", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procedure", "order"], name="standards_step_order"),
            models.CheckConstraint(
                condition=Q(standard_amount=None, standard_unit="")
                | (Q(standard_amount__isnull=False) & ~Q(standard_unit="")),
                name="standards_step_time_has_unit",
            ),
            models.CheckConstraint(
                condition=Q(standard_minimum=None)
                | Q(standard_amount__isnull=False, standard_minimum__lt=F("standard_amount")),
                name="standards_step_time_is_range",
                violation_error_message=_(
                    "Waktu paling cepat harus kurang dari waktu paling lama."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.printed_number}. {self.activity[:60]}"

    @property
    def standard_time(self) -> str:
        """The standard time as the SOP prints it; "" without one."""
        return self.standard_text or time_words(
            self.standard_minimum, self.standard_amount, self.get_standard_unit_display()
        )

    @property
    def whose_clock(self) -> StepClock:
        """Whose time the step is: the office's, or that of whom the service clock waits for."""
        return clock_of(self.kind, self.clock)

    @property
    def clock_words(self) -> str | Promise:
        """Why the service clock stands at the step; "" where it runs."""
        return _STANDS.get(self.whose_clock, "")

    @property
    def desk(self) -> Position | None:
        """The position that does or records this step in the portal; ``None`` for the applicant."""
        return (self.recorded_by or self.role).position

    @property
    def may_be_skipped(self) -> bool:
        """Whether its desk may skip it with a reason: a conditional step, or a questionnaire.

        No permit is held back because its holder fills in no questionnaire.
        """
        return self.optional or self.kind == StepKind.SURVEY
