"""The board of what is open now: each figure is the length of the list it opens."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from boards.models import BoardReader
from boards.services.counting import recount
from demo import samples
from permits.models import ApplicationDeadline
from permits.selectors import Show
from standards.domain.steps import StepKind
from tests.factories.complaints import make_complaint, make_complaint_desk
from tests.factories.filing import signed_in
from tests.factories.permits import at_step, make_accepted, make_cast, make_submitted
from tests.factories.standards import STEPS

pytestmark = pytest.mark.django_db
URL = "/meja/papan/"
FIGURE = re.compile(
    r'<a class="figure" href="([^"]+)">\s*<span class="figure-number[^"]*">(\d+)</span>\s*'
    r'<span class="figure-name">([^<]+)<'
)


def figures(page: str) -> dict[str, tuple[str, int]]:
    """Return address and number of each figure by the value of its filter."""
    found = {}
    for url, number, _name in FIGURE.findall(page):
        kind = "pengaduan" if "pengaduan" in url.partition("?")[0] else "berkas"
        shown = re.search(r"tampil=(\w+)", url)
        assert shown
        found[f"{kind} {shown[1]}"] = (url.replace("&amp;", "&"), int(number))
    return found


def length(browser, url: str) -> int:
    """Return how many rows the list at ``url`` has."""
    return browser.get(url).content.decode().count("data-row-link")


@pytest.fixture(autouse=True)
def _half_past_nine(time_machine, monday):
    time_machine.move_to(monday + timedelta(minutes=30), tick=False)


@pytest.fixture
def world(cast, monday):
    """Files in each state, and a complaint that is late."""
    make_complaint_desk(cast)
    new, running = make_submitted(cast, monday), make_accepted(cast, monday)
    soon = make_accepted(cast, monday)
    late = at_step(cast, StepKind.SIGN, monday - timedelta(days=28))
    returned = samples.return_for_completion(make_submitted(cast, monday), monday)
    due = cast.office.local_date(monday)
    type(soon).objects.filter(pk=soon.pk).update(due_on=due, due_at=monday + timedelta(hours=8))
    steps = ApplicationDeadline.objects.running().filter(kind=ApplicationDeadline.Kind.STEP)
    steps.filter(application=running).update(due_at=monday - timedelta(minutes=1))
    make_complaint(cast, monday - timedelta(days=40), served_on=None)
    return {"new": new, "running": running, "soon": soon, "late": late, "returned": returned}


def test_each_figure_is_as_long_as_the_list_it_opens(cast, world):
    head = signed_in(cast.at("kepala-dinas"))
    found = figures(head.get(URL).content.decode())
    assert {name: number for name, (_url, number) in found.items()} == {
        "berkas semua": 5, "berkas terlambat": 1, "berkas hampir": 1, "berkas pemohon": 1,
        "berkas tanda_tangan": 1, "berkas terbit": 0,
        "berkas lewat_baku": found["berkas lewat_baku"][1],
        "pengaduan semua": 1, "pengaduan terlambat": 1, "pengaduan hampir": 0,
        "pengaduan pengadu": 0, "pengaduan persetujuan": 0, "pengaduan saran": 0,
    }  # fmt: skip
    assert found["berkas lewat_baku"][1] >= 1
    for name, (url, number) in found.items():
        assert length(head, url) == number, name


def test_a_file_at_its_payment_waits_for_the_applicant(monday):
    pay = (StepKind.PAY, "Pemohon", "Front Office", None, "", None)
    cast = make_cast((*STEPS[:2], pay, *STEPS[3:]), fee=150_000)
    paying, returned = make_accepted(cast, monday), make_submitted(cast, monday)
    samples.return_for_completion(returned, monday)
    make_submitted(cast, monday)
    head = signed_in(cast.at("kepala-dinas"))
    url, number = figures(head.get(URL).content.decode())["berkas pemohon"]
    listed = head.get(url)
    assert number == 2
    rows = listed.context["list"].rows
    assert {row.application.number for row in rows} == {paying.number, returned.number}
    [choice] = [one for one in listed.context["list"].shows if one.current]
    assert choice.count == 2


def test_a_figure_of_a_step_opens_the_files_at_that_step(cast, world):
    head = signed_in(cast.at("kepala-dinas"))
    page = head.get(URL).content.decode()
    step = world["late"].current_step.step_id
    asked = f"tampil={Show.OFFICE}&kantor={cast.office.code}&langkah={step}"
    url = f"{reverse('permits:worklist')}?{asked}"
    assert url.replace("&", "&amp;") in page
    listed = head.get(url).content.decode()
    assert world["late"].number in listed
    assert world["new"].number not in listed


def test_the_spreadsheet_has_the_numbers_of_the_page(cast, world):
    answer = signed_in(cast.at("kepala-dinas")).get(URL, {"lembar": "xlsx"})
    sheet = load_workbook(BytesIO(answer.content))["Berkas terbuka menurut layanan"]
    page = signed_in(cast.at("kepala-dinas")).get(URL).content.decode()
    assert "Terbuka menghitung juga izin yang terbit dan belum diserahkan." in " ".join(
        page.split()
    )
    [row] = sheet.iter_rows(min_row=4, values_only=True)
    assert row[:3] == (cast.service.name, 5, 1)


def test_leaders_and_named_positions_see_the_board_of_their_own_office(cast):
    elsewhere = make_cast()
    officer = cast.at("front-office")
    assert signed_in(officer).get(URL).status_code == 404
    BoardReader.objects.create(position=officer.appointments.get().position)
    named = signed_in(officer).get(URL, {"kantor": elsewhere.office.code})
    assert cast.office.name in named.content.decode()
    assert elsewhere.office.name not in named.content.decode()
    assert "pengaduan" not in [key.split()[0] for key in figures(named.content.decode())]


def test_a_board_asks_as_much_of_many_files_as_of_one(cast, monday):
    make_complaint_desk(cast)
    head = signed_in(cast.at("kepala-dinas"))
    asked = []
    for _round in range(2):
        make_submitted(cast, monday)
        make_complaint(cast, monday)
        recount(cast.office, at=monday)
        head.get(URL)
        with CaptureQueriesContext(connection) as queries:
            head.get(URL)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 20
