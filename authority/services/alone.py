"""The statement that an office has one administrator only."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Office, User
from authority import policies
from authority.models import SoleAdministrator
from authority.services import notifying
from workflow.domain.errors import DomainError


@transaction.atomic
def say_alone(office: Office, *, actor: User, at: datetime) -> SoleAdministrator:
    """State it once: from now on the head confirms, and is told so.

    Raises ``DomainError`` when there is another administrator, or it was stated before.
    """
    office = Office.objects.select_for_update().get(pk=office.pk)
    if not (verdict := policies.may_say_alone(actor, office, at)):
        raise DomainError(verdict.reason)
    said = SoleAdministrator.objects.create(office=office, said_by=actor, said_at=at)
    notifying.notify_alone(said, at)
    return said
