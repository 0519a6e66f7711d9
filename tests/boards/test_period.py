"""The board of the past: its page, its spreadsheet, and who sees whose time."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.officers import officer_of
from boards.models import BoardReader, FaultTally, Tallied
from boards.policies import positions_led
from boards.presenters import period
from boards.services.counting import recount
from tests.boards.world import write_world
from tests.factories.accounts import make_officer, make_position
from tests.factories.filing import signed_in
from tests.factories.permits import NOON

pytestmark = pytest.mark.django_db
URL = "/meja/papan/masa-lalu/"


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON + timedelta(hours=2), tick=False)


def page_of(user, **asked) -> str:
    return signed_in(user).get(URL, asked).content.decode()


def test_who_is_led_is_below_at_any_depth_and_never_oneself(cast):
    head = cast.at("kepala-dinas").appointments.get().position
    section = make_position(cast.office, superior=head)
    desk = make_position(cast.office, superior=section)
    aside = make_position(cast.office)
    leader = make_officer(section)
    assert positions_led(officer_of(leader, NOON)) == {desk.pk}
    everybody = positions_led(officer_of(cast.at("kepala-dinas"), NOON))
    assert {section.pk, desk.pk} <= everybody
    assert not {head.pk, aside.pk} & everybody


def test_only_superiors_see_the_time_of_an_officer(cast):
    write_world(cast, 12)
    recount(cast.office, at=NOON)
    head = cast.at("kepala-dinas")
    desk = cast.at("front-office").appointments.get().position
    desk.superior = head.appointments.get().position
    desk.save()
    BoardReader.objects.create(position=cast.at("tim-teknis").appointments.get().position)
    seen, named = (page_of(user, periode="12-bulan") for user in (head, cast.at("tim-teknis")))
    assert "per 16 Nov 2026 09.00 WIB" in seen
    assert 'id="langkah"' in seen
    assert 'id="langkah"' in named
    assert 'id="petugas"' in seen
    assert 'id="petugas"' not in named
    table = seen.partition('id="petugas"')[2]
    assert desk.name in table
    assert cast.at("tim-teknis").appointments.get().position.name not in table
    answer = signed_in(cast.at("tim-teknis")).get(URL, {"lembar": "xlsx", "periode": "12-bulan"})
    names = load_workbook(BytesIO(answer.content)).sheetnames
    assert not [name for name in names if "petugas" in name]
    assert signed_in(cast.at("back-office")).get(URL).status_code == 404


def test_the_spreadsheet_has_the_figures_of_the_page(cast):
    write_world(cast, 12)
    recount(cast.office, at=NOON)
    answer = signed_in(cast.at("kepala-dinas")).get(URL, {"lembar": "xlsx", "periode": "12-bulan"})
    summary, sheet, *_rest = load_workbook(BytesIO(answer.content)).worksheets
    row = [cell.value for cell in sheet[4]]
    page = page_of(cast.at("kepala-dinas"), periode="12-bulan")
    board = signed_in(cast.at("kepala-dinas")).get(URL, {"periode": "12-bulan"}).context["board"]
    assert board.share is not None
    assert list(summary.iter_rows(min_row=4, values_only=True)) == [
        ("Permohonan", "Berkas dijawab", board.answered),
        ("Permohonan", "Terlambat", board.late),
        ("Permohonan", "Tepat waktu (%)", board.share),
        ("Pengaduan", "Pengaduan yang dijawab", 0),
        ("Pengaduan", "Terlambat", 0),
    ]
    assert row[0] == cast.service.name
    table = page.partition('id="layanan"')[2].partition("</table>")[0]
    cells = dict(
        re.findall(r'<td data-label="([^"]*)"[^>]*>\s*(?:<a [^>]*>)?\s*([^<]*?)\s*<', table)
    )
    assert [cells["Dijawab"], cells["Terlambat"]] == [str(row[1]), str(row[3])]
    assert [cells["Satuan"], cells["Persentil 90 bersih"]] == [row[5], str(row[7])]
    assert signed_in(cast.at("kepala-dinas")).get("/meja/papan/").status_code == 200


def test_an_office_without_files_says_why_the_page_is_empty(cast):
    head = cast.at("kepala-dinas")
    assert "Belum ada yang dihitung" in page_of(head)
    recount(cast.office, at=NOON)
    assert "Tidak ada berkas dalam periode ini" in page_of(head, periode="bukan-apa-apa")


def test_the_page_asks_as_much_of_many_files_as_of_few(cast):
    head, asked = signed_in(cast.at("kepala-dinas")), []
    for files in (8, 24):
        write_world(cast, files, seed=files)
        recount(cast.office, at=NOON)
        head.get(URL)
        with CaptureQueriesContext(connection) as queries:
            head.get(URL, {"periode": "12-bulan"})
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 20


def test_every_reason_of_returns_can_be_read(cast, monkeypatch):
    monkeypatch.setattr(period, "FAULTS", 1)
    requirement = cast.version.requirements.all()[0]
    for wrong, number in ((requirement, 9), (None, 4)):
        FaultTally.objects.create(
            office=cast.office, service=cast.service, month=date(2026, 11, 1),
            requirement=wrong, number=number,
        )  # fmt: skip
    Tallied.objects.create(office=cast.office, counted_at=NOON)
    head = signed_in(cast.at("kepala-dinas"))
    first = head.get(URL).content.decode()
    assert requirement.text[:60] in first
    assert "Isian formulir" not in first
    assert "dan 1 lagi" in first
    [rest] = re.findall(r'href="([^"]*alasan=semua)#kekurangan"', first)
    every = head.get(URL + rest.replace("&amp;", "&")).content.decode()
    assert "Isian formulir" in every
    assert "dan 1 lagi" not in every
    sheet = load_workbook(BytesIO(head.get(URL, {"lembar": "xlsx"}).content)).worksheets[1]
    assert "Isian formulir" in [row[0].value for row in sheet.rows]
