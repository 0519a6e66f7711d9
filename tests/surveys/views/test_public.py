"""Answering on the phone, on the tablet and openly; results for everybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from permits.models import ApplicationStep
from reports.domain.lifecycle import ReportStatus
from reports.models import Report, ReportPaper
from surveys.domain.elements import Kind
from surveys.models import Instrument, Invitation, Response, SurveyRules
from surveys.services import extra_questions
from surveys.services.extra_questions import Extra
from surveys.views import answering
from tests.factories.accounts import appoint, make_position
from tests.factories.base import base_cast
from tests.factories.permits import NOON, make_accepted, make_cast
from tests.factories.surveys import filled, make_invitation, make_responses

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(cast, accepted) -> str:
    _invitation, secret = make_invitation(accepted)
    return reverse("surveys:invited", args=[secret])


def test_a_citizen_answers_without_login_and_only_once(cast, client, page):
    shown = client.get(page)
    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    assert cast.applicant.full_name not in shown.content.decode()
    sent = client.post(page, filled(cast.office, 4, sex="P"))
    assert sent["Location"] == reverse("surveys:thanks")
    assert client.get(sent["Location"]).status_code == 200
    assert "sudah diisi" in client.get(page).content.decode()
    assert "sudah diisi" in client.post(page, filled(cast.office, 1)).content.decode()
    assert [(row.sex, row.answers["waktu"]) for row in Response.objects.all()] == [("P", 4)]


def test_an_answer_asks_seven_times_and_reads_no_personal_data(
    cast, client, page, django_assert_num_queries
):
    fields = filled(cast.office, 4)  # the questions are read here, once a process
    # throttle, invitation, version; savepoint, used, stored, released
    with django_assert_num_queries(7) as asked:
        client.post(page, fields)
    assert "national_id" not in str(asked.captured_queries)
    assert Response.objects.count() == 1


def test_what_is_asked_changes_with_the_next_version_at_once(cast, client, page):
    """A process keeps the questions of a version, never which version is asked."""
    assert "Kursi tunggu" not in client.get(page).content.decode()
    extra = Extra("Kursi", "Apakah Kursi tunggu cukup?", ["Tidak", "Ya"])
    extra_questions.add(cast.office, extra, actor=cast.at("kepala-dinas"), at=NOON)
    shown = client.get(page).content.decode()
    assert "Kursi tunggu" in shown
    fields = filled(cast.office, 2)
    assert len([name for name in fields if name.startswith("q")]) == 10
    assert client.post(page, fields).status_code == 302
    assert Response.objects.get().answers["tambahan-1"] == 2


def test_what_is_half_filled_is_not_filled_and_nothing_is_lost(cast, client, page):
    fields = filled(cast.office, 2, suggestion="Antrean terlalu lama")
    (missing, *_rest) = [name for name in fields if name.startswith("q")]
    del fields[missing]
    shown = client.post(page, fields)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "Pilih salah satu jawaban." in text
    assert text.count("checked") == 8
    assert "Antrean terlalu lama" in text
    assert not Response.objects.exists()
    assert not Invitation.objects.get().answered


@pytest.mark.parametrize("value", ["5", "0", "empat", ""])
def test_other_scores_are_refused_at_their_question(cast, client, page, value):
    fields = filled(cast.office, 2)
    name = next(name for name in fields if name.startswith("q"))
    shown = client.post(page, {**fields, name: value})
    assert name in shown.context["form"].errors
    assert not Response.objects.exists()


def test_a_robot_is_thanked_and_nothing_is_stored(cast, client, page):
    sent = client.post(page, filled(cast.office, 4, website="https://spam.invalid"))
    assert sent["Location"] == reverse("surveys:thanks")
    assert not Response.objects.exists()
    assert not Invitation.objects.get().answered


def test_after_the_end_one_sentence_says_so(cast, client, page, time_machine):
    time_machine.move_to(NOON + timedelta(days=31))
    for answer in (client.get(page), client.post(page, filled(cast.office))):
        assert "sudah berakhir" in answer.content.decode()
    assert not Response.objects.exists()


def test_guessed_links_lead_nowhere_and_are_counted(client, monkeypatch):
    monkeypatch.setattr("workflow.throttling.FAILURES", 3)
    page = reverse("surveys:invited", args=["x" * 22])
    assert [client.get(page).status_code for _try in range(4)] == [404, 404, 404, 429]


def test_only_the_applicant_answers_from_the_account(cast, client):
    file = make_accepted(cast)
    page = reverse("surveys:own", args=[file.public_id])
    client.force_login(cast.applicant, "django.contrib.auth.backends.ModelBackend")
    assert "belum dibuka" in client.get(page).content.decode()
    make_invitation(file)
    assert client.post(page, filled(cast.office))["Location"] == reverse("surveys:thanks")
    client.force_login(cast.stranger, "django.contrib.auth.backends.ModelBackend")
    assert client.get(page).status_code == 404


def test_both_questionnaires_are_asked_on_one_page_and_stored_apart(cast, client, page):
    SurveyRules.objects.create(office=cast.office, asks_ipak=True)
    assert client.post(page, filled(cast.office)).status_code == 302
    kinds = Response.objects.values_list("version__instrument__kind", flat=True)
    assert sorted(kinds) == ["ipak", "skm"]


def test_without_a_questionnaire_the_page_says_so(client):
    cast = base_cast()
    file = make_accepted(cast)
    invitation = Invitation.objects.create(
        application=file, sent_on=NOON.date(), ends_on=NOON.date()
    )
    client.force_login(cast.applicant, "django.contrib.auth.backends.ModelBackend")
    shown = client.get(reverse("surveys:own", args=[file.public_id]))
    assert "belum menetapkan" in shown.content.decode()
    assert not invitation.answered


# --- the tablet ---


def receipt(file, **other: str) -> dict[str, str]:
    """Return what a citizen copies from the receipt; a whole code is as good as its end."""
    return {"number": str(file.number), "code": file.tracking_code[-4:].lower(), **other}


def open_tablet(client, officer) -> None:
    client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    client.post(reverse("surveys:open_tablet"))


def test_the_tablet_leaves_the_officer_and_reaches_nothing_of_them(cast, client):
    file = make_accepted(cast)
    make_invitation(file)
    client.force_login(cast.at("sekretaris"), "django.contrib.auth.backends.ModelBackend")
    opened = client.post(reverse("surveys:open_tablet"))
    assert opened["Location"] == reverse("surveys:tablet")
    assert client.get(reverse("permits:worklist")).status_code == 302
    found = client.post(reverse("surveys:tablet"), receipt(file))
    assert found["Location"] == reverse("surveys:tablet_answer")
    shown = client.get(found["Location"]).content.decode()
    assert cast.service.name in shown
    assert cast.applicant.full_name not in shown
    sent = client.post(found["Location"], filled(cast.office, 4))
    assert sent["Location"] == reverse("surveys:tablet_thanks")
    client.get(sent["Location"])
    assert client.get(found["Location"])["Location"] == reverse("surveys:tablet")
    assert Response.objects.get().source == "tablet"


def test_the_tablet_knows_the_files_of_its_office_only(cast, client):
    other = make_accepted(make_cast())
    make_invitation(other)
    client.force_login(cast.at("front-office"), "django.contrib.auth.backends.ModelBackend")
    client.post(reverse("surveys:open_tablet"))
    shown = client.post(reverse("surveys:tablet"), receipt(other))
    assert "Tidak ada survei untuk nomor ini" in shown.content.decode()


def test_an_officer_of_two_offices_opens_the_tablet_of_the_one_that_is_shown(cast, client):
    other = make_cast()
    file = make_accepted(other)
    make_invitation(file)
    appoint(cast.at("sekretaris"), make_position(other.office))
    officer = cast.at("sekretaris")
    for office, said in ((other.office, ""), (cast.office, "Tidak ada survei untuk nomor ini")):
        client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
        page = client.get(reverse("surveys:results"), {"kantor": office.code}).content.decode()
        assert f'name="kantor" value="{office.code}"' in page
        assert f"{reverse('surveys:follow_ups')}?kantor={office.code}" in page
        client.post(reverse("surveys:open_tablet"), {"kantor": office.code})
        answer = client.post(reverse("surveys:tablet"), receipt(file))
        assert (answer.status_code == 302) == (not said), office
        assert said in answer.content.decode()


def test_a_tablet_is_opened_for_offices_of_the_officer_alone(cast, client):
    client.force_login(cast.at("sekretaris"), "django.contrib.auth.backends.ModelBackend")
    for code in ("x", make_cast().office.code):
        refused = client.post(reverse("surveys:open_tablet"), {"kantor": code})
        assert refused.status_code == 404
    assert client.get(reverse("surveys:results")).status_code == 200, "still signed in"
    client.post(reverse("surveys:open_tablet"))
    assert client.get(reverse("surveys:tablet")).context["office"] == cast.office


def test_the_tablet_asks_for_what_the_applicant_holds(cast, client):
    file = make_accepted(cast)
    make_invitation(file)
    open_tablet(client, cast.at("sekretaris"))
    for code, why in (
        ("", "wajib"),
        ("P", "tidak cocok dengan nomor"),
        ("0000", "tidak cocok dengan nomor"),
        ("0000-" + file.tracking_code[-4:], "tidak cocok dengan nomor"),
    ):
        shown = client.post(reverse("surveys:tablet"), receipt(file, code=code))
        assert why in shown.content.decode(), code
    assert client.get(reverse("surveys:tablet_answer"))["Location"] == reverse("surveys:tablet")
    whole = client.post(reverse("surveys:tablet"), receipt(file, code=file.tracking_code))
    assert whole["Location"] == reverse("surveys:tablet_answer")


def test_who_worked_on_a_file_has_no_tablet_for_it(cast, client):
    file = make_accepted(cast)  # the front office accepted it
    make_invitation(file)
    open_tablet(client, cast.at("front-office"))
    shown = client.post(reverse("surveys:tablet"), receipt(file)).content.decode()
    assert "Tablet ini dibuka oleh petugas yang ikut mengerjakan berkas Anda" in shown
    answer = client.post(reverse("surveys:tablet_answer"), filled(cast.office, 4))
    assert answer["Location"] == reverse("surveys:tablet")
    assert not Response.objects.exists()
    open_tablet(client, cast.at("sekretaris"))  # who did not work on it
    found = client.post(reverse("surveys:tablet"), receipt(file))
    assert found["Location"] == reverse("surveys:tablet_answer")


def test_signing_in_closes_a_tablet_that_a_colleague_opened(cast, client):
    file = make_accepted(cast)
    make_invitation(file)
    open_tablet(client, cast.at("sekretaris"))
    client.post(reverse("surveys:tablet"), receipt(file))
    client.force_login(cast.at("front-office"), "django.contrib.auth.backends.ModelBackend")
    assert "survey_tablet" in client.session, "Django keeps what an anonymous session knows"
    shown = client.post(reverse("surveys:tablet"), receipt(file)).content.decode()
    assert "tertutup selama seseorang masuk" in shown
    answer = client.post(reverse("surveys:tablet_answer"), filled(cast.office, 4))
    assert answer["Location"] == reverse("surveys:tablet")
    assert not Response.objects.exists()
    client.logout()
    assert "belum dibuka" in client.get(reverse("surveys:tablet")).content.decode()


def test_who_works_on_a_file_after_its_number_was_typed_judges_nothing(cast, client):
    file = make_accepted(cast)
    make_invitation(file)
    officer = cast.at("sekretaris")
    open_tablet(client, officer)
    client.post(reverse("surveys:tablet"), receipt(file))
    ApplicationStep.objects.filter(application=file).update(finished_by=officer)
    page = client.post(reverse("surveys:tablet_answer"), filled(cast.office, 4))
    assert "ikut mengerjakan berkas Anda" in page.content.decode()
    assert not Response.objects.exists()


def test_a_browser_that_no_officer_opened_is_no_tablet(cast):
    make_invitation(make_accepted(cast))
    shown = Client().get(reverse("surveys:tablet"))
    assert "Minta petugas membukanya" in shown.content.decode()


# --- the open survey ---


def test_the_open_survey_is_there_only_where_the_office_wants_it(cast, client, monkeypatch):
    page = reverse("surveys:open", args=[cast.office.code, cast.service.slug])
    assert client.get(page).status_code == 404
    SurveyRules.objects.create(office=cast.office, is_open=True)
    monkeypatch.setattr("workflow.throttling.FAILURES", 2)
    answers = [client.post(page, filled(cast.office, 1)).status_code for _one in range(3)]
    assert answers == [302, 302, 429]
    thanked = client.get(f"{reverse('surveys:thanks')}?asal=terbuka").content.decode()
    assert "tidak masuk indeks" in thanked
    assert "diumumkan" not in thanked, "nothing of the open survey is published"
    assert set(Response.objects.values_list("source", flat=True)) == {"terbuka"}
    assert answering.OPEN_ANSWERS.name != answering.GUESSES.name


@pytest.mark.parametrize("wanted", [True, False])
def test_the_page_of_a_service_leads_to_its_open_survey(cast, client, wanted):
    SurveyRules.objects.create(office=cast.office, is_open=wanted)
    link = reverse("surveys:open", args=[cast.office.code, cast.service.slug])
    page = client.get(cast.service.get_absolute_url()).content.decode()
    assert (link in page) is wanted


# --- results ---


def test_the_public_page_shows_periods_that_are_over(cast, client, django_assert_max_num_queries):
    make_responses(cast.service, 5, 4)  # in the quarter that runs
    make_responses(cast.service, 6, 2, at=NOON - timedelta(days=60))
    page = reverse("surveys:office", args=[cast.office.code])
    with django_assert_max_num_queries(12):
        shown = client.get(page).content.decode()
    assert "50,00" in shown
    assert "100,00" not in shown
    data = client.get(reverse("surveys:data_json", args=[cast.office.code])).json()
    assert {row["periode"] for row in data["baris"]} == {"2026-triwulan-3"}
    rows = client.get(reverse("surveys:data_csv", args=[cast.office.code])).content.decode()
    assert rows.splitlines()[0].startswith("kantor,periode")
    assert len(rows.splitlines()) == 10


@pytest.mark.parametrize("query", ["periode=x", "periode=2026-triwulan-9", "jenis=lain"])
def test_other_addresses_show_the_latest_period(cast, client, query):
    page = reverse("surveys:office", args=[cast.office.code])
    shown = client.get(f"{page}?{query}")
    assert shown.status_code == 200
    assert "sekurangnya lima orang" in shown.content.decode()


@pytest.mark.parametrize(("query", "size"), [("", "a4"), ("kertas=a3", "a3"), ("kertas=x", "a4")])
def test_the_banner_has_index_grade_elements_and_respondents(cast, client, query, size):
    for sex in "PL":
        make_responses(cast.service, 6, 4, at=NOON - timedelta(days=60), sex=sex)
    shown = client.get(f"{reverse('surveys:banner', args=[cast.office.code])}?{query}")
    text = shown.content.decode()
    for words in ("100,00", "Mutu A: Sangat baik", "dari 12 responden", "Perempuan: 6 (50 %)"):
        assert words in text, words
    assert "agar tidak ada yang dikenali" not in text  # a group that says only this is left out
    assert shown.context["paper"] == size
    assert ("poster-a3.css" in text) == (size == "a3")


def test_each_questionnaire_names_its_own_law(cast, client):
    page = reverse("surveys:banner", args=[cast.office.code])
    skm, ipak = "Nomor 14 Tahun 2017", "Nomor 90 Tahun 2021"
    shown = [client.get(f"{page}?jenis={kind}").content.decode() for kind in ("skm", "ipak")]
    assert [(skm in text, ipak in text) for text in shown] == [(True, False), (False, True)]
    Instrument.objects.create(office=cast.office, kind="ipak", name="IPAK", source="Perwali 7/2026")
    law = client.get(reverse("surveys:data_json", args=[cast.office.code])).json()["dasar"]
    assert skm in law["skm"]
    assert law["ipak"] == "Perwali 7/2026"


def test_a_banner_of_four_answers_shows_none(cast, client):
    make_responses(cast.service, 4, 4, at=NOON - timedelta(days=60))
    text = client.get(reverse("surveys:banner", args=[cast.office.code])).content.decode()
    assert "sekurangnya lima orang" in text
    assert "100,00" not in text
    assert "4 responden" not in text


def test_the_results_lead_to_the_published_report_and_only_to_it(cast, client):
    page = reverse("surveys:office", args=[cast.office.code])
    report = Report.objects.create(
        office=cast.office, kind="skm", period="2026-triwulan-3", begins=date(2026, 7, 1),
        title="Laporan SKM triwulan III 2026", status=ReportStatus.SIGNED, content={},
        compiled_by=cast.at("back-office"), compiled_at=NOON,
    )  # fmt: skip
    ReportPaper.objects.create(report=report, content={}, file="laporan/skm.pdf", next_try_at=NOON)
    link = reverse("reports:published", args=[report.public_id])
    assert link not in client.get(page).content.decode()
    Report.objects.filter(pk=report.pk).update(status=ReportStatus.PUBLISHED)
    assert link in client.get(page).content.decode()
    assert link not in client.get(f"{page}?periode=2026-triwulan-2").content.decode()


def test_ipak_has_no_grade_on_any_page(cast, client):
    """PermenPAN-RB 14/2017 grades the elements of SKM; the report prints none of IPAK either."""
    make_responses(cast.service, 6, 2, at=NOON - timedelta(days=60), kind=Kind.IPAK)
    make_responses(cast.service, 6, 2, at=NOON - timedelta(days=60))
    office = cast.office.code
    for name in ("surveys:office", "surveys:banner"):
        for kind in ("skm", "ipak"):
            text = client.get(f"{reverse(name, args=[office])}?jenis={kind}").content.decode()
            assert "50,00" in text, (name, kind)
            assert ("Mutu" in text) == (kind == "skm"), (name, kind)
    rows = client.get(reverse("surveys:data_json", args=[office])).json()["baris"]
    grades = {(row["instrumen"], row["mutu"], row["mutu_unsur"]) for row in rows}
    assert grades == {("skm", "D", "D"), ("ipak", None, None)}


def test_ipak_is_offered_where_it_is_asked_or_was_answered(cast, client):
    page = reverse("surveys:office", args=[cast.office.code])
    link = "jenis=ipak"
    assert link not in client.get(page).content.decode()
    assert link in client.get(f"{page}?jenis=ipak").content.decode(), "who is there can go back"
    rules = SurveyRules.objects.create(office=cast.office, asks_ipak=True)
    assert link in client.get(page).content.decode()
    rules.asks_ipak = False
    rules.save()
    make_responses(cast.service, 6, 2, at=NOON - timedelta(days=60), kind=Kind.IPAK)
    assert link in client.get(page).content.decode(), "results stay where they were"
