"""The front office: a verdict on every paper, then yes, not yet, or no."""

from __future__ import annotations

import pytest
from django.urls import reverse

from demo import samples
from notices.models import Notice
from permits.domain.lifecycle import Status
from permits.models import AnswerVerdict, Printout, RequirementVerdict
from permits.services import documents, visits
from standards.domain.steps import StepKind
from standards.models import VersionProcedure
from standards.services.publishing import publish_version
from tests.factories.accounts import make_officer
from tests.factories.filing import signed_in
from tests.factories.permits import make_cast, make_submitted
from tests.factories.standards import (
    PUBLISHED_AT,
    make_draft,
    make_procedure,
    make_service,
    make_standard,
    position_of,
)
from tests.permits.views.at_the_desk import address, fresh, get, paper, press, said
from workflow.models import CalendarYear

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def sent(submitted):
    """A file that waits for the front office."""
    return submitted


@pytest.fixture
def officer(cast):
    """Who checks."""
    return cast.at("front-office")


def test_the_page_shows_each_paper_beside_its_requirement(sent, officer):
    page = get(officer, "desk_application", sent).content.decode()
    document = sent.documents.get()
    assert "Fotokopi KTP penanggung jawab" in page
    assert f"/berkas/{document.public_id}/" in page
    assert "0 dari 1 berkas sudah diperiksa" in page
    assert "Belum dapat dinyatakan lengkap: 1 berkas belum diperiksa." in page
    assert "Belum dapat dikembalikan" in page
    assert "Nama bursa kerja" in page
    assert "1471014507900001" not in page
    assert f"{'•' * 12}0001" in page


def test_a_verdict_without_javascript_leads_to_the_decision(sent, officer):
    answer = press(officer, "verdict", sent, paper(sent), result="sesuai")
    assert answer.url == f"{sent.get_desk_url()}#tindakan"
    page = get(officer, "desk_application", sent).content.decode()
    assert "1 dari 1 berkas sudah diperiksa" in page
    assert "Belum dapat dinyatakan lengkap" not in page


def test_with_htmx_only_what_changed_comes_back(sent, officer):
    answer = press(officer, "verdict", sent, paper(sent), htmx=True, result="sesuai")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("<article") == 1
    assert f'id="syarat-{paper(sent)}"' in text
    assert 'id="kemajuan" hx-swap-oob="innerHTML"' in text
    assert "1 dari 1 berkas sudah diperiksa" in text
    assert "<html" not in text


@pytest.mark.parametrize("htmx", [True, False])
def test_a_refusal_needs_its_reason_and_keeps_what_was_typed(sent, officer, htmx):
    answer = press(officer, "verdict", sent, paper(sent), htmx=htmx, result="tidak_sesuai",
                   reason="  ")  # fmt: skip
    assert "Tulis alasan mengapa berkas tidak sesuai." in answer.content.decode()
    assert not RequirementVerdict.objects.exists()
    long = "x" * 501
    answer = press(officer, "verdict", sent, paper(sent), htmx=htmx, result="tidak_sesuai",
                   reason=long)  # fmt: skip
    assert long in answer.content.decode()
    assert not RequirementVerdict.objects.exists()


def test_a_verdict_may_be_changed_until_the_file_moves(sent, officer):
    press(officer, "verdict", sent, paper(sent), result="tidak_sesuai", reason="Tidak terbaca")
    press(officer, "verdict", sent, paper(sent), result="sesuai")
    assert [v.result for v in RequirementVerdict.objects.all()] == ["sesuai"]


@pytest.mark.parametrize("result", ["", "baik", "SESUAI"])
def test_a_verdict_that_does_not_exist_is_none(sent, officer, result):
    answer = press(officer, "verdict", sent, paper(sent), result=result)
    assert answer.status_code == 200
    assert not RequirementVerdict.objects.exists()


def test_a_requirement_that_is_no_paper_gets_no_verdict(sent, officer):
    declared = sent.version.requirements.get(order=3).pk
    for requirement in (declared, 99_999_999):
        answer = press(officer, "verdict", sent, requirement, result="sesuai")
        assert answer.status_code == 200
    assert not RequirementVerdict.objects.exists()


def test_complete_and_correct_starts_the_clock_and_hands_over(cast, sent, officer):
    press(officer, "verdict", sent, paper(sent), result="sesuai")
    answer = press(officer, "complete", sent, unopened="on")
    assert answer.url == sent.get_desk_url()
    assert said(answer) == ["Berkas dinyatakan lengkap dan benar, lalu diteruskan."]
    after = fresh(sent)
    assert after.status == Status.IN_PROCESS
    assert after.desk == position_of(cast.office, "tim-teknis")
    assert after.due_on.isoformat() == "2026-11-24"
    assert Printout.objects.filter(kind=Printout.Kind.RECEIPT).count() == 1


def test_complete_is_refused_while_a_paper_is_unchecked(sent, officer):
    answer = press(officer, "complete", sent, unopened="on")
    assert "Belum semua berkas diperiksa: Fotokopi KTP penanggung jawab." in answer.content.decode()
    press(officer, "verdict", sent, paper(sent), result="tidak_sesuai", reason="Tidak terbaca")
    answer = press(officer, "complete", sent, unopened="on")
    assert "Masih ada berkas yang tidak sesuai atau tidak ada." in answer.content.decode()
    assert fresh(sent).status == Status.SUBMITTED


def test_pressing_complete_twice_completes_once(sent, officer):
    press(officer, "verdict", sent, paper(sent), result="sesuai")
    press(officer, "complete", sent, unopened="on")
    answer = press(officer, "complete", sent, unopened="on")
    assert answer.url == sent.get_desk_url()
    assert "sudah dikerjakan petugas lain" in said(answer)[0]
    assert fresh(sent).records.filter(event="terima").count() == 1


def test_the_second_of_two_officers_is_told_and_changes_nothing(cast, sent, officer):
    colleague = make_officer(position_of(cast.office, "front-office"), full_name="Rekan")
    press(officer, "verdict", sent, paper(sent), result="tidak_sesuai", reason="Tidak terbaca")
    press(officer, "return", sent)
    for name in ("complete", "return", "propose_refusal"):
        answer = press(colleague, name, sent, note="x")
        assert answer.status_code == 302
        assert "sudah dikerjakan petugas lain" in said(answer)[0]
    answer = press(colleague, "verdict", sent, paper(sent), htmx=True, result="sesuai")
    assert answer.headers["HX-Refresh"] == "true"
    assert fresh(sent).status == Status.INCOMPLETE


def test_a_page_without_its_visit_changes_nothing(sent, officer):
    press(officer, "verdict", sent, paper(sent), result="sesuai")
    for visit in (None, "", "abc"):
        answer = press(officer, "complete", sent, visit=visit)
        assert answer.status_code in (200, 302)
    assert fresh(sent).status == Status.SUBMITTED


def test_all_faults_go_to_the_applicant_at_once(sent, officer):
    press(officer, "verdict", sent, paper(sent), result="tidak_sesuai", reason="Tidak terbaca")
    page = get(officer, "desk_application", sent).content.decode()
    assert "Kekurangan yang dikirim kepada pemohon" in page
    assert "Tidak terbaca" in page
    answer = press(officer, "return", sent, note="Silakan pindai ulang.")
    assert said(answer) == ["Berkas dikembalikan. Pemohon diberi tahu semua kekurangannya."]
    after = fresh(sent)
    assert after.status == Status.INCOMPLETE
    mail = Notice.objects.get(template="permits/returned")
    assert mail.context["faults"] == ["Fotokopi KTP penanggung jawab - Tidak terbaca"]
    assert mail.context["note"] == "Silakan pindai ulang."
    page = get(officer, "desk_application", after).content.decode()
    assert "Berkas berada di tangan pemohon sejak" in page


def test_nothing_to_complain_about_is_nothing_to_return(sent, officer):
    press(officer, "verdict", sent, paper(sent), result="sesuai")
    answer = press(officer, "return", sent, note="Catatan yang panjang")
    assert "Tandai dahulu berkas atau isian yang tidak sesuai" in answer.content.decode()
    assert "Catatan yang panjang" in answer.content.decode()
    assert fresh(sent).status == Status.SUBMITTED


def test_later_rounds_show_what_was_wrong_and_keep_what_was_right(cast, sent, officer, monday):
    press(officer, "verdict", sent, paper(sent), result="tidak_sesuai", reason="Tidak terbaca")
    press(officer, "return", sent)
    documents.attach(
        fresh(sent), paper(sent), samples.pdf_upload(), actor=cast.applicant, at=monday
    )
    again = fresh(samples.submit(fresh(sent), monday))
    page = get(officer, "desk_application", again).content.decode()
    assert "Berkas baru. Sebelumnya ditolak karena: Tidak terbaca" in page
    press(officer, "verdict", again, paper(again), result="sesuai")
    press(officer, "complete", again, unopened="on")
    inspecting = fresh(again)
    visits.send_back(inspecting, actor=cast.at("tim-teknis"), at=monday, note="Alamat berbeda")
    third = fresh(again)
    page = get(officer, "desk_application", third).content.decode()
    assert "Dikembalikan dari langkah 3 oleh Petugas tim-teknis" in page
    assert "Alamat berbeda" in page
    assert "Sudah dinyatakan sesuai pada pemeriksaan sebelumnya." in page
    press(officer, "verdict", third, paper(third), result="tidak_sesuai", reason="Alamat berbeda")
    press(officer, "return", third)
    assert fresh(third).status == Status.RETURNED


def test_a_missing_paper_is_marked_missing_without_a_reason(cast, sent, officer, monday):
    sent.documents.update(superseded_at=monday)
    page = get(officer, "desk_application", sent).content.decode()
    assert "Tandai tidak ada" in page
    assert "Tandai tidak sesuai" not in page
    press(officer, "verdict", sent, paper(sent), result="tidak_ada")
    assert RequirementVerdict.objects.get().reason == "belum diunggah"
    answer = press(officer, "verdict", sent, paper(sent), result="sesuai")
    assert answer.status_code == 200
    assert RequirementVerdict.objects.get().result == "tidak_ada"


def test_the_classification_is_chosen_when_the_standard_names_several(monday, calendar, now):
    cast = make_cast()
    service = make_service(cast.office)
    draft = make_draft(service)
    other = make_procedure(cast.office, name="Klasifikasi Kedua")
    VersionProcedure.objects.create(version=draft, procedure=other, order=2)
    publish_version(draft, actor=None, at=PUBLISHED_AT)
    sent = fresh(samples.submit(samples.draft(service, cast.applicant, monday), monday))
    officer = cast.at("front-office")
    assert "Klasifikasi Kedua" in get(officer, "desk_application", sent).content.decode()
    press(officer, "verdict", sent, paper(sent), result="sesuai")
    foreign = make_standard(make_service(cast.office)).procedure_links.get().procedure
    answer = press(officer, "complete", sent, procedure=foreign.pk, unopened="on")
    assert answer.status_code == 200
    press(officer, "complete", sent, procedure=other.pk, unopened="on")
    assert fresh(sent).procedure == other


def test_without_a_decreed_calendar_the_promise_is_provisional(cast, monday):
    waiting = make_submitted(cast, monday)
    CalendarYear.objects.all().delete()
    officer = cast.at("front-office")
    press(officer, "verdict", waiting, paper(waiting), result="sesuai")
    press(officer, "complete", waiting, unopened="on")
    assert fresh(waiting).status == Status.IN_PROCESS
    for name in ("desk_application", "routing_card", "desk_deadline"):
        assert "perkiraan" in get(officer, name, waiting).content.decode(), name
    assert "perkiraan" in get(officer, "worklist", tampil="semua").content.decode()
    receipt = waiting.printouts.get(kind="tanda_terima").content["promised"]
    mail = Notice.objects.get(template="permits/accepted").context["promised"]
    assert receipt == mail == "Selasa, 24 November 2026 (perkiraan)"


def test_the_file_names_the_step_and_what_it_asks_for(sent, officer):
    page = get(officer, "desk_application", sent).content.decode()
    assert sent.current_step.step.kind == StepKind.CHECK
    assert "Langkah 2 dari 8" in page
    assert address("complete", sent) in page
    assert page.count('class="btn btn-primary"') == 1


# Opened or not, and two officers ------------------------------------------------------------------


def test_a_paper_that_nobody_opened_is_marked_and_asked_about_once(sent, officer):
    page = get(officer, "desk_application", sent).content.decode()
    assert "belum dibuka" in page
    press(officer, "verdict", sent, paper(sent), result="sesuai")
    answer = press(officer, "complete", sent)
    page = answer.content.decode()
    assert "Belum dibuka: Fotokopi KTP penanggung jawab." in page
    assert "Nyatakan lengkap tanpa membuka berkas itu" in page
    assert fresh(sent).status == Status.SUBMITTED
    press(officer, "complete", sent, unopened="on")
    assert fresh(sent).status == Status.IN_PROCESS


def test_a_paper_that_was_opened_is_not_asked_about(sent, officer):
    upload = sent.documents.get(requirement=paper(sent))
    signed_in(sent.applicant).get(reverse("permits:document", args=[upload.public_id]))
    assert "belum dibuka" in get(officer, "desk_application", sent).content.decode()
    signed_in(officer).get(reverse("permits:document", args=[upload.public_id]))
    upload.refresh_from_db()
    assert upload.opened_by == officer
    assert "belum dibuka" not in get(officer, "desk_application", sent).content.decode()
    press(officer, "verdict", sent, paper(sent), result="sesuai")
    press(officer, "complete", sent)
    assert fresh(sent).status == Status.IN_PROCESS


@pytest.mark.parametrize("htmx", [True, False])
def test_a_stale_page_overwrites_no_verdict_of_a_colleague(cast, sent, officer, htmx):
    colleague = make_officer(position_of(cast.office, "front-office"), full_name="Rekan Teliti")
    press(colleague, "verdict", sent, paper(sent), result="tidak_sesuai", reason="Buram")
    answer = press(officer, "verdict", sent, paper(sent), htmx=htmx, result="sesuai", seen="")
    page = answer.content.decode()
    assert "Rekan Teliti baru saja menilai berkas ini: Tidak sesuai." in page
    assert "Buram" in page
    given = RequirementVerdict.objects.get()
    assert (given.result, given.officer) == ("tidak_sesuai", colleague)
    assert f'name="seen" value="{given.mark}"' in page
    press(officer, "verdict", sent, paper(sent), htmx=htmx, result="sesuai", seen=given.mark)
    assert RequirementVerdict.objects.get().officer == officer


def test_a_stale_page_overwrites_no_verdict_on_an_answer(cast, sent, officer):
    colleague = make_officer(position_of(cast.office, "front-office"), full_name="Rekan Teliti")
    press(colleague, "answer_verdict", sent, key="holder_name", reason="Tidak sama", seen="")
    for reason in ("", "Kurang gelar"):
        page = press(officer, "answer_verdict", sent, key="holder_name", reason=reason, seen="")
        page = page.content.decode()
        assert "Rekan Teliti baru saja menilai isian ini: Tidak sesuai." in page
        assert "Tidak sama" in page
        assert f'value="{reason}"' in page  # what was typed stays
    given = AnswerVerdict.objects.get()
    assert (given.reason, given.officer) == ("Tidak sama", colleague)
    assert f'name="seen" value="{given.mark}"' in page
    press(officer, "answer_verdict", sent, key="holder_name", reason="", seen=given.mark)
    assert AnswerVerdict.objects.get().officer == officer


def test_a_stale_page_overwrites_no_reason_of_a_colleague(cast, sent, officer):
    colleague = make_officer(position_of(cast.office, "front-office"), full_name="Rekan Teliti")
    no = "tidak_sesuai"
    press(colleague, "verdict", sent, paper(sent), result=no, reason="Buram", seen="")
    page = press(officer, "verdict", sent, paper(sent), result=no, reason="Kedaluwarsa", seen="")
    assert "Rekan Teliti baru saja menilai berkas ini" in page.content.decode()
    assert "Kedaluwarsa" in page.content.decode()
    assert RequirementVerdict.objects.get().reason == "Buram"


def test_the_page_says_which_colleague_gave_a_verdict(cast, sent, officer):
    colleague = make_officer(position_of(cast.office, "front-office"), full_name="Rekan Teliti")
    press(colleague, "verdict", sent, paper(sent), result="sesuai")
    assert "Rekan Teliti" in get(officer, "desk_application", sent).content.decode()
    assert "Rekan Teliti</span>" not in get(colleague, "desk_application", sent).content.decode()
