"""Officers: their positions are read once, where the page begins; nobody else finds the page."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment, Capacity
from accounts.officers import Officer, officer_page
from accounts.selectors import held
from tests.factories.accounts import appoint, make_office, make_officer, make_user
from tests.factories.standards import position_of

pytestmark = pytest.mark.django_db


@officer_page
def page(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask for the positions again and again, as policies do."""
    assert request.officer is officer  # type: ignore[attr-defined]
    for _time in range(3):
        assert held(officer.user, officer.at) == officer.seats
    return HttpResponse(", ".join(position.name for position in officer.positions))


def ask(user):
    request = RequestFactory().get("/meja/")
    request.user = user
    return page(request)


def test_a_page_reads_the_positions_of_its_officer_in_one_query():
    position = position_of(make_office(), "front-office")
    officer = make_officer(position)
    with CaptureQueriesContext(connection) as queries:
        assert ask(officer).content.decode() == position.name
    assert len(queries) == 1


def test_who_holds_no_position_does_not_find_the_page():
    with pytest.raises(Http404):
        ask(make_user())


def test_a_position_that_has_ended_opens_nothing():
    user = make_user()
    position = position_of(make_office(), "front-office")
    appoint(user, position, ended_on=date(2020, 12, 31))
    with pytest.raises(Http404):
        ask(user)


def test_who_is_not_signed_in_is_asked_to_sign_in():
    assert ask(AnonymousUser()).status_code == 302


def test_an_appointment_given_later_counts_for_a_person_read_afresh(monday):
    position = position_of(make_office(), "front-office")
    user = make_user()
    assert Appointment.objects.of(user, monday) == []
    appoint(user, position)
    assert [row.position for row in Appointment.objects.of(user, monday)] == [position]


def test_an_inactive_person_holds_nothing(monday):
    officer = make_officer(position_of(make_office(), "front-office"))
    officer.is_active = False
    assert Appointment.objects.of(officer, monday) == []


def test_of_two_capacities_in_one_position_the_definitive_one_is_held(monday):
    position = position_of(make_office(), "front-office")
    user = make_user()
    appoint(user, position, started_on=date(2021, 1, 1), capacity=Capacity.ACTING)
    definitive = appoint(user, position)
    assert held(user, monday) == {position.pk: definitive}
