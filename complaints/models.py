"""Complaints: the register, who complained, how it is studied, answered and proved."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import ChannelKind, Office, OfficeChannel, Position
from complaints import guards  # noqa: F401  registers what the database refuses to change
from complaints.domain import admissibility, ladder, lifecycle, report, terms
from complaints.querysets import (
    BookPaperQuerySet,
    ComplaintQuerySet,
    MonthlyReportQuerySet,
    OfComplaintQuerySet,
)
from permits.models import Application
from standards.domain.components import Key
from standards.models import Service, StandardVersion
from workflow.models import (
    Deadline,
    DeadlineQuerySet,
    OwedQuerySet,
    OwedState,
    OwedWork,
    TransitionRecord,
)


class Status(models.TextChoices):
    """Labels for officers; the complainant reads sentences of their own."""

    UNDECIDED = lifecycle.Status.UNDECIDED, _("Ditimbang: pengaduan atau saran")
    RECEIVED = lifecycle.Status.RECEIVED, _("Diterima, periksa kelengkapan")
    INCOMPLETE = lifecycle.Status.INCOMPLETE, _("Menunggu pengadu melengkapi")
    STUDIED = lifecycle.Status.STUDIED, _("Ditelaah")
    DRAFTED = lifecycle.Status.DRAFTED, _("Konsep jawaban menunggu persetujuan")
    APPROVED = lifecycle.Status.APPROVED, _("Jawaban disetujui, siap dikirim")
    ANSWERED = lifecycle.Status.ANSWERED, _("Dijawab")
    SUGGESTION = lifecycle.Status.SUGGESTION, _("Saran, belum dijawab")
    THANKED = lifecycle.Status.THANKED, _("Saran, sudah dijawab")
    MERGED = lifecycle.Status.MERGED, _("Digabung")
    WITHDRAWN = lifecycle.Status.WITHDRAWN, pgettext_lazy("complaint", "Dicabut")


class Ground(models.TextChoices):
    """Why a report is not simply a complaint, as it is shown."""

    NO_IDENTITY = (
        admissibility.Ground.NO_IDENTITY,
        _("tidak disertai identitas pengadu"),
    )
    NO_MATTER = admissibility.Ground.NO_MATTER, _("tidak disertai objek atau materi pengaduan")
    TOO_LATE = admissibility.Ground.TOO_LATE, _("lewat batas waktu sejak pelayanan diterima")


class Category(models.TextChoices):
    """Where the cause lies."""

    INTERNAL = ladder.Category.INTERNAL, _("Internal kantor")
    OTHER_AGENCY = ladder.Category.OTHER_AGENCY, _("Melibatkan tim teknis/perangkat daerah lain")
    APIP = ladder.Category.APIP, _("Melibatkan APIP")


class Weight(models.TextChoices):
    """How heavy it is."""

    LIGHT = ladder.Weight.LIGHT, _("Ringan")
    MEDIUM = ladder.Weight.MEDIUM, _("Sedang")
    HEAVY = ladder.Weight.HEAVY, _("Berat")


class Approver(models.TextChoices):
    """The levels of the ladders."""

    OFFICER = ladder.Approver.OFFICER, _("Petugas pengaduan")
    SECTION_HEAD = ladder.Approver.SECTION_HEAD, _("Kepala bidang")
    OFFICE_HEAD = ladder.Approver.OFFICE_HEAD, _("Kepala dinas")
    AGENCY = ladder.Approver.AGENCY, _("Tim teknis/perangkat daerah terkait")
    APIP = ladder.Approver.APIP, _("APIP")
    REGION = ladder.Approver.REGION, _("Wali kota/bupati melalui asisten atau sekretaris daerah")


class Problem(models.TextChoices):
    """Kinds of problems: the fourteen components of a service standard."""

    REQUIREMENTS = Key.REQUIREMENTS, _("Persyaratan")
    PROCEDURE = Key.PROCEDURE, _("Sistem, mekanisme, dan prosedur")
    TERM = Key.TERM, _("Jangka waktu penyelesaian")
    FEE = Key.FEE, _("Biaya/tarif")
    PRODUCT = Key.PRODUCT, _("Produk pelayanan")
    COMPLAINTS = Key.COMPLAINTS, _("Penanganan pengaduan, saran, dan masukan")
    LEGAL_BASIS = Key.LEGAL_BASIS, _("Dasar hukum")
    FACILITIES = Key.FACILITIES, _("Sarana, prasarana, dan/atau fasilitas")
    COMPETENCE = Key.COMPETENCE, _("Kompetensi pelaksana")
    SUPERVISION = Key.SUPERVISION, _("Pengawasan internal")
    STAFFING = Key.STAFFING, _("Jumlah pelaksana")
    GUARANTEE = Key.GUARANTEE, _("Jaminan pelayanan")
    SAFETY = Key.SAFETY, _("Jaminan keamanan dan keselamatan pelayanan")
    EVALUATION = Key.EVALUATION, _("Evaluasi kinerja pelaksana")


# What an office sets ---------------------------------------------------------------------------


class Role(models.TextChoices):
    """Parts in the handling of complaints that a position may have; the head needs no row."""

    OFFICER = "petugas_pengaduan", _("Petugas/pengelola pengaduan")
    SECTION_HEAD = "kepala_bidang", _("Kepala bidang")
    SECRETARY = "sekretaris", _("Sekretaris (memeriksa laporan bulanan)")


class ComplaintRole(models.Model):
    """Which position has which part at an office."""

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
    """How an office takes and answers complaints; without a row the usual rules hold."""

    class Ladder(models.TextChoices):
        CATEGORY = ladder.Ladder.CATEGORY, _("Menurut kategori (internal, perangkat daerah, APIP)")
        WEIGHT = ladder.Ladder.WEIGHT, _("Menurut bobot (ringan, sedang, berat)")

    office = models.OneToOneField(
        Office, models.CASCADE, related_name="complaint_rules", verbose_name=_("unit penyelenggara")
    )
    ladder = models.CharField(
        _("jenjang persetujuan jawaban"), max_length=10, choices=Ladder.choices,
        default=Ladder.CATEGORY,
    )  # fmt: skip
    limit_days = models.PositiveSmallIntegerField(
        _("batas menyampaikan (hari kalender)"), default=terms.LIMIT_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_(
            "Sejak pelayanan diterima. Yang lebih lambat boleh diperlakukan sebagai saran, dengan "
            "keputusan petugas."
        ),
    )  # fmt: skip
    limit_source = models.CharField(
        _("dasar batas menyampaikan"), max_length=200, default=terms.LIMIT_SOURCE
    )
    ground_source = models.CharField(
        _("dasar identitas dan materi"), max_length=200, default=terms.GROUND_SOURCE,
        help_text=_("Tanpa identitas atau materi, laporan diperlakukan sebagai saran."),
    )  # fmt: skip
    reopen_days = models.PositiveSmallIntegerField(
        _("batas membuka kembali (hari kalender)"), default=terms.REOPEN_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Sejak jawaban disampaikan."),
    )  # fmt: skip

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
    """The length of one kind of term at an office, for everything or for one class or level."""

    class Kind(models.TextChoices):
        ANSWER = terms.Kind.ANSWER, _("Menjawab pengaduan")
        COMPLETENESS = terms.Kind.COMPLETENESS, _("Menyatakan lengkap atau belum")
        COMPLETION = terms.Kind.COMPLETION, _("Pengadu melengkapi (hari kalender)")
        CATEGORY = terms.Kind.CATEGORY, _("Menentukan kategori atau bobot")
        PLAN = terms.Kind.PLAN, _("Menyusun rencana penanganan")
        DRAFT = terms.Kind.DRAFT, _("Menyusun konsep jawaban")
        LEVEL = terms.Kind.LEVEL, _("Persetujuan satu jenjang")
        SUGGESTION = terms.Kind.SUGGESTION, _("Menjawab saran")

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


# The register ------------------------------------------------------------------------------------


class Complaint(models.Model):
    """One report, as a complaint or as a suggestion; who made it stands in ``Identity`` alone.

    ``received_at`` is when it truly came, which starts the clock; a report without identity keeps
    only the day (noon). Original file names and metadata of attachments are never kept.
    """

    lifecycle = lifecycle.LIFECYCLE

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="complaints")
    number = models.CharField(_("nomor pengaduan"), max_length=40, unique=True)
    secret_digest = models.CharField(max_length=64, unique=True)
    status = models.CharField(_("keadaan"), max_length=20, choices=Status.choices)
    grounds = models.JSONField(default=list)  # of ``Ground``: why it is not simply a complaint
    days_after = models.SmallIntegerField(null=True)

    channel = models.CharField(_("saluran"), max_length=20, choices=ChannelKind.choices)
    printed_channel = models.ForeignKey(
        OfficeChannel, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("saluran pada standar"),
    )  # fmt: skip
    received_at = models.DateTimeField(_("diterima"))
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    outside_reference = models.CharField(_("nomor pada saluran asal"), max_length=80, blank=True)

    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="complaints")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, related_name="complaints"
    )
    version = models.ForeignKey(
        StandardVersion, models.PROTECT, null=True, related_name="complaints"
    )
    reference = models.CharField(_("nomor berkas atau dokumen"), max_length=120, blank=True)
    served_on = models.DateField(_("tanggal menerima pelayanan"), null=True, blank=True)
    text = models.TextField(_("isi pengaduan"), blank=True)

    has_identity = models.BooleanField(default=False)
    hide_identity = models.BooleanField(_("sembunyikan identitas dari unit yang diadukan"))
    confidential = models.BooleanField(_("rahasia"))
    reply_ways = models.JSONField(default=list)  # of ``ChannelKind``: how the complainant is met

    problem = models.CharField(
        _("jenis masalah"), max_length=20, choices=Problem.choices, blank=True
    )
    weight = models.CharField(_("bobot"), max_length=10, choices=Weight.choices, blank=True)
    category = models.CharField(
        _("kategori penanganan"), max_length=40, choices=Category.choices, blank=True
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="owned_complaints",
        verbose_name=_("penanggung jawab"),
    )  # fmt: skip
    desk = models.ForeignKey(Position, models.PROTECT, null=True, related_name="complaints")
    subjects = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="complaints_against", verbose_name=_("yang diadukan")
    )
    related = models.ManyToManyField("self", verbose_name=_("pengaduan terkait"))
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    round = models.PositiveSmallIntegerField(default=1)  # 2 after it was opened again

    # a cache of the running answer deadline
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengaduan")
        verbose_name_plural = _("pengaduan")
        ordering = ("-received_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["office", "status", "due_at"], name="complaints_worklist"),
            models.Index(fields=["office", "-received_at"], name="complaints_book"),
            models.Index(fields=["owner", "due_at"], name="complaints_owned"),
            models.Index(
                fields=["owner"], condition=Q(closed_at=None), name="complaints_owned_open"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status="digabung") | Q(merged_into__isnull=False),
                name="complaints_merged_has_target",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="complaints_not_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("complaints:complaint", args=[self.public_id])

    @property
    def is_suggestion(self) -> bool:
        """Whether it is taken as a suggestion."""
        return self.status in lifecycle.SUGGESTIONS


class ComplaintRecord(TransitionRecord):
    """One change of status of a complaint."""

    subject = models.ForeignKey(Complaint, models.PROTECT, related_name="records")

    class Meta(TransitionRecord.Meta):
        verbose_name = _("catatan pengaduan")
        verbose_name_plural = _("catatan pengaduan")


Complaint.record_class = ComplaintRecord  # type: ignore[attr-defined]


class Identity(models.Model):
    """Who complained, sealed with a key that is not in the database.

    Written and opened by ``complaints.services.identity`` alone.
    """

    complaint = models.OneToOneField(Complaint, models.PROTECT, related_name="identity")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("identitas pengadu")
        verbose_name_plural = _("identitas pengadu")

    def __str__(self) -> str:
        return "…"  # whatever prints this row prints nobody's name


class IdentityOpening(models.Model):
    """Somebody, or the portal itself, opened an identity: who, when, why. Never edited."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="openings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    capacity = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("pembukaan identitas")
        verbose_name_plural = _("pembukaan identitas")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.complaint} {self.at:%d-%m-%Y}"


class Addition(models.Model):
    """What was added later: by the complainant, or a note of an officer. No clock listens to it."""

    class By(models.TextChoices):
        COMPLAINANT = "pengadu", _("Pengadu")
        OFFICER = "petugas", _("Petugas")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="additions")
    by = models.CharField(max_length=10, choices=By.choices)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    text = models.TextField(_("keterangan"))
    at = models.DateTimeField()

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("keterangan tambahan")
        verbose_name_plural = _("keterangan tambahan")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.complaint} {self.at:%d-%m-%Y}"


class ComplaintFile(models.Model):
    """One file of a complaint; it waits without a complaint while its sender checks the form.

    No name is kept and nothing hidden inside: images are drawn anew, PDFs lose their metadata.
    """

    class Purpose(models.TextChoices):
        EVIDENCE = "lampiran", _("Lampiran pengadu")
        STUDY = "telaah", _("Berkas klarifikasi/pemeriksaan")
        PROOF = "bukti", _("Bukti penyampaian jawaban")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="files")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.EVIDENCE)
    file = models.FileField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas pengaduan")
        verbose_name_plural = _("berkas pengaduan")
        ordering = ("pk",)
        indexes: ClassVar = [
            models.Index(
                fields=["added_at"], condition=Q(complaint=None), name="complaints_files_waiting"
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Likeness(models.Model):
    """One band of the fingerprint of a text (``complaints.domain.likeness``): for duplicates."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="likenesses")
    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    band = models.BigIntegerField()

    class Meta:
        verbose_name = _("sidik teks")
        verbose_name_plural = _("sidik teks")
        indexes: ClassVar = [models.Index(fields=["office", "band"], name="complaints_alike")]

    def __str__(self) -> str:
        return str(self.band)


# The study ---------------------------------------------------------------------------------------


class StudyStep(models.Model):
    """The result of one step of the study, by round; the draft answer is made from them."""

    class Step(models.TextChoices):
        CORE = "inti_masalah", _("Merumuskan inti masalah")
        LINK = "keterkaitan", _("Menghubungkan dengan standar, SOP, atau peraturan")
        DOCUMENTS = "dokumen", _("Memeriksa dokumen dan informasi yang ada")
        PLAN = "rencana", _("Merumuskan rencana penanganan")
        INQUIRY = "klarifikasi", _("Klarifikasi, pemeriksaan, atau investigasi")
        CONCLUSION = "kesimpulan", _("Kesimpulan")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="study")
    round = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=15, choices=Step.choices)
    result = models.TextField(_("hasil"))
    with_whom = models.CharField(_("dengan siapa"), max_length=300, blank=True)
    held_on = models.DateField(_("tanggal pelaksanaan"), null=True, blank=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("langkah telaah")
        verbose_name_plural = _("langkah telaah")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["complaint", "round", "step"], name="complaints_study_step_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint} {self.step}"


class ApipRequest(models.Model):
    """Asking APIP needs the consent of the head, on record."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="apip_requests")
    reason = models.TextField(_("alasan"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(_("catatan"), blank=True)

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("permintaan pelibatan APIP")
        verbose_name_plural = _("permintaan pelibatan APIP")
        ordering = ("asked_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(agreed=None), name="complaints_one_open_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint} APIP"


# The answer --------------------------------------------------------------------------------------


class Answer(models.Model):
    """One draft of the answer; ``digest`` is what approvals name. Sent, it is the answer."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField()
    text = models.TextField(_("isi jawaban"))
    digest = models.CharField(max_length=64)
    levels = models.JSONField(default=list)  # of ``Approver``: who must agree, frozen when drafted
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    sent_through = models.CharField(max_length=20, choices=ChannelKind.choices, blank=True)
    proof = models.CharField(_("bukti penyampaian"), max_length=300, blank=True)
    reopen_until = models.DateField(null=True)
    rating = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    rating_note = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("jawaban")
        verbose_name_plural = _("jawaban")
        ordering = ("complaint", "revision")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["complaint", "revision"], name="complaints_answer_revision"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | (~Q(proof="") & ~Q(sent_through="")),
                name="complaints_sent_has_proof",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint} jawaban {self.revision}"


class Approval(models.Model):
    """One level agreed to one text, or sent it back. Never edited.

    ``with_whom`` and ``paper`` are for levels outside the office: with whom it was agreed, and the
    number and date of the paper that says so.
    """

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="approvals")
    level = models.CharField(max_length=40, choices=Approver.choices)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    agreed = models.BooleanField()
    note = models.TextField(_("catatan"), blank=True)
    with_whom = models.CharField(_("dengan siapa"), max_length=300, blank=True)
    paper = models.CharField(_("nomor dan tanggal surat"), max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("persetujuan jawaban")
        verbose_name_plural = _("persetujuan jawaban")
        ordering = ("at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "level"], name="complaints_level_once")
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.level}"


class AnswerLetter(OwedWork):
    """The answer as a letter: the worker prints it and signs it with the office's key."""

    answer = models.OneToOneField(Answer, models.PROTECT, related_name="letter")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("nomor surat"), max_length=120)
    content = models.JSONField()
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    file = models.FileField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = OwedQuerySet.as_manager()

    class Meta:
        verbose_name = _("surat jawaban")
        verbose_name_plural = _("surat jawaban")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(owed_state=OwedState.OWED),
                name="complaints_letters_owed",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


# Time --------------------------------------------------------------------------------------------


class ComplaintDeadline(Deadline):
    """One promise about a complaint: the answer, or an internal mark, or one level's share."""

    Kind = ComplaintTerm.Kind

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=15, choices=ComplaintTerm.Kind.choices)
    of = models.CharField(max_length=40, blank=True)  # the level whose share it is

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenggat pengaduan")
        verbose_name_plural = _("tenggat pengaduan")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["complaint", "kind"], condition=Q(met_at=None),
                name="complaints_one_running_deadline",
            )
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(
                fields=["next_mark_at"],
                condition=Q(met_at=None, next_mark_at__isnull=False),
                name="complaints_deadlines_marked",
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint} {self.kind}"

    @property
    def term_name(self) -> str:
        return f"complaints.{self.kind}"

    @classmethod
    def term_names(cls) -> Concat:
        return Concat(Value("complaints."), F("kind"))


class Escalation(models.Model):
    """A complaint was brought before somebody higher: from, to, why. Never edited."""

    class Cause(models.TextChoices):
        TIME = "waktu", _("Lewat waktu")
        WEIGHT = "bobot", _("Menurut bobot atau kategori")
        REQUEST = "permintaan", _("Permintaan petugas")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="escalations")
    cause = models.CharField(max_length=12, choices=Cause.choices)
    level = models.CharField(max_length=40)
    from_position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    to_position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("eskalasi pengaduan")
        verbose_name_plural = _("eskalasi pengaduan")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.complaint} {self.level}"


# Books and reports -------------------------------------------------------------------------------


class BookPaper(OwedWork):
    """The book or a monthly report as PDF: one person orders and fetches it, after a day it goes.

    ``content`` and the file are sealed like identities: the book may be printed with them.
    """

    class Kind(models.TextChoices):
        BOOK = "buku", _("Buku pengaduan")
        REPORT = "laporan", _("Laporan bulanan")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    name = models.CharField(max_length=120)  # under which it is saved; of nobody
    content = models.BinaryField()
    file = models.FileField(max_length=200, blank=True)

    objects = BookPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("cetakan buku atau laporan pengaduan")
        verbose_name_plural = _("cetakan buku dan laporan pengaduan")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(owed_state=OwedState.OWED),
                name="complaints_papers_owed",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class MonthlyReport(models.Model):
    """What came in and what became of it in one month, frozen as it was compiled.

    ``digest`` is of ``content``; initials name it, so those under an older content are void.
    """

    lifecycle = report.REPORT_LIFECYCLE

    class Status(models.TextChoices):
        COMPILED = report.ReportStatus.COMPILED, _("Disusun")
        CHECKED = report.ReportStatus.CHECKED, _("Diperiksa sekretaris")
        RETURNED = report.ReportStatus.RETURNED, _("Dikembalikan dengan catatan")
        APPROVED = report.ReportStatus.APPROVED, _("Disetujui")
        HANDED_OVER = report.ReportStatus.HANDED_OVER, _("Diserahkan kepada kepala")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="complaint_reports")
    month = models.DateField(_("bulan"))  # its first day
    status = models.CharField(_("keadaan"), max_length=15, choices=Status.choices)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    compiled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    compiled_at = models.DateTimeField()

    objects = MonthlyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("laporan bulanan pengaduan")
        verbose_name_plural = _("laporan bulanan pengaduan")
        ordering = ("-month", "office")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "month"], name="complaints_one_report")
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.month:%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("complaints:report", args=[self.public_id])


class MonthlyReportRecord(TransitionRecord):
    """One change of status of a monthly report."""

    subject = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="records")

    class Meta(TransitionRecord.Meta):
        verbose_name = _("catatan laporan bulanan")
        verbose_name_plural = _("catatan laporan bulanan")


MonthlyReport.record_class = MonthlyReportRecord  # type: ignore[attr-defined]


class ReportInitial(models.Model):
    """Somebody put their initials under the content of a report (``digest``). Never edited."""

    class Level(models.TextChoices):
        COMPILER = "penyusun", _("Disusun oleh")
        SECRETARY = "sekretaris", _("Diperiksa dan disetujui oleh")

    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="initials")
    level = models.CharField(max_length=12, choices=Level.choices)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("paraf laporan bulanan")
        verbose_name_plural = _("paraf laporan bulanan")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.report} {self.level}"


class ReportDeadline(Deadline):
    """The report of a month is to be compiled and handed over: a mark of our own, from no law."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    month = models.DateField()

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenggat laporan bulanan")
        verbose_name_plural = _("tenggat laporan bulanan")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "month"], name="complaints_report_due_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_mark_at"],
                condition=Q(met_at=None, next_mark_at__isnull=False),
                name="complaints_report_due_marked",
            )
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.month:%m-%Y}"

    @property
    def term_name(self) -> str:
        return "complaints.report"

    @classmethod
    def term_names(cls) -> Value:
        return Value("complaints.report")
