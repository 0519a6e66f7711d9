"""A position that is held, the chair of the head and complaint roles are changed by two."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse
from time_machine import TimeMachineFixture

from accounts.models import Position, User
from authority import selectors
from authority.kinds import positions
from authority.models import KindOf, Proposal
from authority.services import alone, proposals
from complaints.models import ComplaintRole, Role
from complaints.proposals import role_facts
from notices.models import Notice
from tests.factories.accounts import (
    PASSWORD,
    make_officer,
    make_position,
    make_user,
)
from tests.factories.authority import head_of
from tests.factories.filing import signed_in
from tests.factories.permits import Cast
from workflow.audit import extend_chains, verify
from workflow.domain.errors import DomainError
from workflow.models import AuditEntry

pytestmark = pytest.mark.django_db
HEAD, TODAY = "kepala-dinas", date(2026, 11, 16)


@pytest.fixture
def desk(cast: Cast) -> Position:
    """A desk below the secretary, held by one officer."""
    above = cast.at("sekretaris").appointments.get().position
    position = make_position(cast.office, name="Loket Aduan", superior=above)
    make_officer(position, full_name="Dian Loket")
    return position


def propose(kind: KindOf, position: Position, facts: Any, *, actor: User, at: datetime) -> Proposal:
    return proposals.propose(
        kind,
        None,
        position.office,
        actor=actor,
        at=at,
        position=position,
        facts=facts,
        decree_number="12/2026",
        decree_date=date(2026, 11, 2),
    )


def renamed(desk: Position, **new: Any) -> dict[str, Any]:
    values = {"name": desk.name, "superior": desk.superior, **new}
    return positions.position_facts(desk, **values, day=TODAY)


def told(code: str) -> set[str]:
    rows = Notice.objects.filter(template=f"authority/{code}", channel="email", urgent=True)
    return {row.recipient.full_name for row in rows}


def code_of(act: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def test_name_and_superior_are_changed_by_two(
    cast: Cast, desk: Position, ani: User, budi: User, monday: datetime
) -> None:
    facts = renamed(desk, name="Loket Pengaduan", superior=head_of(cast.office))
    proposal = propose(KindOf.POSITION, desk, facts, actor=ani, at=monday)
    dian, secretary = desk.appointments.get().user, cast.at("sekretaris")
    assert told("proposed") == {
        "Dian Loket", f"Petugas {HEAD}", secretary.full_name, "Budi Kedua",
    }  # fmt: skip
    for person in (dian, secretary):
        assert proposal in selectors.visible_to(person, monday)
    assert list(selectors.waiting_for(budi, monday)) == [proposal]
    proposals.confirm(proposal, actor=budi, at=monday)
    desk.refresh_from_db()
    assert (desk.name, desk.superior) == ("Loket Pengaduan", head_of(cast.office))
    assert told("settled") == {
        "Dian Loket", f"Petugas {HEAD}", secretary.full_name, "Ani Pengusul",
    }  # fmt: skip


def test_who_holds_the_position_confirms_nothing_about_it(
    cast: Cast, desk: Position, ani: User, budi: User, monday: datetime
) -> None:
    desk.appointments.update(user=budi)
    proposal = propose(KindOf.POSITION, desk, renamed(desk, name="Baru"), actor=ani, at=monday)
    assert code_of(lambda: proposals.confirm(proposal, actor=budi, at=monday)) == (
        "second_own_matter"
    )
    assert not selectors.waiting_for(budi, monday).exists()


def test_the_head_confirms_what_is_about_a_desk_where_there_is_one_administrator(
    cast: Cast, desk: Position, ani: User, monday: datetime
) -> None:
    alone.say_alone(cast.office, actor=ani, at=monday)
    proposal = propose(KindOf.POSITION, desk, renamed(desk, name="Baru"), actor=ani, at=monday)
    assert list(selectors.waiting_for(cast.at(HEAD), monday)) == [proposal]
    proposals.confirm(proposal, actor=cast.at(HEAD), at=monday)


@pytest.mark.parametrize("event", ["renamed", "newcomer"])
def test_a_position_that_changed_meanwhile_is_not_changed_over_it(
    cast: Cast, desk: Position, ani: User, budi: User, monday: datetime, event: str
) -> None:
    proposal = propose(KindOf.POSITION, desk, renamed(desk, name="Baru"), actor=ani, at=monday)
    if event == "renamed":
        Position.objects.filter(pk=desk.pk).update(name="Lain")
    else:
        make_officer(desk)
    code = code_of(lambda: proposals.confirm(proposal, actor=budi, at=monday))
    assert code == {"renamed": "proposal_changed", "newcomer": "proposal_chair_changed"}[event]


def test_no_position_stands_below_itself(
    cast: Cast, desk: Position, ani: User, monday: datetime
) -> None:
    below = make_position(cast.office, superior=desk)

    def act(facts: Any) -> Proposal:
        return propose(KindOf.POSITION, desk, facts, actor=ani, at=monday)

    assert code_of(lambda: act(renamed(desk, superior=below))) == "position_below_itself"
    assert code_of(lambda: act(renamed(desk))) == "proposal_changes_nothing"


def test_the_chair_of_the_head_moves_by_two(
    cast: Cast, desk: Position, ani: User, budi: User, monday: datetime
) -> None:
    old = head_of(cast.office)
    facts = positions.head_facts(desk, day=TODAY)
    proposal = propose(KindOf.HEAD, desk, facts, actor=ani, at=monday)
    dian = desk.appointments.get().user
    for person in (dian, cast.at(HEAD)):
        code = code_of(lambda who=person: proposals.confirm(proposal, actor=who, at=monday))
        assert code == "second_own_matter"
    assert told("proposed") == {"Dian Loket", f"Petugas {HEAD}", "Budi Kedua"}
    proposals.confirm(proposal, actor=budi, at=monday)
    desk.refresh_from_db()
    old.refresh_from_db()
    assert list(Position.objects.filter(office=cast.office, is_head=True)) == [desk]
    assert (desk.superior, old.superior) == (None, desk)
    assert [user.full_name for user in selectors.heads(cast.office, monday)] == ["Dian Loket"]


def test_the_chair_of_the_head_is_not_for_two(
    cast: Cast, desk: Position, ani: User, monday: datetime
) -> None:
    make_officer(desk)
    facts = positions.head_facts(desk, day=TODAY)
    assert code_of(lambda: propose(KindOf.HEAD, desk, facts, actor=ani, at=monday)) == (
        "position_held_by_several"
    )
    chair = head_of(cast.office)
    facts = positions.head_facts(chair, day=TODAY)
    assert code_of(lambda: propose(KindOf.HEAD, chair, facts, actor=ani, at=monday)) == (
        "proposal_changes_nothing"
    )


def test_a_complaint_role_is_given_and_taken_by_two(
    cast: Cast, desk: Position, ani: User, budi: User, monday: datetime
) -> None:
    facts = role_facts(desk, Role.OFFICER, gives=True, day=TODAY)
    proposal = propose(KindOf.COMPLAINT_ROLE, desk, facts, actor=ani, at=monday)
    assert not ComplaintRole.objects.filter(position=desk).exists()

    def same() -> Proposal:
        return propose(KindOf.COMPLAINT_ROLE, desk, facts, actor=budi, at=monday)

    assert code_of(same) == "proposal_open_already"
    other = role_facts(desk, Role.SECTION_HEAD, gives=True, day=TODAY)
    propose(KindOf.COMPLAINT_ROLE, desk, other, actor=ani, at=monday)
    proposals.confirm(proposal, actor=budi, at=monday)
    assert ComplaintRole.objects.get(position=desk).role == Role.OFFICER
    taken = role_facts(desk, Role.OFFICER, gives=False, day=TODAY)
    back = propose(KindOf.COMPLAINT_ROLE, desk, taken, actor=budi, at=monday)
    proposals.confirm(back, actor=ani, at=monday)
    assert not ComplaintRole.objects.filter(position=desk).exists()


def test_the_chain_of_evidence_names_what_was_proposed(
    cast: Cast, desk: Position, ani: User, budi: User, monday: datetime
) -> None:
    facts = role_facts(desk, Role.OFFICER, gives=True, day=TODAY)
    proposal = propose(KindOf.COMPLAINT_ROLE, desk, facts, actor=ani, at=monday)
    proposals.confirm(proposal, actor=budi, at=monday)
    extend_chains(monday)
    chained = AuditEntry.objects.filter(chain__name=cast.office.code)
    kept = {(row.source, row.row) for row in chained}
    assert ("authority.Proposal", str(proposal.pk)) in kept
    assert len([source for source, _key in kept if source == "authority.ProposalRecord"]) == 2
    assert list(verify()) == []


def test_the_pages_lead_from_the_administration_to_a_confirmed_change(
    cast: Cast,
    desk: Position,
    ani: User,
    budi: User,
    monday: datetime,
    time_machine: TimeMachineFixture,
) -> None:
    time_machine.move_to(monday, tick=False)
    browser = signed_in(ani)
    decree = {"decree_number": "12/2026", "decree_date": "2026-11-02", "reason": ""}
    pages: dict[str, dict[str, Any]] = {
        reverse("authority:position", args=[desk.pk]): {"name": "Loket Satu", "superior": ""},
        reverse("authority:head", args=[desk.pk]): {},
        reverse("complaints:propose_role"): {
            "position": desk.pk, "role": Role.OFFICER, "do": "beri",
        },
    }  # fmt: skip
    shown = browser.get(reverse("admin:accounts_position_change", args=[desk.pk])).content.decode()
    for address, given in pages.items():
        assert address in shown
        assert browser.get(address).status_code == 200
        assert browser.post(address, {**given, **decree, "decree_number": ""}).status_code == 200
        assert browser.post(address, {**given, **decree}).status_code == 302
    assert Proposal.objects.count() == 3
    for proposal in Proposal.objects.order_by("pk"):
        page = proposal.get_absolute_url()
        assert "Dian Loket" in signed_in(budi).get(page).content.decode()
    last = Proposal.objects.get(kind=KindOf.COMPLAINT_ROLE)
    confirm = reverse("authority:confirm", args=[last.public_id])
    signed_in(budi).post(confirm, {"password": PASSWORD})
    role = ComplaintRole.objects.get(position=desk)
    change = browser.get(reverse("admin:complaints_complaintrole_change", args=[role.pk]))
    assert "cabut" in change.content.decode()
    added = browser.post(reverse("admin:complaints_complaintrole_add"), {"role": "x"})
    assert added["Location"] == reverse("complaints:propose_role")


def test_others_propose_nothing_about_positions(cast: Cast, desk: Position, ani: User) -> None:
    pages = [
        reverse("authority:position", args=[desk.pk]),
        reverse("authority:head", args=[desk.pk]),
        reverse("complaints:propose_role"),
    ]
    for page in pages:
        assert signed_in(cast.at(HEAD)).get(page).status_code == 403
        assert signed_in(make_user()).get(page).status_code == 403
