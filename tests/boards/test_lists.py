"""The lists behind the figures of the past: their page, and who may open which."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from boards.models import BoardReader, StepTally
from boards.services.counting import recount
from permits.models import Application
from tests.boards.world import write_world
from tests.factories.accounts import make_user
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast

pytestmark = pytest.mark.django_db
URL = "/meja/papan/masa-lalu/berkas/"


@pytest.fixture
def counted(cast: Cast, time_machine: Any) -> Cast:
    """A small world; the head leads the front office."""
    time_machine.move_to(NOON + timedelta(hours=2), tick=False)
    write_world(cast, 12)
    desk = cast.at("front-office").appointments.get().position
    desk.superior = cast.at("kepala-dinas").appointments.get().position
    desk.save()
    recount(cast.office, at=NOON)
    return cast


def test_the_page_names_the_files_and_says_why_it_may_differ(counted: Cast) -> None:
    head = signed_in(counted.at("kepala-dinas"))
    page = head.get(URL, {"angka": "dijawab", "periode": "12-bulan"})
    text = page.content.decode()
    rows = page.context["listed"].rows
    assert rows
    assert all(row.url in text for row in rows)
    assert "per 16 Nov 2026 09.00 WIB" in text
    assert "retensi" in text


def test_the_acts_of_an_officer_are_listed_for_superiors_alone(counted: Cast) -> None:
    head, named = counted.at("kepala-dinas"), counted.at("tim-teknis")
    front = counted.at("front-office")
    BoardReader.objects.create(position=named.appointments.get().position)
    of_front: dict[str, str | int] = {
        "petugas": front.pk,
        "jabatan": front.appointments.get().position_id,
    }
    of_named: dict[str, str | int] = {
        "petugas": named.pk,
        "jabatan": named.appointments.get().position_id,
    }
    asked: dict[str, str | int] = {"angka": "jeda", "periode": "12-bulan"}
    assert signed_in(head).get(URL, {**asked, **of_front}).status_code == 200
    assert signed_in(head).get(URL, {**asked, **of_named}).status_code == 404
    assert signed_in(named).get(URL, asked).status_code == 200
    for whose in (of_front, of_named):
        assert signed_in(named).get(URL, {**asked, **whose}).status_code == 404
    assert signed_in(counted.at("back-office")).get(URL, asked).status_code == 404


def test_no_list_opens_the_name_of_who_never_held_the_position(counted: Cast) -> None:
    """Account numbers can be counted up; those of applicants and of other officers are no page."""
    head, seat = counted.at("kepala-dinas"), counted.at("front-office").appointments.get()
    step = StepTally.objects.values_list("step", flat=True)[0]
    strangers = (make_user("warga@test.invalid").pk, head.pk, 999999999)
    for figure in ("jeda", "dijawab", "selesai", "lewat", "dikembalikan"):
        asked = {"angka": figure, "langkah": step, "jabatan": seat.position_id}
        for person in strangers:
            answer = signed_in(head).get(URL, {**asked, "petugas": person})
            assert answer.status_code == 404, (figure, person)


def test_the_steps_are_listed_for_nobody_in_particular(counted: Cast) -> None:
    seat = counted.at("front-office").appointments.get()
    step = StepTally.objects.values_list("step", flat=True)[0]
    head = signed_in(counted.at("kepala-dinas"))
    asked: dict[str, str | int] = {"angka": "selesai", "langkah": step}
    assert head.get(URL, asked).status_code == 200
    whose = {"petugas": seat.user_id, "jabatan": seat.position_id}
    assert head.get(URL, {**asked, **whose}).status_code == 404


@pytest.mark.parametrize(
    "asked",
    ["angka=apa-saja", "angka=selesai", "angka=jeda&petugas=1", "layanan=x", "langkah=-1",
     "layanan=99999999999999999999", "satuan=%00", "angka=lewat&langkah=999999999"],
)  # fmt: skip
def test_an_address_that_no_figure_has_is_no_page(counted: Cast, asked: str) -> None:
    assert signed_in(counted.at("kepala-dinas")).get(f"{URL}?{asked}").status_code == 404


def test_before_the_first_count_the_board_says_why_there_is_no_list(
    cast: Cast, time_machine: Any
) -> None:
    time_machine.move_to(NOON, tick=False)
    answer = signed_in(cast.at("kepala-dinas")).get(URL)
    assert answer["Location"].startswith("/meja/papan/masa-lalu/")


def test_a_file_that_is_gone_is_missing_in_the_list_and_not_in_the_figure(counted: Cast) -> None:
    head = signed_in(counted.at("kepala-dinas"))
    asked = {"angka": "dijawab", "periode": "12-bulan"}
    before = head.get(URL, asked).context["listed"]
    Application.objects.filter(number=before.rows[0].number).update(deleted_at=NOON)
    after = head.get(URL, asked).context["listed"]
    assert (after.number, len(after.rows)) == (before.number, len(before.rows) - 1)
