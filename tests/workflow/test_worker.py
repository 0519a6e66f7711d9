"""The worker is told once a transaction, never with an error; a deaf broker is asked once only."""

from __future__ import annotations

import time

import pytest
from celery import current_app
from django.db import transaction

from workflow import worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the broker hears."""
    found: list[str] = []
    monkeypatch.setattr(worker, "_broker_down_until", 0.0)
    monkeypatch.setattr(current_app, "send_task", lambda name, **words: found.append(name))
    return found


def test_a_transaction_rings_each_bell_once_and_only_when_it_holds(heard: list[str]) -> None:
    with transaction.atomic():
        for task in ("notices.deliver_due", "permits.print_due", "notices.deliver_due"):
            worker.notify_on_commit(task)
        assert heard == []
    assert heard == ["notices.deliver_due", "permits.print_due"]
    with transaction.atomic():
        worker.notify_on_commit("notices.deliver_due")
        transaction.set_rollback(True)
    assert len(heard) == 2


def test_a_deaf_broker_is_asked_once_and_again_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def refuse(name: str, **words: object) -> None:
        asked.append(name)
        raise ConnectionError

    monkeypatch.setattr(worker, "_broker_down_until", 0.0)
    monkeypatch.setattr(current_app, "send_task", refuse)
    for _one in range(5):
        worker.notify_on_commit("permits.print_due")
    assert len(asked) == 1
    monkeypatch.setattr(worker, "_broker_down_until", time.monotonic() - 1)
    worker.notify_on_commit("permits.print_due")
    assert len(asked) == 2


def test_a_message_that_nobody_takes_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[object] = []
    monkeypatch.setattr(worker, "_broker_down_until", 0.0)
    monkeypatch.setattr(
        current_app, "send_task", lambda name, **words: sent.append(words["expires"])
    )
    worker.notify_on_commit("permits.print_due")
    assert sent == [55]
