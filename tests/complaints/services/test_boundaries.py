"""The last second of a day where the office stands, and days on which nobody works."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from complaints.domain.lifecycle import Status
from complaints.models import Complaint
from complaints.services import intake
from complaints.services.identity import Person
from tests.factories.complaints import a_report, make_complaint_desk
from tests.factories.permits import Cast

pytestmark = pytest.mark.django_db
SERVED = date(2026, 10, 12)
ZONES = pytest.mark.parametrize(
    "zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"], ids=["WIB", "WITA", "WIT"]
)


def registered(cast: Cast, day: date, hour: time, zone: str = "", **changes: object) -> Complaint:
    """Register what came at an hour where the office stands."""
    if zone:
        cast.office.time_zone = zone
        cast.office.save(update_fields=["time_zone"])
    make_complaint_desk(cast)
    at = datetime.combine(day, hour, cast.office.zone)
    report = a_report(cast, at, **{"served_on": SERVED, **changes})
    return intake.register_report(report, actor=None, at=at)


@ZONES
def test_day_thirty_ends_with_its_last_second(cast: Cast, zone: str) -> None:
    complaint = registered(cast, SERVED + timedelta(days=30), time(23, 59, 59), zone)
    assert (complaint.status, complaint.days_after) == (Status.RECEIVED, 30)


@ZONES
@pytest.mark.parametrize("hour", [time(0, 0), time(23, 59, 59)])
def test_on_day_thirty_one_an_officer_decides(cast: Cast, zone: str, hour: time) -> None:
    complaint = registered(cast, SERVED + timedelta(days=31), hour, zone)
    assert (complaint.status, complaint.days_after) == (Status.UNDECIDED, 31)
    assert complaint.grounds == ["lewat_batas"]


@ZONES
def test_a_nameless_one_keeps_the_day_of_its_office(cast: Cast, zone: str) -> None:
    day = SERVED + timedelta(days=30)
    complaint = registered(cast, day, time(23, 59, 59), zone, person=Person())
    assert complaint.received_at.astimezone(cast.office.zone).date() == day
    assert complaint.received_at.astimezone(cast.office.zone).time() == time(12)


@pytest.mark.parametrize(
    ("day", "due_on"),
    [
        (date(2026, 11, 16), date(2026, 12, 4)),  # a Monday
        (date(2026, 11, 15), date(2026, 12, 4)),  # the Sunday before: as if on Monday
        (date(2026, 11, 14), date(2026, 12, 4)),  # the Saturday before
        (date(2026, 8, 17), date(2026, 9, 8)),  # Independence Day, a Monday: as if on Tuesday
    ],
)
def test_what_comes_on_a_free_day_counts_from_the_next_working_day(
    cast: Cast, day: date, due_on: date
) -> None:
    complaint = registered(cast, day, time(9), served_on=day - timedelta(days=3))
    assert complaint.due_on == due_on


def test_after_closing_time_it_counts_from_the_next_working_day(cast: Cast) -> None:
    served = date(2026, 11, 13)
    assert registered(cast, date(2026, 11, 16), time(20), served_on=served).due_on == date(
        2026, 12, 7
    )
