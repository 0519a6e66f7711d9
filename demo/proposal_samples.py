"""A proposal about power over others that waits for its second person, to be looked at."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import Appointment, Capacity, Office, Position, User
from authority.kinds import appointments
from authority.models import KindOf, Proposal
from authority.services import proposals
from workflow.domain.errors import DomainError

_AHEAD, _LONG = timedelta(days=7), timedelta(days=4)


def propose_stand_in(at: datetime) -> Proposal | None:
    """Let the demo's administrator of an office propose a Plh. of its head, once.

    Returns ``None`` where such people are missing, or it was proposed before.
    """
    actor = User.objects.filter(is_demo=True, is_superuser=False, administers__isnull=False).first()
    office = Office.objects.filter(administrators=actor).first() if actor else None
    chair = Position.objects.filter(office=office, is_head=True).first() if office else None
    if actor is None or office is None or chair is None:
        return None
    if Proposal.objects.filter(office=office).exists():
        return None
    today = office.local_date(at)
    others = Appointment.objects.in_force(today).filter(position__office=office)
    person = others.exclude(position=chair).select_related("user").order_by("pk").last()
    if person is None:
        return None
    term = {"capacity": Capacity.DAILY, "started_on": today + _AHEAD}
    facts = appointments.new_facts(
        person=person.user, position=chair, ended_on=today + _AHEAD + _LONG, **term
    )
    try:
        return proposals.propose(
            KindOf.APPOINT,
            person.user,
            office,
            actor=actor,
            at=at,
            position=chair,
            facts=facts,
            decree_number="800/12/DPMPTSP",
            decree_date=today,
        )
    except DomainError:
        return None  # the administrators of an office have been given other authorities
