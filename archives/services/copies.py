"""Copies of one's own data as PDF: asked for, rendered by the worker, gone after a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from archives.content.copy_paper import paper_context
from archives.models import DataCopy
from notices import outbox
from workflow.models import JobStatus
from workflow.sweeps import RetryLater, SweepResult, drain_queue, run_job, sweep
from workflow.worker import notify_on_commit

FOLDER: Final = "copies"
KEPT: Final = timedelta(hours=24)
_WAITED_FOR = timedelta(days=3)  # a copy that could not be made
_BATCH = 20
TEMPLATE = "certificates/data_copy.html"


@transaction.atomic
def order(person: User, *, at: datetime) -> DataCopy:
    """Ask for a copy; the one that is being made is asked for once."""
    copy, _new = DataCopy.objects.get_or_create(
        person=person,
        job_status=JobStatus.QUEUED,
        defaults={"asked_at": at, "next_try_at": at, "expires_at": at + _WAITED_FOR},
    )
    notify_on_commit("archives.print_copies")
    return copy


def print_due(at: datetime) -> SweepResult:
    """Render the copies that were asked for."""
    copies = DataCopy.objects.all()
    ready = copies.ready(at).order_by("pk").values_list("pk", flat=True)
    return drain_queue(
        "archives.print_copies",
        lambda: ready[:_BATCH],
        lambda pk: run_job(copies, pk, lambda copy: _print(copy, at), at=at),
    )


def _print(copy: DataCopy, at: datetime) -> Callable[[], None]:
    from documents.rendering import RenderError, render_pdf

    path = f"{FOLDER}/{copy.public_id}.pdf"
    try:
        pdf = render_pdf(TEMPLATE, paper_context(copy.person, at))
        if default_storage.exists(path):  # rendered before a crash
            default_storage.delete(path)
        name = default_storage.save(path, ContentFile(pdf))
    except (RenderError, OSError) as error:
        raise RetryLater(str(error)) from error

    def store() -> None:
        DataCopy.objects.filter(pk=copy.pk).update(file=name, ready_at=at, expires_at=at + KEPT)
        outbox.post(
            f"data-copy:{copy.public_id}",
            "archives/copy_ready",
            to=copy.person,
            at=at,
            name=copy.person.full_name,
            path=reverse("archives:copy_pdf", args=[copy.public_id]),
        )

    return store


def forget_old(at: datetime) -> SweepResult:
    """Delete copies whose time is over, file and row."""
    old = DataCopy.objects.over(at)
    names = dict(old.values_list("pk", "file"))

    def forget(pk: int) -> bool:
        with transaction.atomic():
            deleted, _rows = DataCopy.objects.over(at).filter(pk=pk).delete()
            if deleted and names[pk]:
                transaction.on_commit(lambda: default_storage.delete(names[pk]))
        return bool(deleted)

    return sweep("archives.forget_copies", list(names), forget)
