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
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents import verification
from documents.uploads import LostUpload
from permits.content import trials
from permits.domain.printed import folded
from permits.domain.public_names import initials_only
from permits.forms.applicant import CompareForm, NumberForm
from permits.models import Certificate
from permits.presenters import wording
from permits.presenters.printed_pages import page_for, with_query
from permits.presenters.validity import ValidityText, genuine_but, validity_text
from permits.querysets import CertificateQuerySet
from permits.selectors import documents_printed_as
from workflow.throttling import CODES, not_cached, throttled_by

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"BM")


@dataclass(frozen=True, slots=True)
class DocumentValidity:
    """The validity of a document today, as text."""

    certificate: Certificate
    validity: ValidityText
    holder: str
    masked: bool

    @property
    def issuer(self) -> str:
        """The office as the paper names it: it may have another name today."""
        office: dict[str, str] = self.certificate.content.get("office", {})
        return office.get("name") or self.certificate.application.office.name

    @property
    def replacement_url(self) -> str:
        """The page of the paper that replaces this one; by its number if the holder is masked."""
        ended = self.validity.ended
        if ended is None or ended.replacement is None:
            return ""
        if self.masked:
            return with_query("permits:verify", nomor=str(ended.replacement.number))
        return reverse("permits:verified", args=[ended.replacement.token])

    @property
    def replaced_number(self) -> str:
        """The number of the paper that this one replaces; "" if it replaces none."""
        order = getattr(self.certificate, "replaces", None)
        return str(order.certificate.number) if order is not None else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing a file; ``meaning`` is good, attention (undecided) or late.

    ``genuine``: it is the registered one, whatever the document is worth today.
    """

    meaning: str
    title: str
    sentence: str
    advice: str = ""
    genuine: bool = False


def document_validity(
    certificate: Certificate, today: date, *, named: bool = True
) -> DocumentValidity:
    """Return the validity of ``certificate`` ``today``, according to the register.

    If ``named`` is false, the holder is masked: a number can be guessed, the token cannot.
    """
    name = _signed_holder(certificate)
    holder = name if named else initials_only(name)
    return DocumentValidity(
        certificate, validity_text(certificate, today), holder, masked=not named
    )


def _signed_holder(certificate: Certificate) -> str:
    """Return the holder as the paper names them: the first of its rows."""
    rows: list[list[str]] = certificate.content.get("holder", [])
    return rows[0][1] if rows else certificate.application.holder_name


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
        if not rows and trials.is_marked(number):
            return _trial_paper(request)
        if not rows and (page := _other_page(number)):
            return redirect(page)
        context |= _by_number(number, rows)
    elif request.method == "POST":
        context["empty"] = True
    if (upload or number or request.method == "POST") and not context.get("standings"):
        CODES.record_failure(request)
    return render(request, "permits/public/verify.html", context)


def _trial_paper(request: HttpRequest) -> HttpResponse:
    """Say that a paper was made to try a standard: it never was a document of anybody."""
    return render(request, "permits/public/trial_document.html")


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
    found = document_validity(row, _today(row))
    return {"comparison": _genuine(found), "standings": [found]}


@require_http_methods(["GET", "HEAD", "POST"])
@not_cached
def verified(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the QR code: the validity in the register, and the comparison of a file."""
    if request.method == "POST" and (refusal := CODES.refusal(request)):
        return refusal
    if token == trials.TOKEN:
        return _trial_paper(request)
    certificate = _documents(Certificate.objects.public()).filter(token=_plain(token)).first()
    if certificate is None:
        return render(
            request,
            "permits/public/unknown_document.html",
            {"official_host": _official_host()},
            status=404,
        )
    found = document_validity(certificate, _today(certificate))
    context: dict[str, object] = {
        "found": found,
        "file_form": CompareForm(),
        "official_host": _official_host(),
    }
    if request.method == "POST":
        upload = request.FILES.get("berkas")
        comparison = _compare(found, upload) if upload else None
        if comparison is None or not comparison.genuine:
            CODES.record_failure(request)
        context |= {"comparison": comparison, "empty": upload is None}
    return render(request, "permits/public/verified.html", context)


def _compare(found: DocumentValidity, upload: UploadedFile) -> Comparison:
    content = _read(upload)
    if isinstance(content, str):
        return _not_genuine(content)
    examination = verification.examine_confined(content)
    if not examination.valid:
        return _not_genuine(examination.problem)
    if verification.sha256(content) == found.certificate.sha256:
        return _genuine(found)
    return Comparison(
        "late",
        _("Bukan berkas dari dokumen ini"),
        _(
            "Tanda tangannya sah, tetapi isinya bukan dokumen dengan nomor di atas. "
            "Periksa berkas itu di halaman Periksa dokumen."
        ),
    )


def _genuine(found: DocumentValidity) -> Comparison:
    """Return what is said of a registered file; green only if its document is valid."""
    same = _("Setiap bagian berkas sama dengan yang ditandatangani dan tercatat dalam register.")
    if warning := genuine_but(found.validity):
        return Comparison(
            "attention", _("Berkas ini asli, dokumennya tidak berlaku"), same, warning, genuine=True
        )
    return Comparison("good", _("Berkas ini asli"), same, genuine=True)


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
    return rows.with_validity()


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
