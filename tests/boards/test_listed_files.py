"""Each figure of the board of the past that is a link counts exactly the list behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from accounts.officers import Officer, officer_of
from boards.domain.listed import Listed
from boards.domain.months import Span
from boards.presenters import lists, period
from boards.presenters.lists import ListPage
from boards.presenters.period_tables import Counted
from boards.services.counting import recount
from boards.views.lists import list_page
from permits.models import Application
from tests.boards.large_world import write
from tests.factories.base import base_cast
from tests.factories.permits import NOON, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
FILES = 600


@dataclass
class World:
    """The random world, counted, and its head."""

    cast: Cast
    head: Officer

    def links(self, span: Span) -> dict[str, int]:
        """Return the address of each list that the board opens, with its figure."""
        board = period.board(self.head, self.cast.office, span)
        cells = (cell for table in board.tables for row in table.rows for cell in row)
        found = {cell.url: int(cell) for cell in cells if isinstance(cell, Counted)}
        return found | {one.url: one.number for one in board.figures if one.number}

    def pages(self, url: str) -> Iterator[ListPage]:
        """Yield the pages of a list, from the first to the last."""
        while url:
            asked_for = QueryDict(url.partition("?")[2])
            asked = lists.asked_in(self.head, self.cast.office, asked_for)
            assert asked is not None
            page = list_page(self.cast.office, asked, NOON, asked_for)
            yield page
            url = page.page.next_url


@pytest.fixture(scope="module")
def world(module_world: None) -> World:
    """Written and counted once; the tests change nothing."""
    with time_machine.travel(NOON, tick=False):
        cast = base_cast()
        write(cast, FILES)
        recount(cast.office, at=NOON)
        return World(cast, officer_of(cast.at("kepala-dinas"), NOON))


@pytest.mark.parametrize("span", [Span.YEAR, Span.LAST])
def test_every_figure_that_is_a_link_is_the_length_of_its_list(world: World, span: Span) -> None:
    links = world.links(span)
    kinds = {QueryDict(url.partition("?")[2])["angka"] for url in links}
    assert kinds == set(Listed)
    for url, number in links.items():
        pages = list(world.pages(url))
        assert {page.number for page in pages} == {number}, url
        rows = [row for page in pages for row in page.rows]
        assert len(rows) == number, url


def test_a_list_of_answers_names_each_file_once(world: World) -> None:
    [url] = [one for one in world.links(Span.YEAR) if one.endswith("angka=dijawab")]
    numbers = [row.number for page in world.pages(url) for row in page.rows]
    assert len(numbers) == len(set(numbers)) > 200
    statuses = Application.objects.filter(number__in=numbers).values_list("status", flat=True)
    assert set(statuses) == {"terbit", "selesai", "ditolak"}


def test_a_page_of_a_list_asks_as_much_for_many_as_for_few(world: World) -> None:
    links = world.links(Span.YEAR)
    for figure in Listed:
        url, _number = max(
            ((one, number) for one, number in links.items() if f"angka={figure}&" in f"{one}&"),
            key=lambda pair: pair[1],
        )
        asked_for = QueryDict(url.partition("?")[2])
        asked = lists.asked_in(world.head, world.cast.office, asked_for)
        assert asked
        with CaptureQueriesContext(connection) as queries:
            list_page(world.cast.office, asked, NOON, asked_for)
        assert len(queries) <= 14, [one["sql"] for one in queries]
