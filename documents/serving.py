"""Serve private files with headers that disable active content."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.scans import PENDING, ScannedUpload, ScanStatus
from documents.uploads import JPEG, PDF, PNG, with_ending
from workflow import admin_tasks

logger = logging.getLogger(__name__)

admin_tasks.add(
    {
        "file_missing": _(
            "Berkas %(name)s (%(what)s) tercatat, tetapi tidak ada di tempat penyimpanan. Pulihkan "
            "dari cadangan."
        )
    }
)
INLINE = {PDF, JPEG, PNG}
# an untrusted file: no script, no request, no form; pages of the portal may frame it
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
)


def serve_private_file(
    request: HttpRequest, stored: FieldFile, *, content_type: str, name: str
) -> HttpResponseBase:
    """Return ``stored`` as a response: inline if it is a PDF, JPEG or PNG and ``?unduh`` is absent.

    A missing file is reported to the administrators and answered with an error page.
    """
    try:
        handle = stored.open("rb")
    except (OSError, ValueError):
        report_missing(stored, timezone.now())
        return render(request, "documents/file_missing.html", status=404)
    inline = content_type in INLINE
    response = FileResponse(
        handle,
        as_attachment=not inline or bool(request.GET.get("unduh")),
        filename=with_ending(name, content_type),
        content_type=content_type if inline else "application/octet-stream",
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = POLICY
    return response


def refuse_closed(
    request: HttpRequest, upload: ScannedUpload, *, sender: bool = False
) -> HttpResponse | None:
    """Return the page that says why an upload cannot be opened; ``None`` if it can.

    Its ``sender`` may open it while it waits for its scan, never with a virus in it.
    """
    if upload.is_open or (sender and upload.scan != ScanStatus.INFECTED):
        return None
    context = {"state": upload.closed_because, "waiting": upload.scan in PENDING}
    return render(request, "documents/file_closed.html", context, status=409)


def report_missing(stored: FieldFile, at: datetime) -> None:
    """Open a task of administrators about a file that a row names and the storage has not."""
    row = stored.instance
    logger.error("file of %s %s is missing: %s", row._meta.label, row.pk, stored.name)
    admin_tasks.open_task(
        f"file-missing:{row._meta.label_lower}:{row.pk}",
        "file_missing",
        at=at,
        name=stored.name or "-",
        what=str(row._meta.verbose_name),
    )


def is_there(stored: FieldFile) -> bool:
    """Whether the file of the row exists in the storage."""
    return stored.name is not None and bool(stored) and stored.storage.exists(stored.name)
