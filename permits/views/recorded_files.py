"""Handing out a private file of an application: on record, or not at all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from documents.serving import is_there, refuse_closed, serve_private_file
from documents.uploads import PDF
from permits.models import Application, Opening
from permits.services import openings
from permits.views import opening_reasons


def serve_recorded_file(
    request: HttpRequest,
    stored: FieldFile,
    application: Application,
    kind: str,
    *,
    name: str,
    content_type: str = PDF,
    what: str = "",
    file_key: UUID | None = None,
) -> HttpResponseBase:
    """Record who opens the file, then return it. A record that fails stops the answer.

    Who has to say why and has not is led to the page that asks (``opening_reasons``).
    A HEAD request carries nothing away and is not recorded. Parts of a file are never served: one
    view is one request.
    """
    if request.method == "GET" and is_there(stored):
        user: Any = request.user
        now = timezone.now()
        reason = opening_reasons.reason_for(request, application, kind, now)
        if reason is None:
            return opening_reasons.ask(application, request.get_full_path())
        openings.record(
            application,
            kind,
            actor=user,
            at=now,
            what=what or name,
            file_key=file_key,
            reason=reason,
        )
    return serve_private_file(request, stored, content_type=content_type, name=name)


def serve_recorded_upload(
    request: HttpRequest, upload: Any, application: Application, *, sender: bool = False
) -> HttpResponseBase:
    """Hand out an uploaded file once its scan lets it be opened (``refuse_closed``)."""
    return refuse_closed(request, upload, sender=sender) or serve_recorded_file(
        request,
        upload.file,
        application,
        Opening.Kind.UPLOAD,
        name=upload.original_name,
        content_type=upload.content_type,
        file_key=upload.public_id,
    )
