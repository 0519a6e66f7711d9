"""Complaints on the board of now: alike the files, each figure as long as the list it opens."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from accounts.officers import officer_of
from boards.presenters import now
from boards.presenters.complaints import ComplaintBoard
from complaints.models import Complaint
from tests.factories.complaints import OFFICER, make_complaint, make_complaint_desk, make_studied
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast

pytestmark = pytest.mark.django_db
FIGURE = re.compile(r'href="(/meja/pengaduan/\?[^"]+)"[^>]*>\s*(?:<span[^>]*>)?\s*(\d+)<')


@pytest.fixture
def made(cast: Cast, time_machine: Any) -> list[Complaint]:
    """Complaints at each stage; one is confidential, one is about no service."""
    time_machine.move_to(NOON, tick=False)
    make_complaint_desk(cast)
    old = make_complaint(cast, NOON - timedelta(days=40), served_on=None)
    rows = [old, make_complaint(cast, NOON, service=None), make_studied(cast), make_studied(cast)]
    rows += [make_complaint(cast, NOON - timedelta(days=3)) for _nth in range(6)]
    stages = (
        "belum_lengkap", "konsep_jawaban", "disetujui", "saran", "dijawab", "saran_dijawab",
    )  # fmt: skip
    for row, stage in zip(rows[4:], stages, strict=True):
        closed = NOON if stage in ("dijawab", "saran_dijawab") else None
        desk = None if closed else row.desk
        Complaint.objects.filter(pk=row.pk).update(status=stage, closed_at=closed, desk=desk)
    Complaint.objects.filter(pk=rows[2].pk).update(confidential=True, owner=None)
    return rows


def shown_by(url: str) -> str:
    return url.partition("tampil=")[2].partition("&")[0]


def part_of(cast: Cast, code: str) -> ComplaintBoard:
    found = now.board(officer_of(cast.at(code), NOON), cast.office).complaints
    assert found is not None
    return found


def test_stages_and_services_are_counted_with_their_age(cast: Cast, made: list[Complaint]) -> None:
    found = part_of(cast, "kepala-dinas")
    assert {shown_by(one.url): one.number for one in found.figures} == {
        "semua": 8, "terlambat": 1, "hampir": 0, "pengadu": 1, "persetujuan": 1, "saran": 1,
    }  # fmt: skip
    stages, services = found.tables
    assert {row.name: row.figures[0].number for row in stages.rows} == {
        "Diterima, menunggu pemeriksaan kelengkapan": 2, "Menunggu pengadu melengkapi": 1,
        "Sedang ditelaah": 2, "Jawaban menunggu persetujuan": 1,
        "Jawaban disetujui, menunggu dikirim": 1, "Saran menunggu jawaban": 1,
    }  # fmt: skip
    assert [(row.name, row.figures[0].number) for row in services.rows] == [
        (cast.service.name, 7), ("Tanpa layanan tertentu", 1),
    ]  # fmt: skip
    assert found.oldest[0].number == made[0].number
    assert found.age == stages.rows[0].age == found.oldest[0].age > 20
    assert "terlambat" in found.oldest[0].left


def test_days_of_work_waiting_at_the_pace_of_late(cast: Cast, made: list[Complaint]) -> None:
    """Two were answered since the first of October, 33 working days; seven wait for the office."""
    assert part_of(cast, "kepala-dinas").backlog == -(-7 * 33 // 2)


@pytest.mark.parametrize("code", ["kepala-dinas", OFFICER])
def test_each_figure_is_as_long_as_the_list_it_opens(
    cast: Cast, made: list[Complaint], code: str
) -> None:
    found, browser = part_of(cast, code), signed_in(cast.at(code))
    tables = [one for table in found.tables for row in table.rows for one in row.figures]
    for one in (*found.figures, *tables):
        rows = browser.get(one.url).content.decode().count("data-row-link")
        assert rows == one.number, one.url


def test_what_is_confidential_is_in_the_figures_of_those_who_see_it(
    cast: Cast, made: list[Complaint]
) -> None:
    assert part_of(cast, "kepala-dinas").figures[0].number == 8
    assert part_of(cast, OFFICER).figures[0].number == 7


def test_the_page_names_no_one_and_opens_the_lists(cast: Cast, made: list[Complaint]) -> None:
    page = signed_in(cast.at("kepala-dinas")).get("/meja/papan/").content.decode()
    assert len(FIGURE.findall(page)) > 12
    assert made[0].number in page
    assert "Budi Pengadu" not in page
    apart = signed_in(cast.at("tim-teknis")).get("/meja/papan/")
    assert apart.status_code == 404
