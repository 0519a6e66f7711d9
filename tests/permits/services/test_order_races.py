"""Two people decide one order at the same moment: one wins, the other reads why not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from demo import paper_samples
from notices.models import Notice
from permits.models import Application, CertificateOrder
from permits.services import orders
from tests.factories.accounts import appoint
from tests.factories.base import base_cast
from tests.factories.permits import make_completed
from tests.factories.races import at_once, waiting_for_a_lock
from tests.factories.standards import position_of
from workflow import transitions
from workflow.domain.errors import DomainError
from workflow.refusals import sentence

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PATIENCE = 10.0


@pytest.fixture
def proposed(monday):
    cast = base_cast()
    completed = make_completed(cast, monday)
    return cast, completed, paper_samples.propose_ending(completed, monday)


@pytest.fixture
def gate(monkeypatch) -> Callable[[], bool]:
    """Hold the first one inside its lock; the function lets go once the second is seen waiting."""
    locked, opened = threading.Event(), threading.Event()
    plain = transitions.lock

    def lock_and_wait(subject):
        fresh = plain(subject)
        if not locked.is_set():
            locked.set()
            opened.wait(PATIENCE)
        return fresh

    def open_the_gate() -> bool:
        locked.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not (seen := waiting_for_a_lock()):
            time.sleep(0.02)
        opened.set()
        return seen

    monkeypatch.setattr(transitions, "lock", lock_and_wait)
    return open_the_gate


def press(act: Callable[..., Any], application: Application, **said: Any) -> Callable[[], Any]:
    return lambda: act(Application.objects.get(pk=application.pk), **said)


def codes(answers: list[Any]) -> list[str]:
    return sorted(row.code if isinstance(row, DomainError) else "done" for row in answers)


def test_two_heads_confirm_one_order_at_once(proposed, monday, gate):
    cast, completed, order = proposed
    acting = cast.at("sekretaris")
    appoint(acting, position_of(cast.office, "kepala-dinas"), capacity="plh")
    said = {"at": monday, "order": order.pk}
    first, second = cast.at("kepala-dinas"), acting
    answers = at_once(
        press(orders.confirm_order, completed, actor=first, **said),
        press(orders.confirm_order, completed, actor=second, **said),
        gate,
    )
    assert answers[2] is True
    assert codes(answers[:2]) == ["done", "order_decided"]
    assert Notice.objects.filter(template="permits/revoked").count() == 1


def test_a_confirmation_and_a_withdrawal_at_once(proposed, monday, gate):
    cast, completed, order = proposed
    said = {"at": monday, "order": order.pk}
    head, clerk = cast.at("kepala-dinas"), order.proposed_by
    answers = at_once(
        press(orders.confirm_order, completed, actor=head, **said),
        press(orders.close_order, completed, actor=clerk, note="salah orang", **said),
        gate,
    )
    assert answers[2] is True
    assert codes(answers[:2]) == ["done", "order_decided"]
    lost = next(row for row in answers[:2] if isinstance(row, DomainError))
    assert sentence(lost)
    order.refresh_from_db()
    confirmed = order.decision == CertificateOrder.Decision.CONFIRMED
    assert confirmed is (order.effective_at is not None)
    assert Notice.objects.filter(template="permits/revoked").count() == int(confirmed)
