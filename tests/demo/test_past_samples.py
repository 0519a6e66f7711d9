"""The year behind the demo tells one story: late files are late at their long step."""

from __future__ import annotations

from datetime import date

import pytest

from boards.domain.months import Span, back, bounds
from boards.selectors import past
from demo import past_samples
from permits.models import Application, ApplicationStep
from standards.domain.steps import StepKind
from tests.factories.permits import NOON, Cast

pytestmark = pytest.mark.django_db


def test_late_files_of_the_demo_passed_the_standard_time_of_their_inspection(cast: Cast) -> None:
    assert past_samples.write(NOON) > 60
    first, last = bounds(Span.YEAR, cast.office.local_date(NOON))
    [figures] = past.services(first, last, office=cast.office)
    late = figures.with_promise - figures.on_time
    assert 0 < late < figures.answered / 4
    steps = {one.step.kind: one for one in past.steps(cast.office, first, last)}
    stuck = steps[StepKind.INSPECT]
    assert next(iter(steps.values())) == stuck
    assert stuck.over >= late
    others = [one for one in steps.values() if one != stuck]
    assert all(one.timed == one.visits for one in steps.values() if one.step.role.position)
    assert all(one.over < one.visits / 5 for one in others)
    assert any(one.over for one in others)


def test_visits_of_the_demo_follow_one_another_within_their_file(cast: Cast) -> None:
    past_samples.write(NOON)
    for file in Application.objects.filter(office=cast.office):
        visits = list(file.steps.order_by("pk"))
        assert visits[0].handed_over_at == file.submitted_at
        assert visits[-1].finished_at == file.closed_at
        spans = [(one.handed_over_at, one.finished_at or NOON) for one in visits]
        assert all(began <= ended for began, ended in spans)
        assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False))
        back = [one for one in visits if one.outcome == ApplicationStep.Outcome.RETURNED]
        assert len(back) == file.records.filter(to="dikembalikan").count()


@pytest.mark.parametrize("month", range(1, 13))
def test_the_last_year_that_has_ended_has_a_quarter_of_files(month: int) -> None:
    """An office that measures by the year has something to report, whenever the demo is made."""
    this_month = date(2026, month, 1)
    assert past_samples.earliest(this_month) <= date(2025, 10, 1)
    assert past_samples.earliest(this_month) <= back(this_month, 13)
