"""Every figure of what is open equals a slow, obvious computation, and the list that it opens."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.officers import officer_of
from boards.presenters import now
from permits.models import Application
from standards.domain.steps import StepKind
from tests.boards.world import write_open_files
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast, make_cast
from tests.factories.standards import STEPS, make_procedure, make_service, make_standard
from workflow.calendars import calendar_of
from workflow.models import Holiday

pytestmark = pytest.mark.django_db
HEARING = (StepKind.WORK, "Back Office", "", 2, "hari_kerja", None)
PAY = (StepKind.PAY, "Pemohon", "Front Office", None, "", None)
OPEN = ("diajukan", "belum_lengkap", "diproses", "dikembalikan", "terbit")
FIGURE = re.compile(r'href="(/meja/\?[^"]+)"[^>]*>\s*(?:<span[^>]*>)?\s*(\d+)<')


@pytest.fixture
def cast(time_machine) -> Cast:
    time_machine.move_to(NOON, tick=False)
    made = make_cast((*STEPS[:2], HEARING, PAY, *STEPS[2:]), fee=50_000)
    other = make_service(made.office)
    make_standard(other, make_procedure(made.office, (*STEPS[:2], HEARING, *STEPS[2:])))
    Holiday.objects.create(on=date(2026, 11, 17), name="Libur uji", kind="libur_nasional")
    write_open_files(made, 80, NOON)
    return made


def workdays(cast: Cast, first: date, last: date) -> int:
    """Count the working days after ``first`` up to ``last``, one by one."""
    days = range(1, (last - first).days + 1)
    calendar = calendar_of(cast.office)
    return sum(calendar.is_workday(first + timedelta(days=nth)) for nth in days)


def shows_of(cast: Cast, file: Application) -> Iterator[str]:
    """Yield under which figures one file is counted, by its rows."""
    running = file.status == "diproses"
    today = NOON.astimezone(cast.office.zone).date()
    kind = file.current_step.step.kind if file.current_step else ""
    yield "semua"
    if running and file.due_at and file.due_at <= NOON:
        yield "terlambat"
    ahead = running and file.due_at and file.due_at > NOON
    if ahead and file.due_on and workdays(cast, today, file.due_on) <= 2:
        yield "hampir"
    if any(
        row.kind == "langkah" and row.due_at and row.due_at <= NOON for row in file.deadlines.all()
    ):
        yield "lewat_baku"
    waits = running and file.due_at is None and kind == StepKind.PAY
    if file.status in ("belum_lengkap", "dikembalikan") or waits:
        yield "pemohon"
    if any(part.finished_at is None for part in file.parts.all()):
        yield "bagian"
    if running and kind == StepKind.SIGN:
        yield "tanda_tangan"
    if file.status == "terbit":
        yield "terbit"


def counted(cast: Cast) -> dict[str, dict[Any, Counter[str]]]:
    """Return the figures by service, step and desk, file by file."""
    found: dict[str, dict[Any, Counter[str]]] = {
        name: defaultdict(Counter) for name in ("layanan", "langkah", "meja")
    }
    for file in Application.objects.filter(office=cast.office, status__in=OPEN):
        shows = list(shows_of(cast, file))
        found["layanan"][file.service_id].update(shows)
        if file.current_step:
            found["langkah"][file.current_step.step_id].update(shows)
        desks = {file.desk_id} if file.desk_id else set()
        desks |= {part.position_id for part in file.parts.all() if part.finished_at is None}
        for desk in desks:
            found["meja"][desk].update(shows)
    return found


def came(file: Application) -> datetime:
    """Return when a file came in."""
    assert file.submitted_at is not None
    return file.submitted_at


def asked_of(url: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in url.partition("?")[2].split("&"))


def test_each_figure_equals_a_count_file_by_file(cast: Cast) -> None:
    wanted = counted(cast)
    board = now.board(officer_of(cast.at("kepala-dinas"), NOON), cast.office)
    total: Counter[str] = sum(wanted["layanan"].values(), Counter())
    assert {asked_of(one.url)["tampil"]: one.number for one in board.figures} == {
        show.value: total[show] for show in now._NAMES
    }
    assert all(total[show] for show in now._NAMES)
    found: dict[str, dict[Any, dict[str, int]]] = defaultdict(dict)
    for table in board.tables:
        for row in table.rows:
            for one in row.figures:
                asked = asked_of(one.url)
                [by] = asked.keys() & wanted.keys()
                found[by].setdefault(int(asked[by]), {})[asked["tampil"]] = one.number
    assert found.keys() == wanted.keys()
    for by, rows in found.items():
        assert rows.keys() == wanted[by].keys()
        for key, numbers in rows.items():
            assert numbers == {show: wanted[by][key][show] for show in numbers}


def test_the_oldest_of_a_row_is_counted_day_by_day(cast: Cast) -> None:
    board = now.board(officer_of(cast.at("kepala-dinas"), NOON), cast.office)
    local = cast.office.local_date
    since: dict[Any, list[datetime]] = defaultdict(list)
    for file in Application.objects.filter(office=cast.office, status__in=OPEN):
        since["layanan", file.service_id].append(came(file))
        if visit := file.current_step:
            since["langkah", visit.step_id].append(visit.handed_over_at)
            since["meja", file.desk_id].append(visit.handed_over_at)
        for part in file.parts.all():
            if part.finished_at is None:
                since["meja", part.position_id].append(part.asked_at)
    seen = 0
    for table in board.tables:
        for row in table.rows:
            asked = asked_of(row.figures[0].url)
            [by] = asked.keys() & {"layanan", "langkah", "meja"}
            first = min(since[by, int(asked[by])])
            assert row.age == workdays(cast, local(first), local(NOON))
            seen += 1
    assert seen > 12


def test_the_named_files_are_the_oldest_and_the_next_to_be_late(cast: Cast) -> None:
    board = now.board(officer_of(cast.at("kepala-dinas"), NOON), cast.office)
    files = list(Application.objects.filter(office=cast.office, status__in=OPEN))
    first = sorted(files, key=came)[:5]
    assert [row.number for row in board.oldest] == [file.number for file in first]
    due = [file for file in files if {"terlambat", "hampir"} & set(shows_of(cast, file))]
    due.sort(key=lambda file: file.due_at or NOON)
    assert [row.number for row in board.urgent] == [file.number for file in due[:5]]
    assert all("hari" in row.left or "lewat" in row.left for row in board.urgent)


def test_every_figure_of_the_page_is_as_long_as_its_list(cast: Cast) -> None:
    head = signed_in(cast.at("kepala-dinas"))
    page = head.get("/meja/papan/").content.decode()
    pairs = [(url.replace("&amp;", "&"), int(number)) for url, number in FIGURE.findall(page)]
    assert len(pairs) > 60
    for url, number in pairs:
        assert length(head, url) == number, url


def length(browser: Any, url: str) -> int:
    """Return how many files a list has, all its pages together."""
    page = browser.get(url).context["list"].page
    total = len(page.rows)
    while page.next_url:
        page = browser.get(f"/meja/{page.next_url}").context["list"].page
        total += len(page.rows)
    return total


def test_the_spreadsheet_has_every_figure_of_the_page(cast: Cast) -> None:
    head = cast.at("kepala-dinas")
    board = now.board(officer_of(head, NOON), cast.office)
    answer = signed_in(head).get("/meja/papan/", {"lembar": "xlsx"})
    book = load_workbook(BytesIO(answer.content))
    for table in board.tables:
        lines = list(book[table.caption[:31]].iter_rows(min_row=4, values_only=True))
        numbers = [[cell for cell in line if isinstance(cell, int)] for line in lines]
        assert numbers == [
            [one.number for one in row.figures] + [n for n in (row.age,) if n is not None]
            for row in table.rows
        ]
    summary = book["Ringkasan"].iter_rows(min_row=4, values_only=True)
    assert {line[1]: line[2] for line in summary if line[0] == "Permohonan"} == {
        one.name: one.number for one in board.figures
    }
    assert "16 Nov 2026" in str(book["Ringkasan"]["A1"].value)
