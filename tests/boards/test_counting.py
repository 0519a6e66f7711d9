"""The count of the night: one office's fault stops no other, and a long count goes on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Office
from boards.models import Tallied
from boards.services import counting
from boards.services.counting import count_new, recount
from boards.services.facts import Tallies, tallies
from tests.boards.test_past import tables
from tests.boards.world import write_world
from tests.factories.accounts import make_office
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast
from workflow.models import Heartbeat

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)


class Counter:
    """Stands in the place of ``tallies``: notes what is counted, and fails where it shall."""

    def __init__(self, *, office: Office | None = None, month: date | None = None) -> None:
        self.office, self.month = office, month
        self.asked: list[tuple[Office, date]] = []

    def __call__(self, office: Office, first: date, last: date, at: datetime) -> Tallies:
        assert first == last
        self.asked.append((office, first))
        if office == self.office or first == self.month:
            raise ValueError("uji")
        return tallies(office, first, last, at)


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put a ``Counter`` in its place and return it."""

    def place(counter: Counter) -> Counter:
        monkeypatch.setattr(counting, "tallies", counter)
        return counter

    return place


def test_what_fails_at_one_office_is_logged_and_tried_again(
    cast: Cast, put: Any, caplog: pytest.LogCaptureFixture
) -> None:
    other = make_office()
    put(Counter(office=cast.office))
    swept = count_new(NOON)
    assert (swept.done, swept.failed) == (1, 1)
    assert f"sweep boards.count_new: row {cast.office.pk}" in caplog.text
    assert Heartbeat.objects.get(sweep="boards.count_new").failed == 1
    assert Tallied.objects.get(office=other).counted_at == NOON
    again = put(Counter())
    count_new(NOON + timedelta(hours=1))
    assert {office for office, _month in again.asked} == {cast.office}
    assert Tallied.objects.get(office=cast.office).counted_at == NOON + timedelta(hours=1)
    assert Heartbeat.objects.get(sweep="boards.count_new").failed == 0


def test_a_first_count_that_broke_off_goes_on_where_it_was(
    cast: Cast, put: Any, time_machine: Any
) -> None:
    time_machine.move_to(NOON, tick=False)
    write_world(cast, 12)
    recount(cast.office, at=NOON)
    once = tables()
    Tallied.objects.all().delete()
    broken = put(Counter(month=SEPTEMBER))
    assert count_new(NOON).failed == 1
    assert [month for _office, month in broken.asked][-1] == SEPTEMBER
    row = Tallied.objects.get(office=cast.office)
    assert (row.counted_at, row.resumes_on) == (None, SEPTEMBER)
    page = signed_in(cast.at("kepala-dinas")).get("/meja/papan/masa-lalu/").content.decode()
    assert "Belum ada yang dihitung" in page
    assert "Unduh XLSX" not in page
    again = put(Counter())
    assert count_new(NOON).done == 1
    assert [month.month for _office, month in again.asked] == [9, 10, 11]
    assert tables() == once
    row.refresh_from_db()
    assert (row.counted_at, row.resumes_on) == (NOON, None)


def test_a_run_whose_turn_is_over_leaves_the_rest_to_the_next(
    cast: Cast, put: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_world(cast, 12)
    recount(cast.office, at=NOON)
    once, counted = tables(), Tallied.objects.get()
    counted.resumes_on = SEPTEMBER  # counted anew from nothing, and not at its end
    counted.save()
    other = make_office()
    monkeypatch.setattr(counting, "TURN", -1)
    asked = put(Counter()).asked
    for _nth in range(5):
        count_new(NOON)
    mine = [month.month for office, month in asked if office == cast.office]
    assert mine == [9, 10, 11]
    assert [office for office, _month in asked].count(other) == 1
    assert tables() == once
