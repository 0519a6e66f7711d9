"""What an officer has and had in hand: also when the owner changed, and parts of others' steps."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Office, Position, User
from boards.selectors import past
from boards.selectors.past import OfficerFigures
from boards.services.counting import recount
from demo import samples
from permits.models import StepPart
from permits.services import parts, visits
from standards.domain.steps import StepKind
from tests.factories.accounts import make_officer
from tests.factories.filing import signed_in
from tests.factories.parts import ask_part
from tests.factories.permits import NOON, Cast, at_step, make_accepted
from tests.factories.standards import position_of

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)


def figures(office: Office, at: datetime) -> dict[str, OfficerFigures]:
    """Count, and return everybody's figures by name, as a superior of all of them sees them."""
    recount(office, at=at)
    seats = Position.objects.filter(office=office).values_list("pk", flat=True)
    rows = past.officers(office, NOVEMBER, NOVEMBER, list(seats), at)
    return {row.name: row for row in rows}


def later(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def test_whoever_received_a_file_had_it_in_hand_though_another_finished_it(cast: Cast) -> None:
    one = cast.at("tim-teknis")
    other = make_officer(position_of(cast.office, "tim-teknis"), full_name="Petugas Kedua")
    file = at_step(cast, StepKind.INSPECT)
    visits.receive(file, actor=one, at=later(1))
    assert figures(cast.office, later(1.5))[one.full_name].in_hand == 1
    visits.send_back(samples.reload(file), actor=other, at=later(2), note="Periksa lagi.")
    found = figures(cast.office, later(2.5))
    assert (found[one.full_name].held, found[one.full_name].finished) == (1, 0)
    assert found[one.full_name].minutes == 60
    assert (found[other.full_name].held, found[other.full_name].finished) == (0, 1)
    assert found[one.full_name].in_hand == 0


def test_a_file_that_nobody_received_is_in_no_hand(cast: Cast) -> None:
    at_step(cast, StepKind.INSPECT)
    assert "Petugas tim-teknis" not in figures(cast.office, later(1))


def test_a_part_is_in_the_hands_of_those_who_hold_the_position(cast: Cast) -> None:
    secretary = cast.at("sekretaris")
    owed = [ask_part(make_accepted(cast)), ask_part(make_accepted(cast))]
    found = figures(cast.office, later(1))
    assert found[secretary.full_name].in_hand == 2
    parts.give_part(
        owed[0].application, actor=secretary, at=later(1), part=owed[0].pk,
        opinion=StepPart.Opinion.NO_OBJECTION,
    )  # fmt: skip
    found = figures(cast.office, later(2))
    mine = found[secretary.full_name]
    assert (mine.in_hand, mine.held, mine.finished, mine.minutes) == (1, 1, 1, 60)


def test_a_successor_has_the_part_in_hand(cast: Cast) -> None:
    ask_part(make_accepted(cast))
    seat = position_of(cast.office, "sekretaris")
    seat.appointments.update(ended_on=NOON.date() - timedelta(days=1))
    successor: User = make_officer(seat, full_name="Putri Pengganti")
    found = figures(cast.office, later(1))
    assert found[successor.full_name].in_hand == 1
    assert cast.at("sekretaris").full_name not in found


def test_the_head_reads_them_on_the_page_and_the_secretary_does_not(
    cast: Cast, time_machine: Any
) -> None:
    time_machine.move_to(later(1), tick=False)
    head = cast.at("kepala-dinas").appointments.get().position
    Position.objects.filter(office=cast.office, code="sekretaris").update(superior=head)
    ask_part(make_accepted(cast))
    recount(cast.office, at=later(1))
    url = "/meja/papan/masa-lalu/"
    page = signed_in(cast.at("kepala-dinas")).get(url).content.decode()
    assert re.search(r'data-label="Di tangan sekarang">\s*1\s*<', page)
    assert signed_in(cast.at("sekretaris")).get(url).status_code == 404
