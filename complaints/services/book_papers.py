"""PDF documents of the book and the monthly report: enqueued, rendered, downloaded, deleted.

They may contain identities, so content and file are encrypted with the keys of the identities and
decrypted only for the user who requested them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import Office, User
from complaints.models import BookPaper
from complaints.services.identity import decrypt, encrypt
from workflow.sweeps import RetryLater, SweepResult, drain_queue, each, run_job
from workflow.worker import notify_on_commit

TASK = "complaints.print_books"
FOLDER = "complaint-books"
KEPT = timedelta(days=1)
LEASE = timedelta(seconds=120)  # a thousand lines take fifteen seconds
BATCH = 3  # within one run of the task
_TEMPLATES = {
    BookPaper.Kind.BOOK: "certificates/complaint_book.html",
    BookPaper.Kind.REPORT: "certificates/complaint_report.html",
}


def order(
    kind: BookPaper.Kind,
    office: Office,
    content: dict[str, Any],
    *,
    name: str,
    actor: User,
    at: datetime,
) -> BookPaper:
    """Enqueue one document with this content for ``actor``."""
    paper = BookPaper.objects.create(
        kind=kind,
        office=office,
        asked_by=actor,
        asked_at=at,
        name=name,
        next_try_at=at,
        content=encrypt(json.dumps(content).encode()),
    )
    notify_on_commit(TASK)
    return paper


def read(paper: BookPaper) -> bytes:
    """Return the PDF."""
    with paper.file.open("rb") as stored:
        return decrypt(stored.read())


def print_books(at: datetime) -> SweepResult:
    """Render the queued documents, and delete those older than a day."""
    papers = BookPaper.objects.all()
    old = papers.filter(asked_at__lte=at - KEPT).order_by("pk").values_list("pk", flat=True)
    each(TASK, list(old[:100]), _delete)
    ready = papers.ready(at).order_by("pk").values_list("pk", flat=True)
    return drain_queue(
        TASK, lambda: ready[:BATCH], lambda pk: run_job(papers, pk, _print, at=at, lease=LEASE)
    )


def _print(paper: BookPaper) -> Callable[[], None]:
    from documents.rendering import RenderError, render_pdf

    path = f"{FOLDER}/{paper.public_id}"
    try:
        pdf = render_pdf(_TEMPLATES[BookPaper.Kind(paper.kind)], json.loads(decrypt(paper.content)))
        if default_storage.exists(path):  # rendered before a crash
            default_storage.delete(path)
        name = default_storage.save(path, ContentFile(encrypt(pdf)))
    except (RenderError, OSError) as error:
        raise RetryLater(type(error).__name__) from error  # their message may quote the content

    def store() -> None:
        BookPaper.objects.filter(pk=paper.pk).update(file=name)

    return store


def _delete(pk: int) -> bool:
    paper = BookPaper.objects.get(pk=pk)
    if paper.file.name:
        default_storage.delete(paper.file.name)
    paper.delete()
    return True
