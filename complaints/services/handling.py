"""Handling of a report by an officer before the answer: one function for each event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import translation

from accounts.models import User
from accounts.selectors import holders, reachable, seat_in, superiors
from complaints import policies, selectors
from complaints.domain.ladder import Ladder
from complaints.domain.lifecycle import CLOSED, SUGGESTIONS, Event
from complaints.domain.terms import ComplaintTermKind
from complaints.models import Addition, ApipRequest, Complaint, Escalation
from complaints.services import deadlines, messages
from complaints.services.events import add_record, fire, locked
from standards.models import Service, StandardVersion
from workflow import transitions
from workflow.domain.errors import DomainError

CLASSIFIED, NEW_OWNER = "klasifikasi", "penanggung_jawab"
LINKED, MERGED_HERE = "tautkan", "gabungan_masuk"
APIP_ASKED, APIP_DECIDED, BROUGHT = "minta_apip", "putusan_apip", "laporkan_ke_atasan"


# Complaint or suggestion, complete or not ------------------------------------------------------


@transaction.atomic
def accept(complaint: Complaint, *, actor: User, at: datetime, note: str) -> Complaint:
    """Treat the report as a complaint, with a reason; the clock runs from receipt."""
    fresh = locked(complaint, actor, policies.may_handle, at)
    fresh = fire(fresh, Event.ACCEPT, actor=actor, at=at, note=note)
    messages.notify_complainant(fresh, "taken_as_complaint", at, nth=_times(fresh))
    return fresh


@transaction.atomic
def treat_as_suggestion(complaint: Complaint, *, actor: User, at: datetime, note: str) -> Complaint:
    """Treat the report as a suggestion, with a reason; it is answered too."""
    fresh = locked(complaint, actor, policies.may_handle, at)
    fresh = fire(fresh, Event.TREAT_AS_SUGGESTION, actor=actor, at=at, note=note)
    messages.notify_complainant(fresh, "taken_as_suggestion", at, nth=_times(fresh))
    return fresh


@transaction.atomic
def ask(complaint: Complaint, *, actor: User, at: datetime, note: str) -> Complaint:
    """Request missing information; a second term begins, the answer term continues."""
    fresh = locked(complaint, actor, policies.may_handle, at)
    fresh = fire(fresh, Event.ASK, actor=actor, at=at, note=note)
    private = fresh.confidential or fresh.hide_identity  # the outbox stores the text of a mail
    public_note = "" if private else note
    messages.notify_complainant(fresh, "incomplete", at, nth=_times(fresh), note=public_note)
    return fresh


@transaction.atomic
def complete(complaint: Complaint, *, actor: User, at: datetime, note: str) -> Complaint:
    """Record missing information that came by telephone, letter or at the counter."""
    fresh = locked(complaint, actor, policies.may_handle, at)
    if not note.strip():
        raise DomainError("note_missing")
    Addition.objects.create(
        complaint=fresh, by=Addition.By.OFFICER, officer=actor, text=note.strip(), at=at
    )
    return fire(fresh, Event.COMPLETE, actor=actor, at=at)


@transaction.atomic
def study(complaint: Complaint, *, actor: User, at: datetime) -> Complaint:
    """Declare the report complete and begin its study."""
    fresh = locked(complaint, actor, policies.may_handle, at)
    return fire(fresh, Event.STUDY, actor=actor, at=at)


@transaction.atomic
def add_note(complaint: Complaint, *, actor: User, at: datetime, note: str) -> Addition:
    """Add an internal note; it affects no deadline."""
    fresh = locked(complaint, actor, policies.may_handle, at)
    if not note.strip():
        raise DomainError("note_missing")
    return Addition.objects.create(
        complaint=fresh, by=Addition.By.OFFICER, officer=actor, text=note.strip(), at=at
    )


@transaction.atomic
def withdraw(complaint: Complaint, *, actor: User, at: datetime, note: str) -> Complaint:
    """Record a withdrawal that did not come through the tracking page."""
    fresh = locked(complaint, actor, policies.may_handle, at)
    return fire(fresh, Event.WITHDRAW, actor=actor, at=at, note=note)


def _times(complaint: Complaint) -> int:
    """Return a number that makes the message of each decision unique."""
    return complaint.records.count()


# Classification ----------------------------------------------------------------------------------


@transaction.atomic
def classify(
    complaint: Complaint,
    *,
    actor: User,
    at: datetime,
    problem: str,
    service: Service | None = None,
    weight: str = "",
    category: str = "",
    subjects: Sequence[User] = (),
    reason: str = "",
) -> Complaint:
    """Set the component concerned, the weight or category, and the subjects of the complaint.

    The class has its own answer term, counted from receipt. A change needs a reason.
    Raises ``DomainError``: out_of_turn, complaint_not_classified, note_missing, service_elsewhere.
    """
    fresh = locked(complaint, actor, policies.may_classify, at)
    by_weight = selectors.rules_of(fresh.office).ladder == Ladder.WEIGHT
    weight, category = (weight, "") if by_weight else ("", category)
    if not problem or not (weight or category):
        raise DomainError("complaint_not_classified")
    if service is not None and service.office_id != fresh.office_id:
        raise DomainError("service_elsewhere")
    before = _class_of(fresh)
    against = set(fresh.subjects.values_list("pk", flat=True))
    after = (problem, weight, category, service.pk if service else fresh.service_id)
    if after == before and against == {subject.pk for subject in subjects}:
        return fresh  # repeated request
    if fresh.problem and not reason.strip():
        raise DomainError("note_missing")
    fresh.problem, fresh.weight, fresh.category = problem, weight, category
    _put_service(fresh, service)
    fresh.save(update_fields=["problem", "weight", "category", "service", "version"])
    with translation.override("id"):  # records are Indonesian
        parts = (
            fresh.get_problem_display(),
            fresh.get_weight_display(),
            fresh.get_category_display(),
            reason.strip(),
        )
    summary = " - ".join(str(part) for part in parts if part)
    add_record(fresh, CLASSIFIED, actor=actor, at=at, note=summary)
    deadlines.done(fresh, ComplaintTermKind.CATEGORY, at)
    deadlines.lengthen_for_class(fresh)
    fresh.subjects.set(subjects)
    _keep_from_subjects(fresh, at)
    return fresh


def _class_of(complaint: Complaint) -> tuple[object, ...]:
    return complaint.problem, complaint.weight, complaint.category, complaint.service_id


def _put_service(complaint: Complaint, service: Service | None) -> None:
    """Set service and standard of the day served, unless the application defines them."""
    if service is None or complaint.application_id or service.pk == complaint.service_id:
        return
    day = complaint.served_on or complaint.office.local_date(complaint.received_at)
    complaint.service = service
    complaint.version = StandardVersion.objects.in_force(day).filter(service=service).first()


def _keep_from_subjects(complaint: Complaint, at: datetime) -> None:
    """Replace the owner at once if they are a subject of the complaint."""
    against = set(complaint.subjects.values_list("pk", flat=True))
    if complaint.owner_id not in against:
        return
    successor = selectors.owner_for(complaint, at) or _head(complaint, against, at)
    _hand_over(complaint, successor, actor=None, at=at, why="")


def _head(complaint: Complaint, against: set[int], at: datetime) -> User | None:
    head = selectors.head_of(complaint.office)
    people = holders(head, at) if head else []
    return next((person for person in people if person.pk not in against), None)


# Ownership ---------------------------------------------------------------------------------------


@transaction.atomic
def hand_over_owner(
    complaint: Complaint, *, actor: User, at: datetime, owner: User, reason: str
) -> Complaint:
    """Assign another owner.

    Raises ``DomainError``: note_missing, not_an_owner, complaint_closed, and the codes of
    ``policies.may_name_owner``.
    """
    fresh = locked(complaint, actor, policies.may_name_owner, at)
    if fresh.owner_id == owner.pk:
        return fresh
    if not reason.strip():
        raise DomainError("note_missing")
    if not policies.may_own(owner, fresh, at):
        raise DomainError("not_an_owner")
    _hand_over(fresh, owner, actor=actor, at=at, why=reason.strip())
    return fresh


def _hand_over(
    complaint: Complaint, owner: User | None, *, actor: User | None, at: datetime, why: str
) -> None:
    complaint.owner = owner
    complaint.save(update_fields=["owner"])
    note = f"{owner.full_name if owner else '-'}. {why}".strip()
    add_record(complaint, NEW_OWNER, actor=actor, at=at, note=note)
    if owner is not None:
        messages.notify(complaint, "owner", [owner], at, nth=_times(complaint))


# Escalation ----------------------------------------------------------------------------------


@transaction.atomic
def bring_up(complaint: Complaint, *, actor: User, at: datetime, note: str) -> Escalation:
    """Escalate on request to the next superior; a confidential complaint only to the head."""
    fresh = locked(complaint, actor, policies.may_handle, at)
    if not note.strip():
        raise DomainError("note_missing")
    seat = seat_in(actor, fresh.office_id, at)
    start = seat.position if seat else None
    head = selectors.head_of(fresh.office)
    known = set(fresh.escalations.values_list("to_position", flat=True))
    chain = [head] if fresh.confidential or start is None else superiors(start)
    above = next(
        (position for position in chain if position is not None and position.pk not in known), None
    )
    if above is None or above == start:
        raise DomainError("nobody_above")
    row = Escalation.objects.create(
        complaint=fresh,
        cause=Escalation.Cause.REQUEST,
        level=f"jabatan-{above.pk}",
        from_position=start,
        to_position=above,
        at=at,
    )
    add_record(fresh, BROUGHT, actor=actor, at=at, note=f"{above.name}. {note.strip()}")
    messages.notify(fresh, "brought", reachable(above, at), at, nth=row.pk)
    return row


@transaction.atomic
def request_apip(complaint: Complaint, *, actor: User, at: datetime, note: str) -> ApipRequest:
    """Request the head's consent to involve APIP; a pending request is returned again."""
    fresh = locked(complaint, actor, policies.may_classify, at)
    if not note.strip():
        raise DomainError("note_missing")
    waiting = fresh.apip_requests.filter(agreed=None).first()
    if waiting is not None:
        return waiting
    if fresh.apip_requests.filter(agreed=True).exists():
        raise DomainError("apip_agreed_already")
    row = ApipRequest.objects.create(
        complaint=fresh, reason=note.strip(), asked_by=actor, asked_at=at
    )
    add_record(fresh, APIP_ASKED, actor=actor, at=at, note=note.strip())
    head = selectors.head_of(fresh.office)
    messages.notify(fresh, "apip_asked", reachable(head, at), at, nth=row.pk)
    return row


@transaction.atomic
def decide_apip(
    complaint: Complaint, *, actor: User, at: datetime, agreed: bool, note: str = ""
) -> ApipRequest:
    """Record the head's decision about APIP; a refusal needs a note.

    Raises ``DomainError``: nothing_asked, note_missing, complaint_not_the_head.
    """
    fresh = locked(complaint, actor, policies.may_decide_apip, at)
    row = fresh.apip_requests.filter(agreed=None).first()
    if row is None:
        raise DomainError("nothing_asked")
    outside = selectors.head_is_complained_about(fresh, at)
    if (outside or not agreed) and not note.strip():
        raise DomainError("note_missing")  # a consent of the superior needs its document
    row.agreed, row.decided_by, row.decided_at, row.note = agreed, actor, at, note.strip()
    row.save(update_fields=["agreed", "decided_by", "decided_at", "note"])
    decision = "setuju" if agreed else "tidak setuju"
    add_record(fresh, APIP_DECIDED, actor=actor, at=at, note=f"{decision}. {note.strip()}".strip())
    messages.notify_owner(fresh, "apip_decided", at, nth=row.pk)
    return row


# Merging and linking ----------------------------------------------------------------------------


@transaction.atomic
def merge(
    complaint: Complaint, *, actor: User, at: datetime, target: Complaint, note: str
) -> Complaint:
    """Merge this report into an older one; both rows remain.

    The deadline of the older one applies to both. Raises ``DomainError``: merge_itself,
    merge_elsewhere, merge_into_closed, merge_into_newer, merge_into_suggestion.
    """
    first, second = sorted((complaint, target), key=lambda row: row.pk)
    transitions.lock(first), transitions.lock(second)
    fresh = locked(complaint, actor, policies.may_handle, at)
    into = Complaint.objects.get(pk=target.pk)
    if into.pk == fresh.pk:
        raise DomainError("merge_itself")
    if into.office_id != fresh.office_id or not policies.may_own(actor, into, at):
        raise DomainError("merge_elsewhere")
    if into.status in CLOSED:
        raise DomainError("merge_into_closed")
    if into.status in SUGGESTIONS and fresh.status not in SUGGESTIONS:
        raise DomainError("merge_into_suggestion")
    if into.received_at > fresh.received_at:
        raise DomainError("merge_into_newer")
    fresh.merged_into = into
    fresh.save(update_fields=["merged_into"])
    fresh = fire(fresh, Event.MERGE, actor=actor, at=at, note=note)
    add_record(into, MERGED_HERE, actor=actor, at=at, note=_other(fresh))
    into.subjects.add(*fresh.subjects.all())  # subjects must not handle the merged complaint
    _keep_from_subjects(into, at)
    return fresh


@transaction.atomic
def link(
    complaint: Complaint, *, actor: User, at: datetime, target: Complaint, note: str = ""
) -> Complaint:
    """Link two related reports; each is handled separately. Idempotent."""
    fresh = locked(complaint, actor, policies.may_handle, at)
    if target.pk == fresh.pk:
        raise DomainError("merge_itself")
    if target.office_id != fresh.office_id or not policies.may_own(actor, target, at):
        raise DomainError("merge_elsewhere")
    if not fresh.related.filter(pk=target.pk).exists():
        fresh.related.add(target)
        summary = f"{_other(target)}. {note.strip()}".removesuffix(". ")
        add_record(fresh, LINKED, actor=actor, at=at, note=summary)
        add_record(target, LINKED, actor=actor, at=at, note=_other(fresh))
    return fresh


def _other(complaint: Complaint) -> str:
    """Return the label of this report in the history of another, which more users may read."""
    return "laporan rahasia" if complaint.confidential else complaint.number
