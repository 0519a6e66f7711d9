"""Who may propose, confirm, refuse and withdraw; each answer is a ``Verdict`` with its reason."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from accounts.access import ALLOWED, Verdict, denied
from accounts.administered import keeps
from accounts.domain import two_people
from accounts.models import Office, User
from authority import selectors
from authority.domain.lifecycle import Status
from authority.models import Proposal


def may_administer(user: User) -> Verdict:
    """Open the pages of proposals and propose: administrators."""
    return ALLOWED if selectors.administers(user) else denied("not_an_administrator")


def may_propose(user: User, proposal: Proposal) -> Verdict:
    """Make this proposal, also about oneself: administrators of its office.

    What gives authorities, or touches somebody who has more, only those who have them all.
    """
    if not (verdict := may_administer(user)):
        return verdict
    if selectors.needs_full(proposal):
        return ALLOWED if user.is_superuser else denied("not_a_full_administrator")
    return ALLOWED if keeps(user, proposal.office_id) else denied("not_an_administrator")


class SecondPerson(NamedTuple):
    """What somebody may do with a proposal as its second person."""

    confirm: Verdict
    refuse: Verdict


def second_person(user: User, proposal: Proposal, at: datetime) -> SecondPerson:
    """Return both answers of the rule of two people (``two_people``), which read the same rows.

    Confirm: another administrator, or the head where there is none. Refuse: whoever may confirm,
    and the head of the office at any time.
    """
    if proposal.status != Status.PROPOSED:
        return SecondPerson(denied("proposal_settled"), denied("proposal_settled"))
    matter = selectors.matter_of(proposal)
    facts = {"active": user.is_active, "heads": proposal.office_id in selectors.headed(user, at)}
    why_not = (
        two_people.may_confirm(user.pk, matter, **facts),
        two_people.may_refuse(user.pk, matter, **facts),
    )
    return SecondPerson(*(denied(why) if why else ALLOWED for why in why_not))


def may_confirm(user: User, proposal: Proposal, at: datetime) -> Verdict:
    """Confirm: see ``second_person``."""
    return second_person(user, proposal, at).confirm


def may_refuse(user: User, proposal: Proposal, at: datetime) -> Verdict:
    """Refuse: see ``second_person``."""
    return second_person(user, proposal, at).refuse


def may_withdraw(user: User, proposal: Proposal, at: datetime) -> Verdict:
    """Withdraw: the proposer, while nobody has settled it."""
    if proposal.status != Status.PROPOSED:
        return denied("proposal_settled")
    return ALLOWED if proposal.proposed_by_id == user.pk else denied("not_the_proposer")


def may_say_alone(user: User, office: Office, at: datetime) -> Verdict:
    """State that the office has one administrator: that one, once."""
    if not (verdict := may_administer(user)):
        return verdict
    if not keeps(user, office.pk):
        return denied("not_an_administrator")
    if selectors.administrators(office=office).count() > 1:
        return denied("not_alone")
    return denied("alone_said_already") if selectors.said_alone(office) else ALLOWED
