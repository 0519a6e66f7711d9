"""What happens to a proposal: confirmed, refused, withdrawn, lapsed, or overtaken by events."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.db import DatabaseError, transaction

from accounts.models import Appointment, Capacity, User
from authority import selectors
from authority.domain.lifecycle import Event, Status
from authority.kinds import access, appointments
from authority.models import KindOf, Proposal, SoleAdministrator
from authority.services import alone, proposals
from notices.models import Notice
from tests.factories.accounts import appoint, make_officer, make_position, make_user
from tests.factories.authority import head_of, propose_account, propose_rights, propose_stand_in
from tests.factories.permits import Cast
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
HEAD = "kepala-dinas"


def told(code: str) -> set[str]:
    """Return who was told at once, by mail."""
    rows = Notice.objects.filter(template=f"authority/{code}", channel="email", urgent=True)
    return {row.recipient.full_name for row in rows}


def code_of(act) -> str:
    """Return the code with which ``act`` is refused."""
    with pytest.raises(DomainError) as refused, transaction.atomic():
        act()
    return refused.value.code


def test_an_appointment_is_made_by_the_second_administrator(
    cast: Cast, ani: User, budi: User, monday: datetime
) -> None:
    rina = make_user(full_name="Rina Pengganti")
    proposal = propose_stand_in(rina, cast.office, actor=ani, at=monday)
    assert not rina.appointments.exists()
    assert told("proposed") == {"Rina Pengganti", f"Petugas {HEAD}", "Budi Kedua"}
    assert [user.full_name for user in proposal.superseded.all()] == [f"Petugas {HEAD}"]
    assert list(selectors.waiting_for(budi, monday)) == [proposal]
    proposals.confirm(proposal, actor=budi, at=monday)
    row = rina.appointments.get()
    assert (row.capacity, row.started_on, row.ended_on) == (
        Capacity.DAILY, date(2026, 11, 16), date(2026, 11, 30),
    )  # fmt: skip
    assert row.decree == "800/12/2026 tanggal 13 November 2026"
    assert told("settled") == {"Rina Pengganti", f"Petugas {HEAD}", "Ani Pengusul"}
    assert [(record.event, record.actor, record.capacity) for record in proposal.records.all()] == [
        (Event.PROPOSE, ani, "Administrator"),
        (Event.CONFIRM, budi, "Administrator"),
    ]
    assert code_of(lambda: proposals.confirm(proposal, actor=budi, at=monday)) == "proposal_settled"


def test_nobody_is_the_second_of_their_own(cast: Cast, ani: User, budi: User, monday: datetime):
    own = propose_stand_in(ani, cast.office, actor=ani, at=monday)
    assert code_of(lambda: proposals.confirm(own, actor=ani, at=monday)) == "second_own_proposal"
    other = propose_rights(budi, cast.office, actor=ani, at=monday, is_superuser=False)
    assert code_of(lambda: proposals.confirm(other, actor=budi, at=monday)) == "second_own_matter"
    assert not ani.appointments.exists()


def test_an_officer_is_no_second_person(cast: Cast, ani: User, budi: User, monday: datetime):
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=monday)
    clerk = cast.at("front-office")
    assert code_of(lambda: proposals.confirm(proposal, actor=clerk, at=monday)) == (
        "second_not_entitled"
    )
    assert not selectors.waiting_for(clerk, monday).exists()


def test_the_head_confirms_once_the_office_has_said_so(cast: Cast, ani: User, monday: datetime):
    head = cast.at(HEAD)
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=monday)
    assert code_of(lambda: proposals.confirm(proposal, actor=head, at=monday)) == (
        "second_alone_unsaid"
    )
    assert not selectors.waiting_for(head, monday).exists()
    alone.say_alone(cast.office, actor=ani, at=monday)
    assert told("alone") == {f"Petugas {HEAD}"}
    assert list(selectors.waiting_for(head, monday)) == [proposal]
    assert code_of(lambda: alone.say_alone(cast.office, actor=ani, at=monday)) == (
        "alone_said_already"
    )
    proposals.confirm(proposal, actor=head, at=monday)
    assert proposal.person.appointments.exists()


def test_a_second_administrator_ends_the_statement(cast: Cast, ani: User, monday: datetime):
    alone.say_alone(cast.office, actor=ani, at=monday)
    new = make_user()
    proposal = propose_rights(
        new, cast.office, actor=ani, at=monday, is_staff=True, is_superuser=True
    )
    proposals.confirm(proposal, actor=cast.at(HEAD), at=monday)
    assert SoleAdministrator.objects.get().ended_at == monday
    later = propose_stand_in(make_user(), cast.office, actor=ani, at=monday)
    assert code_of(lambda: proposals.confirm(later, actor=cast.at(HEAD), at=monday)) == (
        "second_is_an_administrator"
    )
    assert code_of(lambda: alone.say_alone(cast.office, actor=ani, at=monday)) == "not_alone"
    fresh = User.objects.get(pk=new.pk)
    proposals.confirm(later, actor=fresh, at=monday)


def test_a_plh_is_no_head_who_confirms(cast: Cast, ani: User, monday: datetime):
    alone.say_alone(cast.office, actor=ani, at=monday)
    friend = make_user()
    appoint(friend, head_of(cast.office), capacity=Capacity.DAILY)
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=monday)
    assert code_of(lambda: proposals.confirm(proposal, actor=friend, at=monday)) == (
        "second_not_entitled"
    )


def test_the_head_refuses_at_any_time(cast: Cast, ani: User, budi: User, monday: datetime):
    proposal = propose_stand_in(ani, cast.office, actor=ani, at=monday)
    note = "Tidak ada surat keputusan."
    done = proposals.refuse(proposal, actor=cast.at(HEAD), at=monday, note=note)
    assert done.status == Status.REFUSED
    assert proposal.records.last().note == note
    assert code_of(lambda: proposals.confirm(proposal, actor=budi, at=monday)) == "proposal_settled"


def test_only_the_proposer_withdraws(cast: Cast, ani: User, budi: User, monday: datetime):
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=monday)
    assert code_of(lambda: proposals.withdraw(proposal, actor=budi, at=monday)) == (
        "not_the_proposer"
    )
    proposals.withdraw(proposal, actor=ani, at=monday)
    assert code_of(lambda: proposals.confirm(proposal, actor=budi, at=monday)) == "proposal_settled"
    assert not proposal.person.appointments.exists()


def test_a_proposal_lapses_after_two_weeks(cast: Cast, ani: User, budi: User, monday: datetime):
    term = {"started_on": date(2026, 11, 16), "ended_on": date(2027, 3, 31)}
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=monday, **term)
    assert proposals.lapse_old(monday + timedelta(days=13, hours=23)).done == 0
    later = monday + timedelta(days=14)
    assert proposals.lapse_old(later).done == 1
    assert proposals.lapse_old(later).done == 0
    assert code_of(lambda: proposals.confirm(proposal, actor=budi, at=later)) == "proposal_settled"
    assert told("settled") >= {"Ani Pengusul"}


def test_the_second_must_still_be_active(cast: Cast, ani: User, budi: User, monday: datetime):
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=monday)
    User.objects.filter(pk=budi.pk).update(is_active=False)
    assert code_of(lambda: proposals.confirm(proposal, actor=budi, at=monday)) == "second_inactive"
    assert not proposal.person.appointments.exists()


def _person(proposal: Proposal) -> User:
    assert proposal.person
    return proposal.person


def left(proposal: Proposal) -> None:
    User.objects.filter(pk=_person(proposal).pk).update(is_active=False)


def proposer_left(proposal: Proposal) -> None:
    User.objects.filter(pk=proposal.proposed_by_id).update(is_staff=False)


def chair_taken(proposal: Proposal) -> None:
    appoint(make_user(), head_of(proposal.office), capacity=Capacity.ACTING)


def holder_gone(proposal: Proposal) -> None:
    proposal.position.appointments.update(ended_on=date(2026, 1, 1))


def appointed(proposal: Proposal) -> None:
    appoint(
        _person(proposal), head_of(proposal.office), date(2026, 11, 16), capacity=Capacity.DAILY
    )


def other_address(proposal: Proposal) -> None:
    User.objects.filter(pk=_person(proposal).pk).update(email="lain@contoh.test")


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (left, "proposal_person_gone"),
        (proposer_left, "proposal_proposer_gone"),
        (chair_taken, "proposal_chair_changed"),
        (holder_gone, "proposal_chair_changed"),
        (appointed, "proposal_appointed_already"),
        (other_address, "proposal_changed"),
    ],
)
def test_a_premise_that_changed_is_said_and_nothing_is_done(
    cast: Cast, ani: User, budi: User, monday: datetime, event, code
):
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=monday)
    event(proposal)
    before = Appointment.objects.count()
    assert code_of(lambda: proposals.confirm(proposal, actor=budi, at=monday)) == code
    assert Appointment.objects.count() == before
    proposal.refresh_from_db()
    assert proposal.status == Status.PROPOSED
    assert not told("settled")


def test_a_term_that_is_over_is_not_begun(cast: Cast, ani: User, budi: User, monday: datetime):
    proposal = propose_stand_in(
        make_user(), cast.office, actor=ani, at=monday, ended_on=date(2026, 11, 20)
    )
    later = monday + timedelta(days=7)
    assert code_of(lambda: proposals.confirm(proposal, actor=budi, at=later)) == (
        "proposal_term_over"
    )


def test_the_same_is_proposed_once(cast: Cast, ani: User, budi: User, monday: datetime):
    rina = make_user()
    propose_stand_in(rina, cast.office, actor=ani, at=monday)
    again = lambda: propose_stand_in(rina, cast.office, actor=budi, at=monday)  # noqa: E731
    assert code_of(again) == "proposal_open_already"


def test_a_term_is_changed_by_two(cast: Cast, ani: User, budi: User, monday: datetime):
    row = cast.at(HEAD).appointments.get()
    facts = appointments.amended_facts(
        row, capacity=row.capacity, started_on=row.started_on, ended_on=date(2026, 11, 30)
    )
    proposal = proposals.propose(
        KindOf.AMEND, row.user, cast.office, actor=ani, at=monday, appointment=row, facts=facts,
        decree_number="1", decree_date=date(2026, 11, 1),
    )  # fmt: skip
    row.refresh_from_db()
    assert row.ended_on is None
    proposals.confirm(proposal, actor=budi, at=monday)
    row.refresh_from_db()
    assert row.ended_on == date(2026, 11, 30)
    assert row.decree == "1 tanggal 1 November 2026"


def test_a_term_that_changed_meanwhile_is_not_changed_over_it(
    cast: Cast, ani: User, budi: User, monday: datetime
):
    row = cast.at("sekretaris").appointments.get()
    facts = appointments.amended_facts(
        row, capacity=row.capacity, started_on=row.started_on, ended_on=date(2026, 11, 30)
    )
    proposal = proposals.propose(
        KindOf.AMEND, row.user, cast.office, actor=ani, at=monday, appointment=row, facts=facts
    )
    Appointment.objects.filter(pk=row.pk).update(ended_on=date(2026, 12, 31))
    assert code_of(lambda: proposals.confirm(proposal, actor=budi, at=monday)) == "proposal_changed"
    unchanged = {"before": facts["before"], "after": facts["before"]}
    same = lambda: proposals.propose(  # noqa: E731
        KindOf.AMEND, row.user, cast.office, actor=budi, at=monday, appointment=row, facts=unchanged
    )
    assert code_of(same) == "proposal_changes_nothing"


def test_a_password_is_made_void_never_chosen(cast: Cast, ani: User, budi: User, monday: datetime):
    clerk = cast.at("front-office")
    proposal = propose_account(KindOf.PASSWORD, clerk, cast.office, actor=ani, at=monday)
    proposals.confirm(proposal, actor=budi, at=monday)
    clerk.refresh_from_db()
    assert not clerk.has_usable_password()
    told_them = Notice.objects.get(template="authority/settled", recipient=clerk)
    assert "Lupa kata sandi" in told_them.context["hint"]


def test_an_address_is_changed_by_two_and_told_at_both(
    cast: Cast, ani: User, budi: User, monday: datetime
):
    clerk = cast.at("front-office")
    old = clerk.email
    facts = {"before": old, "after": "baru@contoh.test"}
    proposal = propose_account(KindOf.EMAIL, clerk, cast.office, actor=ani, at=monday, **facts)
    proposals.confirm(proposal, actor=budi, at=monday)
    clerk.refresh_from_db()
    assert clerk.email == "baru@contoh.test"
    address = EmailAddress.objects.get(user=clerk)
    assert (address.email, address.verified) == ("baru@contoh.test", False)
    rows = Notice.objects.filter(template="authority/settled", recipient=clerk)
    assert {row.address for row in rows} == {old, "baru@contoh.test"}


def test_an_address_that_was_taken_meanwhile_is_refused(
    cast: Cast, ani: User, budi: User, monday: datetime
):
    clerk = cast.at("front-office")
    facts = {"before": clerk.email, "after": "baru@contoh.test"}
    proposal = propose_account(KindOf.EMAIL, clerk, cast.office, actor=ani, at=monday, **facts)
    make_user("baru@contoh.test")
    assert code_of(lambda: proposals.confirm(proposal, actor=budi, at=monday)) == "email_taken"


def test_a_second_factor_is_removed_by_two(cast: Cast, ani: User, budi: User, monday: datetime):
    clerk = cast.at("front-office")
    act = lambda: propose_account(  # noqa: E731
        KindOf.SECOND_FACTOR, clerk, cast.office, actor=ani, at=monday
    )
    assert code_of(act) == "no_second_factor"
    Authenticator.objects.create(user=clerk, type="totp", data={"secret": "x"})
    proposals.confirm(act(), actor=budi, at=monday)
    assert not Authenticator.objects.filter(user=clerk).exists()


def test_a_group_that_changed_meanwhile_is_not_given(
    cast: Cast, ani: User, budi: User, monday: datetime
):
    clerk, group = make_user(is_staff=True), Group.objects.create(name="Penyusun")
    before = access.rights_of(clerk)
    after = access.rights(groups=[group], is_active=True, is_staff=True, is_superuser=False)
    proposal = proposals.propose(
        KindOf.RIGHTS, clerk, cast.office, actor=ani, at=monday,
        facts={"before": before, "after": after},
    )  # fmt: skip
    group.permissions.add(Permission.objects.get(codename="add_proposal"))
    assert code_of(lambda: proposals.confirm(proposal, actor=budi, at=monday)) == "proposal_changed"
    group.permissions.clear()
    proposals.confirm(proposal, actor=budi, at=monday)
    assert list(clerk.groups.all()) == [group]


def test_every_authority_is_given_by_those_who_have_it(cast: Cast, ani: User, monday: datetime):
    helper = make_user(is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="add_proposal"))
    friend = make_user()
    act = lambda actor: propose_rights(  # noqa: E731
        friend, cast.office, actor=actor, at=monday, is_staff=True, is_superuser=True
    )
    assert code_of(lambda: act(helper)) == "not_a_full_administrator"
    proposal = act(ani)
    assert not selectors.waiting_for(helper, monday).exists()
    assert code_of(lambda: proposals.confirm(proposal, actor=helper, at=monday)) == (
        "second_not_entitled"
    )


def test_the_last_administrator_stays(cast: Cast, ani: User, monday: datetime):
    alone.say_alone(cast.office, actor=ani, at=monday)
    act = lambda: propose_rights(  # noqa: E731
        ani, cast.office, actor=ani, at=monday, is_superuser=False
    )
    assert code_of(act) == "proposal_last_administrator"


def test_an_officer_proposes_nothing(cast: Cast, monday: datetime):
    act = lambda: propose_stand_in(  # noqa: E731
        make_user(), cast.office, actor=cast.at("sekretaris"), at=monday
    )
    assert code_of(act) == "not_an_administrator"


def test_the_database_keeps_the_record(cast: Cast, ani: User, budi: User, monday: datetime):
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=monday)
    proposals.withdraw(proposal, actor=ani, at=monday)
    for act in (
        lambda: Proposal.objects.filter(pk=proposal.pk).update(reason="lain"),
        lambda: Proposal.objects.filter(pk=proposal.pk).update(status=Status.PROPOSED),
        lambda: proposal.records.update(note="lain"),
        lambda: proposal.records.first().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_an_ordinary_desk_has_nobody_superseded(
    cast: Cast, ani: User, budi: User, monday: datetime
):
    desk = make_position(cast.office)
    make_officer(desk)
    facts = appointments.new_facts(
        person=cast.stranger, position=desk, capacity=Capacity.DEFINITIVE,
        started_on=date(2026, 11, 16), ended_on=None,
    )  # fmt: skip
    proposal = proposals.propose(
        KindOf.APPOINT, cast.stranger, cast.office, actor=ani, at=monday, position=desk, facts=facts
    )
    assert not proposal.superseded.exists()
