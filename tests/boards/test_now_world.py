"""Every figure of what is open is as long as its list, and stands in the spreadsheet."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.officers import officer_of
from boards.presenters import now
from standards.domain.steps import StepKind
from tests.boards.world import write_open_files
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast, make_cast
from tests.factories.standards import STEPS, make_procedure, make_service, make_standard
from workflow.models import Holiday

pytestmark = pytest.mark.django_db
HEARING = (StepKind.WORK, "Back Office", "", 2, "hari_kerja", None)
PAY = (StepKind.PAY, "Pemohon", "Front Office", None, "", None)
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
