"""What does an officer take next? The list, its filters, its pages and its price."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demo import samples
from permits.domain.lifecycle import Status
from permits.models import Application, ApplicationStep
from standards.domain.steps import StepKind
from tests.factories.accounts import appoint, make_officer
from tests.factories.permits import (
    at_step,
    make_accepted,
    make_cast,
    make_completed,
    make_issued,
    make_submitted,
)
from tests.factories.standards import make_service, make_standard, position_of
from tests.permits.views.at_the_desk import fresh, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def listed(response) -> list[str]:
    """Return the numbers of the files in the order of the page."""
    return re.findall(r'class="queue-number">([^<]+)<', response.content.decode())


def counts(response) -> dict[str, str]:
    """Return what stands behind each filter."""
    found = re.findall(
        r'class="filter"[^>]*>\s*([^<]+?)\s+<span class="count">(\d+)<', response.content.decode()
    )
    return dict(found)


def test_mine_is_what_lies_on_my_desk(cast, monday):
    waiting, gone = make_submitted(cast, monday), make_accepted(cast, monday)
    assert listed(get(cast.at("front-office"), "worklist")) == [waiting.number]
    assert listed(get(cast.at("tim-teknis"), "worklist")) == [gone.number]
    assert listed(get(cast.at("sekretaris"), "worklist")) == []


def test_a_row_leads_to_its_file(cast, monday):
    application = make_submitted(cast, monday)
    page = get(cast.at("front-office"), "worklist").content.decode()
    assert f'<a href="{application.get_desk_url()}" data-row-link>' in page


def test_a_saved_filter_shows_the_same_as_when_it_is_composed_for_one_service(cast, monday):
    other = make_cast()
    both = make_officer(position_of(cast.office, "front-office"))
    appoint(both, position_of(other.office, "tim-teknis"))
    for place in (cast, other):
        make_submitted(place, monday)
        make_accepted(place, monday - timedelta(days=20))
        samples.return_for_completion(make_submitted(place, monday), monday)
        make_issued(place, monday)
        make_completed(place, monday)
    seen = set()
    for person in (cast.at("front-office"), other.at("tim-teknis"), both):
        for show in ("saya", "semua", "terlambat", "pemohon", "terbit", "selesai"):
            whole = listed(get(person, "worklist", tampil=show))
            each = [
                listed(get(person, "worklist", tampil=show, layanan=place.service.pk))
                for place in (cast, other)
            ]
            assert sorted(whole) == sorted(sum(each, [])), show
            seen.update(whole)
    assert len(seen) == 10


def test_the_most_urgent_promise_stands_on_top_and_new_files_in_their_turn(cast, monday):
    later = make_accepted(cast, monday - timedelta(days=3))
    sooner = make_accepted(cast, monday - timedelta(days=10))
    assert listed(get(cast.at("tim-teknis"), "worklist")) == [sooner.number, later.number]
    second, first = make_submitted(cast, monday), make_submitted(cast, monday - timedelta(days=1))
    issued = make_issued(cast, monday - timedelta(days=20))
    assert listed(get(cast.at("front-office"), "worklist")) == [
        first.number, second.number, issued.number,
    ]  # fmt: skip


def test_every_row_says_how_much_working_time_is_left(cast, monday):
    make_submitted(cast, monday)
    page = get(cast.at("front-office"), "worklist").content.decode()
    assert "Sisa 5 menit" in page  # 35 minutes from nine o'clock, seen at half past nine
    assert "Belum berjalan" in page
    assert "Belum diterima" in page
    make_accepted(cast, monday)
    page = get(cast.at("tim-teknis"), "worklist").content.decode()
    assert "6 hari kerja lagi" in page
    assert "Sisa 2 hari kerja" in page


def test_a_late_file_says_by_how_many_working_days(cast, monday):
    make_accepted(cast, monday - timedelta(days=14))
    page = get(cast.at("tim-teknis"), "worklist").content.decode()
    assert "Terlambat 4 hari kerja" in page
    assert "Lewat 8 hari kerja" in page


def test_filters_count_and_show_the_states(cast, monday):
    waiting = make_submitted(cast, monday)
    returned = make_submitted(cast, monday)
    samples.return_for_completion(returned, monday)
    late = make_accepted(cast, monday - timedelta(days=14))
    issued = make_issued(cast, monday)
    done = make_completed(cast, monday)
    officer = cast.at("front-office")
    page = get(officer, "worklist")
    assert counts(page) == {
        "Di meja saya": "2", "Terlambat": "1", "Semua di kantor": "4", "Menunggu pemohon": "1",
        "Terbit, belum diserahkan": "1", "Periksa kelengkapan": "1", "Serahkan dokumen": "1",
    }  # fmt: skip
    for shown, numbers in {
        "saya": {waiting, issued},
        "semua": {waiting, returned, late, issued},
        "terlambat": {late},
        "pemohon": {returned},
        "terbit": {issued},
        "selesai": {done},
    }.items():
        page = get(officer, "worklist", tampil=shown)
        assert set(listed(page)) == {file.number for file in numbers}, shown
    page = get(officer, "worklist", tugas="serahkan")
    assert listed(page) == [issued.number]


def test_a_service_and_a_desk_can_be_chosen(cast, monday):
    other = make_standard(make_service(cast.office), cast.version.procedure_links.get().procedure)
    one = make_submitted(cast, monday)
    two = fresh(samples.submit(samples.draft(other.service, cast.applicant, monday), monday))
    both = make_officer(position_of(cast.office, "front-office"))
    appoint(both, position_of(cast.office, "tim-teknis"))
    three = make_accepted(cast, monday)
    page = get(both, "worklist")
    assert set(listed(page)) == {one.number, two.number, three.number}
    assert counts(page)["Tim teknis"] == "1"
    page = get(both, "worklist", meja=position_of(cast.office, "tim-teknis").pk)
    assert listed(page) == [three.number]
    assert listed(get(both, "worklist", layanan=other.service.pk)) == [two.number]


def test_search_forgives_blanks_apostrophes_and_ways_to_write_a_number(cast, monday):
    application = make_submitted(cast, monday)
    application.holder_name, application.national_id = "Ma\u2019ruf Amin", "3171012902001234"
    application.phone = "0813 9999 8888"
    application.save()
    make_submitted(cast, monday)
    clerk = cast.at("front-office")
    for asked in (
        "3171 0129 0200 1234", "ma'ruf", "MARUF AMIN", "+62 813-9999-8888", "0062 81399998888",
        application.number.lower().replace("-", " "),
    ):  # fmt: skip
        assert listed(get(clerk, "worklist", q=asked)) == [application.number], asked
    for part in ("3171 0129", "0813 9999"):  # an identifier is not tried in pieces
        assert listed(get(clerk, "worklist", q=part)) == [], part


def test_search_finds_by_number_name_and_code_wherever_the_file_is(cast, monday):
    application = make_completed(cast, monday)
    number = application.numbers.get().text
    officer = cast.at("sekretaris")
    for text in (
        application.number, application.number.lower()[-6:], "bkk smk", "SITI PEMOHON",
        application.tracking_code, application.tracking_code.replace("-", " ").lower(),
        application.national_id, cast.service.name, number,
    ):  # fmt: skip
        assert listed(get(officer, "worklist", q=text)) == [application.number], text
    page = get(officer, "worklist", q="tidak ada yang begini")
    assert "Tidak ada berkas yang cocok" in page.content.decode()
    elsewhere = make_cast().at("sekretaris")
    assert listed(get(elsewhere, "worklist", q="bkk smk")) == []


@pytest.mark.parametrize(
    "query",
    [
        {"tampil": "apa saja"}, {"layanan": "x"}, {"layanan": "9" * 40}, {"meja": "-1"},
        {"tugas": "semua"}, {"q": "\0"}, {"q": "%_'\""}, {"sesudah": "x"}, {"sesudah": "~~~"},
        {"sesudah": "0~2026-11-16~2026-11-16~1"}, {"sebelum": "0~~~" + "9" * 30},
        {"sebelum": "a~2026-11-16T09:00:00+00:00~~1"}, {"sesudah": "0~2026-13-45T00:00:00~~1"},
    ],
)  # fmt: skip
def test_nonsense_in_the_address_is_left_out(cast, monday, query):
    make_submitted(cast, monday)
    assert get(cast.at("front-office"), "worklist", **query).status_code == 200


def test_an_empty_desk_says_why(cast):
    page = get(cast.at("sekretaris"), "worklist").content.decode()
    assert "Meja Anda kosong" in page


def test_ones_own_application_is_marked_and_is_not_offered_next(cast, monday):
    officer = make_officer(position_of(cast.office, "front-office"))
    make_submitted(cast, monday, applicant=officer)
    other = make_accepted(cast, monday)
    assert "Permohonan Anda sendiri" in get(officer, "worklist").content.decode()
    assert "Buka berkas berikutnya" not in get(officer, "desk_application", other).content.decode()


def link(response, side: str) -> str:
    """Return the address of the next or previous page; "" if there is none."""
    found = re.search(rf'rel="{side}" href="(\?[^"]+)"', response.content.decode())
    return reverse("permits:worklist") + found[1].replace("&amp;", "&") if found else ""


def many(cast, monday, number):
    """Put copies of one accepted file on the technical team's desk."""
    model = at_step(cast, StepKind.INSPECT, monday)
    due_at = model.due_at
    assert due_at is not None
    copies = Application.objects.bulk_create(
        Application(
            applicant=model.applicant, office=model.office, service=model.service,
            version=model.version, procedure=model.procedure, status=Status.IN_PROCESS,
            number=f"BANYAK-{index:05}", holder_name=f"Pemegang {index:05}", created_at=monday,
            submitted_at=monday + timedelta(seconds=index % 7), accepted_at=monday,
            desk=model.desk, due_on=model.due_on,
            due_at=due_at + timedelta(days=index % 3) if index % 5 else None,
        )
        for index in range(number)
    )  # fmt: skip
    steps = ApplicationStep.objects.bulk_create(
        ApplicationStep(application=copy, step=model.current_step.step, handed_over_at=monday)
        for copy in copies
    )
    for copy, step in zip(copies, steps, strict=True):
        copy.current_step = step
    Application.objects.bulk_update(copies, ["current_step"], batch_size=500)


def test_a_thousand_files_cost_no_more_questions_than_one(cast, monday):
    many(cast, monday, 1000)
    client = Client()
    client.force_login(cast.at("tim-teknis"))
    client.get(reverse("permits:worklist"))  # the first page notes when the session began
    for query in ({}, {"tampil": "semua"}, {"q": "Pemegang"}):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("permits:worklist"), query)
        assert len(listed(page)) == 30
        assert len(asked) <= 14, query
    assert counts(client.get(reverse("permits:worklist")))["Di meja saya"] == "1001"


def test_pages_show_every_file_once_forwards_and_backwards(cast, monday):
    many(cast, monday, 120)
    client = Client()
    client.force_login(cast.at("tim-teknis"))
    address, pages = reverse("permits:worklist"), []
    while address:
        page = client.get(address)
        pages.append(listed(page))
        address = link(page, "next")
        last = page
    assert [len(numbers) for numbers in pages] == [30, 30, 30, 30, 1]
    assert len({number for numbers in pages for number in numbers}) == 121
    for numbers in reversed(pages[:-1]):
        last = client.get(link(last, "prev"))
        assert listed(last) == numbers
    assert link(last, "prev") == ""


def test_list_file_and_card_name_the_same_standard_time(cast, monday):
    application = at_step(cast, StepKind.INSPECT, monday)
    officer = cast.at("tim-teknis")
    said = application.current_step.step.standard_time
    application.deadlines.filter(kind="langkah").delete()  # nothing left to count down
    assert said
    assert f"waktu baku {said}" in get(officer, "worklist").content.decode()
    assert f"waktu baku {said}" in get(officer, "desk_application", application).content.decode()
    assert said in get(officer, "routing_card", application).content.decode()
