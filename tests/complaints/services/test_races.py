"""Two people at the very same complaint, on real row locks; the control shows it without them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from accounts.models import User
from complaints.models import Answer, Approval, Complaint, StudyStep
from complaints.services import answers, handling, sending, study
from notices.models import Notice
from tests.factories.base import base_cast
from tests.factories.complaints import OFFICER, make_complaint_desk, make_studied
from tests.factories.races import at_once, waiting_for_a_lock
from workflow import transitions
from workflow.domain.errors import DomainError

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PATIENCE = 10.0
LEVEL = "kepala_dinas"


@pytest.fixture
def drafted(monday: Any) -> tuple[Complaint, User, str]:
    """A draft that waits for the head, and the text the head sees."""
    cast = base_cast()
    make_complaint_desk(cast)
    officer = cast.at(OFFICER)
    complaint = make_studied(cast, monday)
    handling.classify(complaint, actor=officer, at=monday, problem="biaya", category="internal")
    for step in StudyStep.Step:
        if step != StudyStep.Step.INQUIRY:
            study.record_step(complaint, actor=officer, at=monday, step=step, result="Jelas.")
    answer = answers.draft_answer(complaint, actor=officer, at=monday, text="Sudah benar.")
    return complaint, cast.at("kepala-dinas"), answer.digest


def agree(complaint: Complaint, head: User, digest: str, monday: Any) -> Callable[[], Any]:
    """Return a press on "agree" for the text that was shown."""
    return lambda: answers.agree(
        Complaint.objects.get(pk=complaint.pk), actor=head, at=monday, level=LEVEL, digest=digest
    )


def send_back(complaint: Complaint, head: User, digest: str, monday: Any) -> Callable[[], Any]:
    """Return a press on "return" for the same text."""
    return lambda: answers.send_back(
        Complaint.objects.get(pk=complaint.pk), actor=head, at=monday, level=LEVEL, digest=digest,
        note="Perbaiki",
    )  # fmt: skip


def codes(said: list[Any]) -> list[str]:
    return sorted(one.code if isinstance(one, DomainError) else "done" for one in said)


def held_open(monkeypatch: Any) -> Callable[[], bool]:
    """Hold the first lock until a second press is seen waiting for the same row."""
    locked, gate = threading.Event(), threading.Event()
    plain = transitions.lock

    def lock_and_wait(subject: Any) -> Any:
        fresh = plain(subject)
        if not locked.is_set():
            locked.set()
            gate.wait(PATIENCE)
        return fresh

    monkeypatch.setattr(transitions, "lock", lock_and_wait)

    def open_the_gate() -> bool:
        locked.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not (seen := waiting_for_a_lock()):
            time.sleep(0.02)
        gate.set()
        return seen

    return open_the_gate


def test_two_presses_on_agree_are_one(drafted, monday, monkeypatch):
    complaint, head, digest = drafted
    press = agree(complaint, head, digest, monday)
    said = at_once(press, press, held_open(monkeypatch))
    assert said[2] is True
    assert codes(said[:2]) == ["done", "nothing_to_agree"]
    assert Approval.objects.filter(level=LEVEL).count() == 1
    assert complaint.records.filter(event="setujui_jawaban").count() == 1


def test_agreeing_and_returning_at_once_is_one_of_them(drafted, monday, monkeypatch):
    complaint, head, digest = drafted
    said = at_once(
        agree(complaint, head, digest, monday), send_back(complaint, head, digest, monday),
        held_open(monkeypatch),
    )  # fmt: skip
    assert said[2] is True
    assert codes(said[:2]) == ["done", "nothing_to_agree"]
    assert Approval.objects.filter(level=LEVEL).count() == 1


def test_without_the_lock_both_would_go_through(drafted, monday, monkeypatch):
    """The positive control: both past the check before either writes; only the key is left."""
    complaint, head, digest = drafted
    both = threading.Barrier(2, timeout=PATIENCE)
    passed: list[int] = []

    def no_lock(subject: Any) -> Any:
        fresh = type(subject)._default_manager.get(pk=subject.pk)
        if len(passed) < 2:
            passed.append(fresh.pk)
        return fresh

    plain = answers._record

    def together(*args: Any, **facts: Any) -> None:
        both.wait()
        plain(*args, **facts)

    monkeypatch.setattr(transitions, "lock", no_lock)
    monkeypatch.setattr(answers, "_record", together)
    press = agree(complaint, head, digest, monday)
    said = at_once(press, press)
    assert any(isinstance(one, IntegrityError) for one in said), said


def test_a_mail_is_sent_once_however_often_it_is_pressed(drafted, monday, monkeypatch):
    complaint, head, digest = drafted
    agree(complaint, head, digest, monday)()
    owner = Complaint.objects.get(pk=complaint.pk).owner
    assert owner is not None

    def press() -> Any:
        one = Complaint.objects.get(pk=complaint.pk)
        return sending.send_answer(one, actor=owner, at=monday, dispatch=sending.Dispatch("email"))

    said = at_once(press, press, held_open(monkeypatch))
    assert said[2] is True
    assert codes(said[:2]) == ["already_sending", "done"]
    assert Notice.objects.filter(template="complaints/answer").count() == 1
    assert Answer.objects.exclude(sent_through="").count() == 1


def test_two_workers_confirm_one_delivery(drafted, monday, monkeypatch):
    complaint, head, digest = drafted
    agree(complaint, head, digest, monday)()
    one = Complaint.objects.get(pk=complaint.pk)
    assert one.owner is not None
    sending.send_answer(one, actor=one.owner, at=monday, dispatch=sending.Dispatch("email"))
    Notice.objects.filter(template="complaints/answer").update(
        job_status="selesai", sent_at=monday, message_id="<1@uji>"
    )
    sweep = lambda: sending.confirm_deliveries(monday)  # noqa: E731
    said = at_once(sweep, sweep, held_open(monkeypatch))
    assert said[2] is True
    assert sorted(one.done for one in said[:2]) == [0, 1]
    assert complaint.records.filter(event="kirim_jawaban").count() == 1
