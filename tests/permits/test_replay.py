"""Another term on closed files: counted as the due date is, lost at the step where it ran out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from permits.domain.replay import Outcome, Stay, Summary, outcome, summed
from permits.selectors import replays
from permits.selectors.replays import replay
from tests.boards.world import write_world
from tests.factories.accounts import make_admin, make_office, make_office_admin, make_user
from tests.factories.permits import Cast
from workflow.domain.clock import ClockState, ClockStatus, Term, Unit

AT = datetime(2027, 1, 30, 3, tzinfo=UTC)
DUE = datetime(2026, 11, 20, tzinfo=UTC)
STAYS = [
    Stay("1 Periksa", DUE - timedelta(days=5)),
    Stay("2 Tanda tangan", DUE - timedelta(days=1)),
    Stay("3 Nomor", DUE),
]


def _state(**facts: Any) -> ClockState:
    return ClockState(ClockStatus.STOPPED, Term(5), **facts)


def test_a_late_file_lost_its_time_where_it_lay_when_the_term_was_over() -> None:
    assert outcome(_state(due_at=DUE, late=True), STAYS) == Outcome(False, "2 Tanda tangan")
    assert outcome(_state(due_at=DUE, late=False), STAYS) == Outcome(True)
    assert outcome(_state(due_at=None, late=True), STAYS) == Outcome(False, "")


def test_a_share_is_said_of_ten_files_at_least() -> None:
    late = [Outcome(False, "b"), Outcome(False, "a"), Outcome(False, "b")]
    found = summed([Outcome(True)] * 6 + late)
    assert found == Summary(9, 6, (("b", 2), ("a", 1)))
    assert (found.late, found.share) == (3, None)
    assert summed([Outcome(True)] * 7 + late).share == 70


@pytest.fixture
def closed(cast: Cast) -> int:
    """Files of one service, most of them answered; how many the office has answered."""
    return sum(story.answered and story.stop is not None for story in write_world(cast, 40))


@pytest.mark.django_db
def test_files_are_counted_as_their_due_date_is(cast: Cast, closed: int) -> None:
    version = cast.version
    assert version.term_amount
    own = replay(cast.service, Term(version.term_amount, Unit(version.term_unit)), AT)
    assert own.tried == own.promised
    assert own.tried.files == closed
    shorter = replay(cast.service, Term(1), AT)
    longer = replay(cast.service, Term(200), AT)
    assert shorter.tried.on_time < own.tried.on_time < longer.tried.on_time == closed
    assert sum(files for _step, files in shorter.tried.lost) == shorter.tried.late > 0
    assert all(step for step, _files in shorter.tried.lost)


@pytest.mark.django_db
def test_only_the_last_year_and_the_latest_files_are_counted(
    cast: Cast, closed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert replay(cast.service, Term(5), AT + timedelta(days=400)).tried.files == 0
    monkeypatch.setattr(replays, "MOST", 10)
    found = replay(cast.service, Term(5), AT)
    assert found.cut
    assert found.tried.files <= 10


@pytest.mark.django_db
@pytest.mark.usefixtures("closed")
def test_queries_do_not_grow_with_the_files(cast: Cast, django_assert_max_num_queries: Any) -> None:
    replay(cast.service, Term(5), AT)  # the rows of a published version are read once a process
    with django_assert_max_num_queries(12):
        replay(cast.service, Term(5), AT)


@pytest.mark.django_db
@pytest.mark.usefixtures("closed")
def test_the_page_says_it_in_sentences_and_small_numbers_honestly(
    cast: Cast, client: Client, time_machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    time_machine.move_to(AT, tick=False)
    client.force_login(make_admin())
    url = reverse("permits:replay", args=[cast.service.pk])
    assert "Coba jangka waktu lain" in client.get(url).content.decode()
    page = client.get(url, {"amount": "2", "unit": "hari_kerja"}).content.decode()
    assert "Dengan 2 hari kerja, bukan 6 hari kerja:" in page
    assert "%) tepat waktu, sekarang" in page
    monkeypatch.setattr(replays, "MOST", 3)
    page = client.get(url, {"amount": "2", "unit": "hari_kerja"}).content.decode()
    assert "Kurang dari 10 berkas: terlalu sedikit untuk menarik kesimpulan." in page
    wrong = client.get(url, {"amount": "0", "unit": "hari_kerja"})
    assert wrong.status_code == 200
    assert "Hasil" not in wrong.content.decode()


@pytest.mark.django_db
def test_only_administrators_of_the_office_see_it(cast: Cast, client: Client) -> None:
    url = reverse("permits:replay", args=[cast.service.pk])
    assert client.get(url).status_code == 302
    for person, status in (
        (make_user(), 403),
        (cast.at("front-office"), 403),
        (make_office_admin(make_office()), 403),
        (make_office_admin(cast.office), 200),
    ):
        client.force_login(person)
        assert client.get(url).status_code == status
    assert client.get(reverse("permits:replay", args=[0])).status_code == 404
