"""Applications, their walk through the SOP, their documents, clock, numbers and certificates."""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, Position
from permits import guards  # noqa: F401  registers what the database refuses to change
from permits.domain import lifecycle
from permits.domain.numbering import tracking_code
from permits.querysets import (
    ApplicationQuerySet,
    ApplicationStepQuerySet,
    CertificateQuerySet,
    DocumentQuerySet,
)
from standards.models import Procedure, Requirement, Service, SopStep, StandardVersion
from workflow.models import (
    ClockEventRow,
    Deadline,
    DeadlineQuerySet,
    OwedQuerySet,
    OwedState,
    OwedWork,
    TransitionRecord,
)


class Status(models.TextChoices):
    """Labels for lists and filters; ``permits.presenters.wording`` has the sentences."""

    DRAFT = lifecycle.Status.DRAFT, _("Konsep")
    SUBMITTED = lifecycle.Status.SUBMITTED, _("Diajukan")
    INCOMPLETE = lifecycle.Status.INCOMPLETE, _("Belum lengkap")
    IN_PROCESS = lifecycle.Status.IN_PROCESS, _("Diproses")
    RETURNED = lifecycle.Status.RETURNED, _("Dikembalikan")
    ISSUED = lifecycle.Status.ISSUED, _("Terbit")
    COMPLETED = lifecycle.Status.COMPLETED, _("Selesai")
    REJECTED = lifecycle.Status.REJECTED, _("Ditolak")
    WITHDRAWN = lifecycle.Status.WITHDRAWN, _("Ditarik")
    LAPSED = lifecycle.Status.LAPSED, _("Gugur")


class HolderKind(models.TextChoices):
    """Whose permit it will be."""

    PERSON = "perorangan", _("Perorangan")
    BODY = "badan", _("Badan usaha/lembaga")


class Application(models.Model):
    """One file (berkas permohonan). It keeps the version and procedure it was accepted under."""

    lifecycle = lifecycle.LIFECYCLE

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications"
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="applications")
    service = models.ForeignKey(Service, models.PROTECT, related_name="applications")
    version = models.ForeignKey(StandardVersion, models.PROTECT, related_name="applications")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="applications")
    status = models.CharField(
        _("keadaan"), max_length=20, choices=Status.choices, default=Status.DRAFT
    )
    number = models.CharField(_("nomor permohonan"), max_length=40, unique=True, null=True)  # noqa: DJ001 - unique
    tracking_code = models.CharField(max_length=19, unique=True, default=tracking_code)

    holder_kind = models.CharField(
        _("pemegang izin"), max_length=12, choices=HolderKind.choices, default=HolderKind.BODY
    )
    holder_name = models.CharField(_("nama pemegang"), max_length=200, blank=True)
    responsible_name = models.CharField(_("nama penanggung jawab"), max_length=150, blank=True)
    national_id = models.CharField(
        _("NIK penanggung jawab"), max_length=16, blank=True,
        validators=[RegexValidator(r"^\d{16}$", _("NIK terdiri atas 16 angka."))],
    )  # fmt: skip
    business_number = models.CharField(
        "NIB", max_length=13, blank=True,
        validators=[RegexValidator(r"^\d{13}$", _("NIB terdiri atas 13 angka."))],
    )  # fmt: skip
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    phone = models.CharField(_("nomor telepon"), max_length=20, blank=True)
    form_data = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    declared = models.JSONField(default=list, blank=True)
    declared_true_at = models.DateTimeField(null=True)

    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # where it lies now, written together with the step records: the worklist is one indexed query
    current_step = models.ForeignKey("ApplicationStep", models.PROTECT, null=True, related_name="+")
    desk = models.ForeignKey(Position, models.PROTECT, null=True, related_name="files")
    # a cache of the service deadline (reckon()); empty while the clock stands still
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("permohonan")
        verbose_name_plural = _("permohonan")
        ordering = ("-created_at",)
        indexes: ClassVar = [
            models.Index(
                fields=["desk", "due_at", "submitted_at"],
                condition=Q(status__in=["diajukan", "diproses", "terbit"]),
                name="permits_worklist",
            ),
            models.Index(fields=["applicant", "-created_at"], name="permits_own_files"),
            models.Index(
                fields=["office", "status", "-submitted_at"], name="permits_office_status"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status="konsep") | Q(number__isnull=False, submitted_at__isnull=False),
                name="permits_sent_has_number",
            ),
            models.UniqueConstraint(
                fields=["applicant", "service"],
                condition=Q(status="konsep"),
                name="permits_one_draft_a_service",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"konsep {self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("permits:application", args=[self.public_id])

    def get_desk_url(self) -> str:
        return reverse("permits:file", args=[self.public_id])


class ApplicationRecord(TransitionRecord):
    """One change of status of an application."""

    subject = models.ForeignKey(Application, models.PROTECT, related_name="records")

    class Meta(TransitionRecord.Meta):
        verbose_name = _("catatan permohonan")
        verbose_name_plural = _("catatan permohonan")


Application.record_class = ApplicationRecord  # type: ignore[attr-defined]


class ApplicationStep(models.Model):
    """One visit of a file to an SOP step: a line of the routing card (kartu kendali).

    Handing over and receiving are two events; somebody who acts without having pressed "receive"
    receives in the same moment.
    """

    class Outcome(models.TextChoices):
        DONE = "selesai", _("Selesai")
        RETURNED = "dikembalikan", _("Dikembalikan")
        SKIPPED = "dilewati", _("Tidak diperlukan")
        ENDED = "dihentikan", _("Dihentikan")

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps")
    step = models.ForeignKey(SopStep, models.PROTECT, related_name="visits")
    visit = models.PositiveSmallIntegerField(default=1)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    handed_over_at = models.DateTimeField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    received_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)
    capacity = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True)
    note = models.TextField(blank=True)

    objects = ApplicationStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("pelaksanaan langkah")
        verbose_name_plural = _("pelaksanaan langkah")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(finished_at=None),
                name="permits_one_open_step",
            ),
            models.UniqueConstraint(
                fields=["application", "step", "visit"], name="permits_visit_once"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, outcome="")
                | (Q(finished_at__isnull=False) & ~Q(outcome="")),
                name="permits_finished_has_outcome",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.application} langkah {self.step.printed_number}"


class Document(models.Model):
    """One uploaded file, never overwritten: a newer one supersedes it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="documents")
    file = models.FileField(max_length=200)
    original_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas")
        verbose_name_plural = _("berkas")
        ordering = ("uploaded_at",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "requirement"], condition=Q(superseded_at=None),
                name="permits_one_current_document",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.original_name


class RequirementVerdict(models.Model):
    """What an officer found about one requirement at one visit of the completeness check."""

    class Result(models.TextChoices):
        ACCEPTED = "sesuai", _("Sesuai")
        REFUSED = "tidak_sesuai", _("Tidak sesuai")
        MISSING = "tidak_ada", _("Tidak ada")

    application = models.ForeignKey(Application, models.CASCADE, related_name="verdicts")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="verdicts")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="verdicts")
    visit = models.ForeignKey(ApplicationStep, models.CASCADE, related_name="verdicts")
    result = models.CharField(max_length=15, choices=Result.choices)
    reason = models.CharField(_("alasan"), max_length=500, blank=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("hasil periksa berkas")
        verbose_name_plural = _("hasil periksa berkas")
        ordering = ("at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "requirement"], name="permits_verdict_once"),
            models.CheckConstraint(
                condition=Q(result="sesuai") | ~Q(reason=""), name="permits_refusal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id}: {self.result}"


class ApplicationClockEvent(ClockEventRow):
    """One event of the service clock of an application."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="clock_events")

    class Meta(ClockEventRow.Meta):
        verbose_name = _("kejadian jam layanan")
        verbose_name_plural = _("kejadian jam layanan")


class ApplicationDeadline(Deadline):
    """One promise about an application: the whole file, the internal target, or one step."""

    class Kind(models.TextChoices):
        SERVICE = "layanan", _("Jangka waktu layanan")
        TARGET = "target", _("Target internal")
        STEP = "langkah", _("Waktu baku langkah")
        CHECK = "pemeriksaan", _("Pemeriksaan kelengkapan")
        COMPLETION = "kelengkapan", _("Melengkapi berkas")
        COLLECTION = "pengambilan", _("Pengambilan dokumen")
        VALIDITY = "masa_berlaku", _("Masa berlaku izin")
        DRAFT = "konsep", _("Penyimpanan konsep")

    application = models.ForeignKey(Application, models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    visit = models.ForeignKey(ApplicationStep, models.CASCADE, null=True, related_name="deadlines")

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenggat")
        verbose_name_plural = _("tenggat")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "kind"], condition=Q(met_at=None),
                name="permits_one_running_deadline",
            )
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(
                fields=["next_mark_at"],
                condition=Q(met_at=None, next_mark_at__isnull=False),
                name="permits_deadlines_marked",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.kind}"

    @property
    def term_name(self) -> str:
        return f"permits.{self.kind}"

    @classmethod
    def term_names(cls) -> Concat:
        return Concat(Value("permits."), F("kind"))


class Inspection(models.Model):
    """Berita acara pemeriksaan (BAP) of the technical team."""

    class Recommendation(models.TextChoices):
        ELIGIBLE = "layak", _("Memenuhi syarat")
        NOT_ELIGIBLE = "tidak_layak", _("Tidak memenuhi syarat")

    application = models.ForeignKey(Application, models.CASCADE, related_name="inspections")
    visit = models.OneToOneField(ApplicationStep, models.CASCADE, related_name="inspection")
    inspected_on = models.DateField(_("tanggal peninjauan"))
    place = models.CharField(_("tempat"), max_length=200)
    team = models.CharField(_("anggota tim"), max_length=300)
    findings = models.TextField(_("temuan"))
    recommendation = models.CharField(
        _("rekomendasi"), max_length=15, choices=Recommendation.choices
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("berita acara pemeriksaan")
        verbose_name_plural = _("berita acara pemeriksaan")

    def __str__(self) -> str:
        return f"BAP {self.application}"


class InspectionPhoto(models.Model):
    """One photo of an inspection, re-encoded so that it carries no hidden data."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="photos")
    file = models.FileField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    caption = models.CharField(_("keterangan"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("foto peninjauan")
        verbose_name_plural = _("foto peninjauan")

    def __str__(self) -> str:
        return self.caption or str(self.public_id)


class CertificateDraft(models.Model):
    """The text to be signed, by revision; ``digest`` is what initials and signature name."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="drafts")
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
                fields=["application", "revision"], name="permits_draft_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} konsep {self.revision}"


class Initial(models.Model):
    """One paraf: who approved which text (by digest) in which capacity."""

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


class NumberRegister(models.Model):
    """One counter per office, kind and year; its row is locked while a number is taken."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="registers")
    kind = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("buku nomor")
        verbose_name_plural = _("buku nomor")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "kind", "year"], name="permits_register_once")
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.kind} {self.year}"


class CertificateNumber(models.Model):
    """A number of the register: reserved, then issued, or void with a reason."""

    class State(models.TextChoices):
        RESERVED = "dicadangkan", _("Dicadangkan")
        ISSUED = "terbit", _("Terbit")
        VOID = "batal", _("Batal")

    register = models.ForeignKey(
        NumberRegister, models.PROTECT, related_name="numbers", verbose_name=_("buku nomor")
    )
    value = models.PositiveIntegerField(_("urutan"))
    text = models.CharField(_("nomor"), max_length=120)
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="numbers", verbose_name=_("permohonan")
    )
    state = models.CharField(
        _("keadaan"), max_length=12, choices=State.choices, default=State.RESERVED
    )
    reserved_at = models.DateTimeField(_("dicadangkan pada"))
    settled_at = models.DateTimeField(_("terbit atau batal pada"), null=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("nomor dokumen izin")
        verbose_name_plural = _("nomor dokumen izin")
        ordering = ("register", "value")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "value"], name="permits_number_once"),
            models.UniqueConstraint(
                fields=["application"], condition=~Q(state="batal"),
                name="permits_one_number_a_file",
            ),
            models.CheckConstraint(
                condition=~Q(state="batal") | ~Q(reason=""), name="permits_void_has_reason"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text


_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"  # none alike


def new_token() -> str:
    """Return 192 random bits for the address behind the QR.

    Letters and figures only: the address is printed, and a hyphen at the end of a line is lost by
    whoever copies it.
    """
    return "".join(secrets.choice(_LETTERS) for _one in range(33))


class Certificate(OwedWork):
    """The permit itself: requested by the head's signature, rendered and signed by the worker."""

    class State(models.TextChoices):
        REQUESTED = "diminta", _("Menunggu tanda tangan elektronik")
        SIGNED = "ditandatangani", _("Ditandatangani")
        ISSUED = "terbit", _("Terbit")
        REVOKED = "dicabut", _("Dicabut")

    application = models.OneToOneField(
        Application, models.PROTECT, related_name="certificate", verbose_name=_("permohonan")
    )
    number = models.OneToOneField(
        CertificateNumber, models.PROTECT, related_name="certificate", verbose_name=_("nomor")
    )
    draft = models.ForeignKey(CertificateDraft, models.PROTECT, related_name="certificates")
    state = models.CharField(
        _("keadaan"), max_length=15, choices=State.choices, default=State.REQUESTED
    )
    content = models.JSONField()
    token = models.CharField(max_length=40, unique=True, default=new_token)
    visit = models.ForeignKey(ApplicationStep, models.PROTECT, related_name="+")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signer_capacity = models.CharField(_("jabatan penanda tangan"), max_length=200)
    requested_at = models.DateTimeField(_("diminta pada"))
    signed_at = models.DateTimeField(_("ditandatangani pada"), null=True)
    issued_at = models.DateTimeField(_("terbit pada"), null=True)
    valid_from = models.DateField(_("berlaku dari"))
    valid_until = models.DateField(_("berlaku sampai"), null=True)
    revoked_at = models.DateTimeField(_("dicabut pada"), null=True)
    revoked_reason = models.CharField(_("alasan pencabutan"), max_length=300, blank=True)
    file = models.FileField(max_length=200, blank=True)
    sha256 = models.CharField(_("sidik"), max_length=64, blank=True, db_index=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokumen izin")
        verbose_name_plural = _("dokumen izin")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(owed_state=OwedState.OWED),
                name="permits_certificates_owed",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.number)


class Printout(OwedWork):
    """A paper the worker makes from frozen content: receipt, draft preview."""

    class Kind(models.TextChoices):
        RECEIPT = "tanda_terima", _("Tanda terima")
        DRAFT = "konsep", _("Konsep dokumen izin")
        LETTER = "surat", _("Surat pemberitahuan")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=100, unique=True)
    application = models.ForeignKey(Application, models.CASCADE, related_name="printouts")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    content = models.JSONField()
    created_at = models.DateTimeField()
    file = models.FileField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = OwedQuerySet.as_manager()

    class Meta:
        verbose_name = _("cetakan")
        verbose_name_plural = _("cetakan")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(owed_state=OwedState.OWED),
                name="permits_printouts_owed",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.key


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


class DueDateChange(models.Model):
    """One promised date that a change of the calendar moved: old and new stay on record."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="due_date_changes")
    deadline = models.ForeignKey(ApplicationDeadline, models.PROTECT, related_name="changes")
    old_on = models.DateField(_("semula"))
    new_on = models.DateField(_("menjadi"))
    calendar_version = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("perubahan tanggal janji")
        verbose_name_plural = _("perubahan tanggal janji")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.application}: {self.old_on} -> {self.new_on}"
