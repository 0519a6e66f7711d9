"""The certificate of an application, its drafts and its printouts."""

from __future__ import annotations

from accounts.models import User
from permits.domain import signing
from permits.domain.lifecycle import Status
from permits.models import (
    Application,
    ApplicationStep,
    Certificate,
    CertificateDraft,
    Initial,
    Printout,
)
from permits.selectors.progress import sop_steps
from standards.domain.steps import Step
from standards.models import Paper


def certificate_of(application: Application) -> Certificate | None:
    """Return the certificate; ``None`` before the head has requested the signature."""
    return application.certificate


def awaits_signature(application: Application) -> bool:
    """Whether the electronic signature is requested and not made yet."""
    certificate = certificate_of(application)
    return certificate is not None and certificate.state == Certificate.State.REQUESTED


def latest_draft(application: Application) -> CertificateDraft | None:
    """Return the latest text of the certificate."""
    return max(_drafts(application), key=lambda draft: draft.revision, default=None)


def _drafts(application: Application, paper: Paper | None = None) -> list[CertificateDraft]:
    """The texts of the permit, or of a paper beside it."""
    key = paper.pk if paper else None
    return [draft for draft in application.drafts.all() if draft.paper_id == key]


def printout(application: Application, key: str) -> Printout | None:
    """Return the printout with this key."""
    return next((row for row in application.printouts.all() if row.key == key), None)


def collection_letter(application: Application) -> Printout | None:
    """Return the letter to a holder who has not collected the product, once it is printed."""
    if application.status != Status.ISSUED:
        return None
    letters = (row for row in application.printouts.all() if row.kind == Printout.Kind.LETTER)
    return next((row for row in letters if row.file), None)


def drafters(application: Application) -> set[int]:
    """Return the keys of those who wrote any revision of the certificate's text."""
    return {draft.written_by_id for draft in _drafts(application)}


def paper_drafters(application: Application, paper: Paper) -> set[int]:
    """Return the keys of those who wrote any revision of the text of ``paper``."""
    return {draft.written_by_id for draft in _drafts(application, paper)}


def missing_initials(application: Application, draft: CertificateDraft) -> list[Step]:
    """Return the steps of the SOP whose initials ``draft`` still lacks."""
    skipped = application.steps.filter(outcome=ApplicationStep.Outcome.SKIPPED)
    given = draft.initials.filter(digest=draft.digest)
    return signing.missing_initials(
        sop_steps(application),
        given=set(given.values_list("visit__step", flat=True)),
        skipped=set(skipped.values_list("step", flat=True)),
    )


def own_initial(application: Application, signer: User) -> Initial | None:
    """Return the initials that ``signer`` gave to the present text; ``None`` without any."""
    draft = latest_draft(application)
    if draft is None:
        return None
    given = {row.officer_id: row for row in draft.initials.filter(digest=draft.digest)}
    return given[signer.pk] if signing.initialled(signer.pk, given) else None
