"""Complaints on the board of the past: every figure by a slow count, its list, and who sees it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import Position, User
from accounts.officers import Officer, officer_of
from boards.domain.months import Span
from boards.presenters import period
from boards.presenters.past_complaints import ComplaintPeriod
from boards.presenters.period_tables import Counted
from boards.services.counting import recount
from complaints.domain.terms import DEFAULT_TERMS, ComplaintTermKind
from complaints.models import Complaint
from tests.factories.accounts import make_officer
from tests.factories.base import base_cast
from tests.factories.complaints import (
    OFFICER,
    make_answered,
    make_complaint,
    make_complaint_desk,
)
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast
from workflow.calendars import calendar_of

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
URL, LIST = "/meja/papan/masa-lalu/", "/meja/papan/masa-lalu/pengaduan/"
PROMISED = DEFAULT_TERMS[ComplaintTermKind.ANSWER].amount


@dataclass(frozen=True)
class Fact:
    """One answer as it was written into the world."""

    complaint: Complaint
    officer: User
    came: datetime
    sent: datetime
    about_service: bool


@dataclass(frozen=True)
class World:
    """Random answers of two officers, and what each has open."""

    cast: Cast
    facts: list[Fact]
    open: dict[int, int]

    @property
    def head(self) -> Officer:
        return officer_of(self.cast.at("kepala-dinas"), NOON)

    def days(self, fact: Fact) -> int:
        """Count the working days after receipt, one after the other."""
        zone, calendar = self.cast.office.zone, calendar_of(self.cast.office)
        day, last, found = fact.came.astimezone(zone).date(), fact.sent.astimezone(zone).date(), 0
        while day < last:
            day += timedelta(days=1)
            found += calendar.is_workday(day)
        return found

    def is_late(self, fact: Fact) -> bool:
        """Whether the answer came after the last promised working day."""
        zone, calendar = self.cast.office.zone, calendar_of(self.cast.office)
        due, left = fact.came.astimezone(zone).date(), PROMISED
        while left:
            due += timedelta(days=1)
            left -= calendar.is_workday(due)
        return fact.sent.astimezone(zone).date() > due

    def since(self, first: date) -> list[Fact]:
        began = datetime.combine(first, time(), self.cast.office.zone)
        return [fact for fact in self.facts if began <= fact.sent < NOON]


@pytest.fixture(scope="module")
def world(module_world: None) -> World:
    """Written once; the tests change nothing."""
    with time_machine.travel(NOON, tick=False):
        cast = base_cast()
        make_complaint_desk(cast)
        second = make_officer(Position.objects.get(office=cast.office, code=OFFICER))
        officers, dice = [cast.at(OFFICER), second], random.Random(7)
        calendar, facts, still = calendar_of(cast.office), [], dict[int, int]()
        for nth in range(60):
            came = NOON - timedelta(days=dice.randrange(20, 200))
            while not calendar.is_workday(came.date()):
                came -= timedelta(days=1)
            sent = min(came + timedelta(days=dice.randrange(40), hours=1), NOON - timedelta(days=1))
            row, who = make_answered(cast, came, sent), dice.choice(officers)
            row.answers.update(sent_by=who)
            about = nth % 4 > 0
            if not about:
                Complaint.objects.filter(pk=row.pk).update(service=None)
            facts.append(Fact(row, who, came, sent, about))
        for nth in range(7):
            row = make_complaint(cast, NOON - timedelta(days=2))
            who = officers[nth % 3 % 2]
            Complaint.objects.filter(pk=row.pk).update(owner=who)
            still[who.pk] = still.get(who.pk, 0) + 1
        return World(cast, facts, still)


def part_of(world: World, officer: Officer, span: Span = Span.YEAR) -> ComplaintPeriod:
    found = period.board(officer, world.cast.office, span).complaints
    assert found is not None
    return found


def table_of(found: ComplaintPeriod, key: str) -> list[list[Any]]:
    [table] = [one for one in found.tables if one.key == key]
    return [list(row) for row in table.rows]


def counted(world: World, facts: list[Fact]) -> list[Any]:
    """Return answered, share, late, median and percentile in the most obvious way."""
    used = sorted(world.days(fact) for fact in facts)
    late = sum(world.is_late(fact) for fact in facts)
    half = len(used) // 2
    median = used[half] if len(used) % 2 else (used[half - 1] + used[half]) / 2
    most = next(value for value in used if 10 * sum(one <= value for one in used) >= 9 * len(used))
    return [len(used), 100 * (len(used) - late) // len(used), late, median, most]


@pytest.mark.parametrize(
    ("span", "first"), [(Span.YEAR, date(2025, 12, 1)), (Span.QUARTER, date(2026, 9, 1))]
)
def test_each_figure_is_that_of_a_slow_count(world: World, span: Span, first: date) -> None:
    facts, found = world.since(first), part_of(world, world.head, span)
    total = counted(world, facts)
    assert [found.figures[0].number, found.share, found.figures[1].number] == total[:3]
    services = table_of(found, "pengaduan-layanan")
    assert [row[0] for row in services] == [world.cast.service.name, "Tanpa layanan tertentu"]
    for row, about in zip(services, (True, False), strict=True):
        assert row[1:] == counted(world, [one for one in facts if one.about_service is about])
    officers = table_of(found, "pengaduan-petugas")
    assert len(officers) == 2
    for row in officers:
        mine = [one for one in facts if one.officer.full_name == row[0]]
        assert row[3:] == counted(world, mine)
        assert row[2] == world.open[mine[0].officer.pk]


def test_each_figure_is_the_length_of_the_list_it_opens(world: World) -> None:
    with time_machine.travel(NOON, tick=False):
        browser = signed_in(world.cast.at("kepala-dinas"))
        found = part_of(world, world.head)
        links = {one.url: one.number for one in found.figures}
        cells = (cell for table in found.tables for row in table.rows for cell in row)
        links |= {cell.url: int(cell) for cell in cells if isinstance(cell, Counted)}
        assert {url.partition("angka=")[2].partition("&")[0] for url in links} == {
            "dijawab", "terlambat", "terbuka",
        }  # fmt: skip
        for url, number in links.items():
            rows, after = [], url
            while after:
                listed = browser.get(after).context["listed"]
                rows += listed.rows
                after = LIST + listed.page.next_url if listed.page.next_url else ""
            assert (len(rows), listed.number) == (number, number), url


def test_the_page_asks_few_queries(world: World) -> None:
    with time_machine.travel(NOON, tick=False):
        recount(world.cast.office, at=NOON)
        head = signed_in(world.cast.at("kepala-dinas"))
        head.get(URL)
        with CaptureQueriesContext(connection) as queries:
            page = head.get(URL, {"periode": "12-bulan"}).content.decode()
        assert len(queries) <= 20, "\n".join(one["sql"][:1500] for one in queries)
    assert "Beban petugas pengaduan" in page
    assert "Budi Pengadu" not in page


def test_queries_do_not_grow_with_the_officers_who_answered(world: World) -> None:
    def asked() -> int:
        officer = world.head
        with CaptureQueriesContext(connection) as queries:
            part_of(world, officer)
        return len(queries)

    before, seat = asked(), Position.objects.get(office=world.cast.office, code=OFFICER)
    for fact in world.facts[:5]:
        fact.complaint.answers.update(sent_by=make_officer(seat))
    assert len(table_of(part_of(world, world.head), "pengaduan-petugas")) > 5
    assert asked() == before


def test_it_stands_in_the_spreadsheet(world: World) -> None:
    with time_machine.travel(NOON, tick=False):
        head = signed_in(world.cast.at("kepala-dinas"))
        answer = head.get(URL, {"lembar": "xlsx", "periode": "12-bulan"})
    book = load_workbook(BytesIO(answer.content))
    whole, lines = part_of(world, world.head), book["Ringkasan"].iter_rows(values_only=True)
    said = {line[1]: line[2] for line in lines if line[0] == "Pengaduan"}
    assert said == {
        **{one.name: one.number for one in whole.figures},
        "Tepat waktu (%)": whole.share,
        "Median": whole.median,
        "Persentil 90": whole.most,
    }
    sheet = book["Pengaduan menurut layanan"]
    written = [cell.value for cell in sheet[4]]
    assert written == table_of(part_of(world, world.head), "pengaduan-layanan")[0]
