"""Marks of a term: when somebody is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from workflow.domain.clock import Term, Unit, end_of
from workflow.domain.marks import Mark, following, moments, reached
from workflow.domain.workdays import SpecialDay, WorkCalendar

WIB = ZoneInfo("Asia/Jakarta")
CALENDAR = WorkCalendar(
    [SpecialDay(date(2026, 11, 20), "Hari uji")], confirmed_until=date(2026, 12, 31)
)
TUESDAY = date(2026, 11, 24)  # the Friday before it is a holiday


def opening(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, 30, tzinfo=WIB)


def course(*marks: Mark, due: date = TUESDAY, term: Term | None = None) -> list[datetime]:
    found = moments(marks, term or Term(6), (due, end_of(due, WIB)), CALENDAR, WIB)
    return [moment.at for moment in found]


@pytest.mark.parametrize(
    ("days", "on"),
    [
        (0, TUESDAY),
        (-1, date(2026, 11, 23)),
        (-2, date(2026, 11, 19)),  # over the weekend and the holiday
        (1, date(2026, 11, 25)),
        (3, date(2026, 11, 27)),
    ],
)
def test_working_days_from_the_due_day_begin_when_the_office_opens(days: int, on: date) -> None:
    assert course(Mark("x", days=days)) == [opening(on)]


def test_half_of_the_term_is_counted_back_from_the_due_day() -> None:
    assert course(Mark("x", share=50), term=Term(6)) == [opening(date(2026, 11, 18))]
    assert course(Mark("x", share=50), term=Term(5)) == [opening(date(2026, 11, 18))]


def test_a_term_in_minutes_has_no_half() -> None:
    assert course(Mark("x", share=50), term=Term(30, Unit.WORK_MINUTE)) == []


def test_no_days_and_no_share_is_the_instant_the_day_is_over() -> None:
    assert course(Mark("x", "breach")) == [end_of(TUESDAY, WIB)]


def test_calendar_days_warn_on_the_working_day_before_and_follow_on_the_one_after() -> None:
    term, saturday = Term(30, Unit.CALENDAR_DAY), date(2026, 11, 28)
    assert course(Mark("x", days=-7), due=saturday, term=term) == [opening(date(2026, 11, 19))]
    assert course(Mark("x", days=1), due=saturday, term=term) == [opening(date(2026, 11, 30))]


def test_of_warnings_only_the_last_counts_and_none_after_a_breach() -> None:
    marks = (
        Mark("half", share=50), Mark("two", days=-2), Mark("late", "breach"),
        Mark("up", "escalate", days=1, level=1),
    )  # fmt: skip
    walked = moments(marks, Term(6), (TUESDAY, end_of(TUESDAY, WIB)), CALENDAR, WIB)
    begin = datetime(2026, 11, 10, tzinfo=UTC)

    def codes(until: date) -> list[str]:
        return [mark.code for mark in reached(walked, begin, opening(until))]

    assert codes(date(2026, 11, 17)) == []
    assert codes(date(2026, 11, 18)) == ["half"]
    assert codes(date(2026, 11, 19)) == ["two"]
    assert codes(date(2026, 11, 25)) == ["late", "up"]
    assert following(walked, opening(date(2026, 11, 19))) == end_of(TUESDAY, WIB)
    assert following(walked, opening(date(2026, 11, 25))) is None
