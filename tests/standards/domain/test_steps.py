"""What must hold of an SOP, and that what holds can be walked to its end from everywhere."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permits.domain import sop
from standards.domain.completeness import procedure_faults
from standards.domain.steps import (
    RECORDING,
    Phase,
    Step,
    StepClock,
    StepKind,
    clock_of,
    faults,
    met_at,
    order_of,
    phase,
    runs,
    time_words,
    visited,
)
from standards.domain.versions import ProcedureText, RoleText, StepText

WAY = (
    StepKind.FILE, StepKind.CHECK, StepKind.DRAFT, StepKind.SIGN, StepKind.NUMBER,
    StepKind.HAND_OVER,
)  # fmt: skip
FREE = (StepKind.WORK, StepKind.INSPECT, StepKind.PAY, StepKind.SURVEY)


def steps_of(*kinds: StepKind) -> list[Step]:
    return [Step(place, place, kind) for place, kind in enumerate(kinds, start=1)]


def moved(kind: StepKind, place: int) -> list[Step]:
    """Return the way with the step of ``kind`` put at ``place``."""
    kinds = [each for each in WAY if each is not kind]
    kinds.insert(place, kind)
    return steps_of(*kinds)


BEFORE_LAST = steps_of(*WAY[:-1])


def test_the_way_of_the_paper_is_enough() -> None:
    assert faults(steps_of(*WAY)) == []


@pytest.mark.parametrize("kind", WAY)
def test_each_step_of_the_way_is_there_once(kind: StepKind) -> None:
    without = [each for each in WAY if each is not kind]
    assert faults(steps_of(*without)) == faults(steps_of(*WAY, kind))
    assert len(faults(steps_of(*without))) == 1


@pytest.mark.parametrize("place", range(1, 7))
@pytest.mark.parametrize("kind", FREE)
def test_other_work_stands_anywhere_after_filing(kind: StepKind, place: int) -> None:
    assert faults(steps_of(*WAY[:place], kind, *WAY[place:])) == []


def test_before_filing_there_is_only_ordinary_work_and_it_needs_no_desk() -> None:
    told, *rest = steps_of(StepKind.WORK, *WAY)
    assert faults([replace(told, has_desk=False), *rest]) == []
    paid = steps_of(StepKind.PAY, *WAY)
    assert faults(paid) == ["procedure_acts_before_filing"]


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        (moved(StepKind.CHECK, 0), "procedure_check_out_of_order"),
        (moved(StepKind.CHECK, 2), "procedure_check_out_of_order"),
        (moved(StepKind.SIGN, 4), "procedure_signs_out_of_order"),
        (moved(StepKind.DRAFT, 3), "procedure_signs_out_of_order"),
        (moved(StepKind.HAND_OVER, 4), "procedure_hands_over_too_early"),
        (steps_of(*WAY, StepKind.INITIAL), "procedure_signs_out_of_order"),
        ([*BEFORE_LAST, Step(6, 6, WAY[-1], has_desk=False)], "procedure_step_without_desk"),
        ([*BEFORE_LAST, Step(6, 6, WAY[-1], returns_to=6)], "procedure_returns_forward"),
    ],
)
def test_what_does_not_hold_is_named(steps: list[Step], code: str) -> None:
    assert code in faults(steps)


@pytest.mark.parametrize("kind", StepKind)
def test_only_what_moves_no_paper_may_be_skipped(kind: StepKind) -> None:
    steps = steps_of(*WAY[:3], StepKind.INITIAL, *FREE, *WAY[3:])
    skipped = [replace(step, optional=step.kind is kind) for step in steps]
    expected = [] if kind in FREE else ["procedure_skips_what_must_be"]
    assert faults(skipped) == expected


@pytest.mark.parametrize("kind", WAY)
def test_the_clock_never_stands_where_the_office_makes_the_paper(kind: StepKind) -> None:
    standing = [
        replace(step, clock=StepClock.NOT_COUNTED if step.kind is kind else StepClock.RUNS)
        for step in steps_of(*WAY)
    ]
    assert faults(standing) == ["procedure_clock_stands_at_paper"]


def test_whose_time_a_step_is() -> None:
    assert clock_of(StepKind.PAY, "") is StepClock.APPLICANT
    assert clock_of(StepKind.PAY, "berjalan") is StepClock.RUNS
    assert clock_of(StepKind.WORK, "") is StepClock.RUNS
    assert clock_of(StepKind.SURVEY, "lembaga") is StepClock.OTHER_BODY
    assert [clock for clock in StepClock if clock.stands] == [
        StepClock.APPLICANT, StepClock.OTHER_BODY, StepClock.NOT_COUNTED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(None, None, ""), (None, 3, "3 hari"), (2, 3, "2-3 hari")],
)
def test_a_standard_time_is_a_value_or_a_range(
    least: int | None, most: int | None, words: str
) -> None:
    assert time_words(least, most, "hari") == words


def test_phases() -> None:
    steps = steps_of(StepKind.WORK, *WAY, StepKind.WORK)
    filed, handed_over = order_of(steps, StepKind.FILE), order_of(steps, StepKind.HAND_OVER)
    found = [phase(step.order, filed, handed_over) for step in steps]
    assert found == [Phase.BEFORE, *[Phase.RUN] * 6, Phase.AFTER]
    assert phase(3, None, None) is Phase.RUN


def beside(*kinds: StepKind, meeting: StepKind = StepKind.WORK, **more: Any) -> list[Step]:
    """An SOP whose rows 3 and following are of ``kinds``, side by side, and meet at the next."""
    steps = steps_of(*WAY[:2], *kinds, meeting, *WAY[2:])
    last = 2 + len(kinds)
    steps[2:last] = [replace(step, parallel=True) for step in steps[2:last]]
    steps[last] = replace(steps[last], **more)
    return steps


def test_rows_side_by_side_are_no_visits_but_parts_of_the_row_at_which_they_meet() -> None:
    steps = beside(StepKind.WORK, StepKind.WORK)
    assert faults(steps) == []
    check, first, second, meeting = steps[1:5]
    assert sop.after(steps, check) is meeting
    assert met_at(steps, meeting) == [first, second]
    assert met_at(steps, steps[5]) == met_at(steps, second) == met_at(steps, check) == []
    assert sop.earlier(steps, steps[5]) == [check, meeting]
    assert sop.sent_back_to(steps, meeting) is check
    assert runs(steps)[2] == [first, second]
    assert visited(steps) == [*steps[:2], *steps[4:]]


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        (beside(StepKind.WORK, StepKind.INSPECT), "procedure_parallel_wrong_kind"),
        (beside(StepKind.WORK, meeting=StepKind.PAY), "procedure_parallel_never_meets"),
        (beside(StepKind.WORK, meeting=StepKind.SURVEY), "procedure_parallel_never_meets"),
        (beside(StepKind.WORK, optional=True), "procedure_parallel_never_meets"),
    ],
)
def test_what_cannot_run_side_by_side_is_named(steps: list[Step], code: str) -> None:
    assert faults(steps) == [code]


@pytest.mark.parametrize("place", [0, 1, 6])
def test_rows_run_side_by_side_after_the_check_and_before_the_hand_over(place: int) -> None:
    kinds = [*WAY]
    kinds.insert(place, StepKind.WORK)
    steps = [replace(step, parallel=at == place) for at, step in enumerate(steps_of(*kinds))]
    assert [code for code in faults(steps) if "parallel" in code]


@st.composite
def procedures(draw: st.DrawFn) -> list[Step]:
    """Any rows of any kinds, more often than not nearly sound."""
    extra = draw(st.lists(st.sampled_from([*FREE, StepKind.INITIAL]), max_size=6))
    kinds = list(WAY)
    for kind in extra:
        kinds.insert(draw(st.integers(0, len(kinds))), kind)
    if draw(st.integers(0, 4)) == 0:
        kinds = draw(st.permutations(kinds))
    orders = sorted(draw(st.sets(st.integers(1, 99), min_size=len(kinds), max_size=len(kinds))))
    pks = draw(st.permutations(range(1, len(kinds) + 1)))
    edges = st.one_of(st.none(), st.sampled_from(pks))
    steps = [
        Step(
            pk, order, kind, returns_to=draw(edges) if draw(st.booleans()) else None,
            optional=kind in FREE and draw(st.booleans()),
            parallel=kind in (StepKind.WORK, StepKind.PAY) and draw(st.booleans()),
            has_desk=draw(st.integers(0, 30)) > 0,
        )
        for pk, order, kind in zip(pks, orders, kinds, strict=True)
    ]  # fmt: skip
    return draw(st.permutations(steps))


# on a busy machine drawing an SOP is slow, which says nothing about it
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(procedures())
def test_what_is_accepted_is_walked_to_an_end_from_every_state(steps: list[Step]) -> None:
    """From the filing, forwards and along every way back, a file reaches its end everywhere."""
    if faults(steps):
        return
    filing = sop.first(steps, StepKind.FILE)
    reached, to_visit = set(), [filing]
    while to_visit:
        here = to_visit.pop()
        if here.pk in reached:
            continue
        reached.add(here.pk)
        assert here is filing or here.has_desk
        back = sop.sent_back_to(steps, here)
        assert back is None or back in sop.earlier(steps, here)
        to_visit += sop.earlier(steps, here)
        following = sop.after(steps, here)
        assert following is None or following.order > here.order
        to_visit += [following] if following else []
        assert walked(steps, here)[-1] == max(visited(steps), key=lambda step: step.order)
    met = {row.pk for step in steps if step.pk in reached for row in met_at(steps, step)}
    assert {step.pk for step in steps if step.order >= filing.order} == reached | met
    assert not any(step.parallel for step in steps if step.pk in reached)
    assert {step.pk for step in steps if step.parallel} == met
    kinds = [step.kind for step in walked(steps, filing)]
    places = [kinds.index(kind) for kind in WAY]
    assert places == sorted(places)


def walked(steps: list[Step], here: Step) -> list[Step]:
    """Return ``here`` and what follows it, to the end."""
    way = [here]
    while (following := sop.after(steps, way[-1])) is not None:
        way.append(following)
    return way


@st.composite
def shared(draw: st.DrawFn) -> ProcedureText:
    """One step with any further performers: columns without a position, or of one position."""
    labels = ["Pemohon", "A", "B", "C", "D"]
    roles = [RoleText(1, labels[0], None)]
    for order, label in enumerate(labels[1:], 2):
        roles.append(RoleText(order, label, draw(st.one_of(st.none(), st.integers(1, 4)))))
    performers = draw(st.lists(st.sampled_from(labels), unique=True, max_size=4))
    step = StepText(
        order=1, printed_number="1", kind=draw(st.sampled_from(list(StepKind))),
        activity="…", role=draw(st.sampled_from(labels)), performers=tuple(performers),
    )  # fmt: skip
    return ProcedureText(1, "sop", "SOP", "", "", "", tuple(roles), (step,))


@given(shared(), st.randoms(use_true_random=False))
def test_the_parts_of_an_accepted_step_can_be_given_in_any_order(
    procedure: ProcedureText, chance: Random
) -> None:
    """Everybody can give theirs, nobody owes two, and the desk is left to finish the step."""
    step = procedure.steps[0]
    found = {fault.code for fault in procedure_faults(procedure, None)}
    if found & {"performers_wrong_kind", "performer_without_position", "performer_twice"}:
        return
    positions = {role.label: role.position for role in procedure.roles}
    owed = [positions[label] for label in step.performers]
    assert not owed or step.kind in RECORDING
    chance.shuffle(owed)
    given_by: set[int] = set()
    for position in owed:
        assert position is not None
        assert position not in given_by
        given_by.add(position)
    assert positions[step.recorded_by or step.role] not in given_by
