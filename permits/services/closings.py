"""What the issue of a decision that closes a permit does to that permit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.selectors import capacity_text, head_seat, seat_in
from permits import selectors
from permits.domain.certificates import ends_by_signature
from permits.models import Application, Certificate, CertificateOrder
from permits.services import order_effects
from workflow import transitions
from workflow.domain.dates import long_date
from workflow.domain.errors import DomainError

Decision = CertificateOrder.Decision


@transaction.atomic
def end_previous(closing: Certificate, *, at: datetime) -> list[CertificateOrder]:
    """Revoke the permits that the issued decision ``closing`` ends, or propose that to the head.

    Who wrote the decision is the proposer, who signed it decided: two people, as of every order.
    Empty if the portal knows no such permit that is in force.
    """
    permits = selectors.permits_to_close(closing.application)
    orders = [_end(closing, permit.application, at=at) for permit in permits]
    return [order for order in orders if order is not None]


def _end(closing: Certificate, file: Application, *, at: datetime) -> CertificateOrder | None:
    """End the permit of ``file``.

    ``None`` if it has ended, or if its revocation would have to be proposed and another order waits
    already.
    """
    being_signed = order_effects.lock_papers_being_signed(file)
    file = transitions.lock(file)
    permit = selectors.permit_in_force(file)  # as it stands under the lock
    if permit is None:
        return None
    by_itself = ends_by_signature(
        decides=_decides(closing, permit),
        asked_by_holder=closing.application.applicant_id == file.applicant_id,
    )
    if not by_itself:
        if CertificateOrder.objects.unfinished().filter(certificate=permit).exists():
            return None
        return _order(closing, permit, by_itself=False, at=at)
    _drop_proposal(closing, permit, at=at)
    order_effects.drop_replacement(file, being_signed, at=at)
    order = _order(closing, permit, by_itself=True, at=at)
    order_effects.take_effect(order, at=at)
    order_effects.close_file(file, order, actor=closing.signer, at=at)
    order_effects.notify_holder(file, order, at=at)
    return order


def _decides(closing: Certificate, permit: Certificate) -> bool:
    office = closing.application.office_id
    if head_seat(closing.signer, office, closing.requested_at) is not None:
        return True
    desk = closing.visit.step.desk
    return desk is not None and desk == permit.visit.step.desk


def _order(
    closing: Certificate, permit: Certificate, *, by_itself: bool, at: datetime
) -> CertificateOrder:
    """Write the order: decided already by who signed the decision, or proposed by who wrote it."""
    application, draft = closing.application, closing.draft
    if draft is None:
        raise DomainError("draft_missing")
    author = draft.written_by
    order = CertificateOrder(
        certificate=permit,
        kind=CertificateOrder.Kind.REVOKE,
        reason=_reason(application, by_itself=by_itself),
        ground=_ground(closing),
        found_on=application.office.local_date(at),
        decree_number=str(closing.number),
        decree_date=closing.valid_from,
        proposed_by=author,
        proposed_capacity=capacity_text(seat_in(author, application.office_id, draft.written_at)),
        proposed_at=draft.written_at if by_itself else at,
    )
    if by_itself:
        order.decision, order.decided_by = Decision.CONFIRMED, closing.signer
        order.decided_capacity = closing.signer_capacity
        order.decided_at = closing.requested_at
    order.save()
    return order


def _reason(application: Application, *, by_itself: bool) -> str:
    named = {"number": application.number}
    with translation.override("id"):
        if by_itself:
            return _("Diakhiri atas permohonan pemegang nomor %(number)s.") % named
        return _("Diakhiri dengan keputusan atas permohonan nomor %(number)s.") % named


def _ground(closing: Certificate) -> str:
    """Return the rule of the standard by which the decision ends the permit."""
    version = closing.application.version
    with translation.override("id"):
        named = {"title": closing.content["title"], "version": version.number}
        ground = _("“%(title)s” menurut standar pelayanan layanan ini, versi %(version)s") % named
        if version.effective_on is None:
            return ground
        since = {"ground": ground, "day": long_date(version.effective_on)}
        return _("%(ground)s, berlaku sejak %(day)s") % since


def _drop_proposal(closing: Certificate, permit: Certificate, *, at: datetime) -> None:
    """Close a proposal about the permit that waits: there is nothing left to decide."""
    with translation.override("id"):
        note = _("Izin lebih dahulu diakhiri dengan keputusan nomor %(number)s.") % {
            "number": closing.number
        }
    CertificateOrder.objects.open().filter(certificate=permit).update(
        decision=Decision.DROPPED,
        decided_by=closing.signer,
        decided_capacity=closing.signer_capacity,
        decided_at=at,
        decision_note=note,
    )
