"""Owed work: claimed once, stored with its effect, released with back-off, given up visibly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Office
from notices.models import Notice
from tests.factories.accounts import make_office
from workflow.models import Heartbeat, JobStatus
from workflow.sweeps import (
    UNFINISHED,
    PermanentFailure,
    RetryLater,
    SweepResult,
    drain_queue,
    each,
    run_job,
    sweep,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
ROWS = Notice.objects  # the plainest table of queued work
LEASE = timedelta(seconds=60)


@pytest.fixture
def queued() -> Notice:
    """A message that is queued since ``AT``."""
    return make_owed("satu")


def make_owed(key: str) -> Notice:
    return Notice.objects.create(
        dedupe_key=key, template="permits/received", address="a@contoh.test", created_at=AT,
        next_try_at=AT,
    )  # fmt: skip


def do(row: Notice, work: Callable[[Notice], object], at: datetime = AT, **how: int) -> bool:
    """Perform the row and read it again."""
    try:
        return run_job(ROWS.all(), row.pk, work, at=at, **how)  # type: ignore[arg-type]
    finally:
        row.refresh_from_db()


def test_work_gets_its_row_held_and_is_done_with_its_effect(queued: Notice) -> None:
    seen: list[Notice] = []

    def work(row: Notice) -> Callable[[], object]:
        seen.append(row)
        return lambda: make_office(code="hasil")

    assert do(queued, work)
    assert [(row.pk, row.lease_until, row.attempts) for row in seen] == [(queued.pk, AT + LEASE, 1)]
    assert (queued.job_status, queued.lease_until, queued.last_error) == (JobStatus.DONE, None, "")
    assert _results() == 1


def test_work_without_an_effect_is_done_too(queued: Notice) -> None:
    assert do(queued, lambda row: None)
    assert queued.job_status == JobStatus.DONE


@pytest.mark.parametrize(
    "fields",
    [
        {"job_status": JobStatus.DONE},
        {"job_status": JobStatus.FAILED},
        {"next_try_at": AT + timedelta(seconds=1)},
        {"lease_until": AT + timedelta(seconds=1)},
    ],
)
def test_what_is_done_given_up_early_or_held_is_left_alone(
    queued: Notice, fields: dict[str, object]
) -> None:
    Notice.objects.filter(pk=queued.pk).update(**fields)

    def never(row: Notice) -> None:
        raise AssertionError("begun")

    assert not do(queued, never)
    assert queued.attempts == 0


def test_a_lease_that_ran_out_frees_the_row(queued: Notice) -> None:
    Notice.objects.filter(pk=queued.pk).update(lease_until=AT)
    assert do(queued, lambda row: None)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 5), (1, 30), (2, 120), (3, 600), (4, 1800), (5, 3600), (9, 3600)]
)
def test_each_further_try_waits_longer(queued: Notice, attempts: int, seconds: int) -> None:
    Notice.objects.filter(pk=queued.pk).update(attempts=attempts)

    def work(row: Notice) -> None:
        raise RetryLater("server away")

    assert not do(queued, work)
    assert (queued.job_status, queued.lease_until, queued.attempts) == (
        JobStatus.QUEUED, None, attempts + 1,
    )  # fmt: skip
    assert queued.next_try_at == AT + timedelta(seconds=seconds)
    assert queued.last_error == "server away"


def test_after_the_last_try_operators_see_it(queued: Notice) -> None:
    def work(row: Notice) -> None:
        raise RetryLater("server away")

    at = AT
    for _turn in range(2):
        assert not do(queued, work, at, tries=3)
        assert queued.job_status == JobStatus.QUEUED
        at = queued.next_try_at
    assert not do(queued, work, at, tries=3)
    assert list(ROWS.all().stuck()) == [queued]


def test_what_can_never_be_done_is_given_up_at_once(queued: Notice) -> None:
    def work(row: Notice) -> None:
        raise PermanentFailure("no such address")

    assert not do(queued, work)
    assert (queued.job_status, queued.attempts) == (JobStatus.FAILED, 1)
    assert queued.last_error == "no such address"


@pytest.mark.parametrize("where", ["work", "store"])
def test_an_unforeseen_error_releases_the_row_and_is_raised(queued: Notice, where: str) -> None:
    def fail() -> None:
        make_office(code="hasil")
        raise RuntimeError("unforeseen")

    def work(row: Notice) -> Callable[[], object]:
        if where == "work":
            raise RuntimeError("unforeseen")
        return fail

    with pytest.raises(RuntimeError, match="unforeseen"):
        do(queued, work)
    assert (queued.job_status, queued.lease_until) == (JobStatus.QUEUED, None)
    assert queued.next_try_at == AT + timedelta(seconds=5)
    assert "RuntimeError" in queued.last_error
    assert _results() == 0, "half of an effect was kept"


def test_who_was_too_slow_stores_nothing(queued: Notice) -> None:
    def work(row: Notice) -> Callable[[], object]:
        again = AT + LEASE  # the lease has run out and another worker finishes the row
        assert run_job(ROWS.all(), queued.pk, lambda row: None, at=again)
        return lambda: make_office(code="hasil")

    assert not do(queued, work)
    assert _results() == 0
    assert queued.job_status == JobStatus.DONE


def test_who_lost_the_row_to_another_worker_stores_nothing(queued: Notice) -> None:
    later = AT + LEASE

    def work(row: Notice) -> Callable[[], object]:
        assert ROWS.all().claim(queued.pk, later, LEASE)
        return lambda: make_office(code="hasil")

    assert not do(queued, work)
    assert _results() == 0
    assert (queued.job_status, queued.lease_until) == (JobStatus.QUEUED, later + LEASE)


def test_a_slow_failure_takes_nothing_from_who_holds_the_row_now(queued: Notice) -> None:
    later = AT + LEASE

    def work(row: Notice) -> None:
        assert ROWS.all().claim(queued.pk, later, LEASE)
        raise RetryLater("server away")

    assert not do(queued, work)
    assert queued.lease_until == later + LEASE
    assert queued.last_error == ""


def test_work_of_many_parts_stays_owed_and_keeps_each_part(queued: Notice) -> None:
    def part(row: Notice) -> Callable[[], object]:
        def store() -> object:
            make_office(code=f"hasil-{_results()}")
            return UNFINISHED if _results() < 3 else None

        return store

    for done in (1, 2, 3):
        assert do(queued, part)
        assert _results() == done
        assert queued.job_status == (JobStatus.DONE if done == 3 else JobStatus.QUEUED)
        assert (queued.attempts, queued.lease_until) == (1 if done == 3 else 0, None)


def test_a_broken_row_stops_only_itself() -> None:
    def act(key: int) -> bool | SweepResult:
        if key == 2:
            raise RuntimeError
        return SweepResult(done=10, failed=1) if key == 4 else key != 3

    assert each("uji", [1, 2, 3, 4], act) == SweepResult(done=11, failed=2)
    assert not Heartbeat.objects.filter(sweep="uji").exists()


def test_a_sweep_writes_its_heartbeat(time_machine) -> None:
    time_machine.move_to(AT, tick=False)
    assert sweep("uji", [1, 2], lambda key: key == 1) == SweepResult(done=1)
    time_machine.shift(60)
    assert sweep("uji", [], lambda key: True) == SweepResult()
    beat = Heartbeat.objects.get(sweep="uji")
    assert (beat.started_at, beat.finished_at) == (AT + LEASE, AT + LEASE)
    assert (beat.done, beat.failed) == (0, 0)


def test_batch_after_batch_until_nothing_is_left() -> None:
    for number in range(5):
        make_owed(f"nomor-{number}")
    batches: list[int] = []
    ready = ROWS.all().ready(AT).order_by("pk").values_list("pk", flat=True)

    def next_batch() -> list[int]:
        found = list(ready[:2])
        batches.append(len(found))
        return found

    def act(pk: int) -> bool:
        return run_job(ROWS.all(), pk, lambda row: None, at=AT)

    assert drain_queue("uji", next_batch, act) == SweepResult(done=5)
    assert batches == [2, 2, 1, 0]
    assert Heartbeat.objects.get(sweep="uji").done == 5


def test_it_ends_when_others_have_all_that_is_left() -> None:
    asked: list[int] = []

    def act(key: int) -> bool:
        asked.append(key)
        return False

    assert drain_queue("uji", lambda: [1, 2], act) == SweepResult()
    assert asked == [1, 2]


def _results() -> int:
    return Office.objects.filter(code__startswith="hasil").count()
