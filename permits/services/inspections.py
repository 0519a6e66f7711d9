"""The technical team's inspection minutes (berita acara pemeriksaan)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from documents import uploads
from permits import selectors
from permits.models import Application, Inspection, InspectionPhoto
from permits.services import recording, visits
from standards.domain.steps import StepKind
from workflow.domain.errors import DomainError


def record_inspection(
    application: Application,
    *,
    actor: User,
    at: datetime,
    inspected_on: date,
    place: str,
    team: str,
    findings: str,
    recommendation: str,
    photos: Sequence[tuple[uploads.Checked, str]] = (),
    answers: Mapping[str, str] | None = None,
    documents: Mapping[str, uploads.Checked] | None = None,
    visit: int | None = None,
) -> Inspection:
    """Save the minutes; "eligible" hands over to the next step, "not eligible" sends back.

    Where nothing can be sent back, the minutes are kept and the application goes on.

    ``photos``: pictures that passed ``uploads.check``, each with its caption; ``answers`` and
    ``documents``: what the step records, by the key of their facts.
    Raises ``DomainError``: inspection_date_ahead, storage_full, file_infected, step_moved,
    recorded_facts_missing(missing).
    """
    if inspected_on > application.office.local_date(at):
        raise DomainError("inspection_date_ahead")
    attached = recording.store(application, documents or {})
    stored = [
        (uploads.store(f"inspections/{application.public_id}", file), file, caption)
        for file, caption in photos
    ]
    with transaction.atomic():
        fresh, current, appointment = visits.at_step(
            application, (StepKind.INSPECT,), actor=actor, at=at, visit=visit
        )
        recording.record(fresh, current, answers or {}, attached, actor=actor, at=at)
        minutes = Inspection.objects.create(
            application=fresh,
            visit=current,
            inspected_on=inspected_on,
            place=place,
            team=team,
            findings=findings,
            recommendation=recommendation,
            written_by=actor,
            written_at=at,
        )
        for name, file, caption in stored:
            InspectionPhoto.objects.create(
                inspection=minutes,
                file=name,
                content_type=file.content_type,
                size=len(file.content),
                sha256=file.sha256,
                caption=caption,
            )
        # with no way back (before the check, after the signature) the minutes stay and it goes on
        eligible = recommendation == Inspection.Recommendation.ELIGIBLE
        if eligible or not selectors.steps_before(fresh):
            visits.forward(fresh, actor=actor, at=at, note="", appointment=appointment)
        else:
            visits.go_back(fresh, actor=actor, at=at, note=findings, appointment=appointment)
    return minutes
