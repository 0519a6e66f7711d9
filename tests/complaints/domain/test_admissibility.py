"""Complaint or suggestion: the boundaries of the thirty days, in every zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaints.domain.admissibility import Assessment, Ground, Kind, Report, assess

SERVED = date(2026, 11, 2)
WIB, WITA, WIT = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))
ZONES = pytest.mark.parametrize("zone", [WIB, WITA, WIT], ids=["WIB", "WITA", "WIT"])
LAST_SECOND = time(23, 59, 59)


def judged(received_at: datetime, zone: ZoneInfo, **facts: object) -> Assessment:
    known = {"has_identity": True, "has_matter": True, "served_on": SERVED, **facts}
    return assess(Report(received_at=received_at, **known), limit_days=30, zone=zone)  # type: ignore[arg-type]


@ZONES
def test_the_last_second_of_day_thirty_is_in_time(zone: ZoneInfo) -> None:
    last = datetime.combine(SERVED + timedelta(days=30), LAST_SECOND, zone)
    assert judged(last, zone) == Assessment(Kind.COMPLAINT, (), 30)


@ZONES
@pytest.mark.parametrize("hour", [time(0, 0), LAST_SECOND])
def test_on_day_thirty_one_an_officer_decides(zone: ZoneInfo, hour: time) -> None:
    late = datetime.combine(SERVED + timedelta(days=31), hour, zone)
    assert judged(late, zone) == Assessment(Kind.OFFICER_DECIDES, (Ground.TOO_LATE,), 31)


def test_the_day_is_that_of_the_office_not_of_the_server() -> None:
    received = datetime.combine(SERVED + timedelta(days=30), time(22, 30), WIB)  # 00.30 in Jayapura
    assert judged(received, WIB).kind is Kind.COMPLAINT
    assert judged(received, WIT).kind is Kind.OFFICER_DECIDES


@pytest.mark.parametrize(
    ("facts", "grounds"),
    [
        ({"has_identity": False}, (Ground.NO_IDENTITY,)),
        ({"has_matter": False}, (Ground.NO_MATTER,)),
        ({"has_identity": False, "has_matter": False}, (Ground.NO_IDENTITY, Ground.NO_MATTER)),
    ],
)
def test_without_identity_or_matter_it_is_a_suggestion_however_early(
    facts: dict[str, bool], grounds: tuple[Ground, ...]
) -> None:
    found = judged(datetime.combine(SERVED, time(9), WIB), WIB, **facts)
    assert (found.kind, found.grounds) == (Kind.SUGGESTION, grounds)


def test_a_service_that_never_came_cannot_be_complained_of_too_late() -> None:
    found = judged(datetime(2030, 1, 1, tzinfo=WIB), WIB, served_on=None)
    assert found == Assessment(Kind.COMPLAINT, (), None)
