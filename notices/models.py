"""Models of the outbox: messages by recipient and channel, templates, hours and preferences."""

from __future__ import annotations

from datetime import datetime, time
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from notices import kinds
from notices.domain import hours, words
from notices.placeholders import short_sample
from notices.querysets import NoticeQuerySet
from workflow.models import Job, JobStatus

SHORT_LENGTH = 160  # one SMS


class Channel(models.TextChoices):
    """The channel of a message. A digest entry counts as sent when its digest is sent."""

    EMAIL = "email", _("E-mail")
    ACCOUNT = "akun", _("Halaman akun")
    SMS = "sms", _("SMS")
    WHATSAPP = "whatsapp", _("WhatsApp")
    DIGEST = "rangkuman", _("Rangkuman harian")


class Notice(Job):
    """A job that sends one message to one address; ``template`` is the code of its kind.

    A message has one row that is shown in the recipient's account (``in_account``), and further
    rows for copies to a telephone. ``body`` is the text as it was sent.
    """

    dedupe_key = models.CharField(max_length=200, unique=True)
    template = models.CharField(_("jenis pesan"), max_length=80)
    channel = models.CharField(
        _("saluran"), max_length=10, choices=Channel.choices, default=Channel.EMAIL
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("penerima"),
    )
    address = models.CharField(_("alamat"), max_length=254)
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit penyelenggara"),
    )
    context = models.JSONField(default=dict)
    attachments = models.JSONField(default=list, blank=True)
    about = models.CharField(_("tentang"), max_length=80, blank=True, db_index=True)
    language = models.CharField(max_length=5, default="id")
    urgent = models.BooleanField(_("mendesak"), default=False)
    in_account = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("dibuat"))
    sent_at = models.DateTimeField(_("dikirim"), null=True, blank=True)
    read_at = models.DateTimeField(_("dibaca di akun"), null=True, blank=True)
    message_id = models.CharField(_("nomor pengiriman"), max_length=200, blank=True)
    subject = models.CharField(_("perihal"), max_length=200, blank=True)
    body = models.TextField(_("isi"), blank=True)
    gathered_in = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="gathered",
        verbose_name=_("rangkuman"),
    )
    resent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dikirim ulang oleh"),
    )
    resent_at = models.DateTimeField(_("diminta kirim ulang"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemberitahuan")
        verbose_name_plural = _("pemberitahuan")
        ordering = ("-created_at",)
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "next_try_at"],
                condition=Q(job_status=JobStatus.QUEUED),
                name="notices_owed_by_channel",
            ),
            models.Index(
                fields=["recipient", "-id"], condition=Q(in_account=True), name="notices_account"
            ),
            models.Index(
                fields=["recipient"],
                condition=Q(in_account=True, read_at=None),
                name="notices_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.dedupe_key}"

    @property
    def title(self) -> str:
        """The name of the kind, in the active language."""
        kind = kinds.find(self.template)
        return str(kind.name) if kind else self.subject


class Shape(models.TextChoices):
    """Shapes of a template: a letter (mail), or a short line for telephones."""

    LETTER = "surat", _("Surat (e-mail dan halaman akun)")
    SHORT = "singkat", _("Pesan singkat (SMS dan WhatsApp)")


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds that can have a template (a callable, as apps register kinds later)."""
    return [(kind.code, str(kind.name)) for kind in kinds.every() if not kind.fixed]


class MessageTemplate(models.Model):
    """An office's own template for a kind; without a row the template files are used."""

    kind = models.CharField(_("jenis pesan"), max_length=80, choices=kind_choices)
    language = models.CharField(_("bahasa"), max_length=5, choices=settings.LANGUAGES, default="id")
    shape = models.CharField(
        _("bentuk"), max_length=10, choices=Shape.choices, default=Shape.LETTER
    )
    office = models.ForeignKey(
        Office,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("hanya untuk unit"),
        related_name="+",
        help_text=_("Kosong: untuk semua unit yang tidak punya kalimat sendiri."),
    )
    subject = models.CharField(
        _("perihal"), max_length=200, blank=True, help_text=_("Hanya untuk surat.")
    )
    body = models.TextField(
        _("isi"),
        help_text=_(
            "Teks biasa; baris kosong memulai alinea baru. Tanpa HTML. Baris yang semua isiannya "
            "kosong tidak dikirim."
        ),
    )
    in_use = models.BooleanField(
        _("dipakai"),
        default=False,
        help_text=_("Selama tidak dicentang, kalimat bawaan yang dikirim."),
    )

    class Meta:
        verbose_name = _("kalimat pesan")
        verbose_name_plural = _("kalimat pesan")
        ordering = ("kind", "language", "shape")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "language", "shape", "office"],
                name="notices_template_once",
                violation_error_message=_("Kalimat untuk jenis, bahasa dan unit ini sudah ada."),
            ),
            models.UniqueConstraint(
                fields=["kind", "language", "shape"],
                condition=Q(office=None),
                name="notices_template_for_all_once",
                violation_error_message=_("Kalimat untuk jenis, bahasa dan unit ini sudah ada."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language}, {self.get_shape_display()})"

    def clean(self) -> None:
        """Validate that only placeholders of the kind are used."""
        kind = kinds.find(self.kind)
        if kind is None:
            return  # the kind is invalid already
        wrong = {
            name: faults
            for name, text in (("subject", self.subject), ("body", self.body))
            if (faults := _faults(kind, text))
        }
        if self.shape == Shape.LETTER and not self.subject.strip():
            wrong.setdefault("subject", str(_("Surat memerlukan perihal.")))
        if len(self.subject.splitlines()) > 1:
            wrong["subject"] = str(_("Perihal harus satu baris."))
        if not wrong and self.shape == Shape.SHORT:
            length = len(short_sample(kind, self.body))
            if length > SHORT_LENGTH:
                wrong["body"] = str(
                    _(
                        "Pesan singkat paling panjang %(most)s huruf; dengan data contoh menjadi "
                        "%(length)s."
                    )
                    % {"most": SHORT_LENGTH, "length": length}
                )
        if wrong:
            raise ValidationError(wrong)


def _faults(kind: kinds.Kind, text: str) -> str:
    if words.unprintable(text.replace("\r\n", "\n")):
        return str(_("Ada huruf yang tidak dapat dicetak."))
    if words.stray(text):
        return str(
            _("Kurung kurawal hanya untuk isian, sepasang untuk satu isian, misalnya {%(word)s}.")
            % {"word": kind.words[0]}
        )
    if unknown := words.unknown(text, kind.words):
        return str(
            _("Isian tidak dikenal: %(unknown)s. Yang dapat dipakai: %(known)s.")
            % {
                "unknown": ", ".join(f"{{{name}}}" for name in unknown),
                "known": ", ".join(f"{{{name}}}" for name in kind.words),
            }
        )
    return ""


class MessageHours(models.Model):
    """Quiet hours and digest time of an office, in its own time zone."""

    office = models.OneToOneField(
        Office, models.CASCADE, related_name="+", verbose_name=_("unit penyelenggara")
    )
    quiet_from = models.TimeField(_("jam tenang mulai"), null=True, blank=True)
    quiet_until = models.TimeField(_("jam tenang sampai"), null=True, blank=True)
    digest_at = models.TimeField(_("jam rangkuman harian"), default=time(16, 0))

    class Meta:
        verbose_name = _("jam pengiriman pesan")
        verbose_name_plural = _("jam pengiriman pesan")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False)
                & ~Q(quiet_from=F("quiet_until")),
                name="notices_quiet_hours_both_or_none",
                violation_error_message=_("Isi kedua jam tenang, yang berbeda, atau kosongkan."),
            )
        ]

    def __str__(self) -> str:
        return str(self.office)

    def quiet_end(self, at: datetime) -> datetime | None:
        """The end of the quiet hours in which ``at`` lies, or ``None``."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        return hours.quiet_until(at, self.quiet_from, self.quiet_until, self.office.zone)


class Addressee(models.Model):
    """Language and digest time of a person; without a row Indonesian, and the office's time."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    language = models.CharField(
        _("bahasa pesan"), max_length=5, choices=settings.LANGUAGES, default="id"
    )
    digest_at = models.TimeField(_("jam rangkuman harian"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} ({self.language})"


class Preference(models.Model):
    """The preference of a person for one kind; without a row ``Kind.usual`` holds.

    ``looked_on`` is the last day on which a timed kind was looked at for this person.
    """

    class Mail(models.TextChoices):
        AT_ONCE = kinds.Mail.AT_ONCE, _("Segera")
        DAILY = kinds.Mail.DAILY, _("Rangkuman harian")
        MORNING = kinds.Mail.MORNING, _("Setiap pagi hari kerja")
        MONDAY = kinds.Mail.MONDAY, _("Setiap Senin (atau hari kerja pertama minggu itu)")
        NEVER = kinds.Mail.NEVER, _("Tidak, cukup di halaman akun")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.AT_ONCE)
    sms = models.BooleanField(default=False)
    whatsapp = models.BooleanField(default=False)
    looked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind"], name="notices_preference_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.mail}"
