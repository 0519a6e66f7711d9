"""An office made from nothing in the browser, until it serves: people, chairs, first sign-in."""

from __future__ import annotations

import pytest

from tests.journeys.building import CHAIRS, OFFICE, PEOPLE, appoint, come_in, invite, make_office
from tests.journeys.people import Person, Stage

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_new_office(stage: Stage, administrators: tuple[Person, Person]) -> None:
    first, second = administrators
    make_office(first)
    for name, email in PEOPLE.values():
        invite(first, name, email, OFFICE)
    for chair, (_name, email) in PEOPLE.items():
        appoint(first, second, f"{OFFICE} - {chair}", email)
    first.visit("/admin/accounts/office/?q=Contoh")
    first.follow("Kabupaten Contoh")
    first.reads(
        f"{len(CHAIRS)} jabatan, termasuk pimpinan unit.",
        "Setiap jabatan ada pelaksananya hari ini.",
        "Belum ada standar yang berlaku.",
    )
    head = come_in(stage, "ratna@contoh.invalid")
    head.visit("/meja/")
    head.heading("Antrean")
