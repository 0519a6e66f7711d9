"""Services of the certificate: signature, issue, hand-over.

Order: request (number reserved, job enqueued) -> the worker renders and signs outside any
transaction -> signed -> the numbering desk issues -> hand-over. A job that fails is retried.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.domain.four_eyes import breaks_four_eyes
from accounts.models import Appointment, User
from accounts.selectors import capacity_text
from permits import selectors
from permits.content import certificates
from permits.domain.lifecycle import Event, Status
from permits.domain.printed import new_document_code
from permits.domain.signing import why_not_sign
from permits.models import Application, Certificate, CertificateNumber, HandOver, new_token
from permits.services import (
    closings,
    deadlines,
    drafting,
    events,
    further_papers,
    high_water,
    numbers,
    order_effects,
    refusals,
    signed,
    visits,
)
from permits.services.applications import notify
from standards.domain.steps import StepKind
from workflow import transitions
from workflow.domain.errors import DomainError
from workflow.sweeps import RetryLater, SweepResult, drain_queue, run_job
from workflow.worker import notify_on_commit

BATCH = 50
_KEY_TRIES = 10_000  # a missing key is repaired by an administrator: keep retrying


@transaction.atomic
def sign_certificate(
    application: Application, *, actor: User, at: datetime, digest: str, visit: int | None = None
) -> Certificate:
    """The head signs the shown draft: reserve the number and enqueue the certificate.

    The caller has checked the password. A repeated call changes nothing. Raises
    ``DomainError``: draft_missing, draft_changed, grounds_changed, initials_missing, step_moved,
    four_eyes.
    """
    fresh, current, appointment = visits.at_step(
        application, (StepKind.SIGN,), actor=actor, at=at, visit=visit
    )
    if fresh.certificate is not None:
        return fresh.certificate
    if selectors.open_refusal(fresh) is not None:
        raise DomainError("refusal_open")
    draft = drafting.shown_draft(fresh, digest)
    if breaks_four_eyes(actor.pk, selectors.drafters(fresh)):
        raise DomainError("four_eyes")
    if selectors.initials_bar(fresh, actor):
        raise DomainError("initials_bar_signing")
    reason = why_not_sign(
        drafted=True,
        missing=selectors.missing_initials(fresh, draft),
        outdated=certificates.is_outdated(draft, selectors.cited_bases(fresh)),
    )
    if reason:
        raise DomainError(reason)
    number = numbers.reserve(fresh, at=at)
    day = fresh.office.local_date(at)
    text = selectors.permit_text(fresh)
    valid_until = text.valid_until(day)
    token, code = new_token(), new_document_code()
    certificate = Certificate.objects.create(
        application=fresh,
        number=number,
        draft=draft,
        token=token,
        code=code,
        visit=current,
        is_closure=text.is_closure,
        content=certificates.final_content(
            draft,
            number,
            signer=actor,
            appointment=appointment,
            token=token,
            code=code,
            day=day,
            valid_until=valid_until,
        ),
        signer=actor,
        signer_capacity=capacity_text(appointment),
        requested_at=at,
        valid_from=day,
        valid_until=valid_until,
        next_try_at=at,
    )
    fresh.certificate = certificate
    fresh.save(update_fields=["certificate"])
    notify_on_commit("permits.sign_due")
    return certificate


def sign_due(at: datetime) -> SweepResult:
    """Run the queued jobs: render and sign certificates."""
    certificates_to_sign = Certificate.objects.all()
    ready = certificates_to_sign.ready(at).order_by("pk").values_list("pk", flat=True)
    return drain_queue(
        "permits.sign_due",
        lambda: ready[:BATCH],
        lambda pk: run_job(
            certificates_to_sign, pk, lambda row: _render_and_sign(row, at), at=at, tries=_KEY_TRIES
        ),
    )


def _render_and_sign(certificate: Certificate, at: datetime) -> Callable[[], None]:
    from documents.keys import watch_key
    from documents.rendering import RenderError, render_pdf
    from documents.signing import SigningError, signer_for
    from documents.verification import sha256

    application = certificate.application
    office = application.office
    try:
        signer = signer_for(office.code)
        content, template = certificate.content, "certificates/certificate.html"
        if certificate.is_refusal:
            content = refusals.dated_content(certificate, at)
            template = "certificates/refusal_letter.html"
        elif certificate.paper_id is not None:
            template = "certificates/further_paper.html"
        pdf = render_pdf(template, content)
        signed_pdf = signer.sign(
            pdf,
            reason=content["title"],
            location=office.city,
            at=at,
        )
        # a retry after a crash writes another file; the row names the right one
        name = default_storage.save(f"certificates/{certificate.pk}.pdf", ContentFile(signed_pdf))
    except (RenderError, SigningError, OSError) as error:
        watch_key(office, at, error)
        raise RetryLater(f"{type(error).__name__}: {error}") from error

    def store() -> None:
        watch_key(office, at)
        certificate.content = content
        high_water.note_signed(certificate.number)
        take_effect(certificate, name, sha256(signed_pdf), at=at)

    return store


def take_effect(
    certificate: Certificate, name: str = "", digest: str = "", *, at: datetime
) -> None:
    """Record the signature (path and digest of the file) and let what was signed happen."""
    Certificate.objects.filter(pk=certificate.pk).update(
        state=Certificate.State.SIGNED,
        signed_at=at,
        file=name,
        sha256=digest,
        content=certificate.content,
    )
    if certificate.paper_id is not None:
        further_papers.take_effect(certificate, at=at)
        return
    if certificate.refusal is not None:
        refusals.take_effect(certificate, certificate.refusal, at=at)
        return
    if hasattr(certificate, "replaces"):
        order_effects.replaced(certificate, at=at)
        return
    signed.forward(certificate, at=at)


@transaction.atomic
def issue_certificate(
    application: Application, *, actor: User, at: datetime, note: str = "", visit: int | None = None
) -> Application:
    """Enter the number in the register: the permit is issued and the service clock stops.

    Raises ``DomainError``: not_signed_yet, step_moved.
    """
    fresh, _visit, appointment = visits.at_step(
        application, (StepKind.NUMBER,), actor=actor, at=at, visit=visit
    )
    certificate = fresh.certificate
    if certificate is None or certificate.state != Certificate.State.SIGNED:
        raise DomainError("not_signed_yet")
    Certificate.objects.filter(pk=certificate.pk).update(
        state=Certificate.State.ISSUED, issued_at=at
    )
    CertificateNumber.objects.filter(pk=certificate.number_id).update(
        state=CertificateNumber.State.ISSUED, settled_at=at
    )
    deadlines.stop(fresh, actor=actor, at=at)
    fresh = events.fire(
        fresh, Event.ISSUE, actor=actor, at=at, note=note, capacity=capacity_text(appointment)
    )
    if certificate.is_closure:
        closings.end_previous(certificate, at=at)
    if certificate.valid_until is not None:
        deadlines.watch_validity(fresh, certificate.valid_until, at=at)
    visits.forward(fresh, actor=actor, at=at, note=note, appointment=appointment)
    closing = str(certificate.content["title"]) if certificate.is_closure else ""
    notify(fresh, "ready", at, certificate=str(certificate.number), closing=closing)
    return fresh


@transaction.atomic
def hand_over(
    application: Application,
    *,
    actor: User,
    at: datetime,
    receiver: str,
    method: str = HandOver.Method.COUNTER,
    note: str = "",
    visit: int | None = None,
) -> Application:
    """Record who received the product at the counter; close the application.

    What the SOP still has (supervision, reports) goes to its desk.
    """
    fresh, _visit, appointment = visits.at_step(
        application, (StepKind.HAND_OVER,), actor=actor, at=at, visit=visit
    )
    return _complete(
        fresh,
        actor=actor,
        at=at,
        receiver=receiver,
        method=method,
        note=note,
        appointment=appointment,
    )


@transaction.atomic
def collect(application: Application, *, actor: User, at: datetime) -> Application:
    """Record the download by the applicant as the hand-over. Idempotent."""
    fresh = transitions.lock(application)
    step = fresh.current_step
    if fresh.status == Status.ISSUED and step and step.step.kind == StepKind.HAND_OVER:
        return _complete(
            fresh,
            actor=actor,
            at=at,
            receiver=actor.full_name,
            method=HandOver.Method.DOWNLOAD,
            note="",
            appointment=None,
        )
    return fresh


def _complete(
    application: Application,
    *,
    actor: User,
    at: datetime,
    receiver: str,
    method: str,
    note: str,
    appointment: Appointment | None,
) -> Application:
    if not receiver.strip():
        raise DomainError("note_missing")
    HandOver.objects.create(
        application=application,
        method=method,
        receiver=receiver.strip()[:150],
        at=at,
        recorded_by=actor,
    )
    fresh = events.fire(application, Event.COMPLETE, actor=actor, at=at, note=note)
    # steps after the hand-over are the office's own work: the applicant's matter is closed
    visits.forward(fresh, actor=actor, at=at, note=note, appointment=appointment)
    fresh.closed_at = at
    fresh.save(update_fields=["closed_at"])
    return fresh
