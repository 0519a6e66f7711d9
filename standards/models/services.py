"""Kinds of services, what they cite, and their yearly evaluation."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from standards.domain.built_in import ApplicationKind
from standards.domain.closing import is_closed
from standards.domain.regulations import RegulationKind, RegulationStatus, read_title
from standards.models.choices import Risk
from standards.querysets import RegulationQuerySet, ServiceQuerySet
from workflow.models import Deadline, DeadlineQuerySet, marked_index

_CODE = RegexValidator(r"^\d{5}$", _("Kode KBLI terdiri atas lima angka."))


class Kbli(models.Model):
    """One business line of one edition of the list; a code without its edition is ambiguous."""

    code = models.CharField(_("kode"), max_length=5, validators=[_CODE])
    edition = models.PositiveSmallIntegerField(_("edisi"), default=2020)
    title = models.CharField(_("judul"), max_length=250)
    # from a table with every line of its division: an answer that is none of them can be refused
    listed = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = "KBLI"
        verbose_name_plural = "KBLI"
        ordering = ("code", "edition")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "edition"], name="standards_kbli_edition")
        ]

    def __str__(self) -> str:
        return f"KBLI {self.code} {self.title}"


class KbliSuccessor(models.Model):
    """One pair of the mapping between two editions: codes split and merge, many to many."""

    earlier = models.ForeignKey(
        Kbli, models.PROTECT, related_name="successor_links", verbose_name=_("KBLI lama")
    )
    later = models.ForeignKey(
        Kbli, models.PROTECT, related_name="predecessor_links", verbose_name=_("KBLI baru")
    )

    class Meta:
        verbose_name = _("padanan KBLI")
        verbose_name_plural = _("padanan KBLI")
        ordering = ("earlier", "later")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["earlier", "later"], name="standards_kbli_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} ({self.earlier.edition}) - {self.later} ({self.later.edition})"

    def clean(self) -> None:
        """Refuse a pair within one edition, or one that goes back."""
        if self.earlier_id and self.later_id and self.earlier.edition >= self.later.edition:
            raise ValidationError({"later": _("Edisi KBLI baru harus lebih muda dari KBLI lama.")})


class Regulation(models.Model):
    """A law that standards of all offices cite, whether it holds, and what came in its place."""

    class Kind(models.TextChoices):
        LAW = RegulationKind.LAW, _("Undang-Undang")
        EMERGENCY_LAW = (
            RegulationKind.EMERGENCY_LAW,
            _("Peraturan Pemerintah Pengganti Undang-Undang"),
        )
        GOVERNMENT = RegulationKind.GOVERNMENT, _("Peraturan Pemerintah")
        PRESIDENT = RegulationKind.PRESIDENT, _("Peraturan Presiden")
        MINISTER = RegulationKind.MINISTER, _("Peraturan Menteri")
        AGENCY = RegulationKind.AGENCY, _("Peraturan Badan atau Lembaga")
        REGION = RegulationKind.REGION, _("Peraturan Daerah")
        REGION_HEAD = RegulationKind.REGION_HEAD, _("Peraturan Kepala Daerah")
        DECISION = RegulationKind.DECISION, _("Keputusan")
        OTHER = RegulationKind.OTHER, _("Lainnya")

    class Status(models.TextChoices):
        IN_FORCE = RegulationStatus.IN_FORCE, _("Berlaku")
        AMENDED = RegulationStatus.AMENDED, _("Diubah")
        REVOKED = RegulationStatus.REVOKED, _("Dicabut")

    title = models.CharField(_("judul"), max_length=400, unique=True)
    code = models.CharField(
        _("singkatan"),
        max_length=60,
        unique=True,
        null=True,
        blank=True,
        help_text=_("Contoh: UU 25/2009. Dengan ini berkas standar menyebut peraturan."),
    )
    kind = models.CharField(
        _("jenis"),
        max_length=10,
        choices=Kind.choices,
        blank=True,
        help_text=_("Jenis, nomor, dan tahun yang kosong diisi dari judul."),
    )
    number = models.CharField(_("nomor"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(_("tahun"), null=True, blank=True)
    status = models.CharField(
        _("keadaan"), max_length=10, choices=Status.choices, default=Status.IN_FORCE
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("diganti atau diubah dengan"),
    )
    since = models.DateField(_("dicabut atau diubah sejak"), null=True, blank=True)

    objects = RegulationQuerySet.as_manager()

    class Meta:
        verbose_name = _("peraturan")
        verbose_name_plural = _("peraturan")
        ordering = ("title",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status=RegulationStatus.IN_FORCE.value)
                | Q(successor=None, since=None),
                name="standards_law_in_force_stands",
                violation_error_message=_(
                    "Peraturan yang berlaku tidak mempunyai pengganti maupun tanggal pencabutan."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stands(self) -> bool:
        """Whether it holds as it was cited."""
        return self.status == self.Status.IN_FORCE

    def clean(self) -> None:
        """Fill what the title says; refuse a law that comes, by way of others, after itself."""
        said = read_title(self.title)
        self.kind = self.kind or said.kind
        self.number = self.number or said.number
        self.year = self.year or said.year
        later, seen = self.successor, set()
        while later is not None and later.pk not in seen:
            if later.pk == self.pk:
                raise ValidationError(
                    {"successor": _("Peraturan ini akan menjadi pengganti dirinya sendiri.")}
                )
            seen.add(later.pk)
            later = later.successor


class Service(models.Model):
    """A kind of service (jenis pelayanan) of one office."""

    office = models.ForeignKey(
        Office,
        models.PROTECT,
        limit_choices_to={"partner_of": None},
        related_name="services",
        verbose_name=_("unit penyelenggara"),
    )
    slug = models.SlugField(_("kode alamat"), max_length=80)
    name = models.CharField(_("nama layanan"), max_length=250)
    summary = models.CharField(
        _("ringkasan"),
        max_length=300,
        blank=True,
        help_text=_("Satu kalimat biasa: untuk siapa dan untuk apa layanan ini."),
    )
    keywords = models.CharField(_("kata kunci pencarian"), max_length=300, blank=True)
    kbli = models.ForeignKey(
        Kbli, models.PROTECT, null=True, blank=True, related_name="services", verbose_name="KBLI"
    )
    risk = models.CharField(_("tingkat risiko"), max_length=20, choices=Risk.choices, blank=True)

    sector = models.CharField(
        _("sektor"),
        max_length=80,
        blank=True,
        db_index=True,
        help_text=_("Satu kata untuk semua kantor, misalnya Ketenagakerjaan atau Kesehatan."),
    )

    closed_from = models.DateField(
        _("tidak menerima permohonan baru sejak"),
        null=True,
        blank=True,
        help_text=_("Hari pertama ditutup. Permohonan yang sudah dikirim berjalan terus."),
    )
    closed_note = models.CharField(
        _("penjelasan penutupan"),
        max_length=300,
        blank=True,
        help_text=_("Satu kalimat untuk masyarakat: mengapa ditutup, dan ke mana sekarang."),
    )

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

    def is_closed(self, day: date) -> bool:
        """Whether nobody may begin or send an application on ``day``, a day of the office."""
        return is_closed(self.closed_from, day)


class ClosedKind(models.Model):
    """A kind of application that a service does not take from a day on; others go on.

    What the service accepts is part of its standard; this closes a kind at once, without a version.
    """

    class Kind(models.TextChoices):
        NEW = ApplicationKind.NEW, _("Permohonan baru")
        EXTENSION = ApplicationKind.EXTENSION, _("Perpanjangan")
        CHANGE = ApplicationKind.CHANGE, _("Perubahan")
        CLOSURE = ApplicationKind.CLOSURE, _("Penutupan")

    service = models.ForeignKey(
        Service,
        models.CASCADE,
        related_name="closed_kinds",
        verbose_name=_("jenis pelayanan"),
    )
    kind = models.CharField(_("jenis permohonan"), max_length=20, choices=Kind.choices)
    closed_from = models.DateField(
        _("tidak diterima sejak"),
        help_text=_("Hari pertama ditutup. Permohonan yang sudah dikirim berjalan terus."),
    )
    note = models.CharField(
        _("penjelasan penutupan"),
        max_length=300,
        blank=True,
        help_text=_("Satu kalimat untuk masyarakat: mengapa ditutup, dan ke mana sekarang."),
    )

    class Meta:
        verbose_name = _("jenis permohonan yang ditutup")
        verbose_name_plural = _("jenis permohonan yang ditutup")
        ordering = ("service", "closed_from", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "kind"], name="standards_closed_kind_once")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def is_closed(self, day: date) -> bool:
        """Whether nobody may send such an application on ``day``, a day of the office."""
        return is_closed(self.closed_from, day)


class Evaluation(Deadline):
    """The yearly evaluation of a service's standard (PermenPAN-RB 15/2014): due, or done."""

    class Decision(models.TextChoices):
        KEEP = "tetap", _("Standar tetap dipakai")
        CHANGE = "ubah", _("Standar diubah")
        CLOSE = "tutup", _("Layanan ditutup")

    service = models.ForeignKey(
        Service, models.PROTECT, related_name="evaluations", verbose_name=_("jenis pelayanan")
    )
    evaluated_on = models.DateField(_("tanggal evaluasi"), null=True, blank=True)
    evaluators = models.CharField(
        _("dievaluasi oleh"),
        max_length=300,
        blank=True,
        help_text=_("Nama atau jabatan mereka yang menilai."),
    )
    result = models.TextField(_("hasil evaluasi"), blank=True)
    decision = models.CharField(_("keputusan"), max_length=10, choices=Decision.choices, blank=True)
    document = models.ForeignKey(
        "standards.OfficeDocument",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("dokumen evaluasi"),
    )
    findings = models.TextField(_("temuan pemeriksaan saat dievaluasi"), blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("dicatat oleh"),
    )

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluasi standar")
        verbose_name_plural = _("evaluasi standar")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service"], condition=Q(met_at=None), name="standards_one_evaluation_due"
            )
        ]
        indexes: ClassVar = [marked_index("standards_evaluations_marked")]

    def __str__(self) -> str:
        return f"{self.service} {self.due_on or ''}".strip()

    @property
    def term_name(self) -> str:
        return "standards.evaluasi"

    @classmethod
    def term_names(cls) -> Value:
        return Value("standards.evaluasi")
