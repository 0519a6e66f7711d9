"""Rows of an SOP that run side by side: each has its own words, term, condition and facts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Appointment
from boards.selectors import now as board
from boards.services.facts import tallies
from demo import samples
from notices.models import Notice
from permits import selectors
from permits.content.letters import routing_card
from permits.domain.lifecycle import Status
from permits.models import Application, ApplicationDeadline, StepPart
from permits.presenters import progress
from permits.presenters.acts import all_acts
from permits.presenters.deadlines import paused_by
from permits.presenters.recorded import recorded_rows
from permits.services import delays, parts, visits
from standards.domain.conditions import parse
from standards.domain.steps import StepClock, StepKind
from tests.factories.accounts import make_officer
from tests.factories.hearings import FINE, Hearing, make_side_by_side
from tests.factories.permits import NOON, make_accepted
from tests.factories.standards import position_of
from tests.permits.views.at_the_desk import get, press, words
from workflow import alarms
from workflow.calendars import calendars_of
from workflow.domain.clock import ClockKind
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
Kind = ApplicationDeadline.Kind
DAY = timedelta(days=1)


@pytest.fixture
def story(time_machine) -> Hearing:
    time_machine.move_to(NOON, tick=False)
    return make_side_by_side()


def refused(code: str, act: Any, *args: Any, **facts: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*args, **facts)
    assert caught.value.code == code
    return caught.value


def measure(story: Hearing, area: str = "80", **facts: Any) -> StepPart:
    return story.give("Tim Teknis", answers={"luas_ukur": area}, **facts)


def leave_out(story: Hearing, **facts: Any) -> StepPart:
    given = {
        "actor": story.coordinator, "at": NOON, "part": story.part("Sekretaris").pk,
        "note": "Tidak berdampak.", **facts,
    }  # fmt: skip
    return parts.pass_over(story.file, **given)


def running(story: Hearing, kind: str) -> list[ApplicationDeadline]:
    return list(story.file.deadlines.running().filter(kind=kind).order_by("part__step__order"))


def states(story: Hearing) -> dict[str, str]:
    """Return the state of each row on the page of the applicant, by its number."""
    rows = selectors.public_progress(story.fresh())
    return {row.step.printed_number: row.state for row in rows}


def test_rows_are_asked_at_once_and_the_step_at_which_they_meet_begins_after_the_last(
    story: Hearing,
) -> None:
    here = story.fresh().current_step
    assert here is not None
    assert here.step.printed_number == "5"
    assert [part.name for part in selectors.missing_parts(story.fresh())] == [
        "Tim Teknis (langkah 3)", "Sekretaris (langkah 4)",
    ]  # fmt: skip
    assert [(row.term_amount, row.due_on) for row in running(story, Kind.PART)] == [
        (2, date(2026, 11, 18)), (3, date(2026, 11, 19)),
    ]  # fmt: skip
    assert running(story, Kind.STEP) == []
    refused("rows_missing", visits.pass_on, story.file, actor=story.coordinator, at=NOON)
    measure(story, at=NOON + DAY)
    assert running(story, Kind.STEP) == []
    assert not Notice.objects.filter(template="permits/parts_in").exists()
    story.give("Sekretaris", at=NOON + 2 * DAY)
    [step] = running(story, Kind.STEP)
    assert (step.started_at, step.due_on) == (NOON + 2 * DAY, date(2026, 11, 19))
    assert running(story, Kind.PART) == []
    told = Notice.objects.filter(template="permits/parts_in").values_list("recipient", flat=True)
    assert set(told) == {story.coordinator.pk}
    visits.pass_on(story.file, actor=story.coordinator, at=NOON + 2 * DAY)
    after = story.fresh().current_step
    assert after is not None
    assert after.step.kind == StepKind.INSPECT


def test_what_a_row_records_is_stored_known_and_shown(story: Hearing) -> None:
    refused("recorded_facts_missing", measure, story, "banyak")
    refused("recorded_facts_missing", story.give, "Tim Teknis")
    assert story.part("Tim Teknis").is_open
    measure(story, "1.250")
    assert story.fresh().answers["luas_ukur"] == "1.250"
    [row] = recorded_rows(story.fresh())
    assert (row.now.value, row.now.by) == ("1.250 m²", "Tono Teknis")
    story.give("Sekretaris")
    visits.pass_on(story.fresh(), actor=story.coordinator, at=NOON)
    later = story.fresh().current_step
    assert later is not None
    assert later.step.activity == "Menelaah bangunan besar."


def test_a_row_that_does_not_apply_is_asked_of_nobody(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)
    story = make_side_by_side(asks="tenaga_asing = ya")
    assert [part.name for part in selectors.missing_parts(story.fresh())] == [
        "Tim Teknis (langkah 3)"
    ]
    assert "4" not in states(story)
    measure(story)
    assert running(story, Kind.STEP)


def test_with_no_row_that_applies_the_step_begins_at_once(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)
    foreign = "tenaga_asing = ya"
    story = make_side_by_side(asks=foreign, when=parse(foreign))
    assert selectors.missing_parts(story.fresh()) == []
    assert [row.started_at for row in running(story, Kind.STEP)] == [NOON]
    visits.pass_on(story.file, actor=story.coordinator, at=NOON)


def test_a_row_that_may_be_left_out_is_left_out_by_the_desk_with_a_reason(story: Hearing) -> None:
    refused("not_your_desk", leave_out, story, actor=story.secretary)
    refused("note_missing", leave_out, story, note=" ")
    refused("step_is_needed", leave_out, story, part=story.part("Tim Teknis").pk)
    measure(story)
    left = leave_out(story)
    assert (left.outcome, left.finished_by, left.opinion) == ("dilewati", story.coordinator, "")
    refused("part_is_in", leave_out, story)
    refused("part_is_in", story.give, "Sekretaris")
    assert running(story, Kind.STEP)
    assert "4" not in states(story)
    [line] = [row for row in routing_card(story.fresh(), NOON)["steps"] if row["number"] == "4"]
    assert "Tidak berdampak." in line["note"]
    assert "Langkah Sekretaris (langkah 4) dilewati" in [
        act.title for act in all_acts(story.fresh(), [])
    ]


@pytest.mark.parametrize("ends", ["given", "sent_back"])
def test_the_service_clock_stands_while_a_row_waits_for_another_body(
    time_machine: Any, ends: str
) -> None:
    time_machine.move_to(NOON, tick=False)
    story = make_side_by_side(clock=StepClock.OTHER_BODY)
    file = story.fresh()
    assert file.status == Status.IN_PROCESS
    assert (file.due_on, paused_by(file, "applicant")) == (None, "menunggu lembaga lain")
    story.give("Sekretaris")
    assert story.fresh().due_on is None  # the other one goes on
    later = NOON + 4 * DAY
    if ends == "given":
        measure(story, at=later)
    else:
        visits.send_back(story.fresh(), actor=story.coordinator, at=later, note="Lagi.")
    file = story.fresh()
    kinds = list(file.clock_events.order_by("pk").values_list("kind", flat=True))
    assert kinds == [ClockKind.START, ClockKind.PAUSE, ClockKind.RESUME]
    # the 24th, and three closings that were not counted
    assert (file.due_on, paused_by(file, "applicant")) == (date(2026, 11, 27), "")


def test_sent_back_ends_the_open_rows_and_a_new_visit_asks_everybody_anew(story: Hearing) -> None:
    typed = story.part("Tim Teknis")
    story.give("Sekretaris")
    visits.send_back(story.fresh(), actor=story.coordinator, at=NOON, note="Periksa lagi.")
    before = {"actor": story.body, "at": NOON, "opinion": FINE, "answers": {"luas_ukur": "1"}}
    refused("step_moved", parts.give_part, story.file, part=typed.pk, **before)
    typed.refresh_from_db()
    assert typed.outcome == "dihentikan"
    assert states(story)["3"] == states(story)["4"] == "todo"
    samples.act(story.fresh(), NOON)
    assert len(selectors.missing_parts(story.fresh())) == 2
    refused("step_moved", parts.give_part, story.file, part=typed.pk, **before)
    assert "luas_ukur" not in story.fresh().answers


def test_no_way_back_leads_to_a_row_beside_others(story: Hearing) -> None:
    measure(story)
    story.give("Sekretaris")
    visits.pass_on(story.fresh(), actor=story.coordinator, at=NOON)
    file = story.fresh()
    assert [step.order for step in selectors.steps_before(file)] == [2, 5]
    beside = file.procedure.steps.get(printed_number="3")
    refused(
        "no_way_back", visits.send_back, file, actor=story.body, at=NOON, note="Lagi.",
        target=beside.pk,
    )  # fmt: skip
    meeting = file.procedure.steps.get(printed_number="5")
    visits.send_back(file, actor=story.body, at=NOON, note="Lagi.", target=meeting.pk)
    assert len(selectors.missing_parts(story.fresh())) == 2


def test_further_performers_of_the_meeting_row_are_heard_after_the_rows(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)
    story = make_side_by_side(heard=("Sekretaris",))
    measure(story)
    story.give("Sekretaris")
    [owed] = selectors.missing_parts(story.fresh())
    assert (owed.step, owed.name) == (None, "Sekretaris")
    assert not Notice.objects.filter(template="permits/parts_in").exists()
    error = refused("parts_missing", visits.pass_on, story.file, actor=story.coordinator, at=NOON)
    assert error.facts["who"] == "Sekretaris"
    story.give("Sekretaris")
    assert Notice.objects.filter(template="permits/parts_in").count() == 1
    visits.pass_on(story.fresh(), actor=story.coordinator, at=NOON)


def test_the_applicant_sees_the_rows_in_their_order_and_the_meeting_after_them(
    story: Hearing,
) -> None:
    assert [states(story)[each] for each in "2345"] == ["done", "current", "current", "todo"]
    assert progress.whereabouts(story.fresh()) == (
        "Kepala Seksi Tata Ruang, Dinas PUPR, Sekretaris"
    )
    measure(story)
    assert [states(story)[each] for each in "2345"] == ["done", "done", "current", "todo"]
    story.give("Sekretaris")
    assert [states(story)[each] for each in "2345"] == ["done", "done", "done", "current"]
    assert "Mengukur bangunan" in [stage.label for stage in progress.progress(story.fresh())]


def test_the_card_has_a_line_for_each_row_and_counts_side_by_side_once(story: Hearing) -> None:
    measure(story, at=NOON + DAY, note="Batas jelas.")
    story.give("Sekretaris", at=NOON + 4 * DAY)
    visits.pass_on(story.fresh(), actor=story.coordinator, at=NOON + 7 * DAY)
    card = routing_card(story.fresh(), NOON + 7 * DAY)
    lines = {row["number"]: row for row in card["steps"]}
    assert list(lines) == ["1", "2", "3", "4", "5", "7"]
    assert [lines[each]["used"] for each in "345"] == [
        "1 hari kerja", "4 hari kerja", "1 hari kerja",
    ]  # fmt: skip
    assert [lines[each]["late"] for each in "345"] == [False, True, False]
    assert "Batas jelas." in lines["3"]["note"]
    assert lines["5"]["performer"] == "Back Office"
    assert delays.delay_reason(story.fresh(), NOON) == "Sekretaris: Memberi pendapat lingkungan."


def test_boards_count_each_row_like_a_step_and_the_meeting_from_when_it_began(
    story: Hearing,
) -> None:
    hour = timedelta(hours=1)
    measure(story, at=NOON + hour)
    story.give("Sekretaris", at=NOON + 2 * hour)
    visits.pass_on(story.fresh(), actor=story.coordinator, at=NOON + 2.5 * hour)
    month = NOON.date().replace(day=1)
    found = tallies(story.cast.office, month, month, NOON + 3 * hour)
    steps = {step.pk: step.printed_number for step in story.file.procedure.steps.all()}
    counted = {
        steps[key[2]]: (sums["visits"], sums["minutes"], sums["timed"], sums["over"])
        for key, sums in found.steps.items()
    }
    assert counted["3"] == (1, 60, 1, 0)
    assert counted["4"] == (1, 120, 1, 0)
    assert counted["5"] == (1, 30, 1, 0)


def test_a_late_row_is_told_to_who_owes_it_and_not_to_the_meeting_desk(story: Hearing) -> None:
    story.give("Sekretaris")
    alarms.watch_terms(NOON + 3 * DAY)
    late = Notice.objects.filter(template="permits/overdue").values_list("recipient", flat=True)
    assert set(late) == {story.body.pk}
    above = Notice.objects.filter(template="permits/escalated")
    assert set(above.values_list("recipient", flat=True)) == {story.superior.pk}


def test_a_successor_gives_the_row_of_an_officer_who_left(story: Hearing) -> None:
    Appointment.objects.filter(position=story.desk).update(ended_on=NOON.date() - DAY)
    refused("not_your_part", measure, story)
    successor = make_officer(story.desk, full_name="Putri Pengganti")
    assert measure(story, actor=successor).finished_by == successor


def test_the_row_of_a_body_is_counted_by_its_calendar(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)
    story = make_side_by_side(free=date(2026, 11, 17))
    assert [row.due_on for row in running(story, Kind.PART)] == [
        date(2026, 11, 19), date(2026, 11, 19),
    ]  # fmt: skip


def test_the_pages_ask_each_for_their_row_and_the_desk_waits(story: Hearing) -> None:
    mine = words(get(story.coordinator, "desk_application", story.file))
    assert "Menunggu langkah yang bersamaan" in mine
    assert "Belum selesai: Tim Teknis (langkah 3), Sekretaris (langkah 4)" in mine
    assert "Selesai, teruskan berkas" not in mine
    theirs = words(get(story.body, "desk_application", story.file))
    assert "Mengukur bangunan." in theirs
    assert "Luas hasil ukur" in theirs
    assert "Langkah 3 dari" in theirs  # of the row, not of the step at which it meets others
    assert "Langkah 5 dari" in mine
    part = story.part("Tim Teknis")
    lacking = press(story.body, "give_part", story.file, part=part.pk, opinion=FINE, note="Ya.")
    page = lacking.content.decode()
    assert lacking.status_code == 200
    assert "catat_luas_ukur" in page
    assert "Ya." in page
    given = press(
        story.body, "give_part", story.file, part=part.pk, opinion=FINE, catat_luas_ukur="120"
    )
    assert given.status_code == 302
    assert story.fresh().answers["luas_ukur"] == "120"
    away = press(story.coordinator, "pass_over", story.file, part=story.part("Sekretaris").pk)
    assert "Tulis alasannya" in away.content.decode()
    done = press(
        story.coordinator, "pass_over", story.file, part=story.part("Sekretaris").pk, note="Kecil."
    )
    assert done.status_code == 302
    again = press(
        story.coordinator, "pass_over", story.file, part=story.part("Sekretaris").pk, note="Kecil."
    )
    assert again.status_code == 302
    mine = words(get(story.coordinator, "desk_application", story.file))
    assert "Selesai, teruskan berkas" in mine


def test_the_whole_walk_gives_the_rows(story: Hearing) -> None:
    step = samples.act(story.fresh(), NOON).current_step
    assert step is not None
    assert step.step.kind == StepKind.INSPECT
    assert story.file.parts.filter(outcome="selesai").count() == 2


def test_a_file_lies_at_the_desk_of_each_row(story: Hearing) -> None:
    office = story.cast.office
    seats = [story.desk, position_of(office, "sekretaris"), position_of(office, "back-office")]
    for seat in seats:
        assert list(Application.objects.waiting_on([seat])) == [story.file]
    measure(story)
    assert not Application.objects.waiting_on([story.desk]).exists()
    other = make_accepted(story.cast)
    assert other.parts.count() == 2


def test_boards_and_lists_have_a_file_at_each_row_that_is_owed(story: Hearing) -> None:
    office = story.cast.office

    def at_rows() -> list[str]:
        found = board.open_files(office, board.conditions(office, NOON, calendars_of([office])))
        return [step.printed_number for step, _tally in found.steps]

    rows = {step.printed_number: step.pk for step in story.file.procedure.steps.all()}
    assert at_rows() == ["3", "4", "5"]
    assert list(Application.objects.filter(selectors.at_row(rows["3"]))) == [story.file]
    measure(story)
    assert at_rows() == ["4", "5"]
    assert not Application.objects.filter(selectors.at_row(rows["3"])).exists()
    assert list(Application.objects.filter(selectors.at_row(rows["5"]))) == [story.file]


def test_a_year_without_a_calendar_leaves_the_last_day_of_a_row_open(
    story: Hearing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row is asked and given all the same."""

    def undecreed(*_args: Any, **_facts: Any) -> Any:
        raise DomainError("calendar_missing")

    visits.send_back(story.fresh(), actor=story.coordinator, at=NOON, note="Lagi.")
    monkeypatch.setattr("permits.services.deadlines.clock_state_of", undecreed)
    samples.act(story.fresh(), NOON)
    assert [row.due_on for row in running(story, Kind.PART)] == [None, None]
    assert measure(story).is_given
