"""Printouts that the worker renders from stored content: receipt, preview, letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from permits.models import Application, Printout
from workflow.sweeps import RetryLater, SweepResult, drain_queue, run_job
from workflow.worker import notify_on_commit

_TEMPLATES = {
    Printout.Kind.RECEIPT: "certificates/receipt.html",
    Printout.Kind.DRAFT: "certificates/certificate.html",
    Printout.Kind.LETTER: "certificates/collection_letter.html",
    Printout.Kind.REFUSAL: "certificates/refusal_letter.html",
    Printout.Kind.PAPER: "certificates/further_paper.html",
    Printout.Kind.SUBMISSION: "certificates/submission.html",
}
BATCH = 50


def enqueue(
    application: Application, kind: Printout.Kind, key: str, content: dict[str, Any], at: datetime
) -> Printout:
    """Enqueue one printout; the same ``key`` is enqueued once."""
    printout, _made = Printout.objects.get_or_create(
        key=key,
        defaults={
            "application": application,
            "kind": kind,
            "content": content,
            "created_at": at,
            "next_try_at": at,
        },
    )
    notify_on_commit("permits.print_due")
    return printout


def path_of(printout: Printout) -> str:
    """Return the path of the printout in the private storage, rendered or not."""
    return f"printouts/{printout.public_id}.pdf"


def print_due(at: datetime) -> SweepResult:
    """Run the queued jobs: render printouts."""
    printouts = Printout.objects.all()
    ready = printouts.ready(at).order_by("pk").values_list("pk", flat=True)
    return drain_queue(
        "permits.print_due",
        lambda: ready[:BATCH],
        lambda pk: run_job(printouts, pk, _print, at=at),
    )


def _print(printout: Printout) -> Callable[[], None]:
    from documents.rendering import RenderError, render_pdf
    from documents.verification import sha256

    try:
        pdf = render_pdf(_TEMPLATES[Printout.Kind(printout.kind)], printout.content)
        path = path_of(printout)
        if default_storage.exists(path):  # rendered before a crash: the content is the same
            default_storage.delete(path)
        name = default_storage.save(path, ContentFile(pdf))
    except (RenderError, OSError) as error:
        raise RetryLater(str(error)) from error

    def store() -> None:
        Printout.objects.filter(pk=printout.pk).update(file=name, sha256=sha256(pdf))

    return store
