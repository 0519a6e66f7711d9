"""Services, their standards by version, requirements, procedures and fees: the law as rows."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, Position
from standards import guards  # noqa: F401  registers what the database refuses to change
from standards.domain import components
from standards.domain.requirements import Need
from standards.domain.steps import StepKind
from standards.querysets import ProcedureQuerySet, ServiceQuerySet, VersionQuerySet
from workflow.domain.clock import Unit
from workflow.models import Deadline, DeadlineQuerySet

_CODE = RegexValidator(r"^\d{5}$", _("Kode KBLI terdiri atas lima angka."))


class TermUnit(models.TextChoices):
    """Units in which a standard promises."""

    WORKDAY = Unit.WORKDAY, _("hari kerja")
    CALENDAR_DAY = Unit.CALENDAR_DAY, _("hari kalender")
    WORK_MINUTE = Unit.WORK_MINUTE, _("menit")


class Risk(models.TextChoices):
    """Risk levels of PP 28/2025 (and PP 5/2021 before it)."""

    NONE = "", _("Bukan perizinan berbasis risiko")
    LOW = "rendah", _("Rendah")
    MEDIUM_LOW = "menengah_rendah", _("Menengah rendah")
    MEDIUM_HIGH = "menengah_tinggi", _("Menengah tinggi")
    HIGH = "tinggi", _("Tinggi")


class Kbli(models.Model):
    """One business line of one edition of the list; a code without its edition is ambiguous."""

    code = models.CharField(_("kode"), max_length=5, validators=[_CODE])
    edition = models.PositiveSmallIntegerField(_("edisi"), default=2020)
    title = models.CharField(_("judul"), max_length=250)

    class Meta:
        verbose_name = "KBLI"
        verbose_name_plural = "KBLI"
        ordering = ("code", "edition")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "edition"], name="standards_kbli_edition")
        ]

    def __str__(self) -> str:
        return f"KBLI {self.code} {self.title}"


class Regulation(models.Model):
    """A law that standards cite, and what replaced it."""

    title = models.CharField(_("judul"), max_length=400, unique=True)
    repealed_by = models.CharField(_("dicabut/diubah dengan"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("peraturan")
        verbose_name_plural = _("peraturan")
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Service(models.Model):
    """A kind of service (jenis pelayanan) of one office."""

    office = models.ForeignKey(
        Office, models.PROTECT, related_name="services", verbose_name=_("unit penyelenggara")
    )
    slug = models.SlugField(_("kode alamat"), max_length=80)
    name = models.CharField(_("nama layanan"), max_length=250)
    summary = models.CharField(
        _("ringkasan"), max_length=300, blank=True,
        help_text=_("Satu kalimat biasa: untuk siapa dan untuk apa layanan ini."),
    )  # fmt: skip
    keywords = models.CharField(_("kata kunci pencarian"), max_length=300, blank=True)
    kbli = models.ForeignKey(
        Kbli, models.PROTECT, null=True, blank=True, related_name="services", verbose_name="KBLI"
    )
    risk = models.CharField(_("tingkat risiko"), max_length=20, choices=Risk.choices, blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("jenis pelayanan")
        verbose_name_plural = _("jenis pelayanan")
        ordering = ("office", "name")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "slug"], name="standards_service_slug")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("standards:service", args=[self.office.code, self.slug])


class Procedure(models.Model):
    """An SOP (alur) of one office, shared by services; frozen once a published standard uses it."""

    office = models.ForeignKey(
        Office, models.PROTECT, related_name="procedures", verbose_name=_("unit penyelenggara")
    )
    code = models.SlugField(_("kode"), max_length=60)
    name = models.CharField(_("nama SOP/klasifikasi"), max_length=200)
    sop_number = models.CharField(_("nomor SOP"), max_length=80, blank=True)
    total_text = models.CharField(_("total waktu tercetak"), max_length=120, blank=True)
    provisional_reason = models.TextField(
        _("alasan sementara"), blank=True,
        help_text=_("Isi jika alur ini disusun sementara karena naskah SOP aslinya belum ada."),
    )  # fmt: skip
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
            models.UniqueConstraint(fields=["office", "code"], name="standards_procedure_code")
        ]

    def __str__(self) -> str:
        return f"{self.name} (sementara)" if self.provisional_reason else self.name

    @property
    def provisional(self) -> bool:
        """Whether the office still owes the real text."""
        return bool(self.provisional_reason)


class ProcedureRole(models.Model):
    """One column of the SOP table: its printed heading and the position behind it."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="roles")
    order = models.PositiveSmallIntegerField(_("urutan"))
    label = models.CharField(_("judul kolom"), max_length=120)
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="roles",
        verbose_name=_("jabatan"), help_text=_("Kosong berarti pemohon."),
    )  # fmt: skip

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

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("urutan"))
    printed_number = models.CharField(_("nomor tercetak"), max_length=10)
    kind = models.CharField(_("jenis langkah"), max_length=20, choices=Kind.choices)
    activity = models.TextField(_("kegiatan"))
    role = models.ForeignKey(
        ProcedureRole, models.RESTRICT, related_name="steps", verbose_name=_("pelaksana")
    )
    recorded_by = models.ForeignKey(
        ProcedureRole, models.RESTRICT, null=True, blank=True, related_name="recorded_steps",
        verbose_name=_("dicatat oleh"),
        help_text=_("Untuk langkah pemohon: petugas yang mencatatnya di portal."),
    )  # fmt: skip
    completeness = models.TextField(_("kelengkapan (masukan)"), blank=True)
    standard_amount = models.PositiveIntegerField(_("waktu baku"), null=True, blank=True)
    standard_unit = models.CharField(
        _("satuan"), max_length=15, choices=TermUnit.choices, blank=True
    )
    standard_text = models.CharField(_("waktu tercetak"), max_length=40, blank=True)
    output = models.TextField(_("keluaran"), blank=True)
    optional = models.BooleanField(
        _("jika diperlukan"), default=False,
        help_text=_("Langkah bersyarat: petugas boleh melewatinya dengan alasan."),
    )  # fmt: skip
    condition = models.CharField(_("syarat langkah"), max_length=200, blank=True)
    returns_to = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="returned_from",
        verbose_name=_("jika tidak memenuhi, kembali ke"),
    )  # fmt: skip
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
        ]

    def __str__(self) -> str:
        return f"{self.printed_number}. {self.activity[:60]}"

    @property
    def desk(self) -> Position | None:
        """The position that does or records this step in the portal; ``None`` for the applicant."""
        return (self.recorded_by or self.role).position


class StandardVersion(models.Model):
    """A service standard as one decree set it (PermenPAN-RB 15/2014). Immutable once published."""

    class Status(models.TextChoices):
        DRAFT = "konsep", _("Konsep")
        PUBLISHED = "ditetapkan", _("Ditetapkan")

    service = models.ForeignKey(
        Service, models.PROTECT, related_name="versions", verbose_name=_("jenis pelayanan")
    )
    number = models.PositiveSmallIntegerField(_("versi"), default=1)
    status = models.CharField(
        _("keadaan"), max_length=12, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    effective_on = models.DateField(_("berlaku mulai"), null=True, blank=True)
    heading = models.CharField(_("judul tercetak"), max_length=300, blank=True)
    preamble = models.TextField(_("pendahuluan"), blank=True)
    decree = models.CharField(_("ditetapkan dengan"), max_length=300, blank=True)
    decreed_on = models.DateField(_("tanggal penetapan"), null=True, blank=True)
    decreed_at_place = models.CharField(_("tempat penetapan"), max_length=80, blank=True)
    decreed_by = models.CharField(_("ditetapkan oleh"), max_length=200, blank=True)
    decreed_by_rank = models.CharField(_("pangkat penetap"), max_length=80, blank=True)
    decreed_by_number = models.CharField(_("NIP penetap"), max_length=25, blank=True)

    term_amount = models.PositiveSmallIntegerField(
        _("jangka waktu"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    term_unit = models.CharField(
        _("satuan"), max_length=15, choices=TermUnit.choices, default=TermUnit.WORKDAY
    )
    target_amount = models.PositiveSmallIntegerField(
        _("target internal"), null=True, blank=True,
        help_text=_("Lebih pendek dari jangka waktu menurut standar; kosong jika tidak ada."),
    )  # fmt: skip
    product = models.CharField(_("produk layanan"), max_length=250, blank=True)
    certificate_title = models.CharField(_("judul dokumen izin"), max_length=250, blank=True)
    certificate_statement = models.TextField(
        _("isi dokumen izin"), blank=True,
        help_text=_("Kalimat penetapan yang tercetak di bawah data pemegang."),
    )  # fmt: skip
    number_pattern = models.CharField(
        _("pola nomor dokumen"), max_length=120, blank=True,
        help_text=_("Contoh: 503/{nomor:04}/BKK/DPMPTSP/{bulan_romawi}/{tahun}"),
    )  # fmt: skip
    validity_months = models.PositiveSmallIntegerField(
        _("masa berlaku (bulan)"), null=True, blank=True,
        help_text=_("Kosong: berlaku selama tidak ada perubahan atau pencabutan."),
    )  # fmt: skip
    digest = models.CharField(_("sidik"), max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(_("diterbitkan"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False,
        related_name="+",
    )  # fmt: skip

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versi standar pelayanan")
        verbose_name_plural = _("versi standar pelayanan")
        ordering = ("service", "-number")
        permissions: ClassVar = [("publish_standardversion", "Dapat menetapkan standar")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "number"], name="standards_version_number"),
            models.UniqueConstraint(
                fields=["service", "effective_on"],
                condition=Q(status="ditetapkan"),
                name="standards_one_version_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="ditetapkan")
                | (Q(effective_on__isnull=False, term_amount__isnull=False) & ~Q(digest="")),
                name="standards_published_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} - versi {self.number} ({self.get_status_display()})"

    @property
    def is_published(self) -> bool:
        """Whether nothing in it may change any more."""
        return self.status == self.Status.PUBLISHED


class VersionProcedure(models.Model):
    """Which procedures (classifications) a version names; the first one is the usual one."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="procedure_links")
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, related_name="version_links", verbose_name=_("prosedur (SOP)")
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=1)

    class Meta:
        verbose_name = _("prosedur yang dipakai")
        verbose_name_plural = _("prosedur yang dipakai")
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "procedure"], name="standards_procedure_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.procedure)


class StandardComponent(models.Model):
    """One of the 14 components with the office's own numbering, heading and words.

    ``body`` is an outline: one item a line, nested by two spaces, each with its printed marker.
    """

    class Key(models.TextChoices):
        REQUIREMENTS = components.Key.REQUIREMENTS, _("Persyaratan")
        PROCEDURE = components.Key.PROCEDURE, _("Sistem, mekanisme, dan prosedur")
        TERM = components.Key.TERM, _("Jangka waktu penyelesaian")
        FEE = components.Key.FEE, _("Biaya/tarif")
        PRODUCT = components.Key.PRODUCT, _("Produk pelayanan")
        COMPLAINTS = components.Key.COMPLAINTS, _("Penanganan pengaduan, saran, dan masukan")
        LEGAL_BASIS = components.Key.LEGAL_BASIS, _("Dasar hukum")
        FACILITIES = components.Key.FACILITIES, _("Sarana, prasarana, dan/atau fasilitas")
        COMPETENCE = components.Key.COMPETENCE, _("Kompetensi pelaksana")
        SUPERVISION = components.Key.SUPERVISION, _("Pengawasan internal")
        STAFFING = components.Key.STAFFING, _("Jumlah pelaksana")
        GUARANTEE = components.Key.GUARANTEE, _("Jaminan pelayanan")
        SAFETY = components.Key.SAFETY, _("Jaminan keamanan dan keselamatan pelayanan")
        EVALUATION = components.Key.EVALUATION, _("Evaluasi kinerja pelaksana")

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="components")
    key = models.CharField(_("komponen"), max_length=20, choices=Key.choices)
    order = models.PositiveSmallIntegerField(_("urutan"))
    printed_number = models.CharField(_("nomor tercetak"), max_length=10)
    title = models.CharField(_("judul tercetak"), max_length=250)
    body = models.TextField(
        _("uraian"), blank=True,
        help_text=_(
            "Satu butir satu baris; butir bawahan menjorok dua spasi; nomor ditulis apa adanya."
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = _("komponen standar pelayanan")
        verbose_name_plural = _("komponen standar pelayanan")
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="standards_component_once"),
        ]

    def __str__(self) -> str:
        return f"{self.printed_number} {self.title}"


class Question(models.Model):
    """A yes/no question to the applicant on which requirements depend."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("urutan"))
    key = models.SlugField(_("kode"), max_length=40)
    text = models.CharField(_("pertanyaan"), max_length=300)
    help_text = models.CharField(_("penjelasan"), max_length=300, blank=True)
    asked_if = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="follow_ups",
        verbose_name=_("hanya ditanyakan bila jawaban ini ya"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("pertanyaan penentu")
        verbose_name_plural = _("pertanyaan penentu")
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="standards_question_key")
        ]

    def __str__(self) -> str:
        return self.text


class FormField(models.Model):
    """One field of the application form beyond the holder's identity."""

    class Kind(models.TextChoices):
        TEXT = "teks", _("Teks satu baris")
        LONG_TEXT = "teks_panjang", _("Teks panjang")
        NUMBER = "angka", _("Angka")
        DATE = "tanggal", _("Tanggal")
        CHOICE = "pilihan", _("Pilihan")

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="form_fields")
    order = models.PositiveSmallIntegerField(_("urutan"))
    key = models.SlugField(_("kode"), max_length=40)
    label = models.CharField(_("label"), max_length=150)
    kind = models.CharField(_("jenis"), max_length=15, choices=Kind.choices, default=Kind.TEXT)
    required = models.BooleanField(_("wajib"), default=True)
    help_text = models.CharField(_("petunjuk"), max_length=250, blank=True)
    choices_text = models.TextField(_("pilihan (satu per baris)"), blank=True)
    on_certificate = models.BooleanField(_("tercetak pada dokumen izin"), default=False)

    class Meta:
        verbose_name = _("isian formulir")
        verbose_name_plural = _("isian formulir")
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="standards_field_key")
        ]

    def __str__(self) -> str:
        return self.label


class RequirementGroup(models.Model):
    """A heading over requirements (umum, khusus) with its lead sentence and condition."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="requirement_groups")
    order = models.PositiveSmallIntegerField(_("urutan"))
    printed_number = models.CharField(_("nomor tercetak"), max_length=10, blank=True)
    title = models.CharField(_("judul"), max_length=200, blank=True)
    lead = models.TextField(_("kalimat pengantar"), blank=True)
    question = models.ForeignKey(
        Question, models.RESTRICT, null=True, blank=True, related_name="groups",
        verbose_name=_("bergantung pada pertanyaan"),
    )  # fmt: skip
    applies_when = models.BooleanField(_("berlaku bila jawabannya ya"), default=True)

    class Meta:
        verbose_name = _("kelompok persyaratan")
        verbose_name_plural = _("kelompok persyaratan")
        ordering = ("version", "order")

    def __str__(self) -> str:
        return f"{self.printed_number} {self.title}".strip() or "Persyaratan"


class Requirement(models.Model):
    """One requirement as printed, and what the applicant does about it."""

    class Kind(models.TextChoices):
        UPLOAD = Need.UPLOAD, _("Berkas diunggah")
        DECLARE = Need.DECLARE, _("Cukup dinyatakan")
        FORM = Need.FORM, _("Diisi pada formulir portal")
        CONTENT = Need.CONTENT, _("Isi yang harus dimuat berkas induknya")
        AT_LEAST_ONE = Need.AT_LEAST_ONE, _("Sekurangnya salah satu butir bawahannya")
        NOTE = Need.NOTE, _("Keterangan saja")

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="requirements")
    group = models.ForeignKey(
        RequirementGroup, models.RESTRICT, related_name="requirements", verbose_name=_("kelompok")
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children",
        verbose_name=_("butir induk"),
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(_("urutan"))
    printed_number = models.CharField(_("nomor tercetak"), max_length=10, blank=True)
    text = models.TextField(_("bunyi"))
    kind = models.CharField(_("pemenuhan"), max_length=20, choices=Kind.choices)
    question = models.ForeignKey(
        Question, models.RESTRICT, null=True, blank=True, related_name="requirements",
        verbose_name=_("bergantung pada pertanyaan"),
    )  # fmt: skip
    applies_when = models.BooleanField(_("berlaku bila jawabannya ya"), default=True)
    mandatory = models.BooleanField(_("wajib"), default=True)
    help_text = models.CharField(_("petunjuk unggah"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("persyaratan")
        verbose_name_plural = _("persyaratan")
        ordering = ("version", "group__order", "order", "pk")

    def __str__(self) -> str:
        return f"{self.printed_number} {self.text[:80]}".strip()


class LegalBasis(models.Model):
    """One cited ground, as printed, joined to the regulation it means where that is known."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="legal_bases")
    order = models.PositiveSmallIntegerField(_("urutan"))
    printed_number = models.CharField(_("nomor tercetak"), max_length=10)
    text = models.TextField(_("bunyi"))
    regulation = models.ForeignKey(
        Regulation, models.PROTECT, null=True, blank=True, related_name="citations",
        verbose_name=_("peraturan"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("dasar hukum")
        verbose_name_plural = _("dasar hukum")
        ordering = ("version", "order")

    def __str__(self) -> str:
        return self.text[:100]


class Fee(models.Model):
    """One tariff in whole rupiah; a free service has one row of zero."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="fees")
    order = models.PositiveSmallIntegerField(_("urutan"), default=1)
    label = models.CharField(_("untuk"), max_length=200)
    amount = models.PositiveBigIntegerField(_("jumlah (rupiah)"), default=0)

    class Meta:
        verbose_name = _("tarif")
        verbose_name_plural = _("tarif")
        ordering = ("version", "order")

    def __str__(self) -> str:
        return f"{self.label}: Rp {self.amount}"


class Evaluation(Deadline):
    """The yearly evaluation of a service's standard (PermenPAN-RB 15/2014): due, or done."""

    service = models.ForeignKey(
        Service, models.PROTECT, related_name="evaluations", verbose_name=_("jenis pelayanan")
    )
    result = models.TextField(_("hasil evaluasi"), blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False,
        related_name="+", verbose_name=_("dicatat oleh"),
    )  # fmt: skip

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluasi standar")
        verbose_name_plural = _("evaluasi standar")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service"], condition=Q(met_at=None), name="standards_one_evaluation_due"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_mark_at"],
                condition=Q(met_at=None, next_mark_at__isnull=False),
                name="standards_evaluations_marked",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.due_on or ''}".strip()

    @property
    def term_name(self) -> str:
        return "standards.evaluasi"

    @classmethod
    def term_names(cls) -> Value:
        return Value("standards.evaluasi")
