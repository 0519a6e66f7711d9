"""The record of whoever opens an applicant's file, written before the file is handed out."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Appointment, User
from accounts.selectors import capacity_text, seat_in
from permits import policies, selectors
from permits.domain.openings import masked
from permits.models import Application, Opening
from workflow.domain.errors import DomainError


def record(
    application: Application,
    kind: str,
    *,
    actor: User,
    at: datetime,
    what: str = "",
    file_key: UUID | None = None,
    reason: str = "",
) -> Opening | None:
    """Record that ``actor`` opens data of ``application``; ``None`` for its own applicant.

    ``kind`` is one of ``Opening.Kind``. Every opening is a row of its own. ``reason`` is kept only
    where one is asked. Raises ``DomainError``: opening_reason_missing.
    """
    if application.applicant_id == actor.pk:
        return None
    asked = policies.reason_asked(actor, application, kind, at)
    if asked and not reason.strip():
        raise DomainError("opening_reason_missing")
    return Opening.objects.create(
        application=application,
        kind=kind,
        what=what[:200],
        file_key=file_key,
        person=actor,
        capacity=capacity_text(_seat(application, actor, at)) or _outside(kind),
        reason=reason.strip()[:200] if asked else "",
        at=at,
    )


def _seat(application: Application, actor: User, at: datetime) -> Appointment | None:
    """In which appointment ``actor`` sees the application: at its office, else at its desk."""
    seat = seat_in(actor, application.office_id, at)
    elsewhere = (seat_in(actor, desk.office_id, at) for desk in selectors.desks_of(application))
    return seat or next(filter(None, elsewhere), None)


def open_number(
    application: Application, key: str, *, actor: User, at: datetime, reason: str = ""
) -> bool:
    """Record that ``actor`` sees the identity number in one answer (``key`` of its line).

    Return ``False`` if that answer has none. Raises the errors of ``record``.
    """
    lines = selectors.checklist(application).answers
    line = next((row for row in lines if row.key == key), None)
    if line is None or masked(line.label, line.value) == line.value:
        return False
    record(application, Opening.Kind.NUMBER, actor=actor, at=at, what=line.label, reason=reason)
    return True


def _outside(kind: str) -> str:
    """Return how a person without a position at the office is named: in Indonesian, as all are."""
    with override("id"):
        return _("Administrator portal") if kind == Opening.Kind.ADMIN else ""
