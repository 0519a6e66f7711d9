"""Versions of standards and what is printed in them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standards.domain import components
from standards.domain.steps import is_range
from standards.models.choices import TermUnit
from standards.models.procedures import Procedure
from standards.models.services import Regulation, Service
from standards.querysets import VersionQuerySet

TERM_NOT_RANGE = _("Jangka waktu paling cepat harus kurang dari yang paling lama.")


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

    term_minimum = models.PositiveSmallIntegerField(
        _("jangka waktu, paling cepat"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Hanya bila standar menjanjikan rentang: 3 pada “3-5 hari”. Kosong berarti satu nilai."
        ),
    )
    term_amount = models.PositiveSmallIntegerField(
        _("jangka waktu, paling lama"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Tanggal janji dihitung dari angka ini: 5 pada “3-5 hari”."),
    )
    term_unit = models.CharField(
        _("satuan"), max_length=15, choices=TermUnit.choices, default=TermUnit.WORKDAY
    )
    target_amount = models.PositiveSmallIntegerField(
        _("target internal"),
        null=True,
        blank=True,
        help_text=_("Lebih pendek dari jangka waktu menurut standar; kosong jika tidak ada."),
    )
    product = models.CharField(_("produk layanan"), max_length=250, blank=True)
    certificate_title = models.CharField(_("judul dokumen izin"), max_length=250, blank=True)
    certificate_statement = models.TextField(
        _("isi dokumen izin"),
        blank=True,
        help_text=_(
            "Kalimat penetapan yang tercetak di bawah data pemegang. Kata dalam kurung kurawal "
            "diganti isinya: {nomor_permohonan}, {tanggal_permohonan}, {layanan}, {pemegang}, "
            "{penanggung_jawab}, {alamat}, {nib}, {tagihan}, {hasil_peninjauan}, dan kode isian, "
            "misalnya {luas}."
        ),
    )
    certificate_on_behalf_of = models.CharField(
        _("a.n."),
        max_length=150,
        blank=True,
        help_text=_(
            "Jabatan yang diwakili penanda tangan izin, misalnya Wali Kota. Kosong bila ia "
            "menandatangani atas nama jabatannya sendiri."
        ),
    )
    number_pattern = models.CharField(
        _("pola nomor dokumen"),
        max_length=120,
        blank=True,
        help_text=_("Contoh: 503/{nomor:04}/BKK/DPMPTSP/{bulan_romawi}/{tahun}"),
    )
    validity_months = models.PositiveSmallIntegerField(
        _("masa berlaku (bulan)"),
        null=True,
        blank=True,
        help_text=_("Kosong: berlaku selama tidak ada perubahan atau pencabutan."),
    )
    refusal_title = models.CharField(
        _("judul surat penolakan"),
        max_length=250,
        blank=True,
        help_text=_("Kosong: Surat penolakan permohonan."),
    )
    refusal_statement = models.TextField(
        _("isi surat penolakan"),
        blank=True,
        help_text=_(
            "Kalimat sebelum alasan, dasar, dan hak pemohon, yang selalu tercetak. Kata dalam "
            "kurung kurawal seperti pada isi dokumen izin. Kosong: kalimat dari portal."
        ),
    )
    refusal_on_behalf_of = models.CharField(
        _("a.n. pada surat penolakan"),
        max_length=150,
        blank=True,
        help_text=_("Jabatan yang diwakili penanda tangan penolakan, misalnya Wali Kota."),
    )
    refusal_number_pattern = models.CharField(
        _("pola nomor surat penolakan"),
        max_length=120,
        blank=True,
        help_text=_("Kosong: nomor dari buku surat keluar kantor."),
    )
    digest = models.CharField(_("sidik"), max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(_("diterbitkan"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="corrected_by",
        verbose_name=_("koreksi atas"),
    )

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
                condition=Q(status="ditetapkan", corrects=None),
                name="standards_one_version_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="ditetapkan")
                | (Q(effective_on__isnull=False, term_amount__isnull=False) & ~Q(digest="")),
                name="standards_published_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(term_minimum=None)
                | Q(term_amount__isnull=False, term_minimum__lt=F("term_amount")),
                name="standards_term_is_range",
                violation_error_message=TERM_NOT_RANGE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} - versi {self.number} ({self.get_status_display()})"

    def clean(self) -> None:
        """Say at its field what is wrong with a promised range."""
        if self.term_minimum is None:
            return
        if self.term_amount is None:
            raise ValidationError({"term_amount": _("Tulis juga jangka waktu paling lamanya.")})
        if not is_range(self.term_minimum, self.term_amount):
            raise ValidationError({"term_minimum": TERM_NOT_RANGE})

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
        _("uraian"),
        blank=True,
        help_text=_(
            "Satu butir satu baris; butir bawahan menjorok dua spasi; nomor ditulis apa adanya."
        ),
    )

    class Meta:
        verbose_name = _("komponen standar pelayanan")
        verbose_name_plural = _("komponen standar pelayanan")
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="standards_component_once"),
        ]

    def __str__(self) -> str:
        return f"{self.printed_number} {self.title}"


class LegalBasis(models.Model):
    """One cited ground, as printed, joined to the regulation it means where that is known."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="legal_bases")
    order = models.PositiveSmallIntegerField(_("urutan"))
    printed_number = models.CharField(_("nomor tercetak"), max_length=10)
    text = models.TextField(_("bunyi"))
    regulation = models.ForeignKey(
        Regulation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        verbose_name=_("peraturan"),
    )

    class Meta:
        verbose_name = _("dasar hukum")
        verbose_name_plural = _("dasar hukum")
        ordering = ("version", "order")

    def __str__(self) -> str:
        return self.text[:100]
