"""Two people at the same proposal at once, on real row locks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from authority.models import Proposal
from authority.services import proposals
from tests.factories.accounts import make_admin, make_user
from tests.factories.authority import propose_stand_in
from tests.factories.base import base_cast
from tests.factories.races import at_once
from workflow.domain.errors import DomainError

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def codes(said: list[Any]) -> list[str]:
    return sorted(one.code if isinstance(one, DomainError) else type(one).__name__ for one in said)


def test_two_confirm_at_once_and_one_appointment_is_made(monday: datetime) -> None:
    office, ani = base_cast().office, make_admin()
    proposal = propose_stand_in(make_user(), office, actor=ani, at=monday)
    seconds = [make_admin(), make_admin()]
    acts = [
        lambda second=second: proposals.confirm(
            Proposal.objects.get(pk=proposal.pk), actor=second, at=monday
        )
        for second in seconds
    ]
    assert codes(at_once(*acts)) == ["Proposal", "proposal_settled"]
    assert proposal.person.appointments.count() == 1


def test_confirmed_and_withdrawn_at_once_is_one_of_both(monday: datetime) -> None:
    office, ani, budi = base_cast().office, make_admin(), make_admin()
    proposal = propose_stand_in(make_user(), office, actor=ani, at=monday)
    said = at_once(
        lambda: proposals.confirm(Proposal.objects.get(pk=proposal.pk), actor=budi, at=monday),
        lambda: proposals.withdraw(Proposal.objects.get(pk=proposal.pk), actor=ani, at=monday),
    )
    assert codes(said) == ["Proposal", "proposal_settled"]


def test_two_for_one_chair_at_once_end_in_one(monday: datetime) -> None:
    office, ani, budi = base_cast().office, make_admin(), make_admin()
    rows = [propose_stand_in(make_user(), office, actor=ani, at=monday) for _one in range(2)]
    said = at_once(
        *(
            lambda row=row: proposals.confirm(
                Proposal.objects.get(pk=row.pk), actor=budi, at=monday
            )
            for row in rows
        )
    )
    assert codes(said) == ["Proposal", "proposal_chair_changed"]


def test_the_second_closed_at_the_same_instant_confirms_nothing(monday: datetime) -> None:
    """Whoever closes the account first holds its row; the confirmation reads it afterwards."""
    office, ani, budi = base_cast().office, make_admin(), make_admin()
    proposal = propose_stand_in(make_user(), office, actor=ani, at=monday)
    answers: list[Any] = []
    with transaction.atomic():
        User.objects.filter(pk=budi.pk).update(is_active=False)
        import threading

        thread = threading.Thread(
            target=lambda: answers.extend(
                at_once(
                    lambda: proposals.confirm(
                        Proposal.objects.get(pk=proposal.pk), actor=budi, at=monday
                    )
                )
            )
        )
        thread.start()
        thread.join(2)
        assert not answers  # it waits
    thread.join(30)
    assert codes(answers) == ["second_inactive"]
