"""The time of a part is counted with the calendar of the body that owes it."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime, timedelta

import pytest
from time_machine import travel

from accounts.models import Position
from boards.services.facts import tallies
from notices.models import Notice
from permits import selectors
from permits.models import Application
from permits.selectors import Show
from permits.services import deadlines, recounts, visits
from permits.services.calendar_moves import Counter
from tests.factories.hearings import Hearing, close, make_hearing
from tests.factories.permits import NOON
from tests.factories.standards import position_of
from tests.permits.views.at_the_desk import get, words
from workflow import alarms
from workflow.calendars import calendar_of
from workflow.domain.clock import end_of

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 11, day) for day in (17, 18, 19, 20))


@pytest.fixture(scope="module")
def _story(module_world: None) -> Hearing:
    with travel(NOON, tick=False):
        return make_hearing(free=TUESDAY)


@pytest.fixture
def story(_story: Hearing, db: None, time_machine) -> Hearing:
    """Asked on Monday for two working days; the body has a free Tuesday of its own.

    It is played once for the module.
    """
    time_machine.move_to(NOON, tick=False)
    return deepcopy(_story)


def test_the_part_of_a_body_is_due_by_its_calendar_the_others_with_the_step(story: Hearing) -> None:
    body, own = story.part("Tim Teknis").deadline, story.part("Sekretaris").deadline
    assert own is None
    assert body is not None
    assert body.due_on == THURSDAY
    assert story.file.deadlines.get(kind="langkah", met_at=None).due_on == WEDNESDAY


def test_list_and_page_show_each_the_time_they_have_left(story: Hearing, time_machine) -> None:
    time_machine.move_to(NOON + timedelta(days=2), tick=False)
    for user in (story.coordinator, story.secretary):
        assert "Hari terakhir" in words(get(user, "worklist"))
        assert "Hari terakhir" in words(get(user, "desk_application", story.file))
    for page in (get(story.body, "worklist"), get(story.body, "desk_application", story.file)):
        assert "Sisa 1 hari kerja" in words(page)
        assert "Hari terakhir" not in words(page)
    shown = words(get(story.coordinator, "desk_application", story.file))
    assert "Paling lambat Kamis, 19 November 2026, menurut kalender lembaganya." in shown
    counted = words(get(story.coordinator, "desk_deadline", story.file))
    assert "3. Tim Teknis" in counted


def test_marks_and_superiors_follow_the_calendar_of_the_body(story: Hearing) -> None:
    def told(template: str, day: date) -> set[int]:
        alarms.watch_terms(datetime.combine(day, NOON.timetz()))
        rows = Notice.objects.filter(template=template)
        return set(rows.values_list("recipient", flat=True))

    late = told("permits/overdue", THURSDAY)
    assert {story.coordinator.pk, story.secretary.pk} <= late
    assert story.body.pk not in late
    assert story.body.pk in told("permits/overdue", FRIDAY)
    assert story.superior.pk in told("permits/escalated", FRIDAY)
    above = Notice.objects.get(template="permits/escalated", recipient=story.superior)
    assert above.context["desk"] == "Kepala Seksi Tata Ruang"
    page = words(get(story.coordinator, "desk_application", story.file))
    assert "Belum masuk, terlambat" in page


def test_a_holiday_of_the_body_after_the_due_day_moves_the_mark(story: Hearing) -> None:
    """The superior is told on the next working day of the body, not of the office."""
    close(story.desk.office, FRIDAY)
    alarms.watch_terms(datetime.combine(FRIDAY, NOON.timetz()))
    above = Notice.objects.filter(template="permits/escalated", recipient=story.superior)
    assert not above.exists()
    alarms.watch_terms(datetime.combine(date(2026, 11, 23), NOON.timetz()))
    assert above.exists()


def test_a_later_holiday_of_the_body_moves_its_parts_only(story: Hearing) -> None:
    body, office = story.desk.office, story.cast.office
    assert not Counter(body, NOON).outdated().exists()
    close(body, WEDNESDAY)
    counter = Counter(body, NOON)
    keys = list(counter.outdated().values_list("pk", flat=True))
    (move,) = counter.count(keys)[0]
    assert (move.row.kind, move.new_on) == ("bagian", FRIDAY)
    assert not Counter(office, NOON).outdated().exists()
    recounts.apply(NOON, actor=None)
    due = story.part("Tim Teknis").deadline
    assert due is not None
    assert due.due_on == FRIDAY


def test_what_is_owed_today_is_the_part_and_not_the_step(story: Hearing) -> None:
    zone = story.cast.office.zone

    def owed(seat: Position, day: date) -> list[str]:
        return [row.kind for row in selectors.due_at_desks([seat.pk], end_of(day, zone))]

    secretary = position_of(story.cast.office, "sekretaris")
    assert owed(secretary, WEDNESDAY) == ["langkah"]
    assert owed(story.desk, WEDNESDAY) == []
    assert owed(story.desk, THURSDAY) == ["bagian"]


def test_a_part_past_its_own_term_is_past_the_standard_time(story: Hearing) -> None:
    story.file.deadlines.filter(kind="langkah").delete()
    late = selectors.shown(Show.STEP_LATE, [], end_of(THURSDAY, story.cast.office.zone))
    assert list(Application.objects.filter(late)) == [story.file]
    early = selectors.shown(Show.STEP_LATE, [], end_of(WEDNESDAY, story.cast.office.zone))
    assert not Application.objects.filter(early).exists()


def test_giving_a_part_ends_its_term_and_the_end_of_the_step_those_of_others(
    story: Hearing,
) -> None:
    wednesday = NOON + timedelta(days=2)
    story.give("Tim Teknis", at=wednesday)
    given = story.part("Tim Teknis").deadline
    assert given is not None
    assert (given.met_at, given.breached_at) == (wednesday, None)
    visits.send_back(story.fresh(), actor=story.coordinator, at=wednesday, note="Periksa lagi.")
    assert not story.file.deadlines.running().filter(kind="bagian").exists()


def test_a_step_that_is_left_ends_the_terms_of_its_parts(story: Hearing) -> None:
    running = story.file.deadlines.running().filter(kind="bagian")
    assert running.count() == 1
    visits.send_back(story.file, actor=story.coordinator, at=NOON, note="Periksa lagi.")
    assert not running.exists()


def test_the_figures_count_the_time_of_a_body_with_its_calendar(story: Hearing) -> None:
    """Given on Wednesday: for the office two days after it was asked, for the body one."""
    office, at = story.cast.office, NOON + timedelta(days=2)
    for label in ("Tim Teknis", "Sekretaris"):
        story.give(label, at=at)
    month = NOON.date().replace(day=1)
    hands = tallies(office, month, month, at + timedelta(hours=1)).hands
    minutes = {key[2]: sums["minutes"] for key, sums in hands.items() if sums["finished"]}
    calendar = calendar_of(office)
    whole, day = calendar.minutes(NOON, at), calendar.minutes(NOON, NOON + timedelta(days=1))
    assert minutes[position_of(office, "sekretaris").pk] == whole
    assert minutes[story.desk.pk] == whole - day


def test_a_part_without_a_standard_time_keeps_the_calendar_of_its_asking(story: Hearing) -> None:
    part = story.part("Tim Teknis")
    body = part.position.office
    part.deadlines.all().delete()
    part.visit.step.standard_amount = None
    deadlines.open_part(part, story.file)
    part.refresh_from_db()
    assert not part.deadlines.exists()
    close(body, WEDNESDAY)
    assert selectors.part_calendars([part])[part.pk].is_workday(WEDNESDAY)
    assert not calendar_of(body).is_workday(WEDNESDAY)
