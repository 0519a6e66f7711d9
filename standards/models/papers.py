"""The papers that a version makes beside the permit."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from standards.domain.papers import PaperKind
from standards.models.conditions import ConditionField
from standards.models.versions import StandardVersion


class Paper(models.Model):
    """A letter, an assessment or minutes: written at one step, signed at the desk of another.

    Steps are named by their printed numbers, because one version may be served by several
    procedures; who signs is the position of that step. Between them it may be initialed.
    ``standards.domain.papers.acts`` reads the three columns.
    """

    class Kind(models.TextChoices):
        LETTER = PaperKind.LETTER, _("Surat")
        ASSESSMENT = PaperKind.ASSESSMENT, _("Surat ketetapan (SKRD)")
        MINUTES = PaperKind.MINUTES, _("Berita acara")

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="papers")
    order = models.PositiveSmallIntegerField(_("urutan"), default=1)
    key = models.SlugField(_("kode"), max_length=40)
    kind = models.CharField(_("jenis"), max_length=15, choices=Kind.choices, default=Kind.LETTER)
    title = models.CharField(_("judul"), max_length=250)
    addressee = models.TextField(
        _("tujuan"),
        blank=True,
        help_text=_("Kepada siapa, satu baris satu bagian alamat. Kosong bila tidak dialamatkan."),
    )
    body = models.TextField(
        _("isi"),
        help_text=_(
            "Kata dalam kurung kurawal diganti isinya: {nomor_permohonan}, {tanggal_permohonan}, "
            "{layanan}, {pemegang}, {penanggung_jawab}, {alamat}, {nib}, {tagihan}, "
            "{hasil_peninjauan}, dan kode isian, misalnya {luas}."
        ),
    )
    number_pattern = models.CharField(
        _("pola nomor"),
        max_length=120,
        blank=True,
        help_text=_("Kosong: nomor dari buku surat keluar kantor."),
    )
    on_behalf_of = models.CharField(
        _("a.n."),
        max_length=150,
        blank=True,
        help_text=_("Jabatan yang diwakili penanda tangan, misalnya Kepala Dinas."),
    )
    written_at = models.CharField(
        _("disusun pada langkah SOP nomor"),
        max_length=10,
        blank=True,
        help_text=_("Nomor tercetak langkah pekerjaan biasa sesudah pemeriksaan kelengkapan."),
    )
    initialed_at = models.TextField(
        _("diparaf pada langkah SOP nomor"),
        blank=True,
        help_text=_(
            "Satu nomor satu baris: langkah pekerjaan biasa antara penyusunan dan "
            "penandatanganan. Kosong bila tidak diparaf."
        ),
    )
    signed_at = models.CharField(
        _("ditandatangani pada langkah SOP nomor"),
        max_length=10,
        blank=True,
        help_text=_("Penanda tangannya adalah pemegang jabatan pada langkah itu."),
    )
    when = ConditionField()

    class Meta:
        verbose_name = _("dokumen lain")
        verbose_name_plural = _("dokumen lain")
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="standards_paper_key")
        ]

    def __str__(self) -> str:
        return self.title
