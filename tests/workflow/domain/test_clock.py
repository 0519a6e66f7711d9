"""The service clock: what starts, stops and explains it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories.workflow import make_calendar
from workflow.domain.clock import (
    ClockEvent,
    ClockKind,
    ClockRules,
    ClockState,
    ClockStatus,
    DayKind,
    Term,
    Unit,
    end_of,
    reckon,
)
from workflow.domain.errors import DomainError

CALENDAR = make_calendar()
WIB = ZoneInfo("Asia/Jakarta")
RULES = ClockRules(WIB)
SIX_DAYS = Term(6)
START, PAUSE, RESUME = ClockKind.START, ClockKind.PAUSE, ClockKind.RESUME


def on(day: str, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour, minute), WIB)


def said(*events: ClockEvent, at: datetime, term: Term = SIX_DAYS, **rules: object) -> ClockState:
    return reckon(events, term, CALENDAR, ClockRules(WIB, **rules), at)  # type: ignore[arg-type]


def test_no_event_no_clock():
    assert said(at=on("2026-11-16")).state is ClockStatus.NOT_STARTED


def test_the_day_of_the_start_is_day_zero():
    answer = said(ClockEvent(START, on("2026-11-16")), at=on("2026-11-17", 17))
    assert (answer.due_on, answer.used, answer.remaining) == (date(2026, 11, 24), 1, 5)


def test_an_office_may_count_the_first_day():
    events = ClockEvent(START, on("2026-11-16"))
    answer = said(events, at=on("2026-11-16"), counts_first_day=True)
    assert answer.due_on == date(2026, 11, 23)


def test_a_start_after_closing_time_counts_from_the_next_workday():
    answer = said(ClockEvent(START, on("2026-11-20", 17)), at=on("2026-11-20", 17))
    assert (answer.zero_on, answer.due_on) == (date(2026, 11, 23), date(2026, 12, 1))


def test_an_office_may_close_its_intake_earlier():
    event = ClockEvent(START, on("2026-11-16", 14, 30))
    assert said(event, at=on("2026-11-16"), cut_off=time(14)).zero_on == date(2026, 11, 17)
    assert said(event, at=on("2026-11-16"), cut_off=time(15)).zero_on == date(2026, 11, 16)


def test_due_day_itself_is_not_late():
    start = ClockEvent(START, on("2026-11-16"))
    last_minute = datetime.combine(date(2026, 11, 24), time(23, 59), WIB)
    assert not said(start, at=last_minute).late
    assert said(start, at=end_of(date(2026, 11, 24), WIB)).late


def test_a_day_ends_two_hours_earlier_in_jayapura():
    jayapura = ClockRules(ZoneInfo("Asia/Jayapura"))
    start = ClockEvent(START, on("2026-11-16"))
    east = reckon([start], Term(1), CALENDAR, jayapura, on("2026-11-16"))
    west = said(start, at=on("2026-11-16"), term=Term(1))
    assert east.due_at
    assert west.due_at == east.due_at + timedelta(hours=2)


@pytest.mark.parametrize(
    ("paused", "resumed", "due"),
    [
        (on("2026-11-17", 10), on("2026-11-17", 15), date(2026, 11, 24)),  # within one day
        (on("2026-11-17", 10), on("2026-11-18", 10), date(2026, 11, 25)),  # over one closing
        (on("2026-11-17", 10), on("2026-11-20", 10), date(2026, 11, 27)),  # over three
        (on("2026-11-20", 17), on("2026-11-23", 7), date(2026, 11, 24)),  # a weekend
        (on("2026-11-16", 9, 30), on("2026-11-16", 17), date(2026, 11, 24)),  # on day zero
    ],
)
def test_a_pause_moves_the_date_by_the_closings_it_covers(paused, resumed, due):
    events = [
        ClockEvent(START, on("2026-11-16")),
        ClockEvent(PAUSE, paused, 1),
        ClockEvent(RESUME, resumed, 2),
    ]
    assert said(*events, at=resumed).due_on == due


def test_a_standing_clock_promises_no_date():
    answer = said(
        ClockEvent(START, on("2026-11-16")),
        ClockEvent(PAUSE, on("2026-11-18", 10), 1),
        at=on("2026-11-30"),
    )
    assert (answer.state, answer.due_on, answer.used) == (ClockStatus.PAUSED, None, 1)
    assert not answer.late


def test_overlapping_pauses_count_once():
    events = [
        ClockEvent(START, on("2026-11-16")),
        ClockEvent(PAUSE, on("2026-11-17", 10), 1, key="pemohon"),
        ClockEvent(PAUSE, on("2026-11-18", 10), 2, key="instansi"),
        ClockEvent(RESUME, on("2026-11-19", 10), 3, key="pemohon"),
        ClockEvent(RESUME, on("2026-11-20", 10), 4, key="instansi"),
    ]
    answer = said(*events, at=on("2026-11-20", 10))
    assert (answer.due_on, answer.pauses) == (date(2026, 11, 27), 2)


def test_a_restart_counts_again_and_keeps_the_earlier_lap():
    events = [
        ClockEvent(START, on("2026-11-16")),
        ClockEvent(ClockKind.RESTART, on("2026-11-19"), 1),
    ]
    answer = said(*events, at=on("2026-11-20", 17))
    assert answer.due_on == date(2026, 11, 27)
    assert answer.used == 1
    assert [(lap.started_on, lap.used) for lap in answer.laps] == [(date(2026, 11, 16), 2)]


def test_a_file_withdrawn_while_the_clock_stood_still_was_not_late():
    answer = said(
        ClockEvent(START, on("2026-11-16")),
        ClockEvent(PAUSE, on("2026-11-17"), 1),
        ClockEvent(ClockKind.STOP, on("2027-02-01"), 2),
        at=on("2027-03-01"),
    )
    assert (answer.state, answer.late, answer.due_on) == (ClockStatus.STOPPED, False, None)


def test_a_pause_does_not_hide_that_the_term_was_over():
    answer = said(
        ClockEvent(START, on("2026-11-16")),
        ClockEvent(PAUSE, on("2026-11-26"), 1),
        at=on("2026-11-27"),
    )
    assert (answer.state, answer.late, answer.due_on) == (ClockStatus.PAUSED, True, None)
    assert answer.remaining == -1


def test_events_of_one_instant_are_taken_in_the_order_of_their_records():
    start, instant = ClockEvent(START, on("2026-11-16")), on("2026-11-18", 10)
    pause, resume = ClockEvent(PAUSE, instant, 1), ClockEvent(RESUME, instant, 2)
    assert said(resume, pause, start, at=instant).state is ClockStatus.RUNNING
    first, second = ClockEvent(RESUME, instant, 1), ClockEvent(PAUSE, instant, 2)
    assert said(second, first, start, at=instant).state is ClockStatus.PAUSED


def test_an_office_may_take_late_arrivals_as_of_the_same_day():
    friday_evening = ClockEvent(START, on("2026-11-20", 17))
    saturday = ClockEvent(START, on("2026-11-21"))
    for start, zero in ((friday_evening, date(2026, 11, 20)), (saturday, date(2026, 11, 21))):
        answer = said(start, at=start.at, late_rolls=False)
        assert (answer.zero_on, answer.due_on) == (zero, date(2026, 11, 30))


def test_a_due_day_past_the_decreed_years_is_provisional():
    decreed = said(ClockEvent(START, on("2027-12-20")), at=on("2027-12-20"))
    beyond = said(ClockEvent(START, on("2027-12-27")), at=on("2027-12-27"))
    assert (decreed.due_on, decreed.provisional) == (date(2027, 12, 29), False)
    assert (beyond.due_on, beyond.provisional) == (date(2028, 1, 4), True)
    assert [day.certain for day in beyond.days() if day.on.day in (31, 3)] == [True, False]


def test_an_extension_adds_units():
    events = [
        ClockEvent(START, on("2026-11-16")),
        ClockEvent(ClockKind.EXTEND, on("2026-11-17"), 1, amount=2),
    ]
    assert said(*events, at=on("2026-11-17")).due_on == date(2026, 11, 26)


def test_a_correction_gives_an_event_its_right_instant():
    events = [
        ClockEvent(START, on("2026-11-17"), 1),
        ClockEvent(ClockKind.CORRECT, on("2026-11-16"), 2, corrects=1),
    ]
    assert said(*events, at=on("2026-11-17")).zero_on == date(2026, 11, 16)


def test_of_two_corrections_the_later_record_holds():
    events = [
        ClockEvent(START, on("2026-11-18"), 1),
        ClockEvent(ClockKind.CORRECT, on("2026-11-17"), 2, corrects=1),
        ClockEvent(ClockKind.CORRECT, on("2026-11-16"), 3, corrects=1),
    ]
    assert said(*events, at=on("2026-11-18")).zero_on == date(2026, 11, 16)


def test_a_stopped_clock_remembers_whether_it_was_late():
    start = ClockEvent(START, on("2026-11-16"))
    on_time = said(start, ClockEvent(ClockKind.STOP, on("2026-11-24", 20), 1), at=on("2027-01-04"))
    late = said(start, ClockEvent(ClockKind.STOP, on("2026-11-25", 8), 1), at=on("2027-01-04"))
    assert (on_time.state, on_time.late, on_time.used) == (ClockStatus.STOPPED, False, 6)
    assert late.late


def test_calendar_days_run_through_the_weekend():
    term = Term(30, Unit.CALENDAR_DAY)
    answer = said(ClockEvent(START, on("2026-11-20")), at=on("2026-11-20"), term=term)
    assert answer.due_on == date(2026, 12, 20)


def test_working_minutes_run_over_the_night():
    term = Term(35, Unit.WORK_MINUTE)
    answer = said(ClockEvent(START, on("2026-11-16", 15, 50)), at=on("2026-11-16", 16), term=term)
    assert answer.due_at == on("2026-11-17", 7, 55)
    assert answer.used == 10


def test_every_day_is_explained():
    events = [
        ClockEvent(START, on("2026-12-22")),
        ClockEvent(PAUSE, on("2026-12-28", 10), 1, reason="KTP tidak terbaca"),
        ClockEvent(RESUME, on("2026-12-29", 10), 2),
    ]
    days = said(*events, at=on("2026-12-29", 10), term=Term(3)).days()
    assert [(day.on.day, day.kind, day.number, day.reason) for day in days] == [
        (22, DayKind.ZERO, None, ""),
        (23, DayKind.COUNTED, 1, ""),
        (24, DayKind.FREE, None, "Cuti bersama"),
        (25, DayKind.FREE, None, "Libur nasional"),
        (26, DayKind.FREE, None, "akhir pekan"),
        (27, DayKind.FREE, None, "akhir pekan"),
        (28, DayKind.PAUSED, None, "KTP tidak terbaca"),
        (29, DayKind.AHEAD, 2, ""),
        (30, DayKind.AHEAD, 3, ""),
    ]


def test_a_skipped_day_names_its_decree_and_a_paused_one_its_pause():
    pause = ClockEvent(PAUSE, on("2026-12-28", 10), 1, reason="KTP tidak terbaca")
    days = said(ClockEvent(START, on("2026-12-22")), pause, at=on("2026-12-29")).days()
    by_day = {day.on.day: day for day in days}
    assert by_day[24].decree == "SKB 3 Menteri"
    assert by_day[28].pauses == (pause,)


def test_working_minutes_are_explained_day_by_day():
    start = ClockEvent(START, on("2026-11-20", 16))
    days = said(start, at=on("2026-11-20", 17), term=Term(60, Unit.WORK_MINUTE)).days()
    assert [(day.on.day, day.kind, day.number) for day in days] == [
        (20, DayKind.COUNTED, 30),
        (21, DayKind.FREE, None),
        (22, DayKind.FREE, None),
        (23, DayKind.AHEAD, 60),
    ]


def test_the_day_on_which_the_clock_stopped_is_not_a_pause():
    stop = ClockEvent(ClockKind.STOP, on("2026-11-18", 10), 1)
    days = said(ClockEvent(START, on("2026-11-16")), stop, at=on("2026-12-01")).days()
    assert [day.kind for day in days] == [DayKind.ZERO, DayKind.COUNTED, DayKind.STOPPED]


def test_an_event_before_the_start_is_refused():
    with pytest.raises(DomainError, match="clock_not_started"):
        said(ClockEvent(PAUSE, on("2026-11-16")), at=on("2026-11-16"))
