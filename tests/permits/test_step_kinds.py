"""Every kind of step has its entry, and what an entry names exists."""

from __future__ import annotations

import pytest
from django.template.loader import get_template

from permits import policies
from permits.forms import desk
from permits.step_kinds import (
    BESIDE_WORK,
    PAPER_INITIALS,
    PAPER_SIGNING,
    PAPER_WRITING,
    REFUSAL_WORK,
    STEP_KINDS,
    DeskWork,
    desk_work,
)
from standards.domain.steps import PASSED_ON, StepKind

WORKED = [entry.desk for entry in STEP_KINDS.values() if entry.desk is not None]
WORKED += [REFUSAL_WORK, PAPER_WRITING, PAPER_INITIALS, PAPER_SIGNING]


def test_every_kind_has_an_entry() -> None:
    assert set(STEP_KINDS) == set(StepKind)


def test_only_filing_is_no_officers_work() -> None:
    assert [kind for kind in StepKind if desk_work(kind) is None] == [StepKind.FILE]
    assert desk_work("") is None


@pytest.mark.parametrize("work", WORKED, ids=lambda work: str(work.task))
def test_what_an_entry_names_exists(work: DeskWork) -> None:
    assert callable(getattr(policies, work.policy))
    assert work.forms
    for name in work.forms:
        assert issubclass(getattr(desk, name), desk.DeskForm)
    assert get_template(work.template)


@pytest.mark.parametrize("work", WORKED, ids=lambda work: str(work.task))
def test_what_carries_an_application_on_is_among_its_forms(work: DeskWork) -> None:
    offered = {*work.forms, "PassForm"} if work.policy == "may_pay" else set(work.forms)
    assert work.carries
    assert set(work.carries) <= offered


def test_a_step_that_waits_for_rows_before_it_offers_nothing_that_carries_on() -> None:
    assert callable(getattr(policies, BESIDE_WORK.policy))
    assert (BESIDE_WORK.forms, BESIDE_WORK.carries) == ((), ())
    assert get_template(BESIDE_WORK.template)


def test_what_the_desk_passes_on_has_the_form_for_it() -> None:
    passing = {kind for kind in StepKind if (work := desk_work(kind)) and "PassForm" in work.forms}
    assert passing | {StepKind.PAY} == set(PASSED_ON)  # at a payment only if nothing is to be paid


def test_what_kinds_mean_for_the_walk() -> None:
    waiting = [kind for kind in StepKind if kind.waits_for_applicant]
    assert waiting == [StepKind.SURVEY, StepKind.HAND_OVER]
