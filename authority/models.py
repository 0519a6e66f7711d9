"""Power over others: what was proposed, who confirmed it, what the operator did by command."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment, Office, Position
from authority import guards  # noqa: F401  registers what the database refuses to change
from authority.domain.lifecycle import LIFECYCLE
from authority.domain.lifecycle import Status as Lifecycle
from authority.querysets import ProposalQuerySet
from workflow.domain.dates import long_date
from workflow.models import LifecycleModel, TransitionRecord


class Status(models.TextChoices):
    """The status of a proposal, as people read it."""

    PROPOSED = Lifecycle.PROPOSED, _("Menunggu orang kedua")
    CONFIRMED = Lifecycle.CONFIRMED, _("Disetujui dan dijalankan")
    REFUSED = Lifecycle.REFUSED, _("Ditolak")
    WITHDRAWN = Lifecycle.WITHDRAWN, _("Ditarik pengusul")
    LAPSED = Lifecycle.LAPSED, _("Gugur, tidak disetujui tepat waktu")


class KindOf(models.TextChoices):
    """What a proposal would do."""

    APPOINT = "penunjukan", _("Penunjukan pejabat atau petugas")
    AMEND = "ubah_penunjukan", _("Perubahan masa jabatan")
    RIGHTS = "wewenang", _("Wewenang di halaman administrasi")
    EMAIL = "email", _("Penggantian alamat e-mail")
    PASSWORD = "kata_sandi", _("Pembatalan kata sandi")
    SECOND_FACTOR = "langkah_kedua", _("Penghapusan verifikasi dua langkah")
    POSITION = "jabatan", _("Perubahan jabatan yang dipegang")
    HEAD = "pimpinan_unit", _("Pemindahan kursi pimpinan unit")
    COMPLAINT_ROLE = "peran_pengaduan", _("Peran dalam penanganan pengaduan")
    PUBLICATION = "penetapan_standar", _("Penetapan standar pelayanan")
    SIGNING_KEY = "kunci_tanda_tangan", _("Pemasangan kunci tanda tangan")


class ProposalRecord(TransitionRecord):
    """What became of a proposal: who, when, why. Never edited."""

    subject = models.ForeignKey("Proposal", models.PROTECT, related_name="records")


class Proposal(LifecycleModel):
    """One act of power over ``person``, which a second person confirms before it is done.

    ``facts`` are plain values of its kind (``authority.kinds``). ``office`` is the one in whose
    name it is done; its head is told. What is about a ``position`` as such has no person:
    ``concerned`` are those who gain or lose by it then.
    """

    lifecycle = LIFECYCLE

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("jenis"), max_length=20, choices=KindOf.choices)
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name=_("unit penyelenggara")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("orang"),
    )
    concerned = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("yang bersangkutan")
    )
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, related_name="+", verbose_name=_("jabatan")
    )
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="proposals"
    )
    superseded = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("pejabat yang digantikan")
    )
    facts = models.JSONField(default=dict)
    decree_number = models.CharField(_("nomor surat keputusan"), max_length=120, blank=True)
    decree_date = models.DateField(_("tanggal surat keputusan"), null=True)
    reason = models.CharField(_("alasan"), max_length=500, blank=True)
    status = models.CharField(
        _("keadaan"), max_length=12, choices=Status.choices, default=Status.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("pengusul")
    )
    proposed_at = models.DateTimeField(_("diusulkan"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("usulan wewenang")
        verbose_name_plural = _("usulan wewenang")
        ordering = ("-proposed_at", "-pk")
        indexes: ClassVar = [
            models.Index(
                fields=["office"],
                condition=Q(status=Lifecycle.PROPOSED),
                name="authority_open_proposals",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person or self.position}"

    def get_absolute_url(self) -> str:
        return reverse("authority:proposal", args=[self.public_id])

    @property
    def decree(self) -> str:
        """Number and date of the decree in one line; "" without one."""
        if not self.decree_number or self.decree_date is None:
            return self.decree_number
        return f"{self.decree_number} tanggal {long_date(self.decree_date)}"


class SoleAdministrator(models.Model):
    """An office has said that it has one administrator only: from then on its head confirms.

    Ends with the second administrator.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pernyataan satu administrator")
        verbose_name_plural = _("pernyataan satu administrator")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office"], condition=Q(ended_at=None), name="authority_said_alone_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.office)


class OperatorAct(models.Model):
    """What the operator of the server did by command, and the two names given. Never edited."""

    class What(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator dibuat")
        PASSWORD = "kata_sandi", _("Kata sandi dipasang")
        KEY = "kunci", _("Kunci tanda tangan dipasang atau diganti")
        CONFIRMATION = "persetujuan", _("Usulan disetujui lewat server")

    what = models.CharField(_("perbuatan"), max_length=20, choices=What.choices)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    names = models.JSONField(_("dua nama"), default=list)
    detail = models.CharField(_("keterangan"), max_length=300, blank=True)
    at = models.DateTimeField(_("waktu"))

    class Meta:
        verbose_name = _("perbuatan pengelola server")
        verbose_name_plural = _("perbuatan pengelola server")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.at:%d-%m-%Y}"


class ActsSeen(models.Model):
    """The definitive head has looked at what acting heads did until ``until``."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    until_on = models.DateField()  # the same by the day of the office

    class Meta:
        verbose_name = _("tanda sudah dilihat")
        verbose_name_plural = _("tanda sudah dilihat")
        ordering = ("-until",)

    def __str__(self) -> str:
        return f"{self.office} {self.until:%d-%m-%Y}"
