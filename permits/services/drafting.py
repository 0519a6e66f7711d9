"""Drafts of certificates and their initials."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Appointment, User
from accounts.selectors import capacity_text
from permits.content import certificates
from permits.models import Application, ApplicationStep, CertificateDraft, Initial, Printout
from permits.services import printouts, visits
from standards.domain.steps import StepKind
from workflow.domain.errors import DomainError


def current_draft(application: Application) -> CertificateDraft | None:
    """Return the latest draft, or ``None``."""
    return application.drafts.filter(paper=None).order_by("-revision").first()


@transaction.atomic
def write_draft(
    application: Application,
    *,
    actor: User,
    at: datetime,
    statement: str = "",
    visit: int | None = None,
    seen: int | None = None,
) -> CertificateDraft:
    """Save a new revision of the text and enqueue its preview; unchanged text adds none.

    ``seen`` is the revision on the officer's page (0 for none). Raises ``DomainError``:
    step_moved, draft_of_colleague (saved since; the page did not show it).
    """
    fresh, _visit, _seat = visits.at_step(
        application, (StepKind.DRAFT,), actor=actor, at=at, visit=visit
    )
    content = certificates.draft_content(fresh, statement.strip())
    digest = certificates.digest(content)
    latest = current_draft(fresh)
    if latest is not None and latest.digest == digest:
        return latest
    if seen is not None and (other := newer_of_colleague(fresh, actor, seen)):
        raise DomainError("draft_of_colleague", officer=other.written_by.full_name)
    draft = CertificateDraft.objects.create(
        application=fresh,
        revision=latest.revision + 1 if latest else 1,
        content=content,
        digest=digest,
        written_by=actor,
        written_at=at,
    )
    printouts.enqueue(fresh, Printout.Kind.DRAFT, preview_key(draft), content, at)
    return draft


def newer_of_colleague(application: Application, actor: User, seen: int) -> CertificateDraft | None:
    """Return the latest draft if a colleague of ``actor`` wrote it after the revision ``seen``."""
    drafts = application.drafts.filter(paper=None).select_related("written_by")
    latest = drafts.order_by("-revision").first()
    if latest is None or latest.written_by_id == actor.pk or latest.revision <= seen:
        return None
    return latest


def preview_key(draft: CertificateDraft) -> str:
    """Return the key of the preview of ``draft``."""
    return f"draft:{draft.application_id}:{draft.revision}"


@transaction.atomic
def finish_draft(
    application: Application,
    *,
    actor: User,
    at: datetime,
    digest: str = "",
    note: str = "",
    visit: int | None = None,
) -> Application:
    """Hand the draft to the first officer who initials it.

    ``digest`` is of the text that was shown. Raises ``DomainError``: draft_missing, draft_changed.
    """
    fresh, _visit, appointment = visits.at_step(
        application, (StepKind.DRAFT,), actor=actor, at=at, visit=visit
    )
    draft = current_draft(fresh)
    if draft is None:
        raise DomainError("draft_missing")
    if digest and draft.digest != digest:
        raise DomainError("draft_changed")
    visits.forward(fresh, actor=actor, at=at, note=note, appointment=appointment)
    return fresh


@transaction.atomic
def initial_draft(
    application: Application,
    *,
    actor: User,
    at: datetime,
    digest: str,
    note: str = "",
    visit: int | None = None,
) -> Application:
    """Initial the text that was shown (``digest``) and hand over to the next desk.

    Raises ``DomainError``: draft_missing, draft_changed, step_moved.
    """
    fresh, current, appointment = visits.at_step(
        application, (StepKind.INITIAL,), actor=actor, at=at, visit=visit
    )
    draft = shown_draft(fresh, digest)
    put_initials(draft, current, actor=actor, appointment=appointment, at=at)
    visits.forward(fresh, actor=actor, at=at, note=note, appointment=appointment)
    return fresh


def put_initials(
    draft: CertificateDraft,
    visit: ApplicationStep,
    *,
    actor: User,
    appointment: Appointment | None,
    at: datetime,
) -> None:
    """Record the initials that ``actor`` puts to ``draft`` at ``visit``."""
    Initial.objects.create(
        draft=draft,
        visit=visit,
        digest=draft.digest,
        officer=actor,
        capacity=capacity_text(appointment),
        at=at,
    )


def shown_draft(application: Application, digest: str) -> CertificateDraft:
    """Return the current draft if its digest is ``digest``, the text that the officer saw.

    Raises ``DomainError``: draft_missing, draft_changed.
    """
    draft = current_draft(application)
    if draft is None:
        raise DomainError("draft_missing")
    if draft.digest != digest:
        raise DomainError("draft_changed")
    return draft
