"""Two officers and two workers at the very same moment, on real row locks.

Each race is held open on purpose: the first one stands inside its transaction until the second is
known to wait, so the outcome does not hang on luck. The control shows the race without the lock.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from demo import samples
from notices.models import Notice
from permits.models import Application, ApplicationDeadline, CertificateNumber, NumberRegister
from permits.services import applications, numbers, parts
from standards.domain.steps import StepKind
from tests.factories.accounts import make_office, make_officer, make_user
from tests.factories.base import base_cast
from tests.factories.permits import Cast, make_accepted, make_submitted
from tests.factories.races import at_once, waiting_for_a_lock
from tests.factories.standards import (
    STEPS,
    make_procedure,
    make_service,
    make_standard,
    position_of,
)
from workflow import transitions
from workflow.domain.errors import DomainError

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PATIENCE = 10.0


@pytest.fixture
def sent(monday):
    cast = base_cast()
    application = make_submitted(cast, monday)
    samples.judge(application, monday)
    return cast, application


def press(cast, application, monday) -> Callable[[], Any]:
    """Return the officer's press on "complete and correct" for the visit that was shown."""
    seen, officer = application.current_step_id, cast.at("front-office")
    return lambda: applications.declare_complete(
        Application.objects.get(pk=application.pk), actor=officer, at=monday, visit=seen
    )


def test_two_presses_at_once_start_one_clock(sent, monday, monkeypatch):
    cast, application = sent
    locked, gate = threading.Event(), threading.Event()
    plain = transitions.lock

    def lock_and_wait(subject):
        fresh = plain(subject)
        if not locked.is_set():
            locked.set()
            gate.wait(PATIENCE)  # the second press must be seen waiting for this row
        return fresh

    monkeypatch.setattr(transitions, "lock", lock_and_wait)

    def open_the_gate() -> bool:
        locked.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not (seen := waiting_for_a_lock()):
            time.sleep(0.02)
        gate.set()
        return seen

    answers = at_once(
        press(cast, application, monday), press(cast, application, monday), open_the_gate
    )
    assert answers[2] is True
    codes = sorted(a.code if isinstance(a, DomainError) else "done" for a in answers[:2])
    assert codes == ["done", "step_moved"]
    assert application.clock_events.count() == 1


def test_without_the_lock_both_presses_would_go_through(sent, monday, monkeypatch):
    """The positive control: the same two presses, both past the check before either writes."""
    cast, application = sent
    both = threading.Barrier(2, timeout=PATIENCE)
    passed: list[int] = []

    def no_lock(subject):
        fresh = type(subject)._default_manager.get(pk=subject.pk)
        if len(passed) < 2:
            passed.append(fresh.current_step_id)
            both.wait()
        return fresh

    monkeypatch.setattr(transitions, "lock", no_lock)
    at_once(press(cast, application, monday), press(cast, application, monday))
    assert passed == [application.current_step_id] * 2  # both saw the file on the desk


def test_numbers_taken_at_once_are_gapless_and_unique(sent, monday):
    cast, _application = sent
    office = cast.office

    def take_many() -> list[int]:
        return [numbers.take(office, "serempak", 2026)[1] for _turn in range(25)]

    taken = at_once(take_many, take_many, take_many, take_many)
    assert sorted(value for mine in taken for value in mine) == list(range(1, 101))
    assert NumberRegister.objects.get(kind="serempak").last == 100
    assert not CertificateNumber.objects.exists()


@pytest.mark.parametrize("side_by_side", [False, True])
def test_two_performers_at_once_are_both_kept_and_the_desk_is_told_once(
    monday, monkeypatch, side_by_side
):
    """Further performers of one step, or rows that run side by side: the step begins once."""
    office = make_office()
    rows = tuple(
        (StepKind.WORK, who, "", 1, "hari_kerja", None, {"parallel": who != "Tim Teknis"})
        for who in ("Back Office", "Sekretaris", "Tim Teknis")
    )
    procedure = make_procedure(office, (*STEPS[:2], *(rows if side_by_side else ()), *STEPS[2:]))
    if not side_by_side:
        step = procedure.steps.get(kind=StepKind.INSPECT)
        step.performers.set(procedure.roles.filter(label__in=["Back Office", "Sekretaris"]))
    version = make_standard(make_service(office), procedure)
    desks = ("front-office", "tim-teknis", "back-office", "sekretaris", "kepala-dinas")
    officers = {code: make_officer(position_of(office, code)) for code in desks}
    cast = Cast(office, version.service, version, make_user(), make_user(), officers)
    application = make_accepted(cast, monday)
    locked, gate = threading.Event(), threading.Event()
    plain = transitions.lock

    def lock_and_wait(subject):
        fresh = plain(subject)
        if not locked.is_set():
            locked.set()
            gate.wait(PATIENCE)
        return fresh

    monkeypatch.setattr(transitions, "lock", lock_and_wait)

    def give(code: str) -> Callable[[], Any]:
        part = application.parts.get(position__code=code)
        return lambda: parts.give_part(
            Application.objects.get(pk=application.pk), actor=cast.at(code), at=monday,
            part=part.pk, opinion="tidak_keberatan",
        )  # fmt: skip

    def open_the_gate() -> bool:
        locked.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not (seen := waiting_for_a_lock()):
            time.sleep(0.02)
        gate.set()
        return seen

    answers = at_once(give("back-office"), give("sekretaris"), open_the_gate)
    assert answers[2] is True
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert not application.parts.open().exists()
    told = Notice.objects.filter(template="permits/parts_in")
    assert told.count() == told.values("recipient").distinct().count() == 1
    begun = application.deadlines.filter(kind=ApplicationDeadline.Kind.STEP, met_at=None)
    assert begun.count() == 1
