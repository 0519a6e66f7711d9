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
from permits.selectors.drafts import latest_draft
from permits.selectors.progress import sop_steps
from standards.domain.papers import PaperAct, steps_of
from standards.domain.steps import Step, StepKind
from standards.models import Paper


def certificate_of(application: Application) -> Certificate | None:
    """Return the certificate; ``None`` before the head has requested the signature."""
    return application.certificate


def awaits_signature(application: Application) -> bool:
    """Whether the electronic signature is requested and not made yet."""
    certificate = certificate_of(application)
    return certificate is not None and certificate.state == Certificate.State.REQUESTED


def printout(application: Application, key: str) -> Printout | None:
    """Return the printout with this key."""
    return next((row for row in application.printouts.all() if row.key == key), None)


def collection_letter(application: Application) -> Printout | None:
    """Return the letter to a holder who has not collected the product, once it is printed."""
    if application.status != Status.ISSUED:
        return None
    letters = (row for row in application.printouts.all() if row.kind == Printout.Kind.LETTER)
    return next((row for row in letters if row.file), None)


def steps_of_initials(application: Application, paper: Paper | None = None) -> list[Step]:
    """Return the steps that initial the permit, or a ``paper`` beside it, and apply to the file."""
    steps = sop_steps(application)
    if paper is None:
        return [step for step in steps if step.kind is StepKind.INITIAL]
    numbers = steps_of([paper], PaperAct.INITIAL)
    rows = application.procedure.steps.all()
    named = {row.pk for row in rows if row.kind == StepKind.WORK and row.printed_number in numbers}
    return [step for step in steps if step.pk in named]


def missing_initials(application: Application, draft: CertificateDraft) -> list[Step]:
    """Return the steps of the SOP whose initials ``draft`` still lacks."""
    skipped = application.steps.filter(outcome=ApplicationStep.Outcome.SKIPPED)
    given = draft.initials.filter(digest=draft.digest)
    return signing.missing_initials(
        steps_of_initials(application, draft.paper),
        given=set(given.values_list("visit__step", flat=True)),
        skipped=set(skipped.values_list("step", flat=True)),
    )


def own_initial(
    application: Application, signer: User, paper: Paper | None = None
) -> Initial | None:
    """Return the initials that ``signer`` gave to the present text; ``None`` without any.

    The text is that of the permit, or of a ``paper`` beside it.
    """
    draft = latest_draft(application, paper)
    if draft is None:
        return None
    given = {row.officer_id: row for row in draft.initials.filter(digest=draft.digest)}
    return given[signer.pk] if signing.initialled(signer.pk, given) else None


def initials_bar(application: Application, signer: User, paper: Paper | None = None) -> bool:
    """Whether ``signer`` initialled the present text, and the office bars that from signing it."""
    barred = application.office.initials_bar_signing
    return barred and own_initial(application, signer, paper) is not None
