"""The completeness check: a verdict on each document."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from permits import selectors
from permits.models import Application, RequirementVerdict
from permits.services import visits
from standards.domain.steps import StepKind
from workflow.domain.errors import DomainError

Result = RequirementVerdict.Result


@transaction.atomic
def give_verdict(
    application: Application,
    requirement_id: int,
    result: str,
    *,
    actor: User,
    at: datetime,
    reason: str = "",
    visit: int | None = None,
) -> RequirementVerdict:
    """Record the verdict on one requirement; it can be changed until the step ends.

    A document accepted in an earlier round may be refused again with a reason, such as findings of
    the technical team. Raises ``DomainError``: reason_missing, not_a_requirement,
    documents_refused (no document to accept), step_moved.
    """
    fresh, current, _seat = visits.at_step(
        application, (StepKind.CHECK,), actor=actor, at=at, visit=visit
    )
    line = _line(fresh, requirement_id)
    if result not in Result.values:
        raise DomainError("not_a_requirement")
    if result != Result.ACCEPTED and not reason.strip():
        if line.document is not None:
            raise DomainError("reason_missing")
        reason = "belum diunggah"
    if result == Result.ACCEPTED and line.document is None:
        raise DomainError("documents_refused")
    verdict, _made = RequirementVerdict.objects.update_or_create(
        visit=current,
        requirement_id=requirement_id,
        defaults={
            "application": fresh,
            "document": line.document,
            "result": result,
            "reason": reason.strip()[:500],
            "officer": actor,
            "at": at,
        },
    )
    return verdict


def _line(application: Application, requirement_id: int) -> selectors.RequirementLine:
    for line in selectors.checklist(application).checkable():
        if line.requirement.pk == requirement_id:
            return line
    raise DomainError("not_a_requirement")
