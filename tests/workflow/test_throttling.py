"""Failures are counted by all processes together, and a block lasts as long as it says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.http import HttpRequest
from django.test import Client, RequestFactory

from workflow import tasks, throttling
from workflow.models import ThrottleCounter
from workflow.throttling import FAILURES, PERIOD, Throttle, blocked_for, count_failure

AT = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
VERIFY = "/periksa-dokumen/"
KEY = "codes:203.0.113.7"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


def fail(times: int, at: datetime = AT, key: str = KEY) -> None:
    for _failure in range(times):
        count_failure(key, at)


def guess(client: Client) -> int:
    return client.post(VERIFY, {"nomor": "salah"}).status_code


@pytest.mark.django_db
def test_the_block_lasts_the_ten_minutes_it_says(clock: time_machine.Traveller) -> None:
    client = Client()
    assert [guess(client) for _failure in range(FAILURES)] == [200] * FAILURES
    refused = client.get(VERIFY)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "600"
    clock.move_to(AT + timedelta(minutes=9, seconds=59))
    refused = client.get(VERIFY)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "1"
    clock.move_to(AT + timedelta(minutes=10, seconds=1))
    assert client.get(VERIFY).status_code == 200
    assert guess(client) == 200


@pytest.mark.django_db
def test_tries_while_blocked_do_not_lengthen_the_block(clock: time_machine.Traveller) -> None:
    client = Client()
    for _failure in range(FAILURES):
        guess(client)
    clock.move_to(AT + timedelta(minutes=9))
    assert guess(client) == 429
    clock.move_to(AT + timedelta(minutes=10, seconds=1))
    assert guess(client) == 200


@pytest.mark.django_db
def test_the_block_starts_with_the_failure_that_reaches_the_limit() -> None:
    fail(FAILURES - 1)
    last = AT + timedelta(minutes=9)
    assert not blocked_for(KEY, last)
    fail(1, last)
    assert blocked_for(KEY, last) == PERIOD
    fail(1, last + timedelta(minutes=1))  # a request that was under way already
    assert blocked_for(KEY, last + timedelta(minutes=1)) == timedelta(minutes=9)
    assert not blocked_for(KEY, last + PERIOD)


@pytest.mark.django_db
def test_failures_of_an_earlier_period_do_not_count() -> None:
    fail(FAILURES - 1)
    fail(FAILURES - 1, AT + PERIOD)
    assert not blocked_for(KEY, AT + PERIOD)
    fail(1, AT + PERIOD)
    assert blocked_for(KEY, AT + PERIOD)


@pytest.mark.django_db
def test_clients_and_throttles_are_counted_apart(clock: time_machine.Traveller) -> None:
    def named(request: HttpRequest) -> str:
        return str(request.META["REMOTE_ADDR"])

    codes, uploads = Throttle("codes", named), Throttle("uploads", named)
    one, other = (RequestFactory().get("/", REMOTE_ADDR=ip) for ip in ("10.0.0.1", "10.0.0.2"))
    for _failure in range(FAILURES):
        codes.record_failure(one)
    assert codes.is_blocked(one)
    assert not codes.is_blocked(other)
    assert not uploads.is_blocked(one)


@pytest.mark.django_db
def test_a_hashed_address_is_not_stored(clock: time_machine.Traveller) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.77")
    Throttle("uploads", throttling.hashed_address).record_failure(request)
    assert "203.0.113.77" not in ThrottleCounter.objects.get().key


@pytest.mark.django_db
def test_expired_counters_are_deleted_by_the_sweep(clock: time_machine.Traveller) -> None:
    fail(1)
    fail(FAILURES, AT + timedelta(minutes=5), "codes:other")
    clock.move_to(AT + timedelta(minutes=10))
    tasks.watch_terms_task()
    assert [row.key for row in ThrottleCounter.objects.all()] == ["codes:other"]


@pytest.mark.django_db(transaction=True)
def test_parallel_failures_all_count() -> None:
    def fail_and_close(_failure: int) -> None:
        try:
            count_failure(KEY, AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fail_and_close, range(FAILURES)))
    assert ThrottleCounter.objects.get().count == FAILURES
    assert blocked_for(KEY, AT) == PERIOD


# Tries that are counted before they are made ------------------------------------------------------


def tries(times: int, at: datetime = AT) -> int:
    """Return how many of so many tries were allowed; three are, within ten minutes."""
    return sum(throttling.take(KEY, 3, at, PERIOD) for _try in range(times))


@pytest.mark.django_db
def test_never_more_than_the_limit_falls_into_one_period() -> None:
    assert tries(1) == 1
    assert tries(5, AT + timedelta(minutes=9)) == 2
    assert tries(5, AT + timedelta(minutes=18)) == 0, "the last that counted was at nine"
    assert tries(5, AT + timedelta(minutes=19)) == 3


@pytest.mark.django_db
def test_what_was_given_back_may_be_tried_again() -> None:
    throttling.give_back(KEY)
    assert tries(4) == 3
    throttling.give_back(KEY)
    assert tries(4) == 1


@pytest.mark.postgres  # SQLite in memory refuses a second writer at once instead of letting it wait
@pytest.mark.django_db(transaction=True)
def test_of_parallel_tries_no_more_are_allowed_than_one_by_one() -> None:
    def try_and_close(_try: int) -> bool:
        try:
            return throttling.take(KEY, 3, AT, PERIOD)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_and_close, range(16))) == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_failures_of_other_processes_count() -> None:
    connections.close_all()
    child = os.fork()
    if not child:
        status = 1
        try:
            client = Client()
            for _failure in range(FAILURES - 1):
                guess(client)
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    client = Client()
    assert guess(client) == 200
    assert guess(client) == 429
