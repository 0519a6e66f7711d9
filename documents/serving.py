"""Serving private files with headers under which a stranger's file can do nothing."""

from __future__ import annotations

import logging

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from documents.uploads import JPEG, PDF, PNG

logger = logging.getLogger(__name__)

INLINE = {PDF, JPEG, PNG}
# a file of a stranger: no script, no address, no form; our own pages may show it in a frame
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
)


def serve_private_file(
    request: HttpRequest, stored: FieldFile, *, content_type: str, name: str
) -> HttpResponseBase:
    """Return ``stored``: shown if it is a PDF, JPEG or PNG and ``?unduh`` was not asked for.

    A file that is missing on the disk has a page that says so, and a line in the log.
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
    """Whether the bytes are where the row says."""
    return stored.name is not None and bool(stored) and stored.storage.exists(stored.name)
