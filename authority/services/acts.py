"""The definitive head marks what acting heads did as seen."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Office, User
from authority import selectors
from authority.models import ActsSeen
from workflow.domain.errors import DomainError


@transaction.atomic
def mark_seen(office: Office, *, actor: User, at: datetime, until: datetime) -> None:
    """Record that ``actor`` has looked at everything up to ``until``, which was shown.

    Nothing leaves the list. Raises ``DomainError`` when the actor is not the definitive head.
    """
    if office not in selectors.definitive_offices(actor, at):
        raise DomainError("not_the_definitive_head")
    until = min(until, at)
    seen = selectors.seen_until(office)
    if seen is None or until > seen:
        ActsSeen.objects.create(
            office=office, by=actor, at=at, until=until, until_on=office.local_date(until)
        )
