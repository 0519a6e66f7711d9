"""The demo has a proposal that waits for a second person."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.contrib.auth.models import Group

from authority import selectors
from demo.people import OFFICE_ADMINISTRATORS
from demo.proposal_samples import propose_stand_in
from tests.factories.accounts import make_admin, make_user
from tests.factories.permits import Cast

pytestmark = pytest.mark.django_db


def test_one_proposal_waits_and_only_one(cast: Cast, monday: datetime) -> None:
    assert propose_stand_in(monday) is None  # nobody administers an office here
    clerk = make_user(is_staff=True, is_demo=True)
    clerk.administers.set([cast.office])
    clerk.groups.add(Group.objects.get(name=OFFICE_ADMINISTRATORS))
    second = make_admin()
    proposal = propose_stand_in(monday)
    assert proposal is not None
    assert list(selectors.waiting_for(second, monday)) == [proposal]
    assert propose_stand_in(monday) is None
