"""Handing out private files: through the door, with headers that let them do nothing."""

from __future__ import annotations

import logging
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from permits.models import Application, Certificate, Document, InspectionPhoto
from permits.policies import may_collect
from permits.reading import receipt
from permits.uploads import JPEG, PDF, PNG
from permits.views.applicant_door import SignedIn
from workflow.refusals import sentence

logger = logging.getLogger(__name__)

INLINE = {PDF, JPEG, PNG}
# a file of a stranger: no script, no address, no form; our own pages may show it in a frame
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
)


def hand_out(
    request: HttpRequest, stored: FieldFile, *, content_type: str, name: str
) -> HttpResponseBase:
    """Return ``stored``: shown if it is a PDF, JPEG or PNG and ``?unduh`` was not asked for.

    A file that is missing on the disk has a page that says so, and a line in the log.
    """
    try:
        handle = stored.open("rb")
    except (OSError, ValueError):
        logger.exception("file of %s is missing: %s", stored.instance, stored.name)
        return render(request, "permits/public/file_missing.html", status=404)
    known = content_type in INLINE
    response = FileResponse(
        handle,
        as_attachment=not known or bool(request.GET.get("unduh")),
        filename=name,
        content_type=content_type if known else "application/octet-stream",
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = POLICY
    return response


@login_required
@require_safe
def document(request: SignedIn, key: UUID) -> HttpResponseBase:
    """One uploaded file, for its applicant and the officers of the office."""
    found = get_object_or_404(Document.objects.visible_to(request.user), public_id=key)
    return hand_out(request, found.file, content_type=found.content_type, name=found.original_name)


@login_required
@require_safe
def photo(request: SignedIn, key: UUID) -> HttpResponseBase:
    """One photo of an inspection, through the door of its application."""
    visible = Application.objects.visible_to(request.user).values("pk")
    found = get_object_or_404(InspectionPhoto, public_id=key, inspection__application__in=visible)
    return hand_out(
        request, found.file, content_type=found.content_type, name=f"foto-{found.pk}.jpg"
    )


@login_required
@require_safe
def receipt_pdf(request: SignedIn, key: UUID) -> HttpResponseBase:
    """The receipt (tanda terima); while the worker has not made it yet, a page that says so."""
    application = get_object_or_404(Application.objects.visible_to(request.user), public_id=key)
    paper = receipt(application)
    if paper is None:
        raise Http404
    if not paper.file:
        context = {"application": application, "failed": paper.owed_state == "gagal"}
        return render(request, "permits/applicant/receipt_waiting.html", context)
    name = _("Tanda terima %(number)s.pdf") % {"number": application.number}
    return hand_out(request, paper.file, content_type=PDF, name=name)


@login_required
@require_safe
def certificate_pdf(request: SignedIn, key: UUID) -> HttpResponseBase:
    """The signed document: for officers once signed, for the applicant once it was collected."""
    certificate = get_object_or_404(
        Certificate.objects.visible_to(request.user).public(), application__public_id=key
    )
    application = certificate.application
    if application.applicant_id == request.user.pk and not may_collect(request.user, application):
        raise PermissionDenied(sentence("not_issued_yet"))
    return hand_out(request, certificate.file, content_type=PDF, name=file_name(certificate))


def file_name(certificate: Certificate) -> str:
    """Return the name under which the document is saved: its title and number."""
    number = certificate.number.text.replace("/", "-")
    return f"{certificate.content['title']} {number}.pdf"


def is_there(stored: FieldFile) -> bool:
    """Whether the bytes are where the row says."""
    return stored.name is not None and bool(stored) and stored.storage.exists(stored.name)
