"""Every figure of the boards equals a slow, obvious computation on a world of 2,000 files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.utils.formats import date_format
from django.utils.text import Truncator

from accounts.models import Appointment, Position, User
from accounts.officers import officer_of
from boards.domain.months import Span, bounds
from boards.presenters import now, period, promises
from boards.presenters.now import NowBoard
from boards.presenters.period import PeriodBoard
from boards.selectors import past
from boards.selectors.promises import Promises, promises_of
from boards.services.counting import recount
from permits.models import ApplicationStep, StepPart
from standards.models import SopStep, TermUnit
from tests.boards import open_world
from tests.boards.large_world import write
from tests.boards.oracle import Facts, facts_of, middle, nine_of_ten, workdays
from tests.factories.base import base_cast
from tests.factories.complaints import make_complaint_desk
from tests.factories.permits import NOON, Cast
from workflow.calendars import calendar_of
from workflow.domain.workdays import WorkCalendar

pytestmark = pytest.mark.django_db
FILES, COMPLAINTS = 2_000, 300
SPANS = (Span.YEAR, Span.QUARTER, Span.LAST)
ACTS = ("jeda", "kedua", "menjelang", "mundur")


@dataclass
class World:
    """The boards as the head of the office sees them, and what happened."""

    cast: Cast
    facts: Facts
    now: NowBoard
    boards: dict[Span, PeriodBoard]
    steps: dict[Span, list[past.StepFigures]]
    promises: Promises
    in_hand: Counter[tuple[str, str]]
    names: dict[int, str]  # of people
    seats: dict[int, str]
    slugs: dict[str, str]
    calendar: WorkCalendar


@pytest.fixture(scope="module")
def world(module_world: None) -> World:
    """Written, counted and read once; the tests change nothing."""
    with time_machine.travel(NOON, tick=False):
        cast = base_cast()
        make_complaint_desk(cast)
        write(cast, FILES)
        open_world.write_complaints(cast, COMPLAINTS)
        recount(cast.office, at=NOON)
        head = officer_of(cast.at("kepala-dinas"), NOON)
        months = {span: bounds(span, NOON.date()) for span in SPANS}
        names = dict(User.objects.values_list("pk", "full_name"))
        seats = dict(Position.objects.values_list("pk", "name"))
        return World(
            cast=cast,
            facts=facts_of(cast.office),
            now=now.board(head, cast.office),
            boards={span: period.board(head, cast.office, span) for span in SPANS},
            steps={span: past.steps(cast.office, *months[span]) for span in SPANS},
            promises=promises_of(cast.office, NOON),
            in_hand=Counter((names[who], seats[seat]) for who, seat in in_hand(cast)),
            names=names,
            seats=seats,
            slugs=dict(cast.office.services.values_list("name", "slug")),
            calendar=calendar_of(cast.office),
        )


def in_hand(cast: Cast) -> Iterator[tuple[int, int]]:
    """Yield officer and position for everything that is in somebody's hands."""
    for visit in ApplicationStep.objects.filter(finished_at=None).exclude(received_by=None):
        if visit.application.desk_id:
            assert visit.received_by_id
            yield visit.received_by_id, visit.application.desk_id
    for part in StepPart.objects.filter(finished_at=None):
        for seat in Appointment.objects.filter(position=part.position_id, ended_on=None):
            yield seat.user_id, seat.position_id


def within(span: Span, rows: Iterable[Any]) -> list[Any]:
    """Return what happened in the months of a span."""
    first, last = bounds(span, NOON.date())
    return [row for row in rows if first <= row.month <= last]


def table(board: PeriodBoard, key: str) -> list[tuple[Any, ...]]:
    """Return the rows of a table of the page, in any order."""
    [found] = [one for one in board.tables if one.key == key]
    return sorted((tuple(row) for row in found.rows), key=str)


def share(rows: list[Any]) -> int | None:
    """Return the percentage in time of those with a promise, rounded down."""
    promised = [row for row in rows if row.on_time is not None]
    return 100 * sum(row.on_time for row in promised) // len(promised) if promised else None


def too_late(rows: list[Any]) -> int | None:
    """Return how many of those with a promise were not in time."""
    promised = [row for row in rows if row.on_time is not None]
    return sum(not row.on_time for row in promised) if promised else None


def by_service(world: World, span: Span) -> dict[tuple[str, str], list[Any]]:
    found = defaultdict(list)
    for row in within(span, world.facts.answers):
        found[row.service, row.unit].append(row)
    return found


def test_the_world_is_large_and_has_everything(world: World) -> None:
    answers = world.facts.answers
    assert len({(row.service, row.unit) for row in answers}) >= 6
    assert len(answers) > 1_000
    assert {row.on_time for row in answers} == {True, False, None}
    assert max(row.returns for row in answers) > 2
    assert Counter(row.kind for row in world.facts.acts).keys() == set(ACTS)
    assert any(row.net != row.gross for row in answers)


@pytest.mark.parametrize("span", SPANS)
def test_promises_and_days_of_each_service(world: World, span: Span) -> None:
    wanted = []
    for (name, unit), rows in by_service(world, span).items():
        net, gross = [row.net for row in rows], [row.gross for row in rows]
        promised = sorted({row.promised for row in rows if row.promised})
        said: Any = promised[0] if len(promised) == 1 else None
        if len(promised) > 1:
            said = f"{promised[0]}-{promised[-1]}"
        wanted.append(
            (name, len(rows), share(rows), too_late(rows), said, str(TermUnit(unit).label),
             middle(net), nine_of_ten(net), middle(gross), nine_of_ten(gross))
        )  # fmt: skip
    board = world.boards[span]
    assert table(board, "layanan") == sorted(wanted, key=str)
    rows = within(span, world.facts.answers)
    assert (board.answered, board.late, board.share) == (len(rows), too_late(rows), share(rows))
    assert board.chart
    figures = sorted(bar.figure for bar in board.chart.bars)
    assert figures == sorted(f"{row[2]}%" for row in wanted if row[2] is not None)


def test_the_share_in_time_of_each_month(world: World) -> None:
    months = defaultdict(list)
    for row in within(Span.YEAR, world.facts.answers):
        months[row.month].append(row)
    wanted = [(month, len(rows), share(rows)) for month, rows in sorted(months.items())]
    assert len(wanted) == 12
    board = world.boards[Span.YEAR]
    [found] = [one for one in board.tables if one.key == "bulan"]
    assert [tuple(row) for row in found.rows] == [
        (date_format(month, "F Y"), number, kept) for month, number, kept in wanted
    ]
    assert board.trend
    assert [point.figure for point in board.trend.points] == [str(kept) for *_, kept in wanted]


@pytest.mark.parametrize("span", SPANS)
def test_how_often_files_were_returned(world: World, span: Span) -> None:
    wanted, files = [], defaultdict(list)
    for row in within(span, world.facts.answers):
        files[row.service].append(row)
    for name, rows in files.items():
        rounds = Counter(min(row.returns, 3) for row in rows)
        mean = round(sum(row.returns for row in rows) / len(rows), 2)
        wanted.append((name, *(rounds[nth] for nth in range(4)), mean))
    assert table(world.boards[span], "putaran") == sorted(wanted, key=str)


@pytest.mark.parametrize("span", SPANS)
def test_time_of_each_step(world: World, span: Span) -> None:
    visits = defaultdict(list)
    for row in within(span, world.facts.visits):
        visits[row.step].append(row)
    wanted = {}
    for key, rows in visits.items():
        minutes = [row.minutes for row in rows]
        timed = sum(row.timed for row in rows)
        over, back = sum(row.over for row in rows), sum(row.sent_back for row in rows)
        wanted[key] = (len(rows), sum(minutes) // len(rows), max(minutes), timed, over, back)
    found = {
        one.step.pk: (one.visits, one.average, one.longest, one.timed, one.over, one.sent_back)
        for one in world.steps[span]
    }
    assert found == wanted
    lines = []
    for step in SopStep.objects.filter(pk__in=wanted):
        number, mean, longest, timed, over, back = wanted[step.pk]
        name = Truncator(f"{step.printed_number} {step.activity}").chars(140)
        desk = step.desk.name if step.desk else "Pemohon"
        late = over if timed else None
        lines.append((name, desk, number, step.standard_time, mean, longest, late, back))
    assert table(world.boards[span], "langkah") == sorted(lines, key=str)


@pytest.mark.parametrize("span", SPANS)
def test_what_was_found_wrong(world: World, span: Span) -> None:
    counts = Counter(
        (row.text or "Isian formulir", row.service) for row in within(span, world.facts.faults)
    )
    found = table(world.boards[span], "kekurangan")
    assert {(text, name): number for text, name, number in found} == counts
    assert len(found) == len(counts)


@pytest.mark.parametrize("span", SPANS)
def test_acts_on_the_clock_of_each_service(world: World, span: Span) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in within(span, world.facts.acts):
        counts[row.service][row.kind] += 1
    wanted = [(name, *(acts[kind] for kind in ACTS)) for name, acts in counts.items()]
    assert table(world.boards[span], "jam") == sorted(wanted, key=str)


@pytest.mark.parametrize("span", SPANS)
def test_work_and_acts_of_each_officer(world: World, span: Span) -> None:
    held: dict[Any, list[int]] = defaultdict(list)
    finished: Counter[Any] = Counter()
    acts: dict[Any, Counter[str]] = defaultdict(Counter)
    for row in within(span, world.facts.work):
        who = world.names[row.officer], world.seats[row.position]
        held[who] += [row.minutes] * row.held
        finished[who] += row.finished
    for row in within(span, world.facts.acts):
        if row.officer and row.position:
            acts[world.names[row.officer], world.seats[row.position]][row.kind] += 1
    head = world.cast.at("kepala-dinas").appointments.get().position.name
    wanted = [
        (
            *who, world.in_hand[who], len(held[who]), finished[who],
            sum(held[who]) // len(held[who]) if held[who] else None,
            *(acts[who][kind] for kind in ACTS),
        )
        for who in {*held, *finished, *acts, *world.in_hand}
        if who[1] != head
    ]  # fmt: skip
    assert table(world.boards[span], "petugas") == sorted(wanted, key=str)


def test_the_promise_board(world: World) -> None:
    rows = defaultdict(list)
    for row in world.facts.answers:
        if row.month >= date(2025, 11, 1):  # twelve whole months before the running one
            rows[row.service, row.unit].append(row)
    document = promises.document(world.promises)
    assert {
        (row["layanan"], row["satuan"]): (
            row["berkas_dijawab"], row["tepat_waktu_persen"], row["median"], row["persentil_90"],
            row["janji"],
        )
        for row in document["baris"]
    } == {
        (world.slugs[name], unit): (
            len(listed), share(listed), middle([row.net for row in listed]),
            nine_of_ten([row.net for row in listed]),
            sorted({row.promised for row in listed if row.promised}),
        )
        for (name, unit), listed in rows.items()
        if len(listed) >= 10
    }  # fmt: skip


def test_every_chart_has_its_table(world: World) -> None:
    chart = world.now.chart
    assert chart
    [services] = [one for one in world.now.tables if one.paced]
    shown = {row.name: [one.number for one in row.figures] for row in services.rows}
    assert {bar.label: int(bar.figure) for bar in chart.bars} == {
        name: numbers[0] for name, numbers in shown.items()
    }
    board = world.boards[Span.YEAR]
    assert board.chart
    assert board.trend
    lines = table(board, "layanan")
    names = Counter(row[0] for row in lines)
    shares = Counter(
        (row[0] if names[row[0]] == 1 else f"{row[0]} ({row[5]})", f"{row[2]}%")
        for row in lines
        if row[2] is not None
    )
    assert max(names.values()) > 1
    assert Counter((bar.label, bar.figure) for bar in board.chart.bars) == shares
    [months] = [one for one in board.tables if one.key == "bulan"]
    assert [point.figure for point in board.trend.points] == [str(row[2]) for row in months.rows]
    drawn, rows = promises.chart(world.promises), promises.rows(world.promises)
    assert drawn
    assert [(bar.label.partition(" (")[0], bar.figure) for bar in drawn.bars] == [
        (row.name, row.share) for row in rows if row.share
    ]


def days_to_clear(world: World, waiting: int, answered: int) -> int:
    """Return the working days that the work takes at the pace since the first of October."""
    passed = workdays(world.calendar, date(2026, 9, 30), NOON.date())
    return -(-waiting * passed // answered)


def test_what_is_open_file_by_file(world: World) -> None:
    wanted = open_world.counted(world.cast.office, world.calendar)
    total: Counter[str] = sum(wanted["layanan"].values(), Counter())
    figures = {open_world.asked_of(one.url)["tampil"]: one.number for one in world.now.figures}
    assert figures == {show.value: total[show] for show in now._NAMES}
    assert all(figures.values())
    found = open_world.figures_in(world.now.tables)
    assert found.keys() == wanted.keys()
    for by, rows in found.items():
        assert rows.keys() == wanted[by].keys()
        for key, numbers in rows.items():
            assert numbers == {show: wanted[by][key][show] for show in numbers}


def test_how_long_they_wait_and_which_are_named(world: World) -> None:
    files = open_world.open_files(world.cast.office)
    local, today = world.cast.office.local_date, NOON.date()
    since: dict[Any, list[datetime]] = defaultdict(list)
    for file in files:
        since["layanan", file.service_id].append(file.submitted_at)
        if visit := file.current_step:
            since["langkah", visit.step_id].append(visit.handed_over_at)
            since["meja", file.desk_id].append(visit.handed_over_at)
        for part in file.parts.all():
            if part.finished_at is None:
                since["meja", part.position_id].append(part.asked_at)
                if part.step_id:
                    since["langkah", part.step_id].append(part.asked_at)
    rows = [row for table in world.now.tables for row in table.rows]
    for row in rows:
        asked = open_world.asked_of(row.figures[0].url)
        [by] = asked.keys() & {"layanan", "langkah", "meja"}
        first = min(since[by, int(asked[by])])
        assert row.age == workdays(world.calendar, local(first), today)
    assert len(rows) > 30
    files.sort(key=lambda file: file.submitted_at)
    assert [row.number for row in world.now.oldest] == [file.number for file in files[:5]]
    shows = [(file, set(open_world.shows_of(file, world.calendar))) for file in files]
    due = [file for file, shown in shows if shown & {"terlambat", "hampir"}]
    due.sort(key=lambda file: file.due_at)
    assert len({file.due_at for file in due[:6]}) == 6
    assert [row.number for row in world.now.urgent] == [file.number for file in due[:5]]


def test_days_of_work_that_wait(world: World) -> None:
    wanted = open_world.counted(world.cast.office, world.calendar)["layanan"]
    late = Counter(row.service for row in world.facts.answers if row.month >= date(2026, 10, 1))
    total = 0
    [services] = [one for one in world.now.tables if one.paced]
    for row in services.rows:
        service = int(open_world.asked_of(row.figures[0].url)["layanan"])
        numbers = wanted[service]
        waiting = numbers["semua"] - numbers["pemohon"] - numbers["terbit"]
        total += waiting
        assert row.backlog == days_to_clear(world, waiting, late[row.name])
    assert world.now.backlog == days_to_clear(world, total, late.total())


def test_complaints_one_by_one(world: World) -> None:
    board = world.now.complaints
    assert board
    wanted = open_world.complaints_counted(world.cast.office, world.calendar)
    total: Counter[str] = sum(wanted["tahap"].values(), Counter())
    figures = {open_world.asked_of(one.url)["tampil"]: one.number for one in board.figures}
    assert figures == {show: total[show] for show in figures}
    assert all(figures.values())
    found = open_world.figures_in(board.tables)
    assert found.keys() == wanted.keys()
    for by, rows in found.items():
        assert rows.keys() == wanted[by].keys()
        for key, numbers in rows.items():
            assert numbers == {show: wanted[by][key][show] for show in numbers}
    done = open_world.answered_complaints(world.cast.office, date(2026, 10, 1))
    waiting = total["semua"] - total["pengadu"]
    assert board.backlog == days_to_clear(world, waiting, done)


def test_complaints_answered_in_time(world: World) -> None:
    kept, answered = open_world.complaints_in_time(world.cast.office, date(2025, 11, 1))
    assert answered > 20
    assert (world.promises.complaints, world.promises.answered) == (
        100 * kept // answered,
        answered,
    )
