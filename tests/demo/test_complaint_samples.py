"""Complaints can be played to every state, and leave no trace of what was hidden in their files."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from complaints.domain.lifecycle import Status
from complaints.services.complainant import find_own
from complaints.services.identity import Person
from demo import complaint_samples
from tests.factories.base import base_cast
from tests.factories.complaints import make_complaint_desk
from tests.factories.permits import NOON, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WHO = Person("Pengadu Kenari", "1471010101900001", "081234567890", address="Jalan Kenari 1")


@pytest.fixture
def cast(time_machine, request) -> Cast:
    time_machine.move_to(NOON, tick=False)
    cast = base_cast()
    make_complaint_desk(cast, ladder=getattr(request, "param", "kategori"))
    return cast


@pytest.mark.parametrize("cast", ["kategori", "bobot"], indirect=True)
@pytest.mark.parametrize("state", complaint_samples.STATES)
def test_every_state_is_reached(cast, state):
    complaint, secret = complaint_samples.in_state(
        cast.office, state, NOON, person=WHO, text="Berkas saya tidak bergerak sama sekali.",
        service=cast.service,
    )  # fmt: skip

    reached = {complaint_samples.REOPENED: Status.STUDIED}.get(state, state)
    assert complaint.status == reached
    assert complaint.round == (2 if state == complaint_samples.REOPENED else 1)
    assert find_own(complaint.number, secret) == complaint


def test_the_canaries_of_files_are_there_before_and_gone_after(cast):
    photo, paper = complaint_samples.photo("kenarifoto"), complaint_samples.paper("kenariberkas")
    assert b"kenarifoto" in photo.read()
    assert b"kenariberkas" in paper.read()

    complaint, _secret = complaint_samples.send(
        cast.office, NOON, person=WHO, text="Lihat lampiran saya ini.", uploads=[photo, paper]
    )

    for kept in complaint.files.all():
        with default_storage.open(str(kept.file.name)) as stored:
            assert b"kenari" not in stored.read()
        assert "kenari" not in str(kept.file.name)
    assert complaint.files.count() == 2
