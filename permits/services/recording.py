"""What an officer records about an application at a step of the SOP."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from accounts.models import User
from documents import scanning, uploads
from documents.scans import ScanStatus
from permits import selectors
from permits.models import Application, ApplicationStep, RecordedFact, StepFile
from standards.domain.facts import FactKind, choices_of, read
from standards.models import Fact, SopStep
from workflow.domain.errors import DomainError


class StoredDocument(NamedTuple):
    """A file of a step in private storage, before its row is made."""

    file: str
    scan: ScanStatus
    document: uploads.Checked


def store(
    application: Application, documents: Mapping[str, uploads.Checked]
) -> dict[str, StoredDocument]:
    """Store the files of a step, by the key of their facts, before their rows are made.

    A crash may so leave a file without a row, which the sweep deletes, never the reverse. Raises
    ``DomainError``: file_infected, storage_full; their fact ``key`` names the document.
    """
    stored = {}
    for key, document in documents.items():
        try:
            scan = scanning.first_status(document.content)
            file = uploads.store(f"steps/{application.public_id}", document)
        except DomainError as error:
            raise DomainError(error.code, **error.facts, key=key) from error
        stored[key] = StoredDocument(file, scan, document)
    return stored


def attach(visit: ApplicationStep, stored: StoredDocument, *, title: str, key: str = "") -> None:
    """Make the row of a stored file."""
    scanning.notify_worker_if_waiting(stored.scan)
    StepFile.objects.create(
        visit=visit,
        key=key,
        title=title,
        file=stored.file,
        scan=stored.scan,
        **stored.document.columns,
    )


def record(
    application: Application,
    visit: ApplicationStep,
    answers: Mapping[str, str],
    documents: Mapping[str, StoredDocument] | None = None,
    *,
    actor: User,
    at: datetime,
    row: SopStep | None = None,
) -> None:
    """Keep what the open step asks: ``answers`` are texts by the key of their facts.

    ``row`` is a row that runs side by side with others and meets them at that step.

    ``application`` is locked, ``visit`` is its open one. The answer of a document is the name of
    its file: that of ``documents``, or of the one attached before. Earlier values stay as rows of
    their own visits. Raises ``DomainError("recorded_facts_missing", missing)`` when a required one
    lacks an answer that can be read.
    """
    rows = selectors.facts_to_record(application, row)
    if not rows:
        return
    given = {
        row.key: answers.get(row.key, "") for row in rows if row.kind != FactKind.DOCUMENT
    } | _names(application, rows, documents or {})
    missing = [
        row.label
        for row in rows
        if (row.required or given[row.key].strip())
        and read(FactKind(row.kind), given[row.key], choices_of(row.choices_text)) is None
    ]
    if missing:
        raise DomainError("recorded_facts_missing", missing="; ".join(missing))
    for fact in rows:
        if documents and fact.key in documents:
            attach(visit, documents[fact.key], title=fact.label, key=fact.key)
    RecordedFact.objects.bulk_create(
        RecordedFact(
            application=application,
            visit=visit,
            key=row.key,
            value=given[row.key],
            officer=actor,
            at=at,
        )
        for row in rows
    )
    application.answers = {**application.answers, **given}
    application.save(update_fields=["answers"])


def _names(
    application: Application, rows: list[Fact], documents: Mapping[str, StoredDocument]
) -> dict[str, str]:
    """Return the name of the file of each document that the step asks for; "" without one."""
    asked = [row.key for row in rows if row.kind == FactKind.DOCUMENT]
    if not asked:
        return {}
    names = {key: row.original_name for key, row in selectors.kept_documents(application).items()}
    names |= {key: stored.document.name for key, stored in documents.items()}
    return {key: names.get(key, "") for key in asked}
