"""What the process that signs reports about its keys: no other process can read them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office


class SigningKey(models.Model):
    """The signing key of an office as the signing worker saw it last (``documents.keys``)."""

    office = models.OneToOneField(
        Office, on_delete=models.CASCADE, related_name="signing_key", verbose_name=_("unit")
    )
    # a code of documents.signing.KeyProblem; empty when the key opens and its issuer is known
    problem = models.CharField(_("masalah"), max_length=20, blank=True)
    subject = models.CharField(_("atas nama"), max_length=200, blank=True)
    serial = models.CharField(_("nomor seri sertifikat"), max_length=50, blank=True)
    # of the last key that could be opened, also after it was taken away
    fingerprint = models.CharField(_("sidik sertifikat (SHA-256)"), max_length=64, blank=True)
    valid_from = models.DateTimeField(_("berlaku mulai"), null=True)
    valid_until = models.DateTimeField(_("berlaku sampai"), null=True)
    looked_at = models.DateTimeField(_("terakhir diperiksa"))
    # made by make_signing_authority: its signatures prove nothing
    is_demo = models.BooleanField(_("kunci contoh"), default=False)

    class Meta:
        verbose_name = _("kunci tanda tangan")
        verbose_name_plural = _("kunci tanda tangan")

    def __str__(self) -> str:
        return f"{self.office.code}: {self.subject or self.problem}"


class KeyRequest(models.Model):
    """A new signing key that an office asked for in the pages (``documents.key_requests``).

    The signing worker makes the key and ``csr``; the certificate that the issuer sent for it is put
    into use after two people have agreed. Nothing in this row is secret.
    """

    class State(models.TextChoices):
        ASKED = "diminta", _("Menunggu proses penanda tangan membuat kunci")
        MADE = "dibuat", _("Menunggu sertifikat dari penerbit")
        AGREED = "disetujui", _("Menunggu proses penanda tangan memasang sertifikat")
        DONE = "terpasang", _("Terpasang")
        FAILED = "gagal", _("Tidak dapat dikerjakan")
        CANCELLED = "dibatalkan", _("Dibatalkan")

    OPEN: ClassVar = (State.ASKED, State.MADE, State.AGREED)

    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, related_name="key_requests", verbose_name=_("unit")
    )
    name = models.CharField(_("nama pada sertifikat"), max_length=64)  # X.520
    state = models.CharField(
        _("keadaan"), max_length=12, choices=State.choices, default=State.ASKED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diminta oleh")
    )
    asked_at = models.DateTimeField(_("diminta"))
    csr = models.TextField(_("permintaan sertifikat (PKCS#10)"), blank=True)
    certificate = models.TextField(_("sertifikat (PEM)"), blank=True)
    names = models.JSONField(_("yang menyetujui"), default=list)
    # a code of documents.key_files.KeyFileProblem
    problem = models.CharField(_("masalah"), max_length=20, blank=True)
    settled_at = models.DateTimeField(_("selesai"), null=True)

    class Meta:
        verbose_name = _("permintaan kunci tanda tangan")
        verbose_name_plural = _("permintaan kunci tanda tangan")
        ordering = ("-asked_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(state__in=("diminta", "dibuat", "disetujui")),
                name="documents_one_open_key_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.office.code}: {self.name}"


class SampleSignature(models.Model):
    """A sample that ``manage.py check --deploy`` asks the signing worker to sign; removed by it."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, verbose_name=_("unit"))
    asked_at = models.DateTimeField(_("diminta"))
    done_at = models.DateTimeField(_("selesai"), null=True)
    pdf = models.BinaryField(null=True)
    problem = models.CharField(_("masalah"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("contoh tanda tangan")
        verbose_name_plural = _("contoh tanda tangan")

    def __str__(self) -> str:
        return f"{self.office.code}: {self.asked_at}"
