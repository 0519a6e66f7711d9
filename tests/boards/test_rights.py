"""Under whose eyes: each figure is the list that its own reader opens."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Position
from accounts.officers import officer_of
from boards.presenters import now
from boards.services.counting import recount
from standards.domain.steps import StepKind
from tests.boards.test_now_world import length
from tests.factories.accounts import make_office_admin, make_officer, make_position
from tests.factories.filing import signed_in
from tests.factories.partners import make_partner_cast
from tests.factories.parts import ask_part
from tests.factories.permits import NOON, Cast, at_step, make_accepted, make_cast, make_submitted

pytestmark = pytest.mark.django_db
FIGURE = re.compile(r'href="(/meja/\?[^"]+)"[^>]*>\s*(?:<span[^>]*>)?\s*(\d+)<')
PAGES = ("/meja/papan/", "/meja/papan/masa-lalu/")


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


def figures(browser: Any) -> list[tuple[str, int]]:
    page = browser.get("/meja/papan/").content.decode()
    return [(url.replace("&amp;", "&"), int(number)) for url, number in FIGURE.findall(page)]


def test_the_leader_of_a_partner_body_sees_what_lies_at_its_desks() -> None:
    cast, partner = make_partner_cast()
    inspected, elsewhere = at_step(cast, StepKind.INSPECT), make_submitted(cast)
    seat = Position.objects.get(office=cast.office, code="sekretaris")
    hearing = at_step(cast, StepKind.SIGN)
    ask_part(hearing, "Tim Teknis")
    browser = signed_in(partner.superior)
    found = figures(browser)
    assert found
    for url, number in found:
        assert length(browser, url) == number, url
    assert found[0] == (f"/meja/?tampil=semua&kantor={partner.body.code}", 2)
    board = now.board(officer_of(partner.superior, NOON), partner.body)
    [desks] = [table for table in board.tables if table.first == "Meja"]
    assert [(row.name, row.figures[0].number) for row in desks.rows] == [
        (f"{partner.desk.name}, {partner.body.short_name}", 2)
    ]
    page = browser.get("/meja/papan/").content.decode()
    assert str(elsewhere.number) not in page
    assert str(inspected.number) in page
    assert seat.name not in page
    assert board.complaints is None


def test_the_office_sees_the_desk_of_the_body_and_not_its_officers() -> None:
    cast, partner = make_partner_cast()
    at_step(cast, StepKind.INSPECT)
    recount(cast.office, at=NOON)
    head = signed_in(cast.at("kepala-dinas"))
    assert f"{partner.desk.name}, {partner.body.short_name}" in head.get(PAGES[0]).content.decode()
    for url, number in figures(head):
        assert length(head, url) == number, url
    assert partner.officer.full_name not in head.get(PAGES[1]).content.decode()


def test_the_leader_of_a_body_sees_the_time_of_its_own_officers() -> None:
    cast, partner = make_partner_cast()
    file = at_step(cast, StepKind.INSPECT, NOON - timedelta(days=3))
    at_step(cast, StepKind.DRAFT, NOON - timedelta(days=3))
    ask_part(file, "Tim Teknis")
    recount(cast.office, at=NOON)
    page = signed_in(partner.superior).get(PAGES[1]).content.decode()
    assert partner.officer.full_name in page
    assert "Petugas front-office" not in page
    assert "Janji dan kenyataan" not in page


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_opens_a_board(cast: Cast, page: str) -> None:
    other = make_cast()
    make_submitted(cast)
    administrator = make_office_admin(cast.office)
    assert signed_in(administrator).get(page).status_code == 404
    assert signed_in(cast.at("front-office")).get(page).status_code == 404
    head = signed_in(other.at("kepala-dinas"))
    seen = head.get(page, {"kantor": cast.office.code}).context
    assert (seen["board"].office, seen["offices"]) == (other.office, [other.office])
    listed = head.get("/meja/", {"tampil": "semua", "kantor": cast.office.code})
    assert listed.context["list"].rows == []


def test_a_superior_in_the_middle_sees_the_figures_as_their_lists(cast: Cast) -> None:
    section = make_position(cast.office)
    Position.objects.filter(office=cast.office, code="front-office").update(superior=section)
    make_submitted(cast)
    make_accepted(cast)
    browser = signed_in(make_officer(section))
    found = figures(browser)
    assert dict(found)[f"/meja/?tampil=semua&kantor={cast.office.code}"] == 2
    for url, number in found:
        assert length(browser, url) == number, url
