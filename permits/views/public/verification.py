"""Verification of certificates: by QR code, by number, and by comparing a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from documents import verification
from documents.uploads import LostUpload
from permits.domain import certificates
from permits.domain.certificates import Validity
from permits.domain.printed import folded
from permits.forms.applicant import CompareForm, NumberForm
from permits.models import Certificate
from permits.presenters import wording
from permits.presenters.printed_pages import page_for
from permits.querysets import CertificateQuerySet
from permits.selectors import documents_printed_as
from permits.views.public.tracking_page import masked
from workflow.throttling import CODES, not_cached, throttled_by

_VALIDITY: dict[Validity, tuple[str, str | LazyText, str | LazyText]] = {
    Validity.REVOKED: (
        "late",
        gettext_lazy("Dicabut"),
        gettext_lazy("Kantor mencabut dokumen ini. Jangan dipakai sebagai dasar apa pun."),
    ),
    Validity.PENDING: (
        "attention",
        gettext_lazy("Belum terbit"),
        gettext_lazy(
            "Dokumen ini sudah ditandatangani, tetapi belum diterbitkan kantor. "
            "Sampai terbit, dokumen belum berlaku."
        ),
    ),
    Validity.EXPIRED: (
        "attention",
        gettext_lazy("Asli, tetapi tidak berlaku lagi"),
        gettext_lazy("Dokumen ini diterbitkan kantor, tetapi masa berlakunya sudah habis."),
    ),
    Validity.VALID: (
        "good",
        gettext_lazy("Asli dan berlaku"),
        gettext_lazy("Dokumen ini diterbitkan kantor dan berlaku hari ini."),
    ),
}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"BM")
_REFUSAL = (
    "neutral",
    gettext_lazy("Asli: surat penolakan"),
    gettext_lazy("Kantor menerbitkan surat ini. Isinya menolak permohonan; surat ini bukan izin."),
)


@dataclass(frozen=True, slots=True)
class DocumentValidity:
    """The validity of a document today, as text."""

    certificate: Certificate
    code: str
    meaning: str
    title: str
    sentence: str
    holder: str
    masked: bool

    @property
    def issuer(self) -> str:
        """The office as the paper names it: it may have another name today."""
        office: dict[str, str] = self.certificate.content.get("office", {})
        return office.get("name") or self.certificate.application.office.name


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing a file; ``meaning`` is good, attention (undecided) or late."""

    meaning: str
    title: str
    sentence: str
    advice: str = ""

    @property
    def genuine(self) -> bool:
        """Whether the file is the registered one."""
        return self.meaning == "good"


def document_validity(
    certificate: Certificate, today: date, *, named: bool = True
) -> DocumentValidity:
    """Return the validity of ``certificate`` ``today``, according to the register.

    If ``named`` is false, the holder is masked: a number can be guessed, the token cannot.
    """
    code, meaning, title, sentence = _validity(certificate, today)
    name = _signed_holder(certificate)
    holder = name if named else masked(name)
    return DocumentValidity(certificate, code, meaning, title, sentence, holder, masked=not named)


def _signed_holder(certificate: Certificate) -> str:
    """Return the holder as the paper names them: the first of its rows."""
    rows: list[list[str]] = certificate.content.get("holder", [])
    return rows[0][1] if rows else certificate.application.holder_name


def _validity(certificate: Certificate, today: date) -> tuple[str, str, str, str]:
    validity = certificates.validity(certificate.state, certificate.valid_until, today)
    meaning, title, sentence = _VALIDITY[validity]
    if certificate.is_refusal and validity is Validity.VALID:
        meaning, title, sentence = _REFUSAL
    sentences = [str(sentence)]
    if validity is Validity.REVOKED and certificate.revoked_reason:
        sentences.append(_("Alasan: %(reason)s") % {"reason": certificate.revoked_reason})
    return validity, meaning, str(title), " ".join(sentences)


@require_http_methods(["GET", "HEAD", "POST"])
@throttled_by(CODES)
def verify(request: HttpRequest) -> HttpResponse:
    """Look up a document by its printed number or code, or by its file.

    Another printed number leads to its page, a code to the page behind the QR code.
    """
    sent = request.POST if request.method == "POST" else request.GET
    number = _plain(sent.get("nomor", "")).strip()
    upload = request.FILES.get("berkas")
    context: dict[str, object] = {
        "number_form": NumberForm(initial={"nomor": number[:150]}),
        "file_form": CompareForm(),
        "official_host": _official_host(),
    }
    if upload is not None:
        context |= _by_file(upload)
    elif number:
        rows = _documents(documents_printed_as(number))
        coded = rows.filter(code=folded(number)).first()
        if coded is not None:
            return redirect("permits:verified", token=coded.token)
        if not rows and (page := _other_page(number)):
            return redirect(page)
        context |= _by_number(number, rows)
    elif request.method == "POST":
        context["empty"] = True
    if (upload or number or request.method == "POST") and not context.get("standings"):
        CODES.record_failure(request)
    return render(request, "permits/public/verify.html", context)


def _other_page(number: str) -> str:
    """Return the page of a number that is not of a document, unless it is this page."""
    page = page_for(number)
    return "" if page.startswith(reverse("permits:verify")) else page


def _by_number(number: str, rows: CertificateQuerySet) -> dict[str, object]:
    return {
        "asked": number[:150],
        "standings": [document_validity(row, _today(row), named=False) for row in rows[:5]],
    }


def _by_file(upload: UploadedFile) -> dict[str, object]:
    content = _read(upload)
    if isinstance(content, str):
        return {"comparison": _not_genuine(content)}
    row = (
        _documents(Certificate.objects.public()).filter(sha256=verification.sha256(content)).first()
    )
    examination = verification.examine_confined(content)
    if row is None:
        return {"comparison": _not_genuine(examination.problem)}
    if not examination.valid:
        return {"comparison": _not_genuine(examination.problem), "standings": []}
    return {"comparison": _genuine(), "standings": [document_validity(row, _today(row))]}


@require_http_methods(["GET", "HEAD", "POST"])
@not_cached
def verified(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the QR code: the validity in the register, and the comparison of a file."""
    if request.method == "POST" and (refusal := CODES.refusal(request)):
        return refusal
    certificate = _documents(Certificate.objects.public()).filter(token=_plain(token)).first()
    if certificate is None:
        return render(
            request,
            "permits/public/unknown_document.html",
            {"official_host": _official_host()},
            status=404,
        )
    context: dict[str, object] = {
        "standing": document_validity(certificate, _today(certificate)),
        "file_form": CompareForm(),
        "official_host": _official_host(),
    }
    if request.method == "POST":
        upload = request.FILES.get("berkas")
        comparison = _compare(certificate, upload) if upload else None
        if comparison is None or not comparison.genuine:
            CODES.record_failure(request)
        context |= {"comparison": comparison, "empty": upload is None}
    return render(request, "permits/public/verified.html", context)


def _compare(certificate: Certificate, upload: UploadedFile) -> Comparison:
    content = _read(upload)
    if isinstance(content, str):
        return _not_genuine(content)
    examination = verification.examine_confined(content)
    if not examination.valid:
        return _not_genuine(examination.problem)
    if verification.sha256(content) == certificate.sha256:
        return _genuine()
    return Comparison(
        "late",
        _("Bukan berkas dari dokumen ini"),
        _(
            "Tanda tangannya sah, tetapi isinya bukan dokumen dengan nomor di atas. "
            "Periksa berkas itu di halaman Periksa dokumen."
        ),
    )


def _genuine() -> Comparison:
    return Comparison(
        "good",
        _("Berkas ini asli"),
        _("Setiap bagian berkas sama dengan yang ditandatangani dan tercatat dalam register."),
    )


def _not_genuine(problem: str | None) -> Comparison:
    """Return what is said of a file that is not in the register, or cannot be compared with it."""
    if problem is None:
        return Comparison("late", _("Bukan dokumen izin"), str(wording.NOT_IN_REGISTER))
    if problem in wording.FALSE_FILES:
        title = _("Berkas ini bukan dokumen asli")
        return Comparison("late", title, str(wording.FALSE_FILES[problem]))
    doubt, why = wording.UNDECIDED_FILES[problem]
    return Comparison("attention", str(doubt), str(why), str(wording.PAPER_INSTEAD))


def _documents(rows: CertificateQuerySet) -> CertificateQuerySet:
    return rows.select_related(
        "number", "application__office", "application__service", "application__version"
    )


def _plain(text: str) -> str:
    """Return ``text`` without NUL, which PostgreSQL does not accept."""
    return text.replace("\0", "")


def _read(upload: UploadedFile) -> bytes | str:
    """Return the content, or the code of the problem: too large, not stored, or a picture."""
    if isinstance(upload, LostUpload):
        return "lost"
    if (upload.size or 0) > verification.MAX_BYTES:
        return "too_large"
    content = bytes(upload.read())
    picture = content.startswith(_PICTURES) or content[4:8] == b"ftyp"  # the last is HEIC
    return "photo" if picture else content


def _today(certificate: Certificate) -> date:
    return certificate.application.office.local_date(timezone.now())


def _official_host() -> str:
    return urlsplit(settings.SITE_URL).netloc
