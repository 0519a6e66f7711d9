"""The public pages of complaints: how, by which rules, and what happened; nobody is betrayed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from complaints.domain.lifecycle import Event
from complaints.models import Complaint, ComplaintTerm, Problem
from complaints.services import events, figures
from complaints.services.figures import public_figures
from complaints.services.identity import Person
from tests.factories.base import base_cast
from tests.factories.complaints import BUDI, TEXT, make_complaint, make_complaint_desk
from tests.factories.permits import NOON, Cast, make_cast

pytestmark = pytest.mark.django_db
NOW = NOON + timedelta(days=2)


@pytest.fixture
def cast(time_machine) -> Cast:
    time_machine.move_to(NOW, tick=False)
    cast = base_cast()
    make_complaint_desk(cast)
    return cast


def page(cast: Cast) -> str:
    return Client().get(f"/pengaduan/{cast.office.code}/").content.decode()


def lines(rows: list[figures.FigureRow]) -> dict[str, str]:
    return {line.label: line.number for line in rows}


def test_the_start_names_every_office_and_the_way_back(cast):
    text = Client().get("/pengaduan/").content.decode()

    assert f"/pengaduan/{cast.office.code}/" in text
    assert "/pengaduan/lacak/" in text
    assert "30 hari kalender" in text
    assert "14 hari kerja" in text


def test_an_office_shows_its_channels_as_printed_and_its_own_terms(cast):
    cast.office.channels.create(order=2, kind="email", label="Surel", value="adu@contoh.go.id")
    cast.office.channels.create(order=1, kind="loket", label="Loket pengaduan", value="Lantai 1")
    cast.office.complaint_rules.limit_days = 40
    cast.office.complaint_rules.save()
    ComplaintTerm.objects.create(office=cast.office, kind="jawaban", amount=10)

    text = page(cast)

    assert text.index("Loket pengaduan") < text.index("mailto:adu@contoh.go.id")
    assert "40 hari kalender" in text
    assert "10 hari kerja" in text
    assert f"/pengaduan/{cast.office.code}/kirim/" in text


def test_an_unknown_office_is_not_there(cast):
    assert Client().get("/pengaduan/tidak-ada/").status_code == 404


def test_four_complaints_are_fewer_than_five(cast):
    for _one in range(4):
        make_complaint(cast)

    text = page(cast)

    assert "yang masuk kurang dari lima" in text
    assert "Sedang ditangani" not in text


def test_a_small_group_hides_and_takes_the_next_with_it(cast):
    for _one in range(6):
        make_complaint(cast)
    for _one in range(7):
        make_complaint(cast, person=Person())
    events.fire(make_complaint(cast), Event.WITHDRAW, actor=None, at=NOON, note="Dicabut")

    found = public_figures(cast.office, NOW)

    assert found.total == "14"
    told = lines(found.outcomes)
    assert told["Dicabut oleh pengadu"] == ""
    assert told["Sedang ditangani"] == ""
    assert told["Saran yang belum dijawab"] == "7"
    assert told["Digabung dengan pengaduan lain"] == "0"
    assert "disamarkan" in page(cast)


def test_problems_are_counted_and_those_nobody_named_are_said(cast):
    for _one in range(5):
        make_complaint(cast)
    Complaint.objects.update(problem=Problem.TERM)
    for _one in range(6):
        make_complaint(cast)

    told = lines(public_figures(cast.office, NOW).problems)

    assert told == {"Jangka waktu penyelesaian": "5", "Belum ditentukan": "6"}


def test_only_this_year_of_this_office_counts(cast):
    other = make_cast()
    make_complaint_desk(other)
    for _one in range(5):
        make_complaint(cast)
        make_complaint(other)
        make_complaint(cast, NOON - timedelta(days=365), served_on=None)

    assert public_figures(cast.office, NOW).total == "5"


def test_the_figures_end_yesterday_so_that_nobody_sees_a_report_come_in(cast):
    for _one in range(5):
        make_complaint(cast)
    make_complaint(cast, NOW)

    assert public_figures(cast.office, NOW).total == "5"
    assert public_figures(cast.office, NOW + timedelta(days=1)).total == "6"


def test_what_is_late_is_said_to_be_late(cast):
    for _one in range(5):
        make_complaint(cast, NOON - timedelta(days=60), served_on=None)

    assert lines(public_figures(cast.office, NOW).outcomes)["Sedang ditangani, lewat waktu"] == "5"


def test_nothing_about_persons_stands_there(cast):
    for _one in range(6):
        make_complaint(cast)

    text = page(cast)

    owner = Complaint.objects.all()[0].owner.full_name
    for word in (BUDI.name, BUDI.phone, BUDI.email, TEXT, owner, "PGD-"):
        assert word not in text


def test_the_figures_speak_the_language_of_each_reader(cast):
    for _one in range(5):
        make_complaint(cast)
    with translation.override("en"):
        assert "Being handled" in lines(public_figures(cast.office, NOW).outcomes)
    assert "Sedang ditangani" in lines(public_figures(cast.office, NOW).outcomes)


def test_the_figures_are_counted_each_time_in_few_queries(cast, django_assert_num_queries):
    make_complaint(cast)
    with django_assert_num_queries(1):
        assert public_figures(cast.office, NOW).total == ""
    for _one in range(5):
        make_complaint(cast)

    assert public_figures(cast.office, NOW).total == "6"
