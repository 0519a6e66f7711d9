"""Who may confirm what somebody else proposed."""

from __future__ import annotations

import pytest

from accounts.domain.two_people import Matter, Why, may_confirm, may_refuse, second_person

ANI, BUDI, CITRA, HEAD, PERSON, STRANGER = range(1, 7)


def matter(*administrators: int, concerned: int = PERSON, said: bool = False) -> Matter:
    """Return a proposal of Ani about one person."""
    return Matter(ANI, frozenset({concerned}), frozenset(administrators), said)


@pytest.mark.parametrize(
    ("person", "active", "why"),
    [
        (BUDI, True, Why.NOTHING),
        (BUDI, False, Why.INACTIVE),
        (ANI, True, Why.OWN_PROPOSAL),
        (PERSON, True, Why.OWN_MATTER),
    ],
)
def test_the_second_is_active_and_neither_proposer_nor_concerned(person, active, why):
    assert second_person(person, active=active, proposer=ANI, concerned={PERSON}) is why


def test_what_the_portal_proposed_has_no_proposer():
    assert second_person(ANI, active=True, proposer=None, concerned=()) is Why.NOTHING


@pytest.mark.parametrize(
    ("person", "of", "why"),
    [
        (BUDI, matter(ANI, BUDI), Why.NOTHING),
        (ANI, matter(ANI, BUDI), Why.OWN_PROPOSAL),
        (BUDI, matter(ANI, BUDI, concerned=BUDI), Why.OWN_MATTER),
        (STRANGER, matter(ANI, BUDI), Why.NOT_ENTITLED),
        # the head: only where no other administrator can
        (HEAD, matter(ANI, BUDI), Why.ADMINISTRATORS),
        (HEAD, matter(ANI), Why.ALONE_UNSAID),
        (HEAD, matter(ANI, said=True), Why.NOTHING),
        (HEAD, matter(ANI, BUDI, said=True), Why.ADMINISTRATORS),
        (HEAD, matter(ANI, BUDI, concerned=BUDI), Why.NOTHING),
        (HEAD, matter(ANI, BUDI, CITRA, concerned=BUDI), Why.ADMINISTRATORS),
        (HEAD, matter(ANI, concerned=HEAD, said=True), Why.OWN_MATTER),
        # nobody becomes the second one by a seat of his own
        (ANI, matter(ANI, said=True), Why.OWN_PROPOSAL),
    ],
)
def test_another_administrator_confirms_or_else_the_head(person, of, why):
    heads = person in (HEAD, ANI)
    assert may_confirm(person, of, active=True, heads=heads) is why


def test_a_closed_account_confirms_nothing():
    assert may_confirm(BUDI, matter(ANI, BUDI), active=False, heads=False) is Why.INACTIVE


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (BUDI, Why.NOTHING),
        (HEAD, Why.NOTHING),
        (ANI, Why.OWN_PROPOSAL),
        (PERSON, Why.OWN_MATTER),
        (STRANGER, Why.NOT_ENTITLED),
    ],
)
def test_the_head_may_always_refuse(person, why):
    assert may_refuse(person, matter(ANI, BUDI), active=True, heads=person == HEAD) is why
