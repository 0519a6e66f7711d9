"""What the process that signs reports about its keys: no other process can read them."""

from __future__ import annotations

from django.db import models
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

    class Meta:
        verbose_name = _("kunci tanda tangan")
        verbose_name_plural = _("kunci tanda tangan")

    def __str__(self) -> str:
        return f"{self.office.code}: {self.subject or self.problem}"


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
