"""Who sees which complaints of the past, and whose work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.officers import officer_of
from boards.domain.months import Span
from boards.models import BoardReader
from boards.presenters import period
from complaints.models import Complaint
from tests.factories.accounts import make_user
from tests.factories.complaints import (
    OFFICER,
    SECTION_HEAD,
    make_answered,
    make_complaint_desk,
)
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast

pytestmark = pytest.mark.django_db
URL, LIST = "/meja/papan/masa-lalu/", "/meja/papan/masa-lalu/pengaduan/"


def test_work_of_an_officer_is_for_superiors_alone(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)
    make_complaint_desk(cast)
    make_answered(cast, NOON - timedelta(days=20), NOON - timedelta(days=2))
    officer, beside = cast.at(OFFICER), cast.at(SECTION_HEAD)
    seat = officer.appointments.get().position_id
    BoardReader.objects.create(position=beside.appointments.get().position)
    BoardReader.objects.create(position=cast.at("tim-teknis").appointments.get().position)
    who = {"angka": "dijawab", "petugas": str(officer.pk), "jabatan": str(seat)}
    head = signed_in(cast.at("kepala-dinas"))
    assert "Beban petugas pengaduan" in head.get(URL).content.decode()
    assert len(head.get(LIST, who).context["listed"].rows) == 1
    for user in (beside, officer):
        BoardReader.objects.get_or_create(position=user.appointments.get().position)
        browser = signed_in(user)
        assert "Beban petugas pengaduan" not in browser.get(URL).content.decode()
        assert browser.get(LIST, who).status_code == 404
        assert browser.get(LIST, {"angka": "terbuka"}).status_code == 404
    apart = signed_in(cast.at("tim-teknis"))  # without a part in complaints
    assert 'id="pengaduan"' not in apart.get(URL).content.decode()
    assert apart.get(LIST).status_code == 404


def test_no_list_opens_the_name_of_who_never_held_the_position(
    cast: Cast, time_machine: Any
) -> None:
    time_machine.move_to(NOON, tick=False)
    make_complaint_desk(cast)
    head, seat = cast.at("kepala-dinas"), cast.at(OFFICER).appointments.get().position_id
    browser = signed_in(head)
    for figure in ("dijawab", "terlambat", "terbuka"):
        for person in (make_user(f"{figure}@test.invalid").pk, head.pk, 999999999):
            asked = {"angka": figure, "petugas": person, "jabatan": seat}
            assert browser.get(LIST, asked).status_code == 404, asked


@pytest.mark.parametrize("asked", [{"angka": "x"}, {"layanan": "x"}, {"petugas": "1"}])
def test_what_the_board_never_asks_for_is_not_found(
    cast: Cast, asked: dict[str, str], time_machine: Any
) -> None:
    time_machine.move_to(NOON, tick=False)
    make_complaint_desk(cast)
    assert signed_in(cast.at("kepala-dinas")).get(LIST, asked).status_code == 404


def test_what_is_confidential_is_counted_for_those_who_see_it(
    cast: Cast, time_machine: Any
) -> None:
    time_machine.move_to(NOON, tick=False)
    make_complaint_desk(cast)
    row = make_answered(cast, NOON - timedelta(days=20), NOON - timedelta(days=2))
    Complaint.objects.filter(pk=row.pk).update(confidential=True, owner=None)
    secretary = cast.at("sekretaris")
    BoardReader.objects.get_or_create(position=secretary.appointments.get().position)

    def number(code: str) -> int:
        found = period.board(officer_of(cast.at(code), NOON), cast.office, Span.YEAR).complaints
        assert found is not None
        return found.figures[0].number

    assert (number("kepala-dinas"), number("sekretaris")) == (1, 0)
    listed = signed_in(secretary).get(LIST, {"periode": "12-bulan"})
    assert row.number not in listed.content.decode()
