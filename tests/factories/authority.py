"""Proposals about power over others."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.models import Capacity, Office, Position, User
from authority.kinds import access, appointments
from authority.models import KindOf, Proposal
from authority.services import proposals
from tests.factories.accounts import make_position


def head_of(office: Office) -> Position:
    """Return the chair of the head of ``office``."""
    found = Position.objects.filter(office=office, is_head=True).first()
    return found or make_position(office, "kepala", is_head=True)


def propose_stand_in(
    person: User, office: Office, *, actor: User, at: datetime, **term: Any
) -> Proposal:
    """Propose ``person`` as Plh. head of ``office`` for two weeks."""
    position = head_of(office)
    facts = appointments.new_facts(
        person=person,
        position=position,
        **{
            "capacity": Capacity.DAILY,
            "started_on": date(2026, 11, 16),
            "ended_on": date(2026, 11, 30),
            **term,
        },
    )
    return proposals.propose(
        KindOf.APPOINT,
        person,
        office,
        actor=actor,
        at=at,
        position=position,
        facts=facts,
        decree_number="800/12/2026",
        decree_date=date(2026, 11, 13),
    )


def propose_rights(
    person: User, office: Office, *, actor: User, at: datetime, **flags: bool
) -> Proposal:
    """Propose other rights of ``person``; flags that are not named stay."""
    before = access.rights_of(person)
    return proposals.propose(
        KindOf.RIGHTS,
        person,
        office,
        actor=actor,
        at=at,
        facts={"before": before, "after": {**before, **flags}},
        reason="Perubahan tugas",
    )


def propose_account(
    kind: str, person: User, office: Office, *, actor: User, at: datetime, **facts: Any
) -> Proposal:
    """Propose something about the account of ``person``."""
    return proposals.propose(
        kind, person, office, actor=actor, at=at, facts=facts, reason="Permintaan yang bersangkutan"
    )
