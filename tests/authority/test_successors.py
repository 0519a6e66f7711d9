"""A definitive successor ends who held the chair before, and tells them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from accounts.models import Appointment, Capacity, User
from authority import selectors
from authority.kinds import appointments
from authority.models import KindOf, Proposal
from authority.services import proposals
from authority.views.proposal_page import ProposalPage
from notices.models import Notice
from tests.factories.accounts import appoint, make_user
from tests.factories.authority import head_of, propose_stand_in
from tests.factories.permits import Cast
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
HEAD = "kepala-dinas"
BEGINS, LAST = date(2026, 12, 1), date(2026, 11, 30)
DEFINITIVE: dict[str, Any] = {
    "capacity": Capacity.DEFINITIVE, "started_on": BEGINS, "ended_on": None,
}  # fmt: skip


def test_predecessor_and_stand_ins_end_the_day_before(
    cast: Cast, ani: User, budi: User, monday: datetime
) -> None:
    old = cast.at(HEAD).appointments.get()
    plh = make_user(full_name="Pengganti Harian")
    appoint(plh, old.position, date(2026, 11, 20), date(2026, 12, 10), capacity=Capacity.DAILY)
    later = make_user(full_name="Pengganti Nanti")
    appoint(later, old.position, date(2026, 12, 20), date(2026, 12, 24), capacity=Capacity.DAILY)
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=monday, **DEFINITIVE)
    lines = dict(ProposalPage(proposal, budi, monday).facts)
    assert len(lines["Masa jabatan yang berakhir karenanya"]) == 2
    proposals.confirm(proposal, actor=budi, at=monday)
    ends = {
        row.user.full_name: row.ended_on
        for row in Appointment.objects.filter(position=old.position).select_related("user")
    }
    assert ends.pop(proposal.person.full_name) is None
    assert ends == {
        old.user.full_name: LAST, "Pengganti Harian": LAST, "Pengganti Nanti": date(2026, 12, 24),
    }  # fmt: skip
    told = Notice.objects.filter(template="authority/settled", channel="email")
    hints = {row.recipient.full_name: row.context["hint"] for row in told}
    assert "berakhir Senin, 30 November 2026" in hints[old.user.full_name]
    assert "Plh. " in hints["Pengganti Harian"]
    assert hints["Pengganti Nanti"] == "" == hints[proposal.person.full_name]


def test_who_becomes_definitive_stands_in_no_more(
    cast: Cast, ani: User, budi: User, monday: datetime
) -> None:
    chair = head_of(cast.office)
    chair.appointments.update(ended_on=date(2026, 10, 31))
    rina = make_user(full_name="Rina")
    acting = appoint(rina, chair, date(2026, 11, 1), capacity=Capacity.ACTING)
    proposal = propose_stand_in(rina, cast.office, actor=ani, at=monday, **DEFINITIVE)
    proposals.confirm(proposal, actor=budi, at=monday)
    acting.refresh_from_db()
    assert acting.ended_on == LAST


def test_a_term_that_becomes_definitive_ends_the_others_too(
    cast: Cast, ani: User, budi: User, monday: datetime
) -> None:
    old = cast.at(HEAD).appointments.get()
    acting = appoint(make_user(), old.position, date(2026, 12, 1), capacity=Capacity.ACTING)
    facts = appointments.amended_facts(acting, **DEFINITIVE)
    proposal = proposals.propose(
        KindOf.AMEND,
        acting.user,
        cast.office,
        actor=ani,
        at=monday,
        appointment=acting,
        facts=facts,
    )
    proposals.confirm(proposal, actor=budi, at=monday)
    old.refresh_from_db()
    assert old.ended_on == LAST


def test_a_chair_with_a_later_definitive_holder_is_refused(
    cast: Cast, ani: User, monday: datetime
) -> None:
    appoint(make_user(), head_of(cast.office), date(2026, 12, 15))
    with pytest.raises(DomainError) as refused:
        propose_stand_in(make_user(), cast.office, actor=ani, at=monday, **DEFINITIVE)
    assert refused.value.code == "proposal_two_heads"
    assert not Proposal.objects.exists()


def test_an_end_that_moved_meanwhile_is_said(
    cast: Cast, ani: User, budi: User, monday: datetime
) -> None:
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=monday, **DEFINITIVE)
    old = cast.at(HEAD).appointments.get()
    Appointment.objects.filter(pk=old.pk).update(ended_on=date(2026, 12, 31))
    with pytest.raises(DomainError) as refused:
        proposals.confirm(proposal, actor=budi, at=monday)
    assert refused.value.code == "proposal_chair_changed"


def test_what_a_stand_in_did_before_a_backdated_successor_stays_listed(
    cast: Cast, ani: User, budi: User, monday: datetime
) -> None:
    plt = appoint(make_user(), head_of(cast.office), date(2026, 11, 2), capacity=Capacity.ACTING)
    cast.at(HEAD).appointments.update(ended_on=date(2026, 10, 31))
    past = {**DEFINITIVE, "started_on": date(2026, 11, 9)}
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=monday, **past)
    proposals.confirm(proposal, actor=budi, at=monday)
    plt.refresh_from_db()
    assert plt.ended_on == date(2026, 11, 8)
    days = [row.ended_on for row in selectors.stand_ins(cast.office)]
    assert sorted(days, key=str) == [date(2026, 11, 8), None]
