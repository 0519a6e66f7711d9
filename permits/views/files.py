"""Private files, with a permission check and safe headers."""

from __future__ import annotations

import logging
from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from permits.models import Application, Certificate, Document, InspectionPhoto, Opening, Payment
from permits.policies import may_collect, may_read_letter
from permits.presenters.progress import receipt
from permits.services import documents
from permits.views.applicant.access import SignedIn
from permits.views.recorded_files import serve_recorded_file, serve_recorded_upload
from workflow.http import answer_to_waiting
from workflow.refusals import sentence

logger = logging.getLogger(__name__)


@login_required
@require_safe
def document(request: SignedIn, key: UUID) -> HttpResponseBase:
    """One uploaded file, for its applicant and the officers of the office."""
    visible = Document.objects.visible_to(request.user).select_related("application")
    upload = get_object_or_404(visible, public_id=key, erased_at=None)
    own = upload.application.applicant_id == request.user.pk
    answer = serve_recorded_upload(request, upload, upload.application, sender=own)
    if upload.opened_at is None and not own and answer.status_code == HTTPStatus.OK:
        documents.note_opened(upload, actor=request.user, at=timezone.now())
    return answer


@login_required
@require_safe
def photo(request: SignedIn, key: UUID) -> HttpResponseBase:
    """One photo of an inspection, for the users who may see its application."""
    rows = InspectionPhoto.objects.visible_to(request.user)
    picture = get_object_or_404(rows.select_related("inspection__application"), public_id=key)
    return serve_recorded_file(
        request,
        picture.file,
        picture.inspection.application,
        Opening.Kind.PHOTO,
        name=f"foto-{picture.pk}.jpg",
        content_type=picture.content_type,
        file_key=picture.public_id,
    )


@login_required
@require_safe
def payment_proof(request: SignedIn, key: UUID) -> HttpResponseBase:
    """The proof of a payment, for the users who may see its application."""
    rows = Payment.objects.visible_to(request.user).select_related("application")
    payment = get_object_or_404(rows, public_id=key)
    return serve_recorded_upload(request, payment, payment.application)


@login_required
@require_safe
def receipt_pdf(request: SignedIn, key: UUID) -> HttpResponseBase:
    """The receipt (tanda terima), or a waiting page until the worker has rendered it."""
    application = get_object_or_404(Application.objects.visible_to(request.user), public_id=key)
    printout = receipt(application)
    if printout is None:
        raise Http404
    failed = printout.job_status == "gagal"
    if answer := answer_to_waiting(request, ready=bool(printout.file), failed=failed):
        return answer
    if not printout.file:
        context = {"application": application, "failed": failed}
        return render(request, "permits/applicant/receipt_waiting.html", context)
    name = _("Tanda terima %(number)s.pdf") % {"number": application.number}
    return serve_recorded_file(request, printout.file, application, Opening.Kind.RECEIPT, name=name)


@login_required
@require_safe
def certificate_pdf(request: SignedIn, key: UUID) -> HttpResponseBase:
    """The signed document: for officers once signed, for the applicant once it can be collected."""
    application = get_object_or_404(
        Application.objects.visible_to(request.user).select_related("certificate__number"),
        public_id=key,
    )
    certificate = application.certificate
    if certificate is None or certificate.signed_at is None:
        raise Http404
    is_own = application.applicant_id == request.user.pk
    may_read = may_read_letter if certificate.is_refusal else may_collect
    if is_own and not may_read(request.user, application):
        raise PermissionDenied(sentence("not_issued_yet"))
    return serve_recorded_file(
        request,
        certificate.file,
        application,
        Opening.Kind.CERTIFICATE,
        name=file_name(certificate),
    )


@login_required
@require_safe
def paper_pdf(request: SignedIn, key: UUID, paper: int) -> HttpResponseBase:
    """One signed document of an application, also one that was replaced.

    The present one is opened as ``certificate_pdf`` allows, an earlier one by all who see the file.
    """
    visible = Certificate.objects.visible_to(request.user).public().select_related("number")
    certificate = get_object_or_404(visible, pk=paper, application__public_id=key)
    if certificate.pk == certificate.application.certificate_id:
        return certificate_pdf(request, key=key)
    return serve_recorded_file(
        request,
        certificate.file,
        certificate.application,
        Opening.Kind.CERTIFICATE,
        name=file_name(certificate),
    )


def file_name(certificate: Certificate) -> str:
    """Return the name under which the document is saved: its title and number."""
    number = certificate.number.text.replace("/", "-")
    return f"{certificate.content['title']} {number}.pdf"
