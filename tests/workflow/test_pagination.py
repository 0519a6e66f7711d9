"""Pages by key: together they are the whole ordered list, in either direction."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.db.models import Model, QuerySet
from django.db.models.functions import ExtractIsoWeekDay
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Appointment
from tests.factories.accounts import make_office, make_position, make_user
from workflow.pagination import AFTER, BEFORE, Key, Page, page

FIRST_DAY = date(2020, 1, 1)
ORDERS = {
    "newest first": (Key("started_on", descending=True), Key("pk", descending=True)),
    "empty last": (Key("ended_on"), Key("pk")),
    "empty first": (Key("ended_on", descending=True), Key("pk")),
    "two columns": (Key("started_on"), Key("ended_on", descending=True), Key("pk")),
    "computed": (Key("days", computed=True), Key("pk", descending=True)),
}


def rows() -> QuerySet[Appointment]:
    """Return the appointments of this test, with a column that the model does not have."""
    mine = Appointment.objects.filter(position__code="uji")
    return mine.annotate(days=ExtractIsoWeekDay("started_on"))


def make(days: list[tuple[int, int | None]]) -> None:
    """Write one appointment for each pair: the day of its beginning, and how long it holds."""
    position = make_position(make_office(), "uji")
    for began, length in days:
        started_on = FIRST_DAY + timedelta(days=began)
        Appointment.objects.create(
            user=make_user(), position=position, started_on=started_on,
            ended_on=None if length is None else started_on + timedelta(days=length),
        )  # fmt: skip


def ordered(keys: tuple[Key, ...]) -> list[int]:
    """Return the keys of all rows in Python's own order; an empty value is later than any other."""
    found = list(rows())
    for key in reversed(keys):
        found.sort(key=lambda row: _sortable(row, key.name), reverse=key.descending)
    return [row.pk for row in found]


def _sortable(row: Model, name: str) -> tuple[bool, int]:
    value = getattr(row, name)
    number = value.toordinal() if isinstance(value, date) else int(value or 0)
    return (value is None, number)


def asked(address: str) -> QueryDict:
    return QueryDict(urlsplit(address).query)


def walk(keys: tuple[Key, ...], size: int) -> list[Page[Appointment]]:
    """Return every page from the first to the last."""
    pages = [page(rows(), keys, QueryDict(), size)]
    while pages[-1].next_url:
        pages.append(page(rows(), keys, asked(pages[-1].next_url), size))
    return pages


class TestPages(TestCase):
    """A property over random lists: many equal values, many empty ones."""

    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, 4), st.none() | st.integers(0, 2)), max_size=9),
        st.sampled_from(sorted(ORDERS)),
        st.integers(1, 4),
    )
    def test_pages_are_the_whole_list_forwards_and_backwards(
        self, days: list[tuple[int, int | None]], order: str, size: int
    ) -> None:
        make(days)
        keys = ORDERS[order]
        there = walk(keys, size)
        assert [row.pk for one in there for row in one.rows] == ordered(keys)
        assert all(len(one.rows) == size for one in there[:-1])
        assert not there[0].previous_url
        back = [there[-1]]
        while back[0].previous_url:
            back.insert(0, page(rows(), keys, asked(back[0].previous_url), size))
        assert [[row.pk for row in one.rows] for one in back] == [
            [row.pk for row in one.rows] for one in there
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("order", ORDERS)
def test_each_order_is_walked_over_the_empty_values(order: str) -> None:
    make([(2, None), (0, 1), (2, 0), (1, None), (2, 0), (0, None), (1, 1)])
    for size in (1, 2, 3, 7, 8):
        assert [row.pk for one in walk(ORDERS[order], size) for row in one.rows] == ordered(
            ORDERS[order]
        )


@pytest.mark.django_db
@pytest.mark.parametrize("side", [AFTER, BEFORE])
@pytest.mark.parametrize("cursor", ["", "x", "2020-01-01", "2020-13-01~1", "2020-01-01~x", "1~2~3"])
def test_a_spoiled_cursor_is_the_first_page(side: str, cursor: str) -> None:
    make([(0, None), (1, None), (2, None)])
    keys = ORDERS["newest first"]
    query = QueryDict(mutable=True)
    query[side] = cursor
    assert page(rows(), keys, query, 2).rows == page(rows(), keys, QueryDict(), 2).rows


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["~", "2020-01-05~" + "9" * 40, "0001-01-01~0", "9999-12-31~0"])
def test_a_cursor_beyond_every_row_is_the_whole_list_or_nothing(cursor: str) -> None:
    make([(0, None), (1, None)])
    for side in (AFTER, BEFORE):
        query = QueryDict(mutable=True)
        query[side] = cursor
        assert len(page(rows(), ORDERS["newest first"], query, 2).rows) in (0, 2)


@pytest.mark.django_db
def test_a_row_that_goes_away_takes_nothing_with_it() -> None:
    make([(0, None), (1, None), (2, None), (3, None)])
    keys = ORDERS["newest first"]
    first = page(rows(), keys, QueryDict(), 2)
    Appointment.objects.filter(pk=first.rows[-1].pk).delete()
    second = page(rows(), keys, asked(first.next_url), 2)
    assert [row.started_on for row in second.rows] == [
        FIRST_DAY + timedelta(days=1),
        FIRST_DAY,
    ]


@pytest.mark.django_db
def test_the_rest_of_the_address_stays() -> None:
    make([(0, None), (1, None), (2, None)])
    keys = ORDERS["newest first"]
    first = page(rows(), keys, QueryDict("q=melati&status=a&status=b&sebelum="), 2)
    following = asked(first.next_url)
    assert following["q"] == "melati"
    assert following.getlist("status") == ["a", "b"]
    assert BEFORE not in following
    second = page(rows(), keys, following, 2)
    assert AFTER not in asked(second.previous_url)
    assert asked(second.previous_url)["q"] == "melati"
