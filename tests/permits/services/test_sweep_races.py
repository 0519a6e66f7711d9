"""Four sweeps at the very same moment: nothing is missed and nothing is done twice."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connections

from notices.models import Notice
from permits.models import ApplicationDeadline, DueDateChange
from permits.services import recounts
from tests.factories.accounts import make_user
from tests.factories.base import base_cast
from tests.factories.permits import make_accepted
from workflow import alarms
from workflow.models import Alarm, Holiday, JobQuerySet, JobStatus, Recount

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
FILES = 6


def four_at_once(act: Callable[[], object]) -> None:
    """Run ``act`` in four threads that begin together."""
    gate = threading.Barrier(4)

    def run() -> None:
        try:
            gate.wait(10)
            act()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


@pytest.fixture
def late(monday: datetime) -> datetime:
    """Six accepted files and an instant at which all of them are late."""
    cast = base_cast()
    for _one in range(FILES):
        make_accepted(cast, monday, applicant=make_user())
    ApplicationDeadline.objects.exclude(kind="layanan").delete()
    return monday + timedelta(days=9)


def test_four_sweeps_answer_each_alarm_once(
    late: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    term = alarms.TERMS["permits.layanan"]
    answered: Counter[int] = Counter()

    def answer(found: alarms.Reached) -> None:
        answered[found.deadline.pk] += 1
        term.answer(found)

    monkeypatch.setitem(alarms.TERMS, term.name, replace(term, answer=answer))
    four_at_once(lambda: alarms.watch_terms(late))
    alarms.watch_terms(late + timedelta(minutes=2))  # what a loser of the race has left
    assert set(answered.values()) == {1}
    assert len(answered) == FILES
    assert Alarm.objects.filter(job_status=JobStatus.DONE).count() == FILES
    assert Notice.objects.filter(template="permits/breached").count() == FILES


def test_without_the_claim_all_four_would_begin_the_same_alarm(
    late: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive control: the product's claim taken away, the same four all look at one alarm."""
    alarms.raise_alarms(late)
    alarm = Alarm.objects.first()
    looked: list[int] = []
    together = threading.Barrier(4, timeout=30)

    def prepare(found: alarms.Reached) -> None:
        looked.append(found.deadline.pk)
        together.wait()  # every one of the four is inside before the first stores anything

    term = replace(alarms.TERMS["permits.layanan"], prepare=prepare)
    monkeypatch.setitem(alarms.TERMS, term.name, term)
    Alarm.objects.exclude(pk=alarm.pk).delete()
    monkeypatch.setattr(JobQuerySet, "claim", lambda rows, pk, at, lease: True)
    four_at_once(lambda: alarms.answer_alarms(late))
    assert looked == [alarm.object_id] * 4


def test_with_the_claim_one_of_four_begins_an_alarm(
    late: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same four with the claim: the others find the alarm taken and leave it."""
    alarms.raise_alarms(late)
    alarm = Alarm.objects.first()
    Alarm.objects.exclude(pk=alarm.pk).delete()
    looked: list[int] = []

    def prepare(found: alarms.Reached) -> None:
        looked.append(found.deadline.pk)
        time.sleep(1)  # long enough for the others to ask for it

    term = replace(alarms.TERMS["permits.layanan"], prepare=prepare)
    monkeypatch.setitem(alarms.TERMS, term.name, term)
    four_at_once(lambda: alarms.answer_alarms(late))
    assert looked == [alarm.object_id]


def test_four_recounts_move_each_promise_once(
    late: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = late - timedelta(days=9)
    Holiday.objects.create(on=at.date() + timedelta(days=4), name="Cuti", kind="cuti_bersama")
    monkeypatch.setattr(recounts, "BATCH", 1)
    [order] = recounts.order(at, actor=None)
    four_at_once(lambda: recounts.recount_due(at))
    while Recount.objects.filter(
        job_status=JobStatus.QUEUED
    ).exists():  # a loser may leave the rest
        recounts.recount_due(at)
    order.refresh_from_db()
    assert (order.done, order.moved) == (FILES, FILES)
    assert DueDateChange.objects.count() == FILES
    assert Notice.objects.filter(template="permits/moved", channel="email").count() == FILES
