"""People, offices, posts and appointments: what the tables take and refuse."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.models import Appointment, Office, OfficeHours, Position, User
from tests.factories.accounts import appoint, make_office, make_officer, make_position, make_user

pytestmark = pytest.mark.django_db


def test_people_are_known_by_their_address_in_lower_case() -> None:
    user = User.objects.create_user("  Siti@Contoh.TEST ".strip(), "rahasia-1", full_name="Siti N")
    assert user.email == "siti@contoh.test"
    assert User.objects.get_by_natural_key("siti@contoh.test") == user
    assert user.natural_key() == ("siti@contoh.test",)
    assert user.check_password("rahasia-1")
    assert (user.is_staff, user.is_superuser) == (False, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("SITI@contoh.test", full_name="Siti Lain")


def test_without_a_password_nobody_signs_in() -> None:
    assert not User.objects.create_user("a@contoh.test").has_usable_password()


def test_an_administrator_is_staff_and_superuser() -> None:
    admin = User.objects.create_superuser("admin@contoh.test", "rahasia-1", full_name="Admin")
    assert (admin.is_staff, admin.is_superuser) == (True, True)


@pytest.mark.parametrize(
    ("full_name", "shown", "short"),
    [("Siti Nurhaliza", "Siti Nurhaliza", "Siti"), ("", "b@contoh.test", "b@contoh.test")],
)
def test_a_person_is_called_by_name_or_by_address(full_name: str, shown: str, short: str) -> None:
    user = User(email="b@contoh.test", full_name=full_name)
    assert (str(user), user.get_full_name(), user.get_short_name()) == (shown, full_name, short)


def test_an_office_has_a_zone_and_a_natural_key() -> None:
    office = make_office(code="ambon", time_zone="Asia/Jayapura")
    assert office.zone == ZoneInfo("Asia/Jayapura")
    assert Office.objects.get_by_natural_key(*office.natural_key()) == office


def test_a_post_has_its_code_once_in_an_office() -> None:
    office, other = make_office(), make_office()
    post = make_position(office, "kepala")
    make_position(other, "kepala")
    assert Position.objects.get_by_natural_key(*post.natural_key()) == post
    with pytest.raises(IntegrityError), transaction.atomic():
        make_position(office, "kepala")


def test_an_office_has_one_head() -> None:
    office = make_office()
    make_position(office, "kepala", is_head=True)
    make_position(office, "lain")
    make_position(make_office(), "kepala", is_head=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_position(office, "kedua", is_head=True)


def test_an_appointment_ends_no_earlier_than_it_began() -> None:
    position, user = make_position(make_office()), make_user()
    appoint(user, position, date(2026, 5, 1), date(2026, 5, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        appoint(user, position, date(2026, 6, 2), date(2026, 6, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        appoint(user, position, date(2026, 5, 1))  # the same term a second time


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), True),
        (date(2026, 5, 31), True),
        (date(2026, 6, 1), False),
    ],
)
def test_first_and_last_day_belong_to_an_appointment(day: date, held: bool) -> None:
    row = Appointment(started_on=date(2026, 5, 1), ended_on=date(2026, 5, 31))
    assert row.holds_on(day) is held
    row.ended_on = None
    assert row.holds_on(day) is (day >= row.started_on)


def test_who_served_cannot_be_deleted() -> None:
    position = make_position(make_office())
    officer = make_officer(position)
    with pytest.raises(ProtectedError):
        officer.delete()
    with pytest.raises(ProtectedError):
        position.delete()


def test_a_weekday_has_one_row_of_ordinary_hours() -> None:
    office = make_office()
    hours = OfficeHours.objects.create(office=office, weekday=0, closes_at=time(15))
    assert str(hours) == f"Senin {hours.opens_at:%H.%M}-15.00"
    season = {"season": "Ramadan", "first_on": date(2026, 2, 18), "last_on": date(2026, 3, 19)}
    OfficeHours.objects.create(office=office, weekday=0, closes_at=time(14), **season)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeHours.objects.create(office=office, weekday=0, closes_at=time(16))


@pytest.mark.django_db
def test_a_number_is_kept_in_one_form_beside_what_was_typed() -> None:
    one = make_user(phone="0062 812-3456-7890")
    other = make_user(phone="0812 3456 7890")
    one.refresh_from_db()
    assert one.phone == "0062 812-3456-7890"
    assert one.phone_e164 == other.phone_e164 == "+6281234567890"
