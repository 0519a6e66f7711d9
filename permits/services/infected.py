"""What is done when a virus is found in a document after it was taken."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from documents import scanning
from notices import outbox
from permits.domain.lifecycle import WITH_APPLICANT
from permits.models import Document
from permits.services.messages import message_context
from workflow import admin_tasks, transitions

admin_tasks.add(
    {
        "document_infected": _(
            "Berkas %(name)s pada permohonan %(number)s mengandung virus (%(virus)s). Berkas itu "
            "tidak dapat dibuka; pemohon sudah diberi tahu. Meja yang memegangnya menandainya "
            "tidak sesuai dan mengembalikannya untuk diganti."
        )
    }
)


def document_infected(document: Document, virus: str, at: datetime) -> None:
    """Tell the applicant. While it is with them, the requirement is open again; else open a task.

    The application goes on either way: the officer's verdict asks for another file.
    """
    application = transitions.lock(document.application)
    if application.status in WITH_APPLICANT:
        current = application.documents.current().filter(pk=document.pk)
        current.update(superseded_at=at)
    elif document.superseded_at is None:
        admin_tasks.open_task(
            f"document-infected:{document.pk}",
            "document_infected",
            at=at,
            office=application.office,
            path=application.get_desk_url(),
            name=document.original_name,
            number=application.number or "-",
            virus=virus,
        )
    outbox.post(
        f"permit-infected:{document.pk}",
        "permits/infected",
        to=application.applicant,
        at=at,
        about=f"application:{application.pk}",
        sender=application.office,
        file=document.original_name,
        **message_context(application.applicant, application),
    )


def register() -> None:
    """Have documents scanned."""
    scanning.register(Document, document_infected)
