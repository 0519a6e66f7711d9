"""The certificate of an application, its drafts and what is printed about it."""

from __future__ import annotations

from permits.domain.lifecycle import Status
from permits.models import Application, Certificate, CertificateDraft, Printout


def certificate_of(application: Application) -> Certificate | None:
    """Return the certificate; ``None`` before the head has asked for the signature."""
    found: Certificate | None = getattr(application, "certificate", None)
    return found


def awaits_signature(application: Application) -> bool:
    """Whether the electronic signature is requested and not made yet."""
    certificate = certificate_of(application)
    return certificate is not None and certificate.state == Certificate.State.REQUESTED


def latest_draft(application: Application) -> CertificateDraft | None:
    """Return the latest text of the certificate."""
    return max(application.drafts.all(), key=lambda draft: draft.revision, default=None)


def printout(application: Application, key: str) -> Printout | None:
    """Return the printout with this key."""
    return next((row for row in application.printouts.all() if row.key == key), None)


def collection_letter(application: Application) -> Printout | None:
    """Return the letter to a holder who has not collected the product, once it is printed."""
    if application.status != Status.ISSUED:
        return None
    letters = (row for row in application.printouts.all() if row.kind == Printout.Kind.LETTER)
    return next((row for row in letters if row.file), None)
