"""Who serves where, on which day, and in which capacity."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Appointment, Capacity
from accounts.selectors import capacity_text, held, holders, offices_of, seat_in, superiors
from tests.factories.accounts import appoint, make_office, make_officer, make_position, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 16)
# 23.00 of the 16th in Jakarta (WIB) is one o'clock of the 17th in Jayapura (WIT)
NIGHT = datetime(2026, 11, 16, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("began", "ended", "in_force"),
    [
        (DAY, None, True),
        (DAY, DAY, True),
        (DAY - timedelta(days=1), DAY - timedelta(days=1), False),
        (DAY + timedelta(days=1), None, False),
        (date(2020, 1, 1), date(2030, 1, 1), True),
    ],
)
def test_an_appointment_is_in_force_from_its_first_to_its_last_day(
    began: date, ended: date | None, in_force: bool
) -> None:
    user = make_user()
    row = appoint(user, make_position(make_office()), began, ended)
    noon = datetime(2026, 11, 16, 5, 0, tzinfo=UTC)
    assert (row in Appointment.objects.in_force(DAY)) is in_force
    assert Appointment.objects.of(user, noon) == ([row] if in_force else [])
    assert holders(row.position, noon) == ([user] if in_force else [])


def test_the_day_is_that_of_the_office() -> None:
    west = make_position(make_office(time_zone="Asia/Jakarta"))
    east = make_position(make_office(time_zone="Asia/Jayapura"))
    leaving = make_user()
    for position in (west, east):
        appoint(leaving, position, ended_on=DAY)
    assert offices_of(leaving, NIGHT) == [west.office]
    assert (holders(west, NIGHT), holders(east, NIGHT)) == ([leaving], [])
    coming = make_user()
    for position in (west, east):
        appoint(coming, position, started_on=DAY + timedelta(days=1))
    assert offices_of(coming, NIGHT) == [east.office]
    assert (holders(west, NIGHT), holders(east, NIGHT)) == ([leaving], [coming])


def test_a_closed_account_serves_nowhere() -> None:
    position = make_position(make_office())
    officer = make_officer(position)
    officer.is_active = False
    officer.save()
    assert not Appointment.objects.in_force(DAY).filter(user=officer).exists()
    assert Appointment.objects.of(officer, NIGHT) == []
    assert holders(position, NIGHT) == []


def test_the_definitive_appointment_comes_first() -> None:
    office = make_office()
    desk, head = make_position(office, "meja"), make_position(office, "kepala")
    user = make_user()
    acting = appoint(user, desk, capacity=Capacity.ACTING)
    definitive = appoint(user, head)
    appoint(user, head, date(2021, 1, 1), capacity=Capacity.DAILY)
    assert held(user, NIGHT) == {head.pk: definitive, desk.pk: acting}
    assert seat_in(user, office.pk, NIGHT) == definitive
    assert seat_in(user, make_office().pk, NIGHT) is None
    assert seat_in(None, office.pk, NIGHT) is None
    assert offices_of(user, NIGHT) == [office]


def test_a_person_with_two_terms_is_one_holder() -> None:
    position, user = make_position(make_office()), make_user()
    appoint(user, position)
    appoint(user, position, date(2021, 1, 1), capacity=Capacity.DAILY)
    assert holders(position, NIGHT) == [user]


@pytest.mark.parametrize(
    ("capacity", "text"),
    [
        (Capacity.DEFINITIVE, "Kepala Dinas"),
        (Capacity.ACTING, "Plt. Kepala Dinas"),
        (Capacity.DAILY, "Plh. Kepala Dinas"),
    ],
)
def test_the_capacity_stands_before_the_post(capacity: str, text: str) -> None:
    position = make_position(make_office(), name="Kepala Dinas")
    assert capacity_text(appoint(make_user(), position, capacity=capacity)) == text
    assert capacity_text(None) == ""


def test_superiors_come_from_the_next_one_up_each_once() -> None:
    office = make_office()
    head = make_position(office, "kepala")
    middle = make_position(office, "bidang", superior=head)
    desk = make_position(office, "meja", superior=middle)
    assert superiors(desk) == [middle, head]
    assert superiors(head) == []
    head.superior = desk  # a circle typed by mistake ends
    head.save()
    desk.refresh_from_db()
    assert superiors(desk) == [middle, head, desk]
