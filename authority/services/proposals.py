"""What happens to a proposal: one function an event, each in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.access import Verdict
from accounts.administered import keeps
from accounts.models import Appointment, Office, Position, User
from accounts.selectors import capacity_text, seat_in
from authority import policies, selectors
from authority.domain.lifecycle import Event, Status
from authority.kinds import appointments, kind_of
from authority.models import KindOf, OperatorAct, Proposal, ProposalRecord
from authority.services import notifying
from workflow import transitions
from workflow.domain.errors import DomainError
from workflow.sweeps import SweepResult, sweep


@transaction.atomic
def propose(
    kind: str,
    person: User | None,
    office: Office,
    *,
    actor: User,
    at: datetime,
    facts: dict[str, Any] | None = None,
    position: Position | None = None,
    appointment: Appointment | None = None,
    decree_number: str = "",
    decree_date: date | None = None,
    reason: str = "",
) -> Proposal:
    """Make a proposal, and tell everybody whom it concerns at once.

    ``facts`` are those of its kind (``authority.kinds``). Raises ``DomainError`` when the actor may
    not propose it, the same one is open, it changes nothing, or its premise does not hold.
    """
    facts = facts or {}
    proposal = Proposal(
        kind=kind,
        person=person,
        office=office,
        position=position,
        appointment=appointment,
        facts=facts,
        decree_number=decree_number,
        decree_date=decree_date,
        reason=reason,
        proposed_by=actor,
        proposed_at=at,
    )
    _lock_people(actor.pk, *([person.pk] if person else []))
    _require(policies.may_propose(actor, proposal))
    if "after" in facts and facts["after"] == facts["before"]:
        raise DomainError("proposal_changes_nothing")
    same = Proposal.objects.open().filter(kind=kind, person=person, position=position)
    part = facts.get("part")  # one position may have several, each of its own proposal
    if any(row.facts.get("part") == part for row in same.filter(appointment=appointment)):
        raise DomainError("proposal_open_already")
    if problem := premise(proposal, at):
        raise DomainError(problem)
    proposal.save()
    proposal.superseded.set(appointments.superseded(facts.get("overlaps", []), person))
    proposal.superseded.add(*facts.get("superseded", []))
    proposal.concerned.set(facts.get("holders", []))
    ProposalRecord.objects.create(
        subject=proposal,
        event=Event.PROPOSE,
        source="",
        to=Status.PROPOSED,
        actor=actor,
        at=at,
        note=reason,
        capacity=_capacity(actor, office, at),
    )
    notifying.notify_proposed(proposal, at)
    return proposal


@transaction.atomic
def confirm(proposal: Proposal, *, actor: User, at: datetime) -> Proposal:
    """Do what was proposed: the act, its record and its messages together.

    Raises ``DomainError`` when the actor may not confirm, it is settled, or its premise has changed
    since; then nothing is done and it stays open for whoever refuses or withdraws it.
    """
    fresh, actor = _locked(proposal, actor)
    _require(policies.may_confirm(actor, fresh, at))
    return _execute(fresh, at, actor=actor, capacity=_capacity(actor, fresh.office, at))


@transaction.atomic
def confirm_by_operator(proposal: Proposal, *, names: list[str], note: str, at: datetime) -> None:
    """Confirm by command, in the names of two people: for an office that cannot confirm itself.

    Raises ``DomainError`` as ``confirm`` does.
    """
    fresh, _nobody = _locked(proposal, None)
    if fresh.status != Status.PROPOSED:
        raise DomainError("proposal_settled")
    by = ", ".join(names)
    done = _execute(fresh, at, actor=None, capacity=by[:200], note=note)
    act = OperatorAct.objects.create(
        what=OperatorAct.What.CONFIRMATION,
        office=done.office,
        person=done.person,
        names=names,
        detail=kind_of(done).sentence(done)[:300],
        at=at,
    )
    notifying.notify_operator(act, [done.office], at)


def _execute(
    fresh: Proposal, at: datetime, *, actor: User | None, capacity: str, note: str = ""
) -> Proposal:
    if problem := premise(fresh, at):
        raise DomainError(problem)
    if fresh.kind == KindOf.EMAIL:
        notifying.notify_old_address(fresh, at, actor)
    kind_of(fresh).execute(fresh, actor, at)
    done = transitions.fire(fresh, Event.CONFIRM, actor=actor, at=at, note=note, capacity=capacity)
    notifying.notify_settled(done, at, by=actor, note=note)
    return done


@transaction.atomic
def refuse(proposal: Proposal, *, actor: User, at: datetime, note: str) -> Proposal:
    """Refuse it, with a reason."""
    fresh, actor = _locked(proposal, actor)
    _require(policies.may_refuse(actor, fresh, at))
    return _end(fresh, Event.REFUSE, actor=actor, at=at, note=note)


@transaction.atomic
def withdraw(proposal: Proposal, *, actor: User, at: datetime, note: str = "") -> Proposal:
    """The proposer takes it back."""
    fresh, actor = _locked(proposal, actor)
    _require(policies.may_withdraw(actor, fresh, at))
    return _end(fresh, Event.WITHDRAW, actor=actor, at=at, note=note)


def lapse_old(at: datetime) -> SweepResult:
    """End the proposals that nobody has settled in time."""
    old = [row.pk for row in Proposal.objects.open() if selectors.lapses_at(row) <= at]

    def lapse(pk: int) -> bool:
        with transaction.atomic():
            row = Proposal.objects.open().select_for_update().filter(pk=pk).first()
            if row is not None:
                _end(row, Event.LAPSE, actor=None, at=at, note="")
        return row is not None

    return sweep("authority.lapse_proposals", old, lapse)


def premise(proposal: Proposal, at: datetime) -> str:
    """Return the code of why a proposal can no longer be done, "" while it can."""
    proposer = proposal.proposed_by
    if not (selectors.administers(proposer) and keeps(proposer, proposal.office_id)):
        return "proposal_proposer_gone"
    gone = proposal.person is not None and not proposal.person.is_active
    if gone and proposal.kind != KindOf.RIGHTS:
        return "proposal_person_gone"
    return kind_of(proposal).premise(proposal, at)


def _end(
    proposal: Proposal, event: Event, *, actor: User | None, at: datetime, note: str
) -> Proposal:
    capacity = _capacity(actor, proposal.office, at)
    done = transitions.fire(proposal, event, actor=actor, at=at, note=note, capacity=capacity)
    notifying.notify_settled(done, at, by=actor, note=note)
    return done


def _locked(proposal: Proposal, actor: Any) -> tuple[Proposal, Any]:
    """Lock proposal, people and chair in one order; return the proposal and the actor afresh."""
    fresh: Proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    keys = {fresh.proposed_by_id, fresh.person_id, actor and actor.pk} - {None}
    people = _lock_people(*keys)
    position = fresh.position_id or (fresh.appointment and fresh.appointment.position_id)
    chairs = Position.objects.select_for_update(of=("self",)).filter(
        # the chair of the head: whoever moves it, or fills it, waits for the other
        Q(pk=position) | Q(office=fresh.office_id, is_head=True)
    )
    list(chairs.order_by("pk"))
    fresh.proposed_by = people[fresh.proposed_by_id]
    fresh.person = people[fresh.person_id] if fresh.person_id else None
    return fresh, people[actor.pk] if actor else None


def _lock_people(*keys: int) -> dict[int, User]:
    rows: Iterable[User] = User.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows}


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise DomainError(verdict.reason)


def _capacity(actor: User | None, office: Office, at: datetime) -> str:
    """Return in which capacity somebody proposes or decides: a position, else administrator."""
    if actor is None:
        return ""
    seat = capacity_text(seat_in(actor, office.pk, at))
    return seat or ("Administrator" if selectors.administers(actor) else "")
