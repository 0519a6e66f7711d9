"""Rows become calendars: three queries for any number of offices, and never an old row."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import OfficeHours
from tests.factories.accounts import make_office
from workflow.calendars import calendar_of, calendars_of
from workflow.models import CalendarYear, Holiday

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calendar")]
TUESDAY = date(2026, 11, 17)


def test_the_calendars_of_many_offices_cost_three_queries():
    offices = [make_office() for _one in range(4)]
    with CaptureQueriesContext(connection) as queries:
        found = calendars_of(offices)
    assert set(found) == {office.pk for office in offices}
    assert len(queries) == 3
    with CaptureQueriesContext(connection) as queries:
        assert calendars_of([]) == {}
    assert len(queries) == 0


def test_a_holiday_of_one_office_is_no_holiday_of_another():
    here, there = make_office(), make_office()
    Holiday.objects.create(on=TUESDAY, name="Hari jadi kota", kind="libur_daerah", office=here)
    found = calendars_of([here, there])
    assert not found[here.pk].is_workday(TUESDAY)
    assert found[there.pk].is_workday(TUESDAY)


def test_every_changed_row_counts_at_once_and_gives_another_version():
    office = make_office()
    row = OfficeHours.objects.create(office=office, weekday=1, closes_at=time(15))
    before = calendar_of(office)
    assert before.closes(TUESDAY) == time(15)
    OfficeHours.objects.filter(pk=row.pk).update(closes_at=time(14))
    shorter = calendar_of(office)
    assert shorter.closes(TUESDAY) == time(14)
    CalendarYear.objects.filter(year=2027).delete()
    guessed = calendar_of(office)
    assert guessed.confirmed_until == date(2026, 12, 31)
    assert len({before.version, shorter.version, guessed.version}) == 3


def test_the_same_rows_give_the_same_calendar():
    office = make_office()
    assert calendar_of(office) is calendar_of(office)
    assert calendar_of(office).version == calendar_of(make_office()).version
