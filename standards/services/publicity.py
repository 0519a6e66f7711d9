"""Papers that administrators upload beside maklumat, consultations and evaluations."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from accounts.models import Office, User
from documents import scanning, uploads
from standards.models import OfficeDocument

FOLDER: Final = "office-documents"


def keep_document(
    office: Office, checked: uploads.Checked, *, actor: User, at: datetime
) -> OfficeDocument:
    """Store a paper that was checked; a crash leaves a file without a row, which the sweep deletes.

    Raises ``DomainError``: file_infected, storage_full.
    """
    scan = scanning.first_status(checked.content)
    stored = uploads.store(FOLDER, checked)
    scanning.notify_worker_if_waiting(scan)
    return OfficeDocument.objects.create(
        office=office,
        file=stored,
        original_name=checked.name,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=checked.sha256,
        scan=scan,
        uploaded_by=actor,
        uploaded_at=at,
    )


def register() -> None:
    """Have these papers scanned; whoever opens one reads what was found."""
    scanning.register(OfficeDocument, lambda _file, _virus, _at: None)
