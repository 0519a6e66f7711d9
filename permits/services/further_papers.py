"""Papers beside the permit: written at one step, perhaps initialed, signed at another desk.

Order: the text is saved and passed on -> the desks in between initial it -> the signing desk
confirms it (number reserved, job enqueued) -> the worker renders and signs -> the paper is issued
and the application goes on.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.domain.four_eyes import breaks_four_eyes
from accounts.models import User
from accounts.selectors import capacity_text
from permits import selectors
from permits.content import certificates as certificate_content
from permits.content import further_papers as content
from permits.content.places import filled_text
from permits.domain.printed import new_document_code
from permits.domain.signing import why_not_sign
from permits.models import (
    Application,
    Certificate,
    CertificateDraft,
    CertificateNumber,
    Printout,
    new_token,
)
from permits.selectors.further_papers import PaperAtStep
from permits.services import charges, drafting, messages, numbers, printouts, signed, visits
from standards.domain.papers import PaperAct, PaperKind
from standards.domain.steps import StepKind
from workflow.domain.errors import DomainError
from workflow.worker import notify_on_commit


def preview_key(draft: CertificateDraft) -> str:
    """Return the key of the preview of ``draft``."""
    return f"paper:{draft.application_id}:{draft.paper_id}:{draft.revision}"


@transaction.atomic
def write_paper(
    application: Application,
    *,
    actor: User,
    at: datetime,
    statement: str = "",
    attendees: str = "",
    visit: int | None = None,
    seen: int | None = None,
) -> CertificateDraft:
    """Save a new revision of the paper's text and enqueue its preview; unchanged adds none.

    Without ``statement`` it is the text of the standard, with its places filled.
    ``attendees`` are those of minutes, one a line: name, position or body.
    ``seen`` is the revision on the officer's page (0 for none). Raises ``DomainError``:
    step_moved, not_this_step, draft_of_colleague.
    """
    fresh, _visit, _seat = visits.at_step(
        application, (StepKind.WORK,), actor=actor, at=at, visit=visit
    )
    here = _here(fresh, PaperAct.WRITE)
    text = statement.strip() or filled_text(fresh, here.paper.body)
    wanted = content.draft_content(fresh, here.paper, text, attendees=attendees, ended=here.ended)
    digest = certificate_content.digest(wanted)
    latest = here.draft
    if latest is not None and latest.digest == digest:
        return latest
    if seen is not None and (other := newer_of_colleague(fresh, actor, seen)):
        raise DomainError("draft_of_colleague", officer=other.written_by.full_name)
    draft = CertificateDraft.objects.create(
        application=fresh,
        paper=here.paper,
        revision=_last_revision(fresh, here) + 1,
        content=wanted,
        digest=digest,
        written_by=actor,
        written_at=at,
    )
    printouts.enqueue(fresh, Printout.Kind.PAPER, preview_key(draft), wanted, at)
    return draft


def _last_revision(application: Application, here: PaperAtStep) -> int:
    last = selectors.latest_draft(application, here.paper)
    return last.revision if last else 0


def newer_of_colleague(application: Application, actor: User, seen: int) -> CertificateDraft | None:
    """Return the paper's latest text if a colleague of ``actor`` wrote it after ``seen``."""
    here = selectors.paper_at_step(application)
    draft = here.draft if here else None
    if draft is None or draft.written_by_id == actor.pk or draft.revision <= seen:
        return None
    return draft


@transaction.atomic
def initial_paper(
    application: Application,
    *,
    actor: User,
    at: datetime,
    digest: str,
    note: str = "",
    visit: int | None = None,
) -> Application:
    """Initial the text that was shown (``digest``) and hand over to the next desk.

    Raises ``DomainError``: step_moved, not_this_step, draft_changed.
    """
    fresh, current, appointment = visits.at_step(
        application, (StepKind.WORK,), actor=actor, at=at, visit=visit
    )
    draft = _shown(_here(fresh, PaperAct.INITIAL), digest)
    drafting.put_initials(draft, current, actor=actor, appointment=appointment, at=at)
    visits.forward(fresh, actor=actor, at=at, note=note, appointment=appointment)
    return fresh


@transaction.atomic
def sign_paper(
    application: Application, *, actor: User, at: datetime, digest: str, visit: int | None = None
) -> Certificate:
    """Sign the text that was shown (``digest``): reserve the number and enqueue the paper.

    The caller has checked the password. A repeated call changes nothing. Raises ``DomainError``:
    step_moved, not_this_step, draft_changed, four_eyes, initials_bar_signing, initials_missing,
    charge_not_set.
    """
    fresh, current, appointment = visits.at_step(
        application, (StepKind.WORK,), actor=actor, at=at, visit=visit
    )
    here = _here(fresh, PaperAct.SIGN)
    if here.certificate is not None:
        return here.certificate
    draft = _shown(here, digest)
    if breaks_four_eyes(actor.pk, selectors.drafters(fresh, here.paper)):
        raise DomainError("four_eyes")
    if selectors.initials_bar(fresh, actor, here.paper):
        raise DomainError("initials_bar_signing")
    if reason := why_not_sign(drafted=True, missing=selectors.missing_initials(fresh, draft)):
        raise DomainError(reason)
    charges.refuse_unset(fresh)
    number = numbers.reserve_paper(fresh, here.paper, at=at)
    token, code = new_token(), new_document_code()
    day = fresh.office.local_date(at)
    certificate = Certificate.objects.create(
        application=fresh,
        paper=here.paper,
        number=number,
        draft=draft,
        token=token,
        code=code,
        visit=current,
        content=content.final_content(
            draft.content,
            number,
            signer=actor,
            appointment=appointment,
            token=token,
            code=code,
            day=day,
        ),
        signer=actor,
        signer_capacity=capacity_text(appointment),
        requested_at=at,
        valid_from=day,
        next_try_at=at,
    )
    notify_on_commit("permits.sign_due")
    return certificate


def _here(application: Application, act: PaperAct) -> PaperAtStep:
    here = selectors.paper_at_step(application)
    if here is None or here.act is not act:
        raise DomainError("not_this_step")
    return here


def _shown(here: PaperAtStep, digest: str) -> CertificateDraft:
    if here.draft is None or here.draft.digest != digest:
        raise DomainError("draft_changed")
    return here.draft


def take_effect(certificate: Certificate, *, at: datetime) -> None:
    """Issue the signed paper, and pass the application on from the step that signed it."""
    Certificate.objects.filter(pk=certificate.pk).update(
        state=Certificate.State.ISSUED, issued_at=at
    )
    CertificateNumber.objects.filter(pk=certificate.number_id).update(
        state=CertificateNumber.State.ISSUED, settled_at=at
    )
    if certificate.paper is not None and certificate.paper.kind == PaperKind.ASSESSMENT:
        charges.take_number(certificate)
    messages.notify_paper_signed(certificate, at)
    signed.forward(certificate, at=at)
