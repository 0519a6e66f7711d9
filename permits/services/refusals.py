"""Refusing an application: proposed by a desk, decided by the desk that signs.

Order: proposal -> the signing desk confirms (letter numbered and enqueued) or sends back -> the
worker signs the letter -> the application is refused and the applicant is told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.selectors import capacity_text, held
from permits import selectors
from permits.content import refusals as content
from permits.domain import sop
from permits.domain.lifecycle import Event
from permits.domain.objection import last_day
from permits.domain.printed import new_document_code
from permits.domain.signing import decides_own_proposal
from permits.models import (
    Application,
    ApplicationStep,
    Certificate,
    CertificateNumber,
    Printout,
    Refusal,
    new_token,
)
from permits.services import applications, numbers, printouts, visits
from standards.domain.steps import StepKind
from standards.selectors import walkable_steps
from workflow import transitions
from workflow.calendars import calendar_of
from workflow.domain.errors import DomainError
from workflow.worker import notify_on_commit

Outcome = ApplicationStep.Outcome


@transaction.atomic
def propose_refusal(
    application: Application,
    *,
    actor: User,
    at: datetime,
    reason: str,
    ground: str,
    visit: int | None = None,
) -> Refusal:
    """Propose to refuse the application and hand it to the desk that signs.

    Raises ``DomainError``: note_missing, out_of_turn, already_signed, step_moved.
    """
    at_desk = visits.at_step(application, (), actor=actor, at=at, visit=visit)
    _check(at_desk.application, reason, ground)
    fresh = at_desk.application
    visits.close(
        fresh,
        actor=actor,
        at=at,
        outcome=Outcome.PROPOSED,
        note=reason.strip(),
        appointment=at_desk.appointment,
    )
    # who signs may hang on what a later step would have recorded: then the first who signs decides
    steps = [*selectors.sop_steps(fresh), *walkable_steps(fresh.procedure)]
    signing = sop.first(steps, StepKind.SIGN)
    decision = visits.enter(fresh, signing, by=actor, at=at)
    refusal = _propose(at_desk, decision, actor=actor, at=at, reason=reason, ground=ground)
    printouts.enqueue(
        fresh, Printout.Kind.REFUSAL, preview_key(refusal), content.draft_content(refusal), at
    )
    return refusal


def preview_key(refusal: Refusal) -> str:
    """Return the key of the preview of the letter."""
    return f"refusal:{refusal.pk}"


@transaction.atomic
def refuse_application(
    application: Application,
    *,
    actor: User,
    at: datetime,
    reason: str,
    ground: str,
    visit: int | None = None,
) -> Certificate:
    """Refuse the application at the desk that signs, without a proposal of another desk.

    The caller has checked the password. Raises the errors of ``propose_refusal``.
    """
    at_desk = visits.at_step(application, (StepKind.SIGN,), actor=actor, at=at, visit=visit)
    _check(at_desk.application, reason, ground)
    visit_row = at_desk.visit
    refusal = _propose(at_desk, visit_row, actor=actor, at=at, reason=reason, ground=ground)
    return _confirm(at_desk, refusal, actor=actor, at=at)


@transaction.atomic
def confirm_refusal(
    application: Application, *, actor: User, at: datetime, visit: int | None = None
) -> Certificate:
    """Confirm the proposal: number the letter and enqueue its signature.

    The caller has checked the password. A repeated call changes nothing. Raises ``DomainError``:
    refusal_missing, refusal_four_eyes, step_moved.
    """
    at_desk = visits.at_step(application, (StepKind.SIGN,), actor=actor, at=at, visit=visit)
    if at_desk.application.certificate is not None:
        return at_desk.application.certificate
    refusal = selectors.open_refusal(at_desk.application)
    if refusal is None:
        raise DomainError("refusal_missing")
    if decides_own_proposal(actor.pk, refusal.proposed_by_id):
        raise DomainError("refusal_four_eyes")
    return _confirm(at_desk, refusal, actor=actor, at=at)


def _check(application: Application, reason: str, ground: str) -> None:
    if not reason.strip() or not ground.strip():
        raise DomainError("note_missing")
    if application.certificate_id is not None:
        raise DomainError("already_signed")
    allowed = application.lifecycle.allows(Event.REJECT, application.status)
    if not allowed or selectors.open_refusal(application) is not None:
        raise DomainError("out_of_turn")


def _propose(
    at_desk: visits.StepAtDesk,
    decision: ApplicationStep,
    *,
    actor: User,
    at: datetime,
    reason: str,
    ground: str,
) -> Refusal:
    return Refusal.objects.create(
        application=at_desk.application,
        visit=at_desk.visit,
        decision_visit=decision,
        reason=reason.strip(),
        ground=ground.strip(),
        proposed_by=actor,
        proposed_capacity=capacity_text(at_desk.appointment),
        proposed_at=at,
    )


def _confirm(
    at_desk: visits.StepAtDesk, refusal: Refusal, *, actor: User, at: datetime
) -> Certificate:
    application = at_desk.application
    visits.decide_refusal(application, Refusal.Decision.CONFIRMED, actor=actor, at=at)
    refusal.refresh_from_db()
    number = numbers.reserve_refusal(application, at=at)
    token, code = new_token(), new_document_code()
    letter = Certificate.objects.create(
        application=application,
        number=number,
        refusal=refusal,
        token=token,
        code=code,
        visit=at_desk.visit,
        content=content.final_content(
            refusal, number, signer=actor, appointment=at_desk.appointment, token=token, code=code
        ),
        signer=actor,
        signer_capacity=capacity_text(at_desk.appointment),
        requested_at=at,
        valid_from=application.office.local_date(at),
        next_try_at=at,
    )
    application.certificate = letter
    application.save(update_fields=["certificate"])
    notify_on_commit("permits.sign_due")
    return letter


def dated_content(letter: Certificate, at: datetime) -> dict[str, Any]:
    """Return the letter with the day on which it is signed and the last day of an objection."""
    office = letter.application.office
    calendar = calendar_of(office)
    day = office.local_date(at)
    until = last_day(calendar, day)
    return content.dated(letter.content, day, until, provisional=not calendar.is_confirmed(until))


def take_effect(letter: Certificate, refusal: Refusal, *, at: datetime) -> None:
    """Refuse the application once its letter is signed, and tell the applicant."""
    application = transitions.lock(letter.application)
    Certificate.objects.filter(pk=letter.pk).update(state=Certificate.State.ISSUED, issued_at=at)
    CertificateNumber.objects.filter(pk=letter.number_id).update(
        state=CertificateNumber.State.ISSUED, settled_at=at
    )
    office = application.office
    until = last_day(calendar_of(office), office.local_date(at))
    Refusal.objects.filter(pk=refusal.pk).update(objection_until=until)
    fresh = applications.end(
        application,
        Event.REJECT,
        actor=letter.signer,
        at=at,
        note=refusal.reason,
        outcome=Outcome.REFUSED,
        appointment=held(letter.signer, at).get(application.desk_id or 0),
    )
    applications.notify(
        fresh,
        "rejected",
        at,
        note=refusal.reason,
        ground=refusal.ground,
        letter=str(letter.number),
        remedies=letter.content["remedies"],
    )
