"""Serve private files with headers that disable active content."""

from __future__ import annotations

import logging

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from documents.uploads import JPEG, PDF, PNG

logger = logging.getLogger(__name__)

INLINE = {PDF, JPEG, PNG}
# an untrusted file: no script, no request, no form; pages of the portal may frame it
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
)


def serve_private_file(
    request: HttpRequest, stored: FieldFile, *, content_type: str, name: str
) -> HttpResponseBase:
    """Return ``stored`` as a response: inline if it is a PDF, JPEG or PNG and ``?unduh`` is absent.

    A missing file is logged and answered with an error page.
    """
    try:
        handle = stored.open("rb")
    except (OSError, ValueError):
        logger.exception("file of %s is missing: %s", stored.instance, stored.name)
        return render(request, "documents/file_missing.html", status=404)
    inline = content_type in INLINE
    response = FileResponse(
        handle,
        as_attachment=not inline or bool(request.GET.get("unduh")),
        filename=name,
        content_type=content_type if inline else "application/octet-stream",
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = POLICY
    return response


def is_there(stored: FieldFile) -> bool:
    """Whether the file of the row exists in the storage."""
    return stored.name is not None and bool(stored) and stored.storage.exists(stored.name)
