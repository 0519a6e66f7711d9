"""The past is counted by the right calendar, and the same however often it is counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from accounts.models import Position
from boards.domain import figures
from boards.models import ClockTally, FileTally, HandTally, StepTally, Tallied
from boards.selectors import past
from boards.services.counting import count_new, recount
from permits.models import (
    ApplicationStep,
)
from tests.boards.oracle import facts_of
from tests.boards.world import slow_minutes, write_world
from tests.factories.partners import make_partner_cast
from tests.factories.permits import NOON
from workflow.calendars import calendar_of
from workflow.models import Holiday, HolidayKind

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 7, 1), date(2026, 11, 1)
NOT_WORKED = ("dilewati", "dihentikan")


@pytest.fixture
def stories(cast):
    made = write_world(cast, 60)
    recount(cast.office, at=NOON)
    return made


def test_time_at_a_partner_body_is_counted_by_its_own_calendar():
    cast, partner = make_partner_cast()
    for day in range(3, 29, 2):
        Holiday.objects.create(
            on=date(2026, 9, day), name="Hari jadi dinas", kind="libur_daerah", office=partner.body
        )
    stories = write_world(cast, 60)
    recount(cast.office, at=NOON)
    facts = facts_of(cast.office)
    steps: dict[int, list[int]] = defaultdict(list)
    for row in facts.visits:
        steps[row.step].append(row.minutes)
    assert {
        one.step.pk: (one.visits, one.average, one.longest)
        for one in past.steps(cast.office, FIRST, LAST)
    } == {key: (len(all_), sum(all_) // len(all_), max(all_)) for key, all_ in steps.items()}
    positions = Position.objects.filter(office__in=[cast.office, partner.body])
    seats = list(positions.values_list("pk", flat=True))
    work: dict[int, Counter[str]] = defaultdict(Counter)
    for done in facts.work:
        work[done.officer].update(held=done.held, minutes=done.minutes, finished=done.finished)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for one in past.officers(cast.office, FIRST, LAST, seats, NOON):
        found[one.officer].update(held=one.held, minutes=one.minutes, finished=one.finished)
    assert found == work
    at_body = [
        visit
        for story in stories
        for visit in story.visits
        if visit.finished_at < NOON and visit.step.desk == partner.desk
    ]
    own, office = calendar_of(partner.body), calendar_of(cast.office)
    assert any(
        slow_minutes(visit.handed_over_at, visit.finished_at, own)
        != slow_minutes(visit.handed_over_at, visit.finished_at, office)
        for visit in at_body
    )


def test_a_later_holiday_of_a_partner_body_moves_no_figure():
    cast, partner = make_partner_cast()
    write_world(cast, 30)
    bare = ApplicationStep.objects.filter(step__role__position=partner.desk, deadlines=None)
    assert bare.count() > 3
    recount(cast.office, at=NOON)
    once = tables()
    for day in range(1, 30):
        Holiday.objects.create(
            on=date(2026, 9, day), name="Baru", kind="libur_daerah", office=partner.body
        )
    recount(cast.office, at=NOON)
    assert tables() == once


def tables() -> list[list[tuple]]:
    """Return all figures, without their keys."""
    names = {
        model: [f.attname for f in model._meta.fields if f.name != "id"]
        for model in (FileTally, StepTally, HandTally, ClockTally)
    }
    return [sorted(model.objects.values_list(*f), key=str) for model, f in names.items()]


def test_counted_twice_or_each_night_or_from_nothing_it_is_the_same(cast, stories):
    once = tables()
    assert count_new(NOON + timedelta(days=1)).done == 1
    assert count_new(NOON + timedelta(days=1, hours=1)).done == 0  # counted this night
    assert tables() == once
    recount(cast.office, at=NOON - timedelta(days=40))  # an older one that took long
    assert tables() == once
    assert Tallied.objects.get(office=cast.office).counted_at == NOON + timedelta(days=1)
    Tallied.objects.all().delete()
    for days in (60, 40, 20, 0):
        count_new(NOON - timedelta(days=days))
    assert tables() == once


def test_a_holiday_entered_later_moves_no_figure(cast, stories):
    once = tables()
    for day in (5, 6, 7, 12, 13):
        kind = HolidayKind.JOINT_LEAVE
        Holiday.objects.create(on=date(2026, 8, day), name="Baru", kind=kind, decree="SKB")
    recount(cast.office, at=NOON)
    assert tables() == once


def test_what_was_skipped_is_no_time_of_a_step(cast, stories):
    visits = ApplicationStep.objects.exclude(outcome__in=NOT_WORKED).count()
    rows = StepTally.objects.values_list("visits", flat=True)
    assert sum(rows) == visits < ApplicationStep.objects.count()


@pytest.mark.parametrize(
    ("values", "middle_of", "most"),
    [
        ([], None, None),
        ([3], 3, 3),
        ([1, 2], 1.5, 2),
        ([1] * 9 + [50], 1, 1),
        ([1] * 8 + [9, 50], 1, 9),
    ],
)
def test_medians_and_percentiles(values, middle_of, most):
    counts = Counter(values)
    assert (figures.median(counts), figures.percentile(counts, 90)) == (middle_of, most)


def test_a_share_is_rounded_down_and_none_of_nothing():
    assert [figures.share(*pair) for pair in ((999, 1000), (10, 10), (0, 0))] == [99, 100, None]
