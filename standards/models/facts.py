"""The facts that a version asks of the applicant, or has recorded at a step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from standards.domain import facts
from standards.domain.facts import FactKind
from standards.models.conditions import ConditionField
from standards.models.versions import StandardVersion


class Fact(models.Model):
    """One fact about an application beyond the holder's identity; conditions compare facts.

    ``asked_at`` is the printed number of the step at which an officer records it, "" the filing.
    ``carried``: an application that names a previous permit begins with the answer of that one.
    """

    class Kind(models.TextChoices):
        YES_NO = FactKind.YES_NO, _("Ya atau tidak")
        CHOICE = FactKind.CHOICE, _("Pilihan")
        CHOICES = FactKind.CHOICES, _("Beberapa pilihan")
        TEXT = FactKind.TEXT, _("Teks satu baris")
        LONG_TEXT = FactKind.LONG_TEXT, _("Teks panjang")
        WHOLE = FactKind.WHOLE, _("Bilangan bulat")
        DECIMAL = FactKind.DECIMAL, _("Angka")
        RUPIAH = FactKind.RUPIAH, _("Jumlah rupiah")
        DATE = FactKind.DATE, _("Tanggal")
        EMAIL = FactKind.EMAIL, _("Alamat e-mail")
        PHONE = FactKind.PHONE, _("Nomor telepon")
        NIK = FactKind.NIK, "NIK"
        NIB = FactKind.NIB, "NIB"
        NPWP = FactKind.NPWP, "NPWP"
        KBLI = FactKind.KBLI, _("Kode KBLI")
        AREA = FactKind.AREA, _("Luas (m²)")
        PLACE = FactKind.PLACE, _("Tempat: nama desa, kecamatan, dan kabupaten atau kota")
        DOCUMENT = FactKind.DOCUMENT, _("Dokumen yang dilampirkan petugas")

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="facts")
    order = models.PositiveSmallIntegerField(_("urutan"))
    key = models.SlugField(_("kode"), max_length=40)
    label = models.CharField(_("pertanyaan atau label"), max_length=300)
    help_text = models.CharField(_("petunjuk"), max_length=300, blank=True)
    kind = models.CharField(_("jenis"), max_length=20, choices=Kind.choices, default=Kind.TEXT)
    required = models.BooleanField(_("wajib"), default=True)
    choices_text = models.TextField(_("pilihan (satu per baris)"), blank=True)
    on_certificate = models.BooleanField(_("tercetak pada dokumen izin"), default=False)
    when = ConditionField(verbose_name=_("ditanyakan bila"))
    asked_at = models.CharField(_("diisi pada"), max_length=10, blank=True)
    carried = models.BooleanField(_("dibawa dari izin sebelumnya"), default=False)

    class Meta:
        verbose_name = _("isian")
        verbose_name_plural = _("isian")
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="standards_fact_key")
        ]

    def __str__(self) -> str:
        return self.label

    def asked(self) -> facts.Fact:
        """Return it as rules and conditions read it."""
        return facts.Fact(
            key=self.key,
            label=self.label,
            kind=FactKind(self.kind),
            choices=facts.choices_of(self.choices_text),
            required=self.required,
            when=self.when,
            asked_at=self.asked_at,
        )


def keyed(rows: Sequence[tuple[str, str]], reserved: Collection[str] = ()) -> list[str]:
    """Return the key of each of ``rows`` (key as typed or "", words), a missing one of its words.

    A key that is made is none of those typed, of those made before, or of ``reserved``.
    """
    taken = {key for key, _words in rows if key}.union(reserved)
    keys = []
    for typed, words in rows:
        keys.append(typed or free_key(words, taken))
        taken.add(keys[-1])
    return keys


def free_key(words: str, taken: Collection[str]) -> str:
    """Return a key made of ``words`` that is not among ``taken``."""
    stem = slugify(words).replace("-", "_")[:34].strip("_") or "isian"
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}_{number}", number + 1
    return key
