"""Hours that a clerk types: ordinary weeks, seasons, breaks."""

from __future__ import annotations

from datetime import date, time

import pytest

from accounts.admin.offices import HoursForm
from accounts.models import OfficeHours
from tests.factories.accounts import make_office
from workflow.calendars import calendar_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calendar")]
DAY = {"weekday": 0, "opens_at": "08:00", "closes_at": "15:00"}


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({}, ""),
        ({"season": "Ramadan", "first_on": "2026-02-18", "last_on": "2026-03-19"}, ""),
        ({"season": "Ramadan", "first_on": "2026-02-18"}, "last_on"),
        ({"first_on": "2026-03-19", "last_on": "2026-02-18"}, "last_on"),
        ({"break_starts_at": "12:00", "break_ends_at": "13:00"}, ""),
        ({"break_starts_at": "12:00"}, "break_ends_at"),
        ({"break_starts_at": "07:00", "break_ends_at": "09:00"}, "break_ends_at"),
        ({"closes_at": "07:00"}, "closes_at"),
    ],
)
def test_hours_that_make_no_sense_are_named_at_their_field(more, fault):
    assert list(HoursForm({**DAY, **more}).errors) == ([fault] if fault else [])


def test_an_office_works_by_its_own_week_and_season():
    office = make_office()
    for weekday in range(6):
        OfficeHours.objects.create(office=office, weekday=weekday, closes_at=time(14))
    OfficeHours.objects.create(
        office=office, weekday=0, closes_at=time(12), season="Ramadan",
        first_on=date(2026, 2, 18), last_on=date(2026, 3, 17),
    )  # fmt: skip
    calendar = calendar_of(office)
    assert calendar.is_workday(date(2026, 2, 28))  # a Saturday
    assert calendar.closes(date(2026, 2, 23)) == time(12)
    assert calendar.closes(date(2026, 2, 24)) == time(14)  # a weekday the season does not name
    assert calendar.closes(date(2026, 4, 6)) == time(14)
