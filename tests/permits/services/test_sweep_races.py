"""Four sweeps at the very same moment: nothing is missed and nothing is done twice."""

from __future__ import annotations

import threading
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
from tests.factories.permits import make_accepted, make_cast
from tests.factories.workflow import load_calendar
from workflow import alarms
from workflow.models import Alarm, Holiday, OwedState, Recount

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
    load_calendar()
    cast = make_cast()
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
    assert Alarm.objects.filter(owed_state=OwedState.DONE).count() == FILES
    assert Notice.objects.filter(template="permits/breached").count() == FILES


def test_without_claims_the_same_four_would_do_everything_four_times(late: datetime) -> None:
    done: Counter[int] = Counter()

    def naive() -> None:
        overdue = list(ApplicationDeadline.objects.filter(breached_at=None, due_at__lte=late))
        together.wait(10)
        for deadline in overdue:
            done[deadline.pk] += 1

    together = threading.Barrier(4)
    four_at_once(naive)
    assert set(done.values()) == {4}


def test_four_recounts_move_each_promise_once(
    late: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = late - timedelta(days=9)
    Holiday.objects.create(on=at.date() + timedelta(days=4), name="Cuti", kind="cuti_bersama")
    monkeypatch.setattr(recounts, "BATCH", 1)
    [order] = recounts.order(at, actor=None)
    four_at_once(lambda: recounts.recount_due(at))
    while Recount.objects.filter(owed_state=OwedState.OWED).exists():  # a loser may leave the rest
        recounts.recount_due(at)
    order.refresh_from_db()
    assert (order.done, order.moved) == (FILES, FILES)
    assert DueDateChange.objects.count() == FILES
    assert Notice.objects.filter(template="permits/moved", channel="email").count() == FILES
