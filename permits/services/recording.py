"""What an officer records about an application at a step of the SOP."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from accounts.models import User
from permits import selectors
from permits.models import Application, ApplicationStep, RecordedFact
from standards.domain.facts import FactKind, choices_of, read
from standards.models import SopStep
from workflow.domain.errors import DomainError


def record(
    application: Application,
    visit: ApplicationStep,
    answers: Mapping[str, str],
    *,
    actor: User,
    at: datetime,
    row: SopStep | None = None,
) -> None:
    """Keep what the open step asks: ``answers`` are texts by the key of their facts.

    ``row`` is a row that runs side by side with others and meets them at that step.

    ``application`` is locked, ``visit`` is its open one. Earlier values stay as rows of their own
    visits. Raises ``DomainError("recorded_facts_missing", missing)`` when a required one lacks an
    answer that can be read.
    """
    rows = selectors.facts_to_record(application, row)
    if not rows:
        return
    given = {row.key: answers.get(row.key, "") for row in rows}
    missing = [
        row.label
        for row in rows
        if (row.required or given[row.key].strip())
        and read(FactKind(row.kind), given[row.key], choices_of(row.choices_text)) is None
    ]
    if missing:
        raise DomainError("recorded_facts_missing", missing="; ".join(missing))
    RecordedFact.objects.bulk_create(
        RecordedFact(
            application=application, visit=visit, key=key, value=text, officer=actor, at=at
        )
        for key, text in given.items()
    )
    application.answers = {**application.answers, **given}
    application.save(update_fields=["answers"])
