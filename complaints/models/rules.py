"""Settings of an office for complaints: roles, rules and terms."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, Position
from complaints.domain import ladder, terms
from complaints.models.choices import Approver, Category, Weight


class Role(models.TextChoices):
    """Roles of a position in the handling of complaints; the head needs no row."""

    OFFICER = "petugas_pengaduan", _("Petugas/pengelola pengaduan")
    SECTION_HEAD = "kepala_bidang", _("Kepala bidang")
    SECRETARY = "sekretaris", _("Sekretaris (memeriksa laporan bulanan)")


class ComplaintRole(models.Model):
    """The role of one position at an office."""

    office = models.ForeignKey(
        Office, models.CASCADE, related_name="complaint_roles", verbose_name=_("unit penyelenggara")
    )
    role = models.CharField(_("peran"), max_length=20, choices=Role.choices)
    position = models.ForeignKey(
        Position, models.CASCADE, related_name="complaint_roles", verbose_name=_("jabatan")
    )

    class Meta:
        verbose_name = _("peran dalam penanganan pengaduan")
        verbose_name_plural = _("peran dalam penanganan pengaduan")
        ordering = ("office", "role", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "position"], name="complaints_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.position}"


class ComplaintRules(models.Model):
    """The rules of an office for complaints; without a row the defaults apply."""

    class Ladder(models.TextChoices):
        CATEGORY = ladder.Ladder.CATEGORY, _("Menurut kategori (internal, perangkat daerah, APIP)")
        WEIGHT = ladder.Ladder.WEIGHT, _("Menurut bobot (ringan, sedang, berat)")

    office = models.OneToOneField(
        Office, models.CASCADE, related_name="complaint_rules", verbose_name=_("unit penyelenggara")
    )
    ladder = models.CharField(
        _("jenjang persetujuan jawaban"),
        max_length=10,
        choices=Ladder.choices,
        default=Ladder.CATEGORY,
    )
    limit_days = models.PositiveSmallIntegerField(
        _("batas menyampaikan (hari kalender)"),
        default=terms.LIMIT_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_(
            "Sejak pelayanan diterima. Yang lebih lambat boleh diperlakukan sebagai saran, dengan "
            "keputusan petugas."
        ),
    )
    limit_source = models.CharField(
        _("dasar batas menyampaikan"), max_length=200, default=terms.LIMIT_SOURCE
    )
    ground_source = models.CharField(
        _("dasar identitas dan materi"),
        max_length=200,
        default=terms.GROUND_SOURCE,
        blank=True,
        help_text=_(
            "Tanpa identitas atau materi, laporan diperlakukan sebagai saran. Kosongkan bila "
            "standar pelayanan kantor tidak mengaturnya."
        ),
    )
    reopen_days = models.PositiveSmallIntegerField(
        _("batas membuka kembali (hari kalender)"),
        default=terms.REOPEN_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Sejak jawaban disampaikan."),
    )

    class Meta:
        verbose_name = _("aturan pengaduan")
        verbose_name_plural = _("aturan pengaduan")

    def __str__(self) -> str:
        return str(self.office)


_OF = [
    ("", _("Semua")),
    (_("Bobot"), Weight.choices),
    (_("Kategori"), Category.choices),
    (_("Jenjang"), Approver.choices),
]


class ComplaintTerm(models.Model):
    """The length of one kind of term at an office, for all or for one class or level."""

    class Kind(models.TextChoices):
        ANSWER = terms.ComplaintTermKind.ANSWER, _("Menjawab pengaduan")
        COMPLETENESS = terms.ComplaintTermKind.COMPLETENESS, _("Menyatakan lengkap atau belum")
        COMPLETION = terms.ComplaintTermKind.COMPLETION, _("Pengadu melengkapi (hari kalender)")
        CATEGORY = terms.ComplaintTermKind.CATEGORY, _("Menentukan kategori atau bobot")
        PLAN = terms.ComplaintTermKind.PLAN, _("Menyusun rencana penanganan")
        DRAFT = terms.ComplaintTermKind.DRAFT, _("Menyusun konsep jawaban")
        LEVEL = terms.ComplaintTermKind.LEVEL, _("Persetujuan satu jenjang")
        SUGGESTION = terms.ComplaintTermKind.SUGGESTION, _("Menjawab saran")

    office = models.ForeignKey(
        Office, models.CASCADE, related_name="complaint_terms", verbose_name=_("unit penyelenggara")
    )
    kind = models.CharField(_("jangka waktu"), max_length=15, choices=Kind.choices)
    of = models.CharField(_("untuk"), max_length=40, choices=_OF, blank=True)
    amount = models.PositiveSmallIntegerField(
        _("lama (hari kerja)"), validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    source = models.CharField(_("dasar"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("jangka waktu pengaduan")
        verbose_name_plural = _("jangka waktu pengaduan")
        ordering = ("office", "kind", "of")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "kind", "of"], name="complaints_term_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.of}".strip()
