"""People, offices, the positions of an office and who holds them from when until when."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.columns import NumberOf
from accounts.number_patterns import validate_number_pattern
from accounts.querysets import AppointmentManager, OfficeManager, PositionManager, UserManager


class User(AbstractUser):
    """A person: applicant, officer, administrator. Appointments say what an officer may do."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("alamat e-mail"), unique=True)
    full_name = models.CharField(_("nama lengkap"), max_length=150)
    phone = models.CharField(_("nomor telepon"), max_length=20, blank=True)
    phone_e164 = NumberOf("phone", db_index=True)
    employee_number = models.CharField("NIP", max_length=25, blank=True)
    rank = models.CharField(_("pangkat/golongan"), max_length=80, blank=True)
    is_demo = models.BooleanField(_("akun demo"), default=False)
    # where somebody is employed: the administrators of that office see the account
    workplace = models.ForeignKey(
        "Office",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="employees",
        verbose_name=_("unit kerja"),
        help_text=_("Administrator unit ini melihat dan mengurus akun ini. Kosong untuk pemohon."),
    )
    administers: models.ManyToManyField[Office, Office] = models.ManyToManyField(
        "Office",
        blank=True,
        related_name="administrators",
        verbose_name=_("administrator di unit"),
        help_text=_(
            "Di halaman administrasi orang ini hanya melihat unit-unit ini. Administrator portal "
            "melihat semuanya."
        ),
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0] if self.full_name else self.email

    def natural_key(self) -> tuple[str]:
        return (self.email,)


class TimeZone(models.TextChoices):
    """The three zones of Indonesia."""

    WIB = "Asia/Jakarta", _("WIB (Jakarta)")
    WITA = "Asia/Makassar", _("WITA (Makassar)")
    WIT = "Asia/Jayapura", _("WIT (Jayapura)")


class Office(models.Model):
    """A permit office (DPMPTSP), or a partner body: an agency with desks in the SOPs of one."""

    code = models.SlugField(_("kode"), unique=True, max_length=30)
    number_code = models.CharField(
        _("kode nomor"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,6}$", _("Dua sampai enam huruf besar."))],
        help_text=_(
            "Dua sampai enam huruf yang mudah diucapkan lewat telepon, misalnya PKU. Berdiri di "
            "depan setiap nomor permohonan dan pengaduan; tidak dapat diganti sesudah disimpan."
        ),
    )
    name = models.CharField(_("nama"), max_length=200)
    short_name = models.CharField(_("nama singkat"), max_length=80)
    government = models.CharField(
        _("pemerintah daerah"), max_length=120, help_text=_("Baris pertama kop surat.")
    )
    address = models.CharField(_("alamat"), max_length=300)
    city = models.CharField(_("tempat penetapan"), max_length=80)
    phone = models.CharField(_("telepon"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.CharField(_("situs web"), max_length=120, blank=True)
    motto = models.CharField(_("motto"), max_length=200, blank=True)
    payment_note = models.TextField(
        _("cara membayar retribusi"),
        max_length=1000,
        blank=True,
        help_text=_("Rekening, loket, atau kode bayar. Dibaca pemohon yang harus membayar."),
    )
    payment_days = models.PositiveSmallIntegerField(_("hari untuk membayar tagihan"), default=30)
    emblem = models.TextField(_("lambang"), blank=True, help_text=_("PNG sebagai data URI."))
    time_zone = models.CharField(
        _("zona waktu"), max_length=40, choices=TimeZone.choices, default=TimeZone.WIB
    )
    counts_first_day = models.BooleanField(
        _("hari pertama ikut dihitung"),
        default=False,
        help_text=_(
            "Jika tidak dicentang, hari berkas dinyatakan lengkap adalah hari ke-0 dan hitungan "
            "mulai pada hari kerja berikutnya."
        ),
    )
    cut_off = models.TimeField(
        _("jam terakhir penerimaan"),
        null=True,
        blank=True,
        help_text=_(
            "Berkas yang dinyatakan lengkap setelah jam ini dianggap diterima pada hari kerja "
            "berikutnya. Kosongkan untuk memakai jam tutup kantor."
        ),
    )
    late_arrivals_roll = models.BooleanField(
        _("yang datang terlambat bergeser ke hari kerja berikutnya"),
        default=True,
        help_text=_(
            "Jika tidak dicentang, berkas yang dinyatakan lengkap setelah jam terakhir atau pada "
            "hari libur tetap memakai tanggal itu sebagai hari ke-0."
        ),
    )
    calendar_warning_months = models.PositiveSmallIntegerField(
        _("peringatan kalender (bulan sebelumnya)"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_(
            "Berapa bulan sebelum akhir tahun administrator diperingatkan bahwa hari libur tahun "
            "berikutnya belum ditetapkan."
        ),
    )

    check_workdays = models.PositiveSmallIntegerField(
        _("batas pemeriksaan kelengkapan (hari kerja)"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("Berkas yang belum diperiksa selama ini dilaporkan ke atasan."),
    )
    completion_days = models.PositiveSmallIntegerField(
        _("batas melengkapi berkas (hari kalender)"),
        default=30,
        validators=[MinValueValidator(7), MaxValueValidator(365)],
        help_text=_("Pemohon diingatkan, diperingatkan; setelah ini permohonannya gugur."),
    )
    letter_pattern = models.CharField(
        _("pola nomor surat"),
        max_length=80,
        default="005/{nomor:03}/DPMPTSP/{bulan_romawi}/{tahun}",
        validators=[validate_number_pattern],
        help_text=_(
            "Untuk surat penolakan dan dokumen lain tanpa pola sendiri. {nomor:03} adalah nomor "
            "urut; juga {bulan} atau {bulan_romawi}, dan {tahun}."
        ),
    )
    initials_bar_signing = models.BooleanField(
        _("pemaraf tidak boleh menandatangani"),
        default=False,
        help_text=_(
            "Jika dicentang, pejabat yang memberi paraf pada suatu konsep tidak dapat "
            "menandatanganinya, juga sebagai Plt. atau Plh. Jika tidak, ia diperingatkan dan kartu "
            "kendali mencatatnya."
        ),
    )
    draft_days = models.PositiveSmallIntegerField(
        _("lama konsep disimpan (hari kalender)"),
        default=90,
        validators=[MinValueValidator(30), MaxValueValidator(730)],
        help_text=_("Konsep yang tidak disentuh selama ini dihapus setelah pemohon diberi tahu."),
    )

    partner_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partners",
        verbose_name=_("lembaga mitra dari"),
    )

    objects = OfficeManager()

    class Meta:
        verbose_name = _("unit penyelenggara")
        verbose_name_plural = _("unit penyelenggara")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.short_name

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this office's days begin and end."""
        return ZoneInfo(self.time_zone)

    def local_date(self, at: datetime) -> date:
        """Return the day that it is at this office at the instant ``at``."""
        return at.astimezone(self.zone).date()

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class Weekday(models.IntegerChoices):
    """Python's numbering: Monday is 0."""

    MONDAY = 0, _("Senin")
    TUESDAY = 1, _("Selasa")
    WEDNESDAY = 2, _("Rabu")
    THURSDAY = 3, _("Kamis")
    FRIDAY = 4, _("Jumat")
    SATURDAY = 5, _("Sabtu")
    SUNDAY = 6, _("Minggu")


class OfficeHours(models.Model):
    """Opening hours of one weekday, local time; a weekday without a row is not a working day.

    Rows with ``first_on``/``last_on`` are a season (Ramadan) and replace the ordinary rows of
    those dates (Perpres 21/2023).
    """

    office = models.ForeignKey(Office, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("hari"), choices=Weekday.choices)
    opens_at = models.TimeField(_("buka"), default=time(7, 30))
    closes_at = models.TimeField(_("tutup"), default=time(16, 0))
    break_starts_at = models.TimeField(_("istirahat mulai"), null=True, blank=True)
    break_ends_at = models.TimeField(_("istirahat selesai"), null=True, blank=True)
    season = models.CharField(_("musim"), max_length=60, blank=True)
    first_on = models.DateField(_("berlaku dari"), null=True, blank=True)
    last_on = models.DateField(_("sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("jam kerja")
        verbose_name_plural = _("jam kerja")
        ordering = ("office", "first_on", "weekday")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="accounts_hours_close_after_open"
            ),
            models.UniqueConstraint(
                fields=["office", "weekday", "first_on"], name="accounts_one_row_per_season_day"
            ),
            models.UniqueConstraint(
                fields=["office", "weekday"],
                condition=Q(first_on=None),
                name="accounts_one_row_per_weekday",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H.%M}-{self.closes_at:%H.%M}"


class ChannelKind(models.TextChoices):
    """Ways in which a citizen reaches the office with a complaint (domain: complaint channels)."""

    OFFICER = "petugas", _("Petugas pengaduan")
    COUNTER = "loket", _("Loket pengaduan")
    LETTER = "surat", _("Surat")
    TELEPHONE = "telepon", _("Telepon")
    FAX = "faksimile", _("Faksimile")
    SMS = "sms", _("SMS")
    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("E-mail")
    SOCIAL = "media_sosial", _("Media sosial")
    WEB = "web", _("Situs web")
    FORM = "formulir", _("Formulir pengaduan")
    BOX = "kotak", _("Kotak pengaduan")
    LAPOR = "lapor", _("SP4N-LAPOR!")
    SURVEY = "survei", _("Survei kepuasan")


class OfficeChannel(models.Model):
    """One channel as the office's standard prints it, in its own order."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="channels")
    order = models.PositiveSmallIntegerField(_("urutan"))
    marker = models.CharField(_("nomor tercetak"), max_length=10, blank=True)
    kind = models.CharField(_("jenis"), max_length=20, choices=ChannelKind.choices)
    label = models.CharField(_("nama saluran"), max_length=200)
    value = models.CharField(_("alamat/nomor"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("saluran pengaduan")
        verbose_name_plural = _("saluran pengaduan")
        ordering = ("office", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "order"], name="accounts_channel_order")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.value}".strip()


class Position(models.Model):
    """A post (jabatan) of one office with its superior; an SOP step names a position."""

    office = models.ForeignKey(
        Office, models.CASCADE, related_name="positions", verbose_name=_("unit penyelenggara")
    )
    code = models.SlugField(_("kode"), max_length=40)
    name = models.CharField(_("nama jabatan"), max_length=150)
    superior = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subordinates",
        verbose_name=_("atasan"),
    )
    is_head = models.BooleanField(_("pimpinan unit"), default=False)

    objects = PositionManager()

    class Meta:
        verbose_name = _("jabatan")
        verbose_name_plural = _("jabatan")
        ordering = ("office", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "code"], name="accounts_position_code"),
            models.UniqueConstraint(
                fields=["office"], condition=Q(is_head=True), name="accounts_one_head_per_office"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (self.office.code, self.code)


class Capacity(models.TextChoices):
    """In which capacity a person holds a position (Plt: acting; Plh: daily acting)."""

    DEFINITIVE = "definitif", _("Definitif")
    ACTING = "plt", "Plt."
    DAILY = "plh", "Plh."


class Appointment(models.Model):
    """One person in one position from a day until a day, both inclusive."""

    user = models.ForeignKey(
        User, models.PROTECT, related_name="appointments", verbose_name=_("pejabat/petugas")
    )
    position = models.ForeignKey(
        Position, models.PROTECT, related_name="appointments", verbose_name=_("jabatan")
    )
    capacity = models.CharField(
        _("kedudukan"), max_length=10, choices=Capacity.choices, default=Capacity.DEFINITIVE
    )
    started_on = models.DateField(_("mulai"))
    ended_on = models.DateField(_("sampai"), null=True, blank=True)
    decree = models.CharField(_("surat keputusan"), max_length=200, blank=True)

    objects = AppointmentManager()

    class Meta:
        verbose_name = _("pelaksana jabatan")
        verbose_name_plural = _("pelaksana jabatan")
        ordering = ("position", "started_on")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="accounts_appointment_ends_later",
            ),
            models.UniqueConstraint(
                fields=["user", "position", "started_on"], name="accounts_appointment_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} - {self.position}"

    def holds_on(self, day: date) -> bool:
        """Whether the appointment is in force on ``day``."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)
