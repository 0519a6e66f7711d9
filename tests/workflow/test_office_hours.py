"""Hours that a clerk types: ordinary weeks, seasons, breaks."""

from __future__ import annotations

from datetime import date, time

import pytest

from accounts.models import OfficeHours
from tests.factories.accounts import make_office
from workflow.calendars import calendar_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calendar")]


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
