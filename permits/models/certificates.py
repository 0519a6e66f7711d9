"""The permit: drafts, initials, the signed document and its hand-over."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from permits.domain.certificates import ENDED
from permits.domain.printed import new_document_code
from permits.models.application import Application
from permits.models.numbers import CertificateNumber
from permits.models.refusals import Refusal
from permits.models.steps import ApplicationStep
from permits.querysets import CertificateQuerySet
from standards.models import Paper
from workflow.models import Job, job_index


class CertificateDraft(models.Model):
    """The text to be signed, by revision; ``digest`` is what initials and signature name."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="drafts")
    # the paper beside the permit that it is the text of; empty: the permit
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    revision = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("konsep dokumen izin")
        verbose_name_plural = _("konsep dokumen izin")
        ordering = ("application", "revision")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "revision"],
                condition=Q(paper=None),
                name="permits_draft_revision",
            ),
            models.UniqueConstraint(
                fields=["application", "paper", "revision"], name="permits_paper_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} konsep {self.revision}"


class Initial(models.Model):
    """Initials (paraf): the officer, the digest of the approved text and the capacity."""

    draft = models.ForeignKey(CertificateDraft, models.PROTECT, related_name="initials")
    visit = models.OneToOneField(ApplicationStep, models.PROTECT, related_name="initial")
    digest = models.CharField(max_length=64)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("paraf")
        verbose_name_plural = _("paraf")
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.capacity} {self.at:%d-%m-%Y}"


_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"  # none alike


def new_token() -> str:
    """Return 192 random bits for the URL of the QR code.

    Letters and digits only: the URL is printed, and a hyphen at the end of a line gets lost in
    copying.
    """
    return "".join(secrets.choice(_LETTERS) for _one in range(33))


_ENDED = sorted(state.value for state in ENDED)


class Certificate(Job):
    """What is signed: the permit, the letter that refuses it, or a paper beside them.

    It is requested when its signer signs, rendered and signed by the worker. A permit has a draft,
    a letter of refusal has a refusal, another paper a draft and ``paper``. An application
    has one permit or refusal that counts (``Application.certificate``); those it replaced stay.
    """

    class State(models.TextChoices):
        REQUESTED = "diminta", _("Menunggu tanda tangan elektronik")
        SIGNED = "ditandatangani", _("Ditandatangani")
        ISSUED = "terbit", _("Terbit")
        REVOKED = "dicabut", _("Dicabut")
        VOIDED = "dibatalkan", _("Dibatalkan")
        REPLACED = "diganti", _("Diganti")
        DROPPED = "gugur", _("Tidak jadi diterbitkan")

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="certificates", verbose_name=_("permohonan")
    )
    number = models.OneToOneField(
        CertificateNumber, models.PROTECT, related_name="certificate", verbose_name=_("nomor")
    )
    draft = models.ForeignKey(
        CertificateDraft, models.PROTECT, null=True, related_name="certificates"
    )
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    refusal = models.OneToOneField(Refusal, models.PROTECT, null=True, related_name="letter")
    state = models.CharField(
        _("keadaan"), max_length=15, choices=State.choices, default=State.REQUESTED
    )
    # a decision that ends another permit, as its standard says (``standards.models.PermitRule``)
    is_closure = models.BooleanField(_("mengakhiri izin"), default=False)
    content = models.JSONField()
    # the printed title, for lists that do not read the whole text
    title = models.GeneratedField(
        expression=KT("content__title"),
        output_field=models.TextField(null=True),
        db_persist=True,
        verbose_name=_("judul"),
    )
    token = models.CharField(max_length=40, unique=True, default=new_token)
    # printed in groups of four; stored as ``permits.domain.printed.folded`` has it
    code = models.CharField(
        _("kode periksa"), max_length=12, db_index=True, default=new_document_code
    )
    visit = models.ForeignKey(ApplicationStep, models.PROTECT, related_name="+")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signer_capacity = models.CharField(_("jabatan penanda tangan"), max_length=200)
    requested_at = models.DateTimeField(_("diminta pada"))
    signed_at = models.DateTimeField(_("ditandatangani pada"), null=True)
    issued_at = models.DateTimeField(_("terbit pada"), null=True)
    valid_from = models.DateField(_("berlaku dari"))
    valid_until = models.DateField(_("berlaku sampai"), null=True)
    # the order in force that ended it (``permits.services.orders`` writes it with the state)
    ended_by = models.OneToOneField(
        "permits.CertificateOrder",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("diakhiri dengan"),
    )
    file = models.FileField(max_length=200, blank=True)
    sha256 = models.CharField(_("sidik"), max_length=64, blank=True, db_index=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokumen izin")
        verbose_name_plural = _("dokumen izin")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(draft__isnull=False, refusal=None)
                | Q(draft=None, refusal__isnull=False),
                name="permits_permit_or_refusal",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ENDED, ended_by__isnull=False)
                | (~Q(state__in=_ENDED) & Q(ended_by=None)),
                name="permits_ended_by_an_order",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state="terbit", paper=None),
                name="permits_one_paper_in_force",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["diminta", "ditandatangani"], paper=None),
                name="permits_one_paper_being_signed",
            ),
            models.UniqueConstraint(
                fields=["application", "paper"],
                condition=Q(state__in=["diminta", "ditandatangani", "terbit"]),
                name="permits_further_paper_once",
            ),
        ]
        indexes: ClassVar = [
            job_index("permits_certificates_due"),
            models.Index(
                fields=["-issued_at", "-id"],
                condition=Q(refusal=None, issued_at__isnull=False),
                name="permits_public_register",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_refusal(self) -> bool:
        """Whether this is the letter of refusal, not a permit."""
        return self.refusal_id is not None

    @property
    def is_permit(self) -> bool:
        """Whether this is the permit itself, not a decision that ends one."""
        return self.refusal_id is None and self.paper_id is None and not self.is_closure

    @property
    def closing_title(self) -> str:
        """The title of a decision that ends a permit; "" of every other document."""
        return (self.title or str(_("Keputusan"))) if self.is_closure else ""

    @property
    def is_ended(self) -> bool:
        """Whether an order revoked, voided or replaced it."""
        return self.state in ENDED


class HandOver(models.Model):
    """Who received the product, how and when."""

    class Method(models.TextChoices):
        COUNTER = "loket", _("Diambil di loket")
        DOWNLOAD = "unduh", _("Diunduh pemohon")

    application = models.OneToOneField(Application, models.CASCADE, related_name="hand_over")
    method = models.CharField(max_length=10, choices=Method.choices)
    receiver = models.CharField(_("nama penerima"), max_length=150)
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("penyerahan")
        verbose_name_plural = _("penyerahan")

    def __str__(self) -> str:
        return f"{self.application} - {self.receiver}"
