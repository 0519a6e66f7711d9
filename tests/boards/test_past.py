"""Every figure of the past equals a slow, obvious computation from the raw records."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

import pytest

from accounts.models import Position
from boards.domain import figures
from boards.models import ClockTally, FileTally, HandTally, StepTally, Tallied
from boards.selectors import past
from boards.services.counting import count_new, recount
from permits.models import (
    ApplicationClockEvent,
    ApplicationDeadline,
    ApplicationStep,
    RequirementVerdict,
    StepPart,
)
from tests.boards.world import slow_days, slow_minutes, write_world
from tests.factories.partners import make_partner_cast
from tests.factories.permits import NOON
from workflow.calendar_versions import keep
from workflow.calendars import calendar_of
from workflow.domain.clock import ClockKind, Unit
from workflow.models import Holiday, HolidayKind

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 8, 1), date(2026, 10, 1)
NOT_WORKED = ("dilewati", "dihentikan")


@pytest.fixture
def stories(cast):
    made = write_world(cast, 60)
    recount(cast.office, at=NOON)
    return made


def within(at: datetime | None) -> bool:
    """Whether an instant lies in the three months that are asked about."""
    return at is not None and datetime(2026, 8, 1, tzinfo=NOON.tzinfo) <= at < datetime(
        2026, 11, 1, tzinfo=NOON.tzinfo
    )


def middle(values: list[int]) -> float:
    """Return the median, by sorting."""
    ranked = sorted(values)
    return (ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) / 2


def nine_of_ten(values: list[int]) -> int:
    """Return the smallest value that is enough for ninety of a hundred."""
    return next(v for v in sorted(values) if 10 * sum(x <= v for x in values) >= 9 * len(values))


def test_days_beside_the_promise(cast, stories):
    calendar = calendar_of(cast.office)
    done = [story for story in stories if story.answered and within(story.stop)]
    net = [slow_days(story, calendar, pauses=True) for story in done]
    gross = [slow_days(story, calendar, pauses=False)[0] for story in done]
    days = [used for used, _late in net]
    [found] = past.services(FIRST, LAST, office=cast.office)
    assert len(done) > 15
    assert any(late for _used, late in net)
    assert (found.answered, found.on_time) == (len(done), sum(not late for _used, late in net))
    assert (found.median, found.most) == (middle(days), nine_of_ten(days))
    assert (found.gross_median, found.gross_most) == (middle(gross), nine_of_ten(gross))
    assert found.returns == Counter(len(story.returns) for story in done)
    assert found.promises == {5}


def test_time_per_step_and_what_each_officer_had_in_hand(cast, stories):
    compare_visits(cast, stories, cast.office.positions.values_list("pk", flat=True))


def test_time_at_a_partner_body_is_counted_by_its_own_calendar():
    cast, partner = make_partner_cast()
    for day in range(3, 29, 2):
        Holiday.objects.create(
            on=date(2026, 9, day), name="Hari jadi dinas", kind="libur_daerah", office=partner.body
        )
    stories = write_world(cast, 60)
    recount(cast.office, at=NOON)
    positions = Position.objects.filter(office__in=[cast.office, partner.body])
    compare_visits(cast, stories, positions.values_list("pk", flat=True))
    at_body = [
        visit
        for story in stories
        for visit in story.visits
        if within(visit.finished_at) and visit.step.desk == partner.desk
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
    version = keep(calendar_of(partner.body))
    rows = ApplicationDeadline.objects.filter(kind=ApplicationDeadline.Kind.STEP)
    of_body = [
        row.pk for row in rows.select_related("visit") if row.visit.step.desk == partner.desk
    ]
    assert rows.filter(pk__in=of_body).update(calendar_version=version) > 3
    bare = ApplicationStep.objects.exclude(deadlines__in=of_body)
    for visit in bare.filter(step__role__position=partner.desk):
        ApplicationDeadline.objects.create(
            application=visit.application, visit=visit, kind=ApplicationDeadline.Kind.STEP,
            term_amount=60, term_unit=Unit.WORK_MINUTE, started_at=visit.handed_over_at,
            met_at=visit.finished_at, calendar_version=version,
        )  # fmt: skip
    for part in StepPart.objects.filter(position=partner.desk):
        ApplicationDeadline.objects.create(
            application=part.application, visit=part.visit, part=part,
            kind=ApplicationDeadline.Kind.PART, term_amount=60, term_unit=Unit.WORK_MINUTE,
            started_at=part.asked_at, met_at=part.finished_at, calendar_version=version,
        )  # fmt: skip
    recount(cast.office, at=NOON)
    once = tables()
    for day in range(1, 30):
        Holiday.objects.create(
            on=date(2026, 9, day), name="Baru", kind="libur_daerah", office=partner.body
        )
    recount(cast.office, at=NOON)
    assert tables() == once


def compare_visits(cast, stories, positions):
    """Hold the figures of steps and officers against a slow count of each visit."""
    calendars = {None: calendar_of(cast.office)}
    steps: dict[int, list[int]] = defaultdict(list)
    over: Counter[int] = Counter()
    held: dict[int, list[int]] = defaultdict(list)
    finished: Counter[int] = Counter()
    for story in stories:
        for visit in story.visits:
            if not within(visit.finished_at) or visit.outcome in NOT_WORKED:
                continue
            desk = visit.step.desk
            office = None if desk is None or desk.office == cast.office else desk.office
            calendar = calendars.setdefault(office, calendar_of(office or cast.office))
            spent = slow_minutes(visit.handed_over_at, visit.finished_at, calendar)
            steps[visit.step_id].append(spent)
            over[visit.step_id] += any(d.due_at < visit.finished_at for d in visit.deadlines.all())
            if visit.step.desk is None:
                continue
            since = visit.received_at or visit.handed_over_at
            owner = visit.received_by_id or visit.finished_by_id
            held[owner].append(slow_minutes(since, visit.finished_at, calendar))
            finished[visit.finished_by_id] += 1
        for part in story.parts:
            if within(part.finished_at) and part.finished_by_id:
                desk = part.position.office
                office = None if desk == cast.office else desk
                calendar = calendars.setdefault(office, calendar_of(desk))
                spent = slow_minutes(part.asked_at, part.finished_at, calendar)
                held[part.finished_by_id].append(spent)
                finished[part.finished_by_id] += 1
    found = {one.step.pk: one for one in past.steps(cast.office, FIRST, LAST)}
    assert {
        key: (one.visits, one.average, one.longest, one.over) for key, one in found.items()
    } == {
        key: (len(spent), sum(spent) // len(spent), max(spent), over[key])
        for key, spent in steps.items()
    }
    sums: dict[int, Counter[str]] = defaultdict(Counter)
    for one in past.officers(cast.office, FIRST, LAST, list(positions), NOON):
        sums[one.officer].update(held=one.held, minutes=one.minutes, finished=one.finished)
    for officer in {*held, *finished}:
        mine = held[officer]
        wanted = {"held": len(mine), "minutes": sum(mine), "finished": finished[officer]}
        assert dict(sums[officer]) == wanted


def test_faults_and_the_honesty_of_the_clock(cast, stories):
    verdicts = [row for row in RequirementVerdict.objects.all() if within(row.at)]
    assert sum(n for *_names, n in past.faults(cast.office, FIRST, LAST)) == len(verdicts)
    events = [row for row in ApplicationClockEvent.objects.all() if within(row.recorded_at)]
    calendar = calendar_of(cast.office)
    brink = 0
    for story in stories:
        for nth, (paused, _resumed) in enumerate(story.pauses):
            earlier = story.pauses[:nth]
            shadow = type(story)(story.start, None, True, earlier)
            recorded = next(row for row in events_of(story) if row.at == paused).recorded_at
            brink += within(recorded) and _left(shadow, paused, calendar) in (0, 1)
    [(_name, found)] = past.clock_by_service(cast.office, FIRST, LAST)
    assert found == {
        "jeda": sum(row.kind == ClockKind.PAUSE for row in events),
        "mundur": sum(row.recorded_at > row.at for row in events),
        "kedua": sum(within(at) for story in stories for at in story.returns[1:]),
        "menjelang": brink,
    }
    assert brink


def events_of(story):
    return ApplicationClockEvent.objects.filter(application=story.visits[0].application_id)


def _left(story, at: datetime, calendar) -> int | None:
    """Return the working days from ``at`` to the promised day, counted as if nothing stopped it."""
    for ahead in range(60):
        story.stop = at + timedelta(days=ahead)
        story.stop = story.stop.replace(hour=23, minute=59)
        if slow_days(story, calendar, pauses=True)[0] >= 5:
            day = story.stop.date()
            today = at.astimezone(calendar.rules.zone).date()
            story.stop = at
            if slow_days(story, calendar, pauses=True)[1]:
                return None
            return calendar.count(today, day) if day >= today else None
    raise AssertionError(at)


def tables() -> list[list[tuple]]:
    """Return all figures, without their keys."""
    names = {
        model: [f.attname for f in model._meta.fields if f.name != "id"]
        for model in (FileTally, StepTally, HandTally, ClockTally)
    }
    return [sorted(model.objects.values_list(*f), key=str) for model, f in names.items()]


def test_counted_twice_or_each_night_or_from_nothing_it_is_the_same(cast, stories):
    once = tables()
    count_new(NOON + timedelta(minutes=1))
    count_new(NOON + timedelta(minutes=1))
    assert tables() == once
    recount(cast.office, at=NOON - timedelta(days=40))  # an older one that took long
    assert tables() == once
    assert Tallied.objects.get(office=cast.office).counted_at == NOON + timedelta(minutes=1)
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
