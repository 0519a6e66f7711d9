"""Applying again from the data of an application that ended without a product."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from documents.scans import ScanStatus
from permits import selectors
from permits.domain.lifecycle import ENDED, Status
from permits.models import Application, Document
from permits.services import filling
from standards.selectors import successors
from workflow.domain.errors import DomainError


def start_again(application: Application, *, actor: User, at: datetime) -> Application:
    """Return a draft of the same service with the data of ``application``.

    Copied are the holder, the answers, the declarations and the documents that no officer refused,
    as far as the standard in force still asks for them. A draft for the same holder is returned as
    it is. Raises ``DomainError``: out_of_turn, service_closed, storage_full.
    """
    if application.status not in ENDED:
        raise DomainError("out_of_turn")
    existing = Application.objects.of(actor).filter(
        service=application.service_id,
        status=Status.DRAFT,
        holder_name=application.holder_name,
        national_id=application.national_id,
    )
    if draft := existing.first():
        return draft
    with transaction.atomic():
        draft = filling.start_draft(application.service, actor=actor, at=at, like=application)
        keys = set(draft.version.facts.filter(asked_at="").values_list("key", flat=True))
        draft.answers = {key: text for key, text in application.answers.items() if key in keys}
        same = successors(application.version, draft.version)
        draft.declared = sorted(same[pk] for pk in application.declared if pk in same)
        draft.save(update_fields=["answers", "declared"])
        refused = {line.requirement.pk for line in selectors.checklist(application).refused()}
        for document in application.documents.current():
            if document.scan == ScanStatus.INFECTED:
                continue
            if document.requirement_id in same and document.requirement_id not in refused:
                _copy(document, draft, same[document.requirement_id], actor=actor, at=at)
    return draft


def _copy(
    document: Document, draft: Application, requirement: int, *, actor: User, at: datetime
) -> None:
    path = str(document.file)
    ending = PurePosixPath(path).suffix
    name = f"documents/{draft.public_id}/{uuid4().hex}{ending}"
    try:
        with default_storage.open(path) as source:
            stored = default_storage.save(name, ContentFile(source.read()))
    except FileNotFoundError:
        return  # the applicant uploads it anew
    except OSError as error:
        raise DomainError("storage_full") from error
    Document.objects.create(
        application=draft,
        requirement_id=requirement,
        file=stored,
        original_name=document.original_name,
        content_type=document.content_type,
        size=document.size,
        sha256=document.sha256,
        scan=document.scan,
        uploaded_by=actor,
        uploaded_at=at,
    )
