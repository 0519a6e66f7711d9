"""Requests of people about their data, and the answers of offices."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.models import Office, User
from accounts.selectors import capacity_text, seat_in
from archives.domain.requests import answer_due
from archives.models import DataRequest
from archives.policies import may_answer
from archives.selectors import archivists, heads
from notices import outbox
from permits.models import Application
from workflow.domain.errors import DomainError
from workflow.formats import moment_lazy
from workflow.sweeps import SweepResult, sweep

MOST_OPEN = 5  # requests of one person that wait for an answer


@transaction.atomic
def ask(
    person: User,
    office: Office,
    *,
    kind: str,
    text: str,
    at: datetime,
    application: Application | None = None,
) -> DataRequest:
    """Send a request to ``office``; its leading officers are told. Raises ``DomainError``:
    too_many_requests.
    """
    User.objects.select_for_update().get(pk=person.pk)
    if DataRequest.objects.of(person).open().count() >= MOST_OPEN:
        raise DomainError("too_many_requests", most=MOST_OPEN)
    request = DataRequest.objects.create(
        person=person,
        office=office,
        application=application,
        kind=kind,
        text=text,
        asked_at=at,
        due_at=answer_due(at),
    )
    _tell(request, "archives/request_arrived", archivists(office, at), at)
    return request


@transaction.atomic
def answer(
    request: DataRequest, *, outcome: str, answer: str, actor: User, at: datetime
) -> DataRequest:
    """Answer a request once; the person is told. Raises ``DomainError``: request_answered,
    own_request, not_an_archivist.
    """
    fresh = DataRequest.objects.select_for_update().get(pk=request.pk)
    verdict = may_answer(actor, fresh, at)
    if not verdict:
        raise DomainError(verdict.reason)
    fresh.outcome, fresh.answer = outcome, answer
    fresh.answered_by, fresh.answered_at = actor, at
    fresh.answered_capacity = capacity_text(seat_in(actor, fresh.office_id, at))
    fresh.save()
    outbox.post(
        f"data-request-answered:{fresh.public_id}",
        "archives/request_answered",
        to=fresh.person,
        at=at,
        sender=fresh.office,
        name=fresh.person.full_name,
        office=fresh.office.name,
        outcome=fresh.get_outcome_display(),
        answer=fresh.answer,
        path=reverse("archives:own"),
    )
    return fresh


def watch(at: datetime) -> SweepResult:
    """Tell the head of an office, once, about a request that was not answered in time."""

    def tell(pk: int) -> bool:
        with transaction.atomic():
            request = DataRequest.objects.select_for_update().overdue(at).filter(pk=pk).first()
            if request is None:
                return False
            request.told_head_at = at
            request.save(update_fields=["told_head_at"])
            _tell(request, "archives/request_overdue", heads(request.office, at), at)
            return True

    keys = list(DataRequest.objects.overdue(at).values_list("pk", flat=True))
    return sweep("archives.watch_requests", keys, tell)


def _tell(request: DataRequest, kind: str, people: list[User], at: datetime) -> None:
    for person in people:
        outbox.post(
            f"{kind}:{request.public_id}:{person.pk}",
            kind,
            to=person,
            at=at,
            sender=request.office,
            name=person.full_name,
            office=request.office.name,
            asked=DataRequest.Kind(request.kind).label,
            until=moment_lazy(request.due_at, request.office.zone),
            path=request.get_absolute_url(),
        )
