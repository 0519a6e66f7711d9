"""Sample, small groups, periods, invitations."""

from __future__ import annotations

from datetime import date

import pytest

from reports.domain.periods import Period, Rhythm, last_periods, period_of, read_period
from surveys.domain import groups, invitations, samples
from surveys.domain.cost import CostAnswers, cost_answers

pytestmark = pytest.mark.once
DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("population", "target"),
    [
        (0, 0), (1, 1), (10, 10), (50, 44), (100, 80), (200, 132), (220, 140), (300, 169),
        (500, 217), (550, 226), (1000, 278), (2000, 322), (5000, 357), (10_000, 370),
        (100_000, 383),
    ],
)  # fmt: skip
def test_rows_of_the_published_table(population, target):
    assert samples.sample_size(population) == target


def test_between_two_rows_neither_row_is_taken():
    assert samples.sample_size(500) < samples.sample_size(525) < samples.sample_size(550)


def test_the_target_never_exceeds_the_files_and_never_falls():
    sizes = [samples.sample_size(files) for files in range(3000)]
    assert all(size <= files for files, size in enumerate(sizes))
    assert sizes == sorted(sizes)


def test_groups_under_five_are_one_sum():
    found = groups.shown({"SD": 3, "SMA": 40, "S1": 12, "S2": 2, "S3": 0})
    assert (found.shown, found.hidden) == ({"SMA": 40, "S1": 12}, 5)


def test_a_single_small_group_takes_the_next_with_it():
    found = groups.shown({"L": 40, "P": 2, "-": 6})
    assert (found.shown, found.hidden) == ({"L": 40}, 8)


def test_nothing_is_shown_of_four():
    assert groups.shown({"L": 3, "P": 1}) == groups.Groups({}, 0)
    assert not groups.may_show(4)
    assert groups.may_show(5)


def test_what_is_hidden_can_never_be_computed_from_the_total():
    for small in range(1, 5):
        for other in range(30):
            found = groups.shown({"a": small, "b": other, "c": 50})
            rest = small + other + 50 - sum(found.shown.values())
            assert rest == found.hidden
            assert rest == 0 or rest >= groups.SMALLEST


@pytest.mark.parametrize(
    ("rhythm", "begins", "ends_before"),
    [
        (Rhythm.QUARTER, date(2026, 10, 1), date(2027, 1, 1)),
        (Rhythm.SEMESTER, date(2026, 7, 1), date(2027, 1, 1)),
        (Rhythm.YEAR, date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_day_is_in_one_period(rhythm, begins, ends_before):
    found = period_of(DAY, rhythm)
    assert (found.begins, found.ends_before) == (begins, ends_before)
    assert read_period(found.code) == found
    assert found.previous.ends_before == found.begins


@pytest.mark.parametrize(
    "code", ["", "2026", "2026-triwulan-0", "2026-triwulan-5", "2026-minggu-1", "x-tahun-1",
             "2026-tahun-01", "²026-tahun-1", "1999-tahun-1", "2026-semester-³"],
)  # fmt: skip
def test_other_codes_are_no_period(code):
    assert read_period(code) is None


def test_the_last_periods_go_back_over_the_year():
    codes = [period.code for period in last_periods(date(2026, 4, 1), Rhythm.QUARTER, 3)]
    assert codes == ["2026-triwulan-2", "2026-triwulan-1", "2025-triwulan-4"]
    assert Period(Rhythm.YEAR, 2026, 1).previous == Period(Rhythm.YEAR, 2025, 1)


@pytest.mark.parametrize(
    ("answered", "ended", "today", "why"),
    [
        (False, False, DAY, ""),
        (False, False, date(2026, 12, 2), ""),  # the last day itself
        (False, False, date(2026, 12, 3), "survey_over"),
        (True, False, DAY, "survey_answered"),
        (False, True, DAY, "survey_without_file"),
        (True, False, date(2027, 1, 1), "survey_answered"),
    ],
)
def test_why_an_invitation_is_closed(answered, ended, today, why):
    last_day = invitations.ends_on(DAY)
    closed = invitations.why_closed(answered=answered, ended=ended, last_day=last_day, today=today)
    assert closed == why


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 11, 8), False),
        (date(2026, 11, 9), True),
        (date(2026, 12, 2), True),
        (date(2026, 12, 3), False),  # nothing after the end
    ],
)
def test_the_reminder_goes_after_a_week_and_never_after_the_end(today, due):
    assert invitations.is_reminder_due(DAY, today, invitations.ends_on(DAY)) is due


@pytest.mark.parametrize(
    ("officer", "why"), [(1, "own_application"), (2, "survey_own_work"), (3, "")]
)
def test_nobody_writes_down_the_judgement_of_their_own_work(officer, why):
    assert invitations.may_enter_paper(officer, {2}, applicant=1) == why


@pytest.mark.parametrize(
    ("counts", "is_free", "found"),
    [
        ({1: 20, 2: 3}, {1: True, 2: True}, CostAnswers(free=23)),
        ({1: 20, None: 3}, {1: True, 2: True}, CostAnswers(free=23)),
        ({1: 20, 2: 3}, {1: False, 2: False}, CostAnswers(charged=23)),
        ({1: 20, 2: 6}, {1: True, 2: False}, CostAnswers(free=20, charged=6)),
        ({1: 20, 2: 3}, {1: True, 2: False}, CostAnswers(free=20, unknown=3)),
        ({1: 20, None: 3, 9: 5}, {1: True, 2: False}, CostAnswers(20, 5, 3)),
        ({}, {}, CostAnswers()),
    ],
)
def test_answers_of_few_are_counted_as_free_only_if_no_service_differs(counts, is_free, found):
    assert cost_answers(counts, is_free) == found
