"""Attaching documents to an application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from documents import quotas, scanning, uploads
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
    address: str = "",
) -> Document:
    """Attach ``upload`` to a requirement; its earlier files are superseded.

    The file is checked and stored before the row is created: a crash may leave a file without a
    row, never a row without its file. ``address`` is the ``hashed_address`` of the sender; "" for
    samples, which count for nobody. Raises ``DomainError`` (see ``uploads.check``),
    "not_a_requirement", "requirement_locked", "file_is_sent", "file_infected", "quota_draft",
    "quota_person", "quota_address".
    """

    def supersede(fresh: Application) -> int:
        fresh.documents.current().filter(requirement_id=requirement_id).update(superseded_at=at)
        return 1

    return _attach(application, requirement_id, upload, supersede, actor, at, address)


def add(
    application: Application,
    requirement_id: int,
    upload: UploadedFile,
    *,
    actor: User,
    at: datetime,
    address: str = "",
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

    return _attach(application, requirement_id, upload, next_place, actor, at, address)


def _attach(
    application: Application,
    requirement_id: int,
    upload: UploadedFile,
    place: Callable[[Application], int],
    actor: User,
    at: datetime,
    address: str,
) -> Document:
    _place(application, requirement_id)
    meters = [quotas.of_person(actor.pk), quotas.of_address(address)] if address else []
    with quotas.metered(upload.size or 0, at, *meters):
        checked = uploads.check(upload)
        scan = scanning.first_status(checked.content)
    stored = uploads.store(f"documents/{application.public_id}", checked)
    with transaction.atomic():
        fresh = transitions.lock(application)
        _place(fresh, requirement_id)
        if fresh.status == Status.DRAFT:
            deadlines.touch_draft(fresh, at)
        order = place(fresh)
        scanning.notify_worker_if_waiting(scan)
        quotas.refuse_too_much("draft", fresh.documents.current(), len(checked.content))
        return Document.objects.create(
            application=fresh,
            requirement_id=requirement_id,
            order=order,
            file=stored,
            scan=scan,
            uploaded_by=actor,
            uploaded_at=at,
            **checked.columns,
        )


@transaction.atomic
def remove(application: Application, key: UUID, *, at: datetime) -> None:
    """Remove a mistaken upload from the application; its file goes by rule (``services.replaced``).

    Raises ``DomainError``: file_is_sent, requirement_locked, not_a_requirement.
    """
    fresh = transitions.lock(application)
    document = fresh.documents.current().filter(public_id=key).first()
    if document is None:
        return  # removed already
    _place(fresh, document.requirement_id)
    document.superseded_at = at
    document.save(update_fields=["superseded_at"])
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
