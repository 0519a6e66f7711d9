"""Placing and lifting legal holds."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Office, User
from accounts.selectors import capacity_text, seat_in
from archives.models import LegalHold
from archives.policies import may_hold
from complaints.models import Complaint
from permits.models import Application
from workflow.domain.errors import DomainError


@transaction.atomic
def place(
    office: Office,
    *,
    ground: str,
    actor: User,
    at: datetime,
    until: date | None = None,
    application: Application | None = None,
    complaint: Complaint | None = None,
    person: User | None = None,
) -> LegalHold:
    """Hold a file, or every file of a person: neither delete nor destroy until it is lifted.

    Raises ``DomainError``: not_an_archivist.
    """
    _check(actor, office, at)
    return LegalHold.objects.create(
        office=office,
        application=application,
        complaint=complaint,
        person=person,
        ground=ground,
        until=until,
        placed_by=actor,
        placed_capacity=capacity_text(seat_in(actor, office.pk, at)),
        placed_at=at,
    )


@transaction.atomic
def lift(hold: LegalHold, *, reason: str, actor: User, at: datetime) -> LegalHold:
    """Lift a hold, with the reason. Raises ``DomainError``: not_an_archivist, hold_lifted."""
    fresh = LegalHold.objects.select_for_update().get(pk=hold.pk)
    _check(actor, fresh.office, at)
    if fresh.lifted_at is not None:
        raise DomainError("hold_lifted")
    fresh.lifted_by, fresh.lifted_at, fresh.lifted_reason = actor, at, reason
    fresh.save(update_fields=["lifted_by", "lifted_at", "lifted_reason"])
    return fresh


def _check(actor: User, office: Office, at: datetime) -> None:
    verdict = may_hold(actor, office, at)
    if not verdict:
        raise DomainError(verdict.reason)
