"""The texts of the permit and of the papers beside it, before they are signed."""

from __future__ import annotations

from permits.models import Application, CertificateDraft
from standards.models import Paper


def latest_draft(application: Application, paper: Paper | None = None) -> CertificateDraft | None:
    """Return the latest text of the permit, or of a ``paper`` beside it; whatever became of it."""
    return max(_drafts(application, paper), key=lambda draft: draft.revision, default=None)


def drafters(application: Application, paper: Paper | None = None) -> set[int]:
    """Return the keys of those who wrote a revision of the text of the permit, or of ``paper``."""
    return {draft.written_by_id for draft in _drafts(application, paper)}


def _drafts(application: Application, paper: Paper | None) -> list[CertificateDraft]:
    key = paper.pk if paper else None
    return [draft for draft in application.drafts.all() if draft.paper_id == key]
