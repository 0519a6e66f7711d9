"""Private files, with a permission check and safe headers."""

from __future__ import annotations

import logging
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.serving import serve_private_file
from documents.uploads import PDF
from permits.models import Application, Certificate, Document, InspectionPhoto
from permits.policies import may_collect, may_read_letter
from permits.presenters.progress import receipt
from permits.services import documents
from permits.views.applicant.access import SignedIn
from workflow.http import answer_to_waiting
from workflow.refusals import sentence

logger = logging.getLogger(__name__)


@login_required
@require_safe
def document(request: SignedIn, key: UUID) -> HttpResponseBase:
    """One uploaded file, for its applicant and the officers of the office."""
    visible = Document.objects.visible_to(request.user).select_related("application")
    upload = get_object_or_404(visible, public_id=key)
    if upload.opened_at is None and upload.application.applicant_id != request.user.pk:
        documents.note_opened(upload, actor=request.user, at=timezone.now())
    return serve_private_file(
        request, upload.file, content_type=upload.content_type, name=upload.original_name
    )


@login_required
@require_safe
def photo(request: SignedIn, key: UUID) -> HttpResponseBase:
    """One photo of an inspection, for the users who may see its application."""
    visible = Application.objects.visible_to(request.user).values("pk")
    picture = get_object_or_404(InspectionPhoto, public_id=key, inspection__application__in=visible)
    return serve_private_file(
        request, picture.file, content_type=picture.content_type, name=f"foto-{picture.pk}.jpg"
    )


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
    return serve_private_file(request, printout.file, content_type=PDF, name=name)


@login_required
@require_safe
def certificate_pdf(request: SignedIn, key: UUID) -> HttpResponseBase:
    """The signed document: for officers once signed, for the applicant once it can be collected."""
    certificate = get_object_or_404(
        Certificate.objects.visible_to(request.user).public(), application__public_id=key
    )
    application = certificate.application
    is_own = application.applicant_id == request.user.pk
    may_read = may_read_letter if certificate.is_refusal else may_collect
    if is_own and not may_read(request.user, application):
        raise PermissionDenied(sentence("not_issued_yet"))
    return serve_private_file(
        request, certificate.file, content_type=PDF, name=file_name(certificate)
    )


def file_name(certificate: Certificate) -> str:
    """Return the name under which the document is saved: its title and number."""
    number = certificate.number.text.replace("/", "-")
    return f"{certificate.content['title']} {number}.pdf"
