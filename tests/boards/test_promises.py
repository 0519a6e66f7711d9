"""The promise board: the same figures as a hand count, nothing about few."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook

from boards.models import FileTally, Tallied
from boards.services.counting import recount
from complaints.domain.lifecycle import Status
from complaints.models import Complaint, ComplaintDeadline
from tests.boards.oracle import middle, nine_of_ten
from tests.boards.world import slow_days, write_world
from tests.factories.complaints import make_complaint, make_complaint_desk
from tests.factories.permits import NOON, make_cast
from workflow.calendars import calendar_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON + timedelta(hours=2), tick=False)


def words(days: float) -> str:
    return f"{days:g} hari kerja".replace(".", ",")


def test_the_page_agrees_with_a_hand_count(cast):
    stories = [
        story
        for story in write_world(cast, 30)
        if story.answered and story.stop and story.stop < NOON
    ]
    recount(cast.office, at=NOON)
    counted = [slow_days(story, calendar_of(cast.office), pauses=True) for story in stories]
    days = [used for used, _late in counted]
    kept = 100 * sum(not late for _used, late in counted) // len(counted)
    page = Client().get(f"/janji/{cast.office.code}/").content.decode()
    assert f'<td data-label="Biasanya (median)">{words(middle(days))}</td>' in page
    assert words(nine_of_ten(days)) in page
    assert f"<span>{kept}%</span>" in page
    assert f'<td data-label="Berkas dijawab">{len(stories)}</td>' in page
    data = Client().get(f"/janji/{cast.office.code}/data.json").json()
    paper = Client().get(f"/janji/{cast.office.code}/", {"cetak": "1"}).content.decode()
    assert f'<td data-label="Biasanya (median)">{words(middle(days))}</td>' in paper
    assert "per 16 Nov 2026" in paper
    [row] = data["baris"]
    assert (row["median"], row["persentil_90"]) == (middle(days), nine_of_ten(days))
    service = Client().get(cast.service.get_absolute_url()).content.decode()
    assert f"Biasanya {words(middle(days))}" in service


@pytest.mark.parametrize(("number", "shown"), [(9, False), (10, True)])
def test_nothing_is_said_of_nine_files(cast, number, shown):
    Tallied.objects.create(office=cast.office, counted_at=NOON)
    FileTally.objects.create(
        office=cast.office, service=cast.service, month=NOON.date().replace(day=1),
        unit="hari_kerja", promised=5, net=3, gross=4, on_time=True, returns=0, number=number,
    )  # fmt: skip
    page = Client().get(f"/janji/{cast.office.code}/").content.decode()
    assert (words(3) in page) is shown
    service = Client().get(cast.service.get_absolute_url()).content.decode()
    assert ("Biasanya 3 hari kerja" in service) is shown
    url = f"/janji/{cast.office.code}/"
    assert (words(3) in Client().get(url, {"cetak": "1"}).content.decode()) is shown
    book = load_workbook(BytesIO(Client().get(url, {"lembar": "xlsx"}).content))
    lines = list(book.worksheets[0].iter_rows(min_row=4, values_only=True))
    wanted = [(cast.service.name, 5, "hari kerja", 3, 3, 100, number)]
    assert lines == (wanted if shown else [])


@pytest.mark.parametrize(
    ("today", "month", "shown"),
    [
        (date(2026, 12, 1), date(2025, 12, 1), True),  # twelve months are whole on a first day
        (date(2026, 12, 31), date(2025, 12, 1), True),
        (date(2026, 12, 1), date(2025, 11, 1), False),
        (date(2027, 1, 1), date(2025, 12, 1), False),
    ],
)
def test_twelve_whole_months_are_counted_and_the_running_one(
    cast, time_machine, today, month, shown
):
    time_machine.move_to(datetime.combine(today, time(9), cast.office.zone), tick=False)
    Tallied.objects.create(office=cast.office, counted_at=NOON)
    FileTally.objects.create(
        office=cast.office, service=cast.service, month=month,
        unit="hari_kerja", promised=5, net=3, gross=4, on_time=True, returns=0, number=10,
    )  # fmt: skip
    page = Client().get(f"/janji/{cast.office.code}/").content.decode()
    assert (words(3) in page) is shown
    service = Client().get(cast.service.get_absolute_url()).content.decode()
    assert ("Biasanya 3 hari kerja" in service) is shown
    if shown:
        assert "Berkas yang dijawab sejak Desember 2025, per" in page


def test_a_range_is_said_as_the_standard_in_force_prints_it():
    cast = make_cast(term_minimum=4)
    Tallied.objects.create(office=cast.office, counted_at=NOON)
    for promised in (5, cast.version.term_amount):
        FileTally.objects.create(
            office=cast.office, service=cast.service, month=NOON.date().replace(day=1),
            unit="hari_kerja", promised=promised, net=3, gross=4, on_time=True, returns=0,
            number=10,
        )  # fmt: skip
    page = Client().get(f"/janji/{cast.office.code}/").content.decode()
    assert '<td data-label="Janji">5 hari kerja, 4-6 hari kerja</td>' in page
    FileTally.objects.filter(promised=5).delete()
    book = load_workbook(
        BytesIO(Client().get(f"/janji/{cast.office.code}/", {"lembar": "xlsx"}).content)
    )
    [line] = book.worksheets[0].iter_rows(min_row=4, values_only=True)
    assert line[1] == "4-6"


def test_a_count_that_is_not_at_its_end_says_nothing_in_public(cast):
    write_world(cast, 30)
    recount(cast.office, at=NOON)
    Tallied.objects.update(counted_at=None)  # as while it is counted for the first time
    assert "Belum cukup berkas" in Client().get(f"/janji/{cast.office.code}/").content.decode()
    assert "Biasanya" not in Client().get(cast.service.get_absolute_url()).content.decode()


def answered(complaint: Complaint, number: int, *, late: bool, first: int = 0) -> None:
    """Write so many complaints that were answered, in time or late."""
    for nth in range(first, first + number):
        row = Complaint.objects.get(pk=complaint.pk)
        row.pk, row.public_id, row.number = None, uuid4(), f"ACAK-{late}-{nth}"
        row.secret_digest = f"{uuid4().hex}{uuid4().hex}"
        row.status, row.closed_at, row.desk, row.owner = Status.ANSWERED, NOON, None, None
        row.save(force_insert=True)
        if late:
            ComplaintDeadline.objects.create(
                complaint=row, kind=ComplaintDeadline.Kind.ANSWER, term_amount=14,
                term_unit="hari_kerja", started_at=NOON, met_at=NOON, breached_at=NOON,
            )  # fmt: skip


def test_a_share_that_would_tell_of_single_complaints_is_not_shown(cast):
    make_complaint_desk(cast)
    complaint = make_complaint(cast, NOON - timedelta(days=1))
    said = []
    answered(complaint, 12, late=False)
    for late in (0, 2, 5):
        answered(complaint, late, late=True, first=late)
        said.append(Client().get(f"/janji/{cast.office.code}/").content.decode())
    assert "100% dari 12 pengaduan dijawab tepat waktu." in said[0]
    assert "dijawab tepat waktu." not in said[1]
    assert "63% dari 19 pengaduan dijawab tepat waktu." in said[2]
