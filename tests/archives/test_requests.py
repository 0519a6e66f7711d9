"""Requests about one's data: 3 x 24 hours, answered once, by those who lead, never by oneself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from archives.domain.requests import answer_due
from archives.models import DataRequest
from archives.services import requests
from notices.models import Notice
from tests.archives.test_own_data import signed_in
from tests.factories.permits import NOON, Cast, make_cast, make_submitted
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
HEAD = "kepala-dinas"


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOON, tick=False)


def asked(cast: Cast, **more) -> DataRequest:
    facts: dict[str, Any] = {
        "kind": "pembetulan",
        "text": "Nama saya salah: Siti, bukan Sity.",
        "at": NOON,
    }
    return requests.ask(more.pop("person", cast.applicant), cast.office, **{**facts, **more})


def test_the_term_is_in_hours_through_nights_and_holidays():
    friday = datetime(2026, 12, 24, 15, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert answer_due(friday) == datetime(2026, 12, 27, 15, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def test_a_request_is_told_to_those_who_lead_the_office(cast: Cast):
    request = asked(cast)
    assert request.due_at == NOON + timedelta(hours=72)
    told = Notice.objects.filter(template="archives/request_arrived")
    people = {row.recipient for row in told}
    assert cast.at(HEAD) in people
    assert cast.at("front-office") not in people


def test_the_person_asks_about_an_own_file_only(cast: Cast):
    own = make_submitted(cast)
    theirs = make_submitted(cast, applicant=cast.stranger)
    client = signed_in(cast.applicant)
    page = client.get(reverse("archives:ask")).content.decode()
    assert str(own.number) in page
    assert str(theirs.number) not in page
    facts: dict[str, Any] = {"kind": "pembetulan", "text": "Nama salah"}
    client.post(reverse("archives:ask"), {**facts, "about": f"berkas:{theirs.public_id}"})
    assert not DataRequest.objects.exists()
    client.post(reverse("archives:ask"), {**facts, "about": f"berkas:{own.public_id}"})
    row = DataRequest.objects.get()
    assert (row.application, row.office) == (own, cast.office)


def test_nobody_floods_an_office(cast: Cast):
    for _one in range(requests.MOST_OPEN):
        asked(cast)
    with pytest.raises(DomainError) as raised:
        asked(cast)
    assert raised.value.code == "too_many_requests"


def test_an_answer_is_given_once_and_told(cast: Cast):
    application = make_submitted(cast)
    request = asked(cast, application=application)
    client = signed_in(cast.at(HEAD))
    page = client.get(reverse("archives:desk")).content.decode()
    assert str(application.number) in page
    facts: dict[str, Any] = {"outcome": "dipenuhi", "answer": "Nama yang benar sudah dicatat."}
    client.post(request.get_absolute_url(), facts)
    client.post(request.get_absolute_url(), {"outcome": "ditolak", "answer": "Kedua"})
    request.refresh_from_db()
    assert (request.outcome, request.answer) == ("dipenuhi", "Nama yang benar sudah dicatat.")
    assert request.answered_capacity
    notice = Notice.objects.get(template="archives/request_answered")
    assert notice.recipient == cast.applicant
    own = signed_in(cast.applicant).get(reverse("archives:own")).content.decode()
    assert "Nama yang benar sudah dicatat." in own
    before = application.holder_name
    application.refresh_from_db()
    assert application.holder_name == before


def test_officers_read_a_granted_correction_on_the_page_of_the_file(cast: Cast):
    application = make_submitted(cast)
    facts: dict[str, Any] = {"actor": cast.at(HEAD), "at": NOON}
    for text, outcome, answer in (
        ("Nama saya Siti, bukan Sity.", "dipenuhi", "Nama yang benar: Siti Aminah."),
        ("Alamat saya salah.", "ditolak", "Alamat sesuai KTP."),
    ):
        request = asked(cast, application=application, text=text)
        requests.answer(request, outcome=outcome, answer=answer, **facts)
    officer = cast.at("front-office")
    page = signed_in(officer).get(application.get_desk_url()).content.decode()
    said = ("Nama saya Siti, bukan Sity.", "Nama yang benar: Siti Aminah.", str(cast.at(HEAD)))
    assert all(words in page for words in said)
    assert "Alamat sesuai KTP." not in page


@pytest.mark.parametrize("outcome", ["dipenuhi", "ditolak"])
def test_an_answer_without_words_is_refused_at_its_field(cast: Cast, outcome):
    request = asked(cast)
    page = signed_in(cast.at(HEAD)).post(request.get_absolute_url(), {"outcome": outcome})
    assert "id_answer" in page.content.decode()
    request.refresh_from_db()
    assert request.answered_at is None


def test_nobody_answers_an_own_request(cast: Cast):
    request = asked(cast, person=cast.at(HEAD))
    with pytest.raises(DomainError) as raised:
        requests.answer(request, outcome="dipenuhi", answer="Ya", actor=cast.at(HEAD), at=NOON)
    assert raised.value.code == "own_request"


def test_other_desks_and_other_offices_do_not_see_it(cast: Cast):
    request = asked(cast)
    other = make_cast()
    for person in (cast.at("front-office"), other.at(HEAD), cast.applicant):
        assert signed_in(person).get(request.get_absolute_url()).status_code == 404
    assert signed_in(cast.at("front-office")).get(reverse("archives:desk")).status_code == 404
    with pytest.raises(DomainError) as raised:
        requests.answer(request, outcome="dipenuhi", answer="Ya", actor=other.at(HEAD), at=NOON)
    assert raised.value.code == "not_an_archivist"


def test_a_late_request_is_told_to_the_head_once(cast: Cast):
    request = asked(cast)
    requests.watch(request.due_at - timedelta(seconds=1))
    assert not Notice.objects.filter(template="archives/request_overdue").exists()
    requests.watch(request.due_at)
    requests.watch(request.due_at + timedelta(days=1))
    late = Notice.objects.get(template="archives/request_overdue")
    assert late.recipient == cast.at(HEAD)


def test_it_waits_on_the_page_of_what_waits(cast: Cast):
    asked(cast)
    page = signed_in(cast.at(HEAD)).get(reverse("portal:waiting")).content.decode()
    assert "Permintaan tentang data pribadi" in page
    assert "Jawab paling lambat 19 Nov 2026 09.00 WIB" in page
