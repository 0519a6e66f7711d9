"""What an office promises in public, and what it discussed with the public."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from documents.scans import ScannedUpload, scan_index
from standards.models.services import Service
from standards.models.versions import StandardVersion
from standards.querysets import PledgeQuerySet


class OfficeDocument(ScannedUpload):
    """A paper that an administrator uploaded as evidence: minutes, a signed copy. Never public."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    file = models.FileField(max_length=200)
    original_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("dokumen bukti")
        verbose_name_plural = _("dokumen bukti")
        ordering = ("pk",)
        indexes: ClassVar = [scan_index("standards_documents_to_scan")]

    def __str__(self) -> str:
        return self.original_name


class ServicePledge(models.Model):
    """One version of the maklumat pelayanan of an office (UU 25/2009 art. 22).

    What it says, who signed it and since when it holds is closed once it is set; where it hangs,
    when it was looked at again and its signed copy are kept up to date.
    """

    class Status(models.TextChoices):
        DRAFT = "konsep", _("Konsep")
        PUBLISHED = "ditetapkan", _("Ditetapkan dan diumumkan")

    office = models.ForeignKey(
        Office,
        models.PROTECT,
        limit_choices_to={"partner_of": None},
        related_name="pledges",
        verbose_name=_("unit penyelenggara"),
    )
    number = models.PositiveSmallIntegerField(_("versi"), default=1, editable=False)
    status = models.CharField(
        _("keadaan"), max_length=12, choices=Status.choices, default=Status.DRAFT
    )
    text = models.TextField(
        _("isi maklumat"),
        help_text=_("Kata-kata pernyataan kesanggupan seperti pada maklumat yang ditandatangani."),
    )
    decree = models.CharField(_("ditetapkan dengan"), max_length=300, blank=True)
    signed_on = models.DateField(_("tanggal ditandatangani"), null=True, blank=True)
    signed_by = models.CharField(_("ditandatangani oleh"), max_length=150, blank=True)
    signed_by_position = models.CharField(_("jabatan penanda tangan"), max_length=200, blank=True)
    signed_by_number = models.CharField(_("NIP penanda tangan"), max_length=25, blank=True)
    effective_on = models.DateField(_("berlaku mulai"), null=True, blank=True)
    places = models.TextField(
        _("tempat diumumkan"),
        blank=True,
        help_text=_("Satu tempat atau media setiap baris, misalnya loket, situs, media sosial."),
    )
    reviewed_on = models.DateField(_("ditinjau kembali pada"), null=True, blank=True)
    document = models.ForeignKey(
        OfficeDocument,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("naskah bertanda tangan"),
    )

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("maklumat pelayanan")
        verbose_name_plural = _("maklumat pelayanan")
        ordering = ("office", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "number"], name="standards_pledge_number"),
            models.UniqueConstraint(
                fields=["office", "effective_on"],
                condition=Q(status="ditetapkan"),
                name="standards_one_pledge_a_day",
                violation_error_message=_(
                    "Maklumat lain unit ini sudah ditetapkan berlaku mulai tanggal itu."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="ditetapkan")
                | (Q(effective_on__isnull=False, signed_on__isnull=False) & ~Q(signed_by="")),
                name="standards_pledge_is_whole",
                violation_error_message=_(
                    "Maklumat yang ditetapkan memerlukan tanggal tanda tangan, penanda tangan, dan "
                    "tanggal mulai berlaku."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} - versi {self.number}"

    @property
    def is_published(self) -> bool:
        """Whether its words are closed."""
        return self.status == self.Status.PUBLISHED

    @property
    def place_list(self) -> list[str]:
        """Where it is made known, each place once."""
        return list(dict.fromkeys(filter(None, map(str.strip, self.places.splitlines()))))


class PublicConsultation(models.Model):
    """A Forum Konsultasi Publik: when, with whom, and what came of it (UU 25/2009 art. 20).

    It was about versions of standards, about the follow-up plan of a survey (which names it), or
    about both.
    """

    office = models.ForeignKey(
        Office,
        models.PROTECT,
        limit_choices_to={"partner_of": None},
        related_name="consultations",
        verbose_name=_("unit penyelenggara"),
    )
    held_on = models.DateField(_("tanggal"))
    place = models.CharField(_("tempat"), max_length=200, blank=True)
    topic = models.CharField(_("pokok bahasan"), max_length=300)
    groups = models.TextField(
        _("kelompok yang diundang"),
        help_text=_("Satu kelompok setiap baris, misalnya pelaku usaha, akademisi, media."),
    )
    attendance = models.PositiveIntegerField(
        _("jumlah yang hadir"), validators=[MinValueValidator(1)]
    )
    outcome = models.TextField(_("hasil"), help_text=_("Apa yang disepakati, dengan kata biasa."))
    versions = models.ManyToManyField(
        StandardVersion,
        blank=True,
        related_name="consultations",
        verbose_name=_("versi standar yang dibahas"),
        help_text=_("Kosong jika yang dibahas hanya rencana tindak lanjut survei."),
    )
    minutes = models.ForeignKey(
        OfficeDocument,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("berita acara"),
    )

    class Meta:
        verbose_name = _("konsultasi publik")
        verbose_name_plural = _("konsultasi publik")
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return f"{self.topic} ({self.held_on})"

    @property
    def group_list(self) -> list[str]:
        """The groups that were invited, each once."""
        return list(dict.fromkeys(filter(None, map(str.strip, self.groups.splitlines()))))


class Publication(models.Model):
    """Where the standard of a service is made known, besides the pages of this portal."""

    class Channel(models.TextChoices):
        COUNTER = "loket", _("Loket atau papan pengumuman")
        SITE = "situs", _("Situs web lain")
        SIPPN = "sippn", _("SIPPN")
        QR = "qr", _("Kode QR")
        SOCIAL = "medsos", _("Media sosial")
        PRINT = "cetak", _("Brosur, banner, atau media cetak")

    service = models.ForeignKey(
        Service,
        models.CASCADE,
        related_name="publications",
        verbose_name=_("jenis pelayanan"),
    )
    channel = models.CharField(_("media"), max_length=10, choices=Channel.choices)
    place = models.CharField(
        _("alamat atau tempat"),
        max_length=300,
        blank=True,
        help_text=_("Alamat halaman, nama akun, atau tempat dipasang."),
    )
    seen_on = models.DateField(_("terakhir dilihat pada"))

    class Meta:
        verbose_name = _("media publikasi standar")
        verbose_name_plural = _("media publikasi standar")
        ordering = ("service", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "channel"], name="standards_publication_once"
            )
        ]

    def __str__(self) -> str:
        return self.get_channel_display()


class OfficeProof(models.Model):
    """A paper or a photo of an office that the yearly evaluation asks for (PEKPPP)."""

    class Kind(models.TextChoices):
        HOURS = "jam", _("Keputusan tentang jam pelayanan")
        COUNTER = "loket", _("Foto tempat konsultasi dan pengaduan tatap muka")
        CHANNELS = "saluran", _("Foto sarana saluran konsultasi dan pengaduan bagi semua")
        SYSTEM = "sistem", _("Catatan bahwa sistem informasi berfungsi")
        QUALITY = "mutu", _("Hasil pemeriksaan mutu informasi")

    office = models.ForeignKey(
        Office,
        models.PROTECT,
        limit_choices_to={"partner_of": None},
        related_name="proofs",
        verbose_name=_("unit penyelenggara"),
    )
    kind = models.CharField(_("jenis bukti"), max_length=10, choices=Kind.choices)
    title = models.CharField(
        _("keterangan"),
        max_length=300,
        help_text=_("Nomor dan judul keputusan, atau apa yang terlihat pada foto."),
    )
    dated_on = models.DateField(_("tanggal"))
    document = models.ForeignKey(
        OfficeDocument,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("dokumen"),
    )

    class Meta:
        verbose_name = _("bukti penilaian")
        verbose_name_plural = _("bukti penilaian")
        ordering = ("office", "kind", "-dated_on", "-pk")

    def __str__(self) -> str:
        return self.title
