"""Boards on paper: ordered as their reader sees them, printed by the worker, kept for a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import Office, User
from boards.models import BoardPaper
from workflow.sweeps import RetryLater, SweepResult, drain_queue, each, run_job
from workflow.worker import notify_on_commit

TASK = "boards.print_papers"
FOLDER = "board-papers"
TEMPLATE = "certificates/board.html"
KEPT = timedelta(days=1)
BATCH = 3


def order(
    office: Office, content: dict[str, Any], *, name: str, actor: User, at: datetime
) -> BoardPaper:
    """Enqueue one board with this content for ``actor``."""
    paper = BoardPaper.objects.create(
        office=office, asked_by=actor, asked_at=at, name=name, content=content, next_try_at=at
    )
    notify_on_commit(TASK)
    return paper


def print_papers(at: datetime) -> SweepResult:
    """Print what is queued, and delete what is older than a day; it may run twice."""
    papers = BoardPaper.objects.all()
    old = papers.filter(asked_at__lte=at - KEPT).order_by("pk").values_list("pk", flat=True)
    each(TASK, list(old[:100]), _delete)
    ready = papers.ready(at).order_by("pk").values_list("pk", flat=True)
    return drain_queue(TASK, lambda: ready[:BATCH], lambda pk: run_job(papers, pk, _print, at=at))


def _print(paper: BoardPaper) -> Callable[[], None]:
    from documents.rendering import RenderError, render_pdf

    path = f"{FOLDER}/{paper.public_id}.pdf"
    try:
        pdf = render_pdf(TEMPLATE, paper.content)
        if default_storage.exists(path):  # printed before a crash
            default_storage.delete(path)
        name = default_storage.save(path, ContentFile(pdf))
    except (RenderError, OSError) as error:
        raise RetryLater(f"{type(error).__name__}: {error}") from error

    def store() -> None:
        BoardPaper.objects.filter(pk=paper.pk).update(file=name)

    return store


def _delete(pk: int) -> bool:
    paper = BoardPaper.objects.get(pk=pk)
    if paper.file.name:
        default_storage.delete(paper.file.name)
    paper.delete()
    return True
