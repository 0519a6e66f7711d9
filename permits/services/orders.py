"""Revoking, voiding and replacing a certificate by order: proposed by one, confirmed by another.

Order: proposal -> the head of the office confirms with the password. Revoking and voiding are in
force at once; a replacement is numbered and signed by the worker like any certificate, and takes
the place of the other paper in the moment in which it is signed. A file has one valid paper.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.access import Verdict
from accounts.models import User
from accounts.selectors import capacity_text, head_seat, seat_in
from permits import policies, selectors
from permits.content import certificates as content
from permits.content import replacements
from permits.domain.certificates import OrderBasis, OrderKind
from permits.domain.printed import new_document_code
from permits.models import (
    Application,
    Certificate,
    CertificateDraft,
    CertificateOrder,
    Printout,
    new_token,
)
from permits.services import numbers, order_effects, printouts
from permits.services.drafting import current_draft, preview_key
from workflow import transitions
from workflow.domain.errors import DomainError
from workflow.worker import notify_on_commit

Decision = CertificateOrder.Decision


# Proposing ---------------------------------------------------------------------------------------


@transaction.atomic
def propose_ending(
    application: Application,
    *,
    actor: User,
    at: datetime,
    kind: str,
    basis: OrderBasis,
    paper: int | None = None,
) -> CertificateOrder:
    """Propose to revoke or void the paper with the key ``paper``: the one that was shown.

    Without a key it is the one that counts (``Application.certificate``).

    Raises ``DomainError``: paper_moved, the reasons of ``may_propose_order``, note_missing,
    date_ahead.
    """
    _fresh, certificate = _to_end(application, actor=actor, at=at, paper=paper)
    return _propose(certificate, OrderKind(kind), basis, actor=actor, at=at)


@transaction.atomic
def propose_replacement(
    application: Application,
    *,
    actor: User,
    at: datetime,
    basis: OrderBasis,
    statement: str,
    holder: replacements.Rows,
    data: replacements.Rows,
    paper: int | None = None,
) -> CertificateOrder:
    """Propose to replace the certificate by one with a corrected text; its preview is printed.

    Raises the errors of ``propose_ending`` and ``DomainError``: not_a_permit, nothing_corrected,
    replacement_being_signed.
    """
    fresh, certificate = _to_end(application, actor=actor, at=at, paper=paper)
    _ask(policies.may_propose_replacement(actor, fresh, at))
    if certificate.pk != fresh.certificate_id:
        raise DomainError("not_a_permit")
    if selectors.replacement_being_signed(fresh) is not None:
        raise DomainError("replacement_being_signed")
    text = replacements.corrected(
        certificate,
        statement=statement,
        holder=holder,
        data=data,
        decree_number=basis.decree_number,
        decree_date=basis.decree_date,
    )
    if not replacements.differs(certificate, text):
        raise DomainError("nothing_corrected")
    latest = current_draft(fresh)
    draft = CertificateDraft.objects.create(
        application=fresh,
        revision=latest.revision + 1 if latest else 1,
        content=text,
        digest=content.digest(text),
        written_by=actor,
        written_at=at,
    )
    printouts.enqueue(fresh, Printout.Kind.DRAFT, preview_key(draft), text, at)
    return _propose(certificate, OrderKind.REPLACE, basis, actor=actor, at=at, draft=draft)


def _to_end(
    application: Application, *, actor: User, at: datetime, paper: int | None
) -> tuple[Application, Certificate]:
    fresh = transitions.lock(application)
    here = {row.pk: row for row in selectors.endable_papers(fresh)}
    if paper is not None and paper != fresh.certificate_id and paper not in here:
        raise DomainError("paper_moved")
    _ask(policies.may_propose_order(actor, fresh, at))
    wanted = here.get(paper or fresh.certificate_id or 0)
    if wanted is None:
        raise DomainError("paper_ended" if fresh.certificate_id else "not_issued_yet")
    return fresh, wanted


def _propose(
    certificate: Certificate,
    kind: OrderKind,
    basis: OrderBasis,
    *,
    actor: User,
    at: datetime,
    draft: CertificateDraft | None = None,
) -> CertificateOrder:
    office = certificate.application.office
    if not all(text.strip() for text in (basis.reason, basis.ground, basis.decree_number)):
        raise DomainError("note_missing")
    if max(basis.found_on, basis.decree_date) > office.local_date(at):
        raise DomainError("date_ahead")
    return CertificateOrder.objects.create(
        certificate=certificate,
        kind=kind,
        reason=basis.reason.strip(),
        ground=basis.ground.strip(),
        found_on=basis.found_on,
        decree_number=basis.decree_number.strip(),
        decree_date=basis.decree_date,
        draft=draft,
        proposed_by=actor,
        proposed_capacity=capacity_text(seat_in(actor, office.pk, at)),
        proposed_at=at,
    )


# Deciding ----------------------------------------------------------------------------------------


@transaction.atomic
def confirm_order(
    application: Application, *, actor: User, at: datetime, order: int, digest: str = ""
) -> CertificateOrder:
    """Confirm the order that was shown (its key), with the digest of a replacement's text.

    The caller has checked the password. A repeated call changes nothing. Raises ``DomainError``:
    order_decided, draft_changed, paper_moved, and the reasons of ``may_confirm_order``.
    """
    being_signed = order_effects.lock_papers_being_signed(application)
    fresh = transitions.lock(application)
    row = _shown(fresh, order)
    if row.decision == Decision.CONFIRMED and row.decided_by_id == actor.pk:
        return row
    if not row.is_open:
        raise DomainError("order_decided")
    _ask(policies.may_confirm_order(actor, fresh, at))
    beside = row.certificate.paper_id is not None
    if not beside and row.certificate_id != fresh.certificate_id:
        raise DomainError("paper_moved")
    appointment = head_seat(actor, fresh.office_id, at)
    row.decision, row.decided_by, row.decided_at = Decision.CONFIRMED, actor, at
    row.decided_capacity = capacity_text(appointment)
    if row.draft is not None:
        if digest != row.draft.digest:
            raise DomainError("draft_changed")
        row.replacement = _request(fresh, row.draft, row.certificate, actor=actor, at=at)
        row.save()
        notify_on_commit("permits.sign_due")
        return row
    row.save()
    if beside:  # the file goes on: it may be sent back, and the paper written anew
        order_effects.take_effect(row, at=at)
    else:
        order_effects.drop_replacement(fresh, being_signed, at=at)
        order_effects.take_effect(row, at=at)
        order_effects.close_file(fresh, row, actor=actor, at=at)
    order_effects.notify_holder(fresh, row, at=at)
    return row


@transaction.atomic
def close_order(
    application: Application, *, actor: User, at: datetime, order: int, note: str
) -> CertificateOrder:
    """Close a proposal without effect: the head does not agree, or the proposer takes it back.

    Raises ``DomainError``: note_missing, order_decided, and the reasons of ``may_close_order``.
    """
    fresh = transitions.lock(application)
    row = _shown(fresh, order)
    if not row.is_open:
        raise DomainError("order_decided")
    _ask(policies.may_close_order(actor, fresh, at))
    if not note.strip():
        raise DomainError("note_missing")
    own = row.proposed_by_id == actor.pk
    row.decision = Decision.WITHDRAWN if own else Decision.DECLINED
    row.decided_by, row.decided_at, row.decision_note = actor, at, note.strip()
    row.decided_capacity = capacity_text(seat_in(actor, fresh.office_id, at))
    row.save()
    return row


def _shown(application: Application, key: int) -> CertificateOrder:
    rows = CertificateOrder.objects.filter(certificate__application=application, pk=key)
    found: CertificateOrder | None = rows.with_papers().first()
    if found is None:
        raise DomainError("order_decided")
    return found


def _ask(verdict: Verdict) -> None:
    if not verdict:
        raise DomainError(verdict.reason)


def _request(
    application: Application,
    draft: CertificateDraft,
    old: Certificate,
    *,
    actor: User,
    at: datetime,
) -> Certificate:
    """Reserve the number of the replacing paper and enqueue its signature."""
    number = numbers.reserve(application, at=at)
    day = application.office.local_date(at)
    token, code = new_token(), new_document_code()
    appointment = head_seat(actor, application.office_id, at)
    return Certificate.objects.create(
        application=application,
        number=number,
        draft=draft,
        token=token,
        code=code,
        visit=old.visit,
        content=content.final_content(
            draft,
            number,
            signer=actor,
            appointment=appointment,
            token=token,
            code=code,
            day=day,
            valid_until=old.valid_until,
        ),
        signer=actor,
        signer_capacity=capacity_text(appointment),
        requested_at=at,
        valid_from=day,
        valid_until=old.valid_until,
        next_try_at=at,
    )
