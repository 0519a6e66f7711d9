"""What officers see and enter."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models import FollowUp, Response, Suggestion, SurveyRules
from tests.factories.permits import NOON, Cast, make_accepted
from tests.factories.reports import COMPILER, make_roles
from tests.factories.surveys import filled, make_invitation, make_responses, skm

pytestmark = pytest.mark.django_db
PERIOD = "2026-triwulan-3"
LAST_QUARTER = datetime(2026, 9, 1, 12, tzinfo=UTC)


def as_officer(cast: Cast, desk: str) -> Client:
    client = Client()
    client.force_login(cast.at(desk), "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_page_answers_how_content_and_how_many(cast, django_assert_max_num_queries):
    make_responses(cast.service, 5, 4, at=LAST_QUARTER)
    client = as_officer(cast, "sekretaris")
    with django_assert_max_num_queries(20):
        shown = client.get(f"{reverse('surveys:results')}?periode={PERIOD}").content.decode()
    for words in ("100,00", "Mutu A: Sangat baik", "5 jawaban.", "<svg", "Tiga unsur terendah"):
        assert words in shown, words
    assert "Sampel tercapai" not in shown, "no file was finished: there is nothing to reach"


def test_one_answer_more_moves_no_figure_of_the_period_that_runs(cast):
    """Kampar's step closes with the answer: the officer who waits for it would read it."""
    client, month = as_officer(cast, "kepala-dinas"), NOON.date().replace(day=1)
    make_responses(cast.service, 6, 4, sex="P")
    for number in range(6):
        Suggestion.objects.create(office=cast.office, month=month, text=f"Kata {number}")
    before = client.get(reverse("surveys:results")).content.decode()
    make_responses(cast.service, 1, 1, sex="L")
    Suggestion.objects.create(office=cast.office, month=month, text="Kata terakhir")
    after = client.get(reverse("surveys:results")).content.decode()
    assert ("6 jawaban." in before, "7 jawaban." in after) == (True, True)
    assert without_tokens(before.replace("6 jawaban.", "")) == without_tokens(
        after.replace("7 jawaban.", "")
    )
    assert "Januari 2027: selama jawaban masih masuk" in " ".join(after.split())
    assert "Kata" not in after
    over = make_responses(cast.service, 5, 4, at=LAST_QUARTER)
    assert over
    shown = client.get(f"{reverse('surveys:results')}?periode={PERIOD}").content.decode()
    assert "100,00" in shown


def without_tokens(page: str) -> str:
    """Return a page without what is new in every answer: the tokens of its forms."""
    return re.sub(r'value="[\w-]{20,}"|nonce="[^"]+"', "", page)


def test_four_answers_are_not_shown_to_officers_either(cast):
    make_responses(cast.service, 4, 4, sex="P", at=LAST_QUARTER)
    Suggestion.objects.create(office=cast.office, month=LAST_QUARTER.date(), text="Rahasia")
    page = f"{reverse('surveys:results')}?periode={PERIOD}"
    shown = as_officer(cast, "kepala-dinas").get(page).content.decode()
    assert "100,00" not in shown
    assert "Rahasia" not in shown
    assert "4 jawaban" not in shown


def test_the_open_survey_is_read_apart_and_by_the_same_rules(cast):
    make_responses(cast.service, 5, 4, at=LAST_QUARTER)
    make_responses(cast.service, 5, 2, at=LAST_QUARTER, source="terbuka")
    make_responses(cast.service, 6, 2, source="terbuka")  # in the quarter that runs
    for number in range(6):
        Suggestion.objects.create(office=cast.office, month=LAST_QUARTER.date().replace(day=1),
                                  text=f"Ingin {number}", is_open=True)  # fmt: skip
    client, page = as_officer(cast, "kepala-dinas"), reverse("surveys:results")
    invited = client.get(f"{page}?periode={PERIOD}")
    assert ("100,00" in invited.content.decode(), "Ingin" in invited.content.decode()) == (
        True,
        False,
    )
    [_asked, openly] = invited.context["origins"]
    assert (openly.code, openly.current) == ("terbuka", False)
    shown = client.get(f"{page}?periode={PERIOD}&asal=terbuka").content.decode()
    for words in ("50,00", "5 jawaban.", cast.service.name, "Ingin 5", "tidak masuk indeks"):
        assert words in shown, words
    assert "Krejcie" not in shown
    running = client.get(f"{page}?asal=terbuka").content.decode()
    assert "Periode ini masih berjalan" in " ".join(running.split())
    assert "50,00" not in running


def test_an_office_without_an_open_survey_is_offered_none(cast):
    make_responses(cast.service, 4, 2, at=LAST_QUARTER, source="terbuka")
    client, page = as_officer(cast, "kepala-dinas"), reverse("surveys:results")
    assert client.get(f"{page}?periode={PERIOD}").context["origins"] == []
    SurveyRules.objects.create(office=cast.office, is_open=True)
    assert len(client.get(f"{page}?periode={PERIOD}").context["origins"]) == 2


def test_many_suggestions_stand_on_several_pages(cast, monkeypatch):
    monkeypatch.setattr("surveys.views.desk.results._WORDS", 4)
    month = LAST_QUARTER.date().replace(day=1)
    Suggestion.objects.bulk_create(
        Suggestion(office=cast.office, month=month, text=f"Saran {nth}.") for nth in range(9)
    )
    make_roles(cast)
    client, read = as_officer(cast, COMPILER), []
    address = f"?periode={PERIOD}"
    while address:
        page = client.get(reverse("surveys:results") + address).context["suggestions"]
        read.append([row.text for row in page.rows])
        address = page.next_url
    assert [len(rows) for rows in read] == [4, 4, 1]
    assert sorted(sum(read, [])) == [f"Saran {nth}." for nth in range(9)]


def test_words_nobody_has_read_are_for_who_compiles_alone(cast):
    month = LAST_QUARTER.date().replace(day=1)
    Suggestion.objects.bulk_create(
        Suggestion(office=cast.office, month=month, text=f"Bu Ani galak {nth}.") for nth in range(5)
    )
    make_roles(cast)
    for desk, reads in ((COMPILER, True), ("front-office", False), ("kepala-dinas", False)):
        for address in ("", "&asal=terbuka"):
            page = as_officer(cast, desk).get(
                reverse("surveys:results") + f"?periode={PERIOD}{address}"
            )
            told = "Bu Ani" in page.content.decode()
            assert told is (reads and not address), (desk, address)
    assert "Saran dibaca dahulu oleh penyusun laporan" in page.content.decode()


def test_paper_is_entered_by_who_did_not_work_on_the_file(cast):
    file = make_accepted(cast)
    make_invitation(file)
    page = f"{reverse('surveys:paper')}?number={file.number}"
    worker = as_officer(cast, "front-office")
    assert "ikut mengerjakan" in worker.get(page).content.decode()
    assert "ikut mengerjakan" in worker.post(page, filled(cast.office)).content.decode()
    assert not Response.objects.exists()
    other = as_officer(cast, "sekretaris")
    assert "Simpan lembar" in other.get(page).content.decode()
    sent = other.post(page, filled(cast.office, 2))
    assert sent["Location"] == reverse("surveys:paper")
    assert Response.objects.get().source == "kertas"
    assert "sudah diisi" in other.get(page).content.decode()


@pytest.mark.parametrize("number", ["", "TIDAK-ADA-1", "%00"])
def test_an_unknown_number_is_said_at_its_field(cast, number):
    client = as_officer(cast, "sekretaris")
    shown = client.get(f"{reverse('surveys:paper')}?number={number}")
    assert shown.status_code == 200
    assert shown.context["finder"].errors["number"]


def test_administrators_find_no_page_about_single_answers():
    from django.contrib import admin

    from surveys import models

    registered = {model.__name__ for model in admin.site._registry}
    assert not registered & {"Response", "Invitation", "InvitationLink", "Suggestion"}
    assert models.SurveyRules in admin.site._registry


def test_follow_ups_name_their_period_and_offer_their_end_to_who_may_record_it(cast):
    make_roles(cast)
    FollowUp.objects.create(
        office=cast.office, period=PERIOD, element="waktu", name="Waktu", grade="C", owed=True,
        opened_at=NOON, owner=cast.at("front-office"),
    )  # fmt: skip
    pages = {
        desk: as_officer(cast, desk).get(reverse("surveys:follow_ups")).content.decode()
        for desk in (COMPILER, "front-office", "kepala-dinas")
    }
    assert all("Triwulan 3 tahun 2026" in page and PERIOD not in page for page in pages.values())
    offered = [desk for desk, page in pages.items() if "Catat selesai" in page]
    assert offered == [COMPILER, "front-office"], "who compiles, and who is in charge"


def test_the_sheet_to_hand_out_has_what_the_office_asks(cast):
    client = as_officer(cast, "front-office")
    page = client.get(reverse("surveys:sheet")).content.decode()
    version = skm(cast.office)
    for question in version.questions.all():
        assert question.text in page
        assert all(f"<li>{label}</li>" in page for _score, label in question.choices)
    for said in (cast.office.name, "Layanan yang diterima", "Tentang Anda", "serahkan di loket"):
        assert " ".join(said.split()) in " ".join(page.split()), said
    assert "Pratinjau konsep" not in page
    assert "<input" not in page
