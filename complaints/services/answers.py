"""Drafting and approval of the answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.domain.four_eyes import breaks_four_eyes
from accounts.models import Position, User
from accounts.selectors import holders, reachable, seat_in
from complaints import policies, selectors
from complaints.domain import draft, study
from complaints.domain.ladder import (
    OUTSIDE,
    Approver,
    Category,
    Ladder,
    Weight,
    approvers,
    author_signs,
    without,
)
from complaints.domain.lifecycle import Event, Status
from complaints.domain.terms import ComplaintTermKind
from complaints.models import Answer, Approval, Complaint, Escalation, StudyStep
from complaints.services import deadlines, letters, messages
from complaints.services.events import capacity_at, fire, locked
from complaints.services.study import ending_of
from workflow import vacancies
from workflow.domain.errors import DomainError


@transaction.atomic
def draft_answer(complaint: Complaint, *, actor: User, at: datetime, text: str) -> Answer:
    """Submit a draft to the first level that must approve; a light one is approved at once.

    The fixed ending is appended to ``text``. A draft after a return is a new revision, which
    needs the approval of every level again. Raises ``DomainError``: out_of_turn, answer_empty,
    study_incomplete, complaint_not_classified, apip_without_consent.
    """
    fresh = locked(complaint, actor, policies.may_handle, at)
    if fresh.status != Status.STUDIED:
        raise DomainError("out_of_turn")
    if not text.strip():
        raise DomainError("answer_empty")
    levels = levels_of(fresh, writer=actor, at=at)
    _refuse_unstudied(fresh)
    answer = write_revision(fresh, text, levels, actor, at)
    fresh = fire(fresh, Event.DRAFT, actor=actor, at=at)
    _go_on(fresh, answer, actor=actor, at=at)
    return answer


def levels_of(complaint: Complaint, *, writer: User, at: datetime) -> tuple[Approver, ...]:
    """Return the required approvers by the ladder of the office, without conflicts of interest."""
    by = Ladder(selectors.rules_of(complaint.office).ladder)
    levels = approvers(
        by,
        category=Category(complaint.category) if complaint.category else None,
        weight=Weight(complaint.weight) if complaint.weight else None,
        head_agreed=complaint.apip_requests.filter(agreed=True).exists(),
    )
    return without(levels, *selectors.unable(complaint, writer, at))


def _refuse_unstudied(complaint: Complaint) -> None:
    rows = complaint.study.filter(round=complaint.round)
    done = set(rows.values_list("step", flat=True))
    missing = study.missing(done, at_once=complaint.weight == Weight.LIGHT)
    if missing:
        names = ", ".join(str(StudyStep.Step(step).label) for step in missing)
        raise DomainError("study_incomplete", missing=names)


def write_revision(
    complaint: Complaint, text: str, levels: tuple[Approver, ...], actor: User, at: datetime
) -> Answer:
    """Store one revision; its author approves it as the officer level of the ladder."""
    last = complaint.answers.order_by("revision").last()
    complete = draft.whole(text, ending_of(complaint))
    answer = Answer.objects.create(
        complaint=complaint,
        round=complaint.round,
        revision=last.revision + 1 if last else 1,
        text=complete,
        digest=draft.digest(complete),
        levels=[str(level) for level in levels],
        written_by=actor,
        written_at=at,
    )
    Approval.objects.create(
        answer=answer,
        level=Approver.OFFICER,
        officer=actor,
        digest=answer.digest,
        agreed=True,
        capacity=capacity_at(actor, complaint, at),
        at=at,
    )
    return answer


@transaction.atomic
def agree(
    complaint: Complaint,
    *,
    actor: User,
    at: datetime,
    level: str,
    digest: str,
    note: str = "",
    with_whom: str = "",
    paper: str = "",
) -> Complaint:
    """Approve the text with ``digest`` at the current level.

    Levels outside the office are recorded by the owner or the head, with person and document.
    Raises ``DomainError``: level_passed, answer_changed, paper_missing, and the codes of
    ``policies.may_agree``.
    """
    fresh, answer = _at_level(complaint, actor, level, digest, at)
    _record(fresh, answer, level, actor, at, note, with_whom, paper, agreed=True)
    deadlines.done(fresh, ComplaintTermKind.LEVEL, at)
    return _go_on(fresh, answer, actor=actor, at=at)


@transaction.atomic
def send_back(
    complaint: Complaint,
    *,
    actor: User,
    at: datetime,
    level: str,
    digest: str,
    note: str,
    with_whom: str = "",
    paper: str = "",
) -> Complaint:
    """Return the draft with a note; the next revision needs the approval of every level."""
    fresh, answer = _at_level(complaint, actor, level, digest, at)
    if not note.strip():
        raise DomainError("note_missing")
    _record(fresh, answer, level, actor, at, note, with_whom, paper, agreed=False)
    fresh = fire(fresh, Event.SEND_BACK, actor=actor, at=at, note=note)
    messages.notify_owner(fresh, "returned", at, nth=answer.pk)
    return fresh


def _at_level(
    complaint: Complaint, actor: User, level: str, digest: str, at: datetime
) -> tuple[Complaint, Answer]:
    fresh = locked(complaint, actor, policies.may_agree, at)
    answer = selectors.latest_answer(fresh)
    if answer is None or selectors.next_level(answer) != level:
        raise DomainError("level_passed")
    if answer.digest != digest:
        raise DomainError("answer_changed")
    return fresh, answer


def _record(
    complaint: Complaint,
    answer: Answer,
    level: str,
    actor: User,
    at: datetime,
    note: str,
    with_whom: str,
    paper: str,
    *,
    agreed: bool,
) -> None:
    outside = level in OUTSIDE
    if outside and not (with_whom.strip() and paper.strip()):
        raise DomainError("paper_missing")
    Approval.objects.create(
        answer=answer,
        level=level,
        officer=actor,
        capacity=capacity_at(actor, complaint, at),
        digest=answer.digest,
        agreed=agreed,
        note=note.strip(),
        with_whom=with_whom.strip() if outside else "",
        paper=paper.strip() if outside else "",
        at=at,
    )


def _go_on(complaint: Complaint, answer: Answer, *, actor: User, at: datetime) -> Complaint:
    """Pass the draft to the next level and start its term; after the last level, approve it."""
    level = selectors.next_level(answer)
    if level is None:
        fresh = fire(complaint, Event.APPROVE, actor=actor, at=at)
        letters.enqueue(answer, signer=_signer(fresh, answer), at=at)
        if fresh.owner_id != actor.pk:
            messages.notify_owner(fresh, "approved", at, nth=answer.pk)
        return fresh
    position = selectors.position_at(complaint, level)
    before, complaint.desk = complaint.desk or seat_of(complaint, actor, at), position
    complaint.save(update_fields=["desk"])
    deadlines.begin(complaint, ComplaintTermKind.LEVEL, at, of=level)
    Escalation.objects.create(
        complaint=complaint,
        cause=Escalation.Cause.WEIGHT,
        level=level,
        from_position=before,
        to_position=position,
        at=at,
    )
    if position is not None:
        people = reachable(position, at)
        if not holders(position, at):
            vacancies.ask(position, at)
        messages.notify(complaint, "approve", people, at, nth=f"{answer.pk}:{level}")
    elif complaint.owner_id != actor.pk:
        messages.notify_owner(complaint, "approve", at, nth=f"{answer.pk}:{level}")
    return complaint


def _signer(complaint: Complaint, answer: Answer) -> User:
    """Return the highest approver of the office; levels outside have documents of their own."""
    inside = answer.approvals.exclude(level__in=OUTSIDE).order_by("at", "pk").last()
    signer = inside.officer if inside else answer.written_by
    authors, alone = selectors.authors_of(complaint), author_signs(answer.levels)
    if breaks_four_eyes(signer.pk, authors, answered_by_one=alone):
        raise DomainError("answer_four_eyes")
    return signer


def seat_of(complaint: Complaint, actor: User | None, at: datetime) -> Position | None:
    seat = seat_in(actor, complaint.office_id, at)
    return seat.position if seat else None
