"""Attaching documents to an application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from documents import uploads
from permits import selectors
from permits.domain.lifecycle import WITH_APPLICANT, Status
from permits.models import Application, Document
from permits.services import deadlines
from standards.domain.requirements import Need
from workflow import transitions
from workflow.domain.errors import DomainError

MOST = 20  # files of one requirement


def attach(
    application: Application,
    requirement_id: int,
    upload: UploadedFile,
    *,
    actor: User,
    at: datetime,
) -> Document:
    """Attach ``upload`` to a requirement; its earlier files are superseded.

    The file is checked and stored before the row is created: a crash may leave a file without a
    row, never a row without its file. Raises ``DomainError`` (see ``uploads.check``),
    "not_a_requirement", "requirement_locked", "file_is_sent".
    """

    def supersede(fresh: Application) -> int:
        fresh.documents.current().filter(requirement_id=requirement_id).update(superseded_at=at)
        return 1

    return _attach(application, requirement_id, upload, supersede, actor=actor, at=at)


def add(
    application: Application,
    requirement_id: int,
    upload: UploadedFile,
    *,
    actor: User,
    at: datetime,
) -> Document:
    """Attach ``upload`` behind the files that the requirement has, as ``attach`` does.

    Raises ``DomainError("too_many_documents")`` besides.
    """

    def next_place(fresh: Application) -> int:
        present = fresh.documents.current().filter(requirement_id=requirement_id)
        last: int = present.aggregate(last=Max("order"))["last"] or 0
        if present.count() >= MOST:
            raise DomainError("too_many_documents", most=MOST)
        return last + 1

    return _attach(application, requirement_id, upload, next_place, actor=actor, at=at)


def _attach(
    application: Application,
    requirement_id: int,
    upload: UploadedFile,
    place: Callable[[Application], int],
    *,
    actor: User,
    at: datetime,
) -> Document:
    _place(application, requirement_id)
    checked = uploads.check(upload)
    stored = uploads.store(f"documents/{application.public_id}", checked)
    with transaction.atomic():
        fresh = transitions.lock(application)
        _place(fresh, requirement_id)
        if fresh.status == Status.DRAFT:
            deadlines.touch_draft(fresh, at)
        order = place(fresh)
        return Document.objects.create(
            application=fresh,
            requirement_id=requirement_id,
            order=order,
            file=stored,
            original_name=checked.name,
            content_type=checked.content_type,
            size=len(checked.content),
            sha256=checked.sha256,
            uploaded_by=actor,
            uploaded_at=at,
        )


@transaction.atomic
def remove(application: Application, key: UUID, *, at: datetime) -> None:
    """Remove a mistaken upload; one that the office has seen is only superseded.

    The sweep of orphans deletes the file. Raises ``DomainError``: file_is_sent,
    requirement_locked, not_a_requirement.
    """
    fresh = transitions.lock(application)
    document = fresh.documents.current().filter(public_id=key).first()
    if document is None:
        return  # removed already
    _place(fresh, document.requirement_id)
    returned = fresh.steps.filter(finished_at=None).first()
    if returned is not None and document.uploaded_at < returned.handed_over_at:
        document.superseded_at = at
        document.save(update_fields=["superseded_at"])
    else:
        document.delete()
    if fresh.status == Status.DRAFT:
        deadlines.touch_draft(fresh, at)


def _place(application: Application, requirement_id: int) -> None:
    if application.status not in WITH_APPLICANT:
        raise DomainError("file_is_sent")
    for line in selectors.checklist(application).lines():
        if line.requirement.pk == requirement_id and line.applies and line.need is Need.UPLOAD:
            if line.accepted:
                raise DomainError("requirement_locked")
            return
    raise DomainError("not_a_requirement")


def note_opened(document: Document, *, actor: User, at: datetime) -> None:
    """Record the first time that an officer opens a document."""
    rows = Document.objects.filter(pk=document.pk, opened_at=None)
    rows.update(opened_at=at, opened_by=actor)
