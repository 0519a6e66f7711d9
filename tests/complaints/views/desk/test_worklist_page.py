"""The worklist of complaints: whose, in which order, what it costs, and who finds it at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.services import handling
from complaints.services.identity import Person
from tests.factories.complaints import (
    BUDI,
    OFFICER,
    SECTION_HEAD,
    TEXT,
    make_complaint,
    make_complaint_desk,
)
from tests.factories.filing import signed_in
from tests.factories.permits import Cast, make_submitted

LIST = reverse("complaints:list")
QUESTIONS = 11


@pytest.fixture(autouse=True)
def _desk(cast: Cast) -> None:
    make_complaint_desk(cast)


@pytest.fixture
def officer(cast: Cast) -> User:
    return cast.at(OFFICER)


def page(user: User, query: str = "") -> str:
    answer = signed_in(user).get(LIST + query)
    assert answer.status_code == 200
    return answer.content.decode()


def numbers(html: str) -> list[str]:
    """Return the numbers of the rows in the order in which they stand."""
    import re

    return re.findall(r"data-row-link>([^<]+)<", html)


def test_the_most_urgent_stands_on_top(cast, monday, officer):
    later = make_complaint(cast, monday)
    sooner = make_complaint(cast, monday - timedelta(days=7))
    assert numbers(page(officer)) == [sooner.number, later.number]


def test_each_filter_says_how_many(cast, monday, officer):
    make_complaint(cast, monday)
    make_complaint(cast, monday, person=Person())
    asked = handling.ask(make_complaint(cast, monday), actor=officer, at=monday, note="Mana?")
    closed = make_complaint(cast, monday)
    handling.withdraw(closed, actor=officer, at=monday, note="Diminta")
    assert len(numbers(page(officer))) == 2  # who waits for the complainant has no turn
    assert asked.number in page(officer, "?tampil=saya")
    assert len(numbers(page(officer, "?tampil=semua"))) == 3
    assert len(numbers(page(officer, "?tampil=saran"))) == 1
    assert numbers(page(officer, "?tampil=ditutup")) == [closed.number]
    assert numbers(page(officer, "?tampil=terlambat")) == []


def test_a_draft_waits_for_its_level_and_at_a_level_outside_for_the_owner(cast, monday, officer):
    from tests.complaints.services.test_answers import drafted

    inside = drafted(cast, monday, category="internal")
    outside = drafted(cast, monday, category="tim_teknis_atau_perangkat_daerah")
    assert numbers(page(officer)) == [outside.number]
    assert numbers(page(cast.at("kepala-dinas"))) == [inside.number]


def test_what_is_late_is_found(cast, monday, officer):
    complaint = make_complaint(cast, monday)
    Complaint.objects.filter(pk=complaint.pk).update(due_at=timezone.now() - timedelta(days=1))
    assert numbers(page(officer, "?tampil=terlambat")) == [complaint.number]


def test_it_is_searched_by_number_service_and_file(cast, monday, officer):
    file = make_submitted(cast, monday)
    complaint = make_complaint(cast, monday, application=file)
    make_complaint(cast, monday, service=None)
    for words in (complaint.number[-5:] + " ", str(file.number), cast.service.name):
        assert numbers(page(officer, f"?q={words}")) == [complaint.number], words
    assert numbers(page(officer, f"?q={BUDI.name}")) == []


def test_it_holds_no_word_of_the_complaint(cast, monday, officer):
    make_complaint(cast, monday)
    html = page(officer)
    for words in (BUDI.name, BUDI.phone, TEXT[:30]):
        assert words not in html


def test_a_confidential_one_is_only_its_owners_and_the_heads(cast, monday, officer):
    from tests.complaints.services.test_handling import second_officer

    other = second_officer(cast)
    complaint = make_complaint(cast, monday, confidential=True)
    owner = complaint.owner
    assert owner is not None
    stranger = other if owner == officer else officer
    for user, seen in ((owner, True), (cast.at("kepala-dinas"), True), (stranger, False)):
        assert (complaint.number in page(user, "?tampil=semua")) is seen


def test_who_has_no_part_finds_no_list(cast):
    for desk in ("front-office", "back-office"):
        assert signed_in(cast.at(desk)).get(LIST).status_code == 404
    for desk in (OFFICER, SECTION_HEAD, "sekretaris", "kepala-dinas"):
        assert signed_in(cast.at(desk)).get(LIST).status_code == 200


def test_the_desk_links_to_it_for_those_with_a_part(cast):
    address = reverse("permits:worklist")
    for desk, linked in ((OFFICER, True), ("kepala-dinas", True), ("front-office", False)):
        html = signed_in(cast.at(desk)).get(address).content.decode()
        assert (f'href="{LIST}"' in html) is linked, desk


def test_a_page_of_thirty_costs_as_much_as_a_page_of_one(cast, monday, officer):
    def cost() -> int:
        browser = signed_in(officer)
        browser.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            browser.get(LIST)
        return len(asked)

    make_complaint(cast, monday)
    few = cost()
    for _one in range(12):
        make_complaint(cast, monday)
    assert cost() == few <= QUESTIONS


def test_pages_follow_each_other_without_gap(cast, monday, officer, monkeypatch):
    monkeypatch.setattr("complaints.views.desk.worklist_page.SIZE", 4)
    made = [make_complaint(cast, monday + timedelta(minutes=n)).number for n in range(9)]
    seen: list[str] = []
    query = "?tampil=semua"
    while query:
        browser = signed_in(officer).get(LIST + query)
        found = browser.context["list"]
        seen += [row.number for row in found.rows]
        query = found.page.next_url
    assert seen == made
