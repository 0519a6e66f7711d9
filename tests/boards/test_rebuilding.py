"""One command counts the past anew; a calendar that changes later moves nothing; empty offices."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook

from boards.models import ClockTally, FaultTally, FileTally, HandTally, StepTally, Tallied
from boards.services.counting import recount
from tests.boards.test_past import tables
from tests.boards.world import write_world
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast, make_completed
from workflow.models import Holiday

pytestmark = pytest.mark.django_db
TABLES = (FileTally, StepTally, HandTally, FaultTally, ClockTally)


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


def test_one_command_rebuilds_the_figures_from_nothing(cast: Cast) -> None:
    write_world(cast, 12)
    recount(cast.office, at=NOON)
    once = tables()
    for table in TABLES:
        table.objects.all().delete()
    Tallied.objects.all().delete()
    said = StringIO()
    call_command("recount_boards", office=cast.office.code, stdout=said)
    assert tables() == once
    assert said.getvalue().strip() == f"{cast.office.code}: dihitung ulang."
    with pytest.raises(CommandError):
        call_command("recount_boards", office="tidak-ada")


def test_a_file_that_went_its_way_keeps_its_figures_when_the_calendar_changes(cast: Cast) -> None:
    file = make_completed(cast, NOON - timedelta(days=10))
    recount(cast.office, at=NOON)
    once = tables()
    assert FileTally.objects.get().number == 1
    for day in range(4, 14):
        Holiday.objects.create(on=date(2026, 11, day), name="Baru", kind="libur_nasional")
    cast.office.counts_first_day = True
    cast.office.save()
    recount(cast.office, at=NOON)
    assert tables() == once, file


def test_an_office_with_no_files_has_empty_boards_that_say_so(cast: Cast) -> None:
    head = signed_in(cast.at("kepala-dinas"))
    for counted in (False, True):
        if counted:
            recount(cast.office, at=NOON)
        page = head.get("/meja/papan/").content.decode()
        assert "Tidak ada berkas terbuka" in page
        past = head.get("/meja/papan/masa-lalu/").content.decode()
        assert (
            "Tidak ada berkas dalam periode ini" if counted else "Belum ada yang dihitung"
        ) in past
        assert "100%" not in past
        public = Client().get(f"/janji/{cast.office.code}/").content.decode()
        assert "Belum cukup berkas" in public
        for url in ("/meja/papan/", "/meja/papan/masa-lalu/"):
            book = load_workbook(BytesIO(head.get(url, {"lembar": "xlsx"}).content))
            assert book.worksheets[0]["A1"].value
            assert head.post(f"{url}cetak/").status_code == 302


def test_page_spreadsheet_and_print_say_as_of_when(cast: Cast) -> None:
    write_world(cast, 12)
    recount(cast.office, at=NOON - timedelta(hours=7, minutes=50))
    head = signed_in(cast.at("kepala-dinas"))
    url = "/meja/papan/masa-lalu/"
    assert "per 16 Nov 2026 01.10 WIB" in head.get(url).content.decode()
    book = load_workbook(BytesIO(head.get(url, {"lembar": "xlsx"}).content))
    assert len(book.worksheets) > 3
    for sheet in book.worksheets:
        assert "per 16 Nov 2026 01.10 WIB" in str(sheet["A1"].value)
