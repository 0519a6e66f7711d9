"""A sent file as its applicant sees it: list, progress, receipt, counting, withdrawal, document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from demo import samples
from notices.services import deliver_due
from permits.domain.lifecycle import Status
from permits.models import Application, Certificate, HandOver, Printout
from permits.services import filling, printouts
from standards.domain.steps import StepKind
from tests.factories.factors import give_app
from tests.factories.filing import signed_in, url
from tests.factories.permits import (
    Cast,
    at_step,
    make_accepted,
    make_cast,
    make_completed,
    make_draft_application,
    make_issued,
    make_keys,
    make_submitted,
)
from tests.factories.standards import STEPS

pytestmark = pytest.mark.django_db
WITH_SURVEY = (*STEPS[:-1], (StepKind.SURVEY, "Pemohon", "Front Office", 5, "menit_kerja", None),
               STEPS[-1])  # fmt: skip


@pytest.fixture(autouse=True)
def _at_nine(monday: datetime) -> Iterator[None]:
    with time_machine.travel(monday, tick=False):
        yield


@pytest.fixture
def browser(cast: Cast) -> Client:
    """The applicant's browser."""
    return signed_in(cast.applicant)


def read(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# The list ----------------------------------------------------------------------------------------


def test_an_empty_list_says_what_to_do(cast: Cast, browser: Client) -> None:
    page = read(browser, reverse("permits:my_applications"))
    assert "Belum ada permohonan" in page
    assert reverse("standards:service_list") in page


def test_the_list_says_of_each_file_what_to_do(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    accepted = make_accepted(cast, monday)
    make_draft_application(cast, monday)
    page = read(browser, reverse("permits:my_applications"))
    assert str(accepted.number) in page
    assert "Konsep - lanjutkan mengisi, lalu kirim" in page
    assert "6 hari kerja lagi" in page


def test_a_second_factor_is_offered_until_there_is_one(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    offer, place = "Tambahkan verifikasi dua langkah", reverse("permits:my_applications")
    assert offer not in read(browser, place)  # somebody without an application has little to lose
    make_submitted(cast, monday)
    page = read(browser, place)
    assert offer in page
    assert f'href="{reverse("mfa_index")}"' in page
    give_app(cast.applicant)
    assert offer not in read(browser, place)


def test_a_long_list_has_pages_and_costs_no_more_queries(
    cast: Cast, browser: Client, monday: datetime, django_assert_max_num_queries: object
) -> None:
    made = [
        Application(
            applicant=cast.applicant, office=cast.office, service=cast.service,
            version=cast.version, procedure=cast.version.procedure_links.get().procedure,
            created_at=monday - timedelta(hours=n), status=Status.REJECTED,
            number=f"LAMA-{n:03}", submitted_at=monday,
        )
        for n in range(25)
    ]  # fmt: skip
    Application.objects.bulk_create(made)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = read(browser, reverse("permits:my_applications"))
    assert "LAMA-019" in page
    assert "LAMA-020" not in page
    following = page[page.index('rel="next" href="') + 17 :].split('"')[0]
    page = read(browser, reverse("permits:my_applications") + following.replace("&amp;", "&"))
    assert "LAMA-024" in page


# On its way --------------------------------------------------------------------------------------


def test_a_sent_file_says_that_nothing_is_to_be_done(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    sent = make_submitted(cast, monday)
    page = read(browser, url("application", sent))
    for words in ("Sudah dikirim", "Front office", "Tidak. Kantor sedang bekerja",
                  "Mulai dihitung setelah berkas dinyatakan lengkap dan benar",
                  str(sent.number), sent.tracking_code, "berkas.pdf",
                  "Permohonan diterima"):  # fmt: skip
        assert words in page
    assert url("withdraw", sent) in page


def test_names_of_officers_are_not_shown(cast: Cast, browser: Client, monday: datetime) -> None:
    page = read(browser, url("application", make_accepted(cast, monday)))
    assert "Tim Teknis" in page
    assert "Petugas tim-teknis" not in page


def test_an_accepted_file_shows_its_promise_and_how_it_was_counted(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    accepted = make_accepted(cast, monday)
    page = read(browser, url("application", accepted))
    assert "Selasa, 24 November 2026" in page
    assert "(6 hari kerja lagi)" in page
    assert url("deadline", accepted) in page


def test_a_late_office_is_said_to_be_late(cast: Cast, browser: Client, monday: datetime) -> None:
    accepted = make_accepted(cast, monday)
    with time_machine.travel(monday + timedelta(days=10), tick=False):
        page = read(signed_in(cast.applicant), url("application", accepted))
    assert "kantor terlambat" in page
    assert "terlambat 2 hari kerja" in page
    assert "berhak menanyakan" in page


def test_the_page_of_a_file_costs_a_fixed_number_of_queries(
    cast: Cast, browser: Client, monday: datetime, django_assert_max_num_queries: object
) -> None:
    accepted = make_accepted(cast, monday)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        read(browser, url("application", accepted))


def test_mails_are_shown_with_whether_they_left(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    sent = make_submitted(cast, monday)
    assert "Segera dikirim lewat e-mail" in read(browser, url("application", sent))
    deliver_due(monday)
    assert f"Dikirim lewat e-mail {cast.applicant.email}." in read(
        browser, url("application", sent)
    )


def test_a_rejected_file_shows_the_reason(cast: Cast, browser: Client, monday: datetime) -> None:
    make_keys(cast)
    sent = samples.refuse(
        make_submitted(cast, monday), monday, reason="Lokasi di luar wilayah kota."
    )
    page = read(browser, url("application", sent))
    assert "Lokasi di luar wilayah kota." in page
    assert "Hari terakhir mengajukan keberatan: Selasa, 15 Desember 2026." in page
    assert "Ombudsman Republik Indonesia" in page
    assert url("certificate_pdf", sent) in page
    assert browser.get(url("certificate_pdf", sent)).status_code == 200
    assert url("start_again", sent) in page
    assert "Ditolak - baca alasannya" in page
    assert url("withdraw", sent) not in page


# The receipt -------------------------------------------------------------------------------------


def test_the_receipt_says_when_the_term_starts(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    sent = make_submitted(cast, monday)
    page = read(browser, url("receipt", sent))
    assert str(sent.number) in page
    assert sent.tracking_code in page
    assert "Saat itulah jangka waktu 6 hari kerja mulai dihitung" in page
    assert browser.get(url("receipt_pdf", sent)).status_code == 404


def test_a_draft_has_no_receipt(cast: Cast, browser: Client, monday: datetime) -> None:
    draft = make_draft_application(cast, monday)
    assert browser.get(url("receipt", draft))["Location"] == url("application", draft)


def test_the_paper_is_being_made_and_then_there(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    accepted = make_accepted(cast, monday)
    page = read(browser, url("receipt", accepted))
    assert "sedang disiapkan" in page
    assert 'hx-trigger="every 3s"' in page
    assert "http-equiv" not in page.split("</head>")[0].replace("X-UA", "")
    assert "sedang disiapkan" in read(browser, url("receipt_pdf", accepted))
    printouts.print_due(monday)
    piece = browser.get(url("receipt", accepted), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece
    assert "Unduh tanda terima (PDF)" in piece
    paper = browser.get(url("receipt_pdf", accepted))
    assert paper["Content-Type"] == "application/pdf"
    assert b"".join(paper.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]


def test_a_paper_that_cannot_be_made_is_admitted(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    accepted = make_accepted(cast, monday)
    Printout.objects.update(job_status="gagal")
    assert "belum dapat dibuat" in read(browser, url("receipt_pdf", accepted))


# How the day was counted -------------------------------------------------------------------------


def test_before_acceptance_nothing_is_counted(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    page = read(browser, url("deadline", make_submitted(cast, monday)))
    assert "Belum ada yang dihitung" in page


def test_each_day_is_counted_or_skipped_with_its_reason(cast: Cast, browser: Client) -> None:
    start = datetime(2026, 12, 22, 9, tzinfo=cast.office.zone)
    with time_machine.travel(start, tick=False):
        accepted = make_accepted(cast, start)
        page = read(signed_in(cast.applicant), url("deadline", accepted))
    for words in ("Hari ke-0: berkas dinyatakan lengkap dan benar", "Cuti bersama",
                  "Libur nasional", "akhir pekan", "Januari 2027",
                  "Hari kerja ke-6: hari yang dijanjikan"):  # fmt: skip
        assert words in page


# Taking it back ----------------------------------------------------------------------------------


def test_withdrawing_needs_a_reason(cast: Cast, browser: Client, monday: datetime) -> None:
    sent = make_submitted(cast, monday)
    assert "Tidak dapat dibatalkan" in read(browser, url("withdraw", sent))
    page = browser.post(url("withdraw", sent), {"note": "  "}).content.decode()
    assert "Tulis alasannya terlebih dahulu." in page
    sent.refresh_from_db()
    assert sent.status == Status.SUBMITTED


def test_withdrawing_twice_is_once(cast: Cast, browser: Client, monday: datetime) -> None:
    sent = make_submitted(cast, monday)
    for _press in range(2):
        answer = browser.post(url("withdraw", sent), {"note": "Salah layanan"})
        assert answer["Location"] == url("application", sent)
    sent.refresh_from_db()
    assert sent.status == Status.WITHDRAWN
    assert sent.records.filter(to=Status.WITHDRAWN).count() == 1
    page = read(browser, url("application", sent))
    assert "Alasan Anda" in page
    assert "Salah layanan" in page


def test_a_draft_and_a_signed_file_cannot_be_withdrawn(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    draft = make_draft_application(cast, monday)
    assert browser.post(url("withdraw", draft), {"note": "x"}).status_code == 403
    signed = at_step(cast, StepKind.NUMBER, monday)
    answer = browser.post(url("withdraw", signed), {"note": "x"})
    assert answer.status_code == 403
    assert "sudah ditandatangani" in answer.content.decode()


# The document ------------------------------------------------------------------------------------


def test_the_first_download_is_the_hand_over_and_twice_is_once(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    issued = make_issued(cast, monday)
    assert "Unduh izin" in read(browser, url("application", issued))
    for _press in range(2):
        answer = browser.post(url("collect", issued))
        assert answer["Location"] == f"{url('certificate_pdf', issued)}?unduh=1"
    issued.refresh_from_db()
    assert issued.status == Status.COMPLETED
    assert HandOver.objects.get().method == HandOver.Method.DOWNLOAD
    paper = browser.get(answer["Location"])
    assert paper["Content-Disposition"].startswith("attachment")
    assert "503-0001-TD-2026" in paper["Content-Disposition"]
    assert b"".join(paper.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    page = read(browser, url("application", issued))
    assert f"{url('certificate_pdf', issued)}?unduh=1" in page


def test_looking_is_not_collecting(cast: Cast, browser: Client, monday: datetime) -> None:
    issued = make_issued(cast, monday)
    assert browser.get(url("collect", issued))["Location"] == url("application", issued)
    issued.refresh_from_db()
    assert issued.status == Status.ISSUED


def test_a_signed_but_not_issued_document_is_not_for_the_applicant(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    signed = at_step(cast, StepKind.NUMBER, monday)
    assert browser.get(url("certificate_pdf", signed)).status_code == 403
    assert browser.post(url("collect", signed)).status_code == 403
    officer = signed_in(cast.at("back-office"))
    assert officer.get(url("certificate_pdf", signed)).status_code == 200


def test_a_missing_document_is_not_taken_for_collected(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    issued = make_issued(cast, monday)
    certificate = Certificate.objects.get(application=issued)
    certificate.file.storage.delete(str(certificate.file.name))
    page = browser.post(url("collect", issued), follow=True).content.decode()
    assert "sedang tidak dapat dibuka" in page
    issued.refresh_from_db()
    assert issued.status == Status.ISSUED


def test_a_document_collected_at_the_counter_can_be_downloaded(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    done = make_completed(cast, monday)
    assert browser.get(url("certificate_pdf", done)).status_code == 200
    assert "Selesai - dokumen sudah Anda terima" in read(browser, url("application", done))


# The questionnaire -------------------------------------------------------------------------------


@pytest.mark.parametrize(("act", "outcome"), [("pass_on", "selesai"), ("skip", "dilewati")])
def test_the_office_records_the_questionnaire_before_the_document(
    calendar: None, monday: datetime, act: str, outcome: str
) -> None:
    from tests.factories.accounts import make_office
    from tests.factories.standards import make_procedure, make_service, make_standard

    cast = make_cast()
    service = make_service(make_office())
    version = make_standard(service, make_procedure(service.office, WITH_SURVEY))
    asked = _through_to_survey(version.service, cast, monday)
    browser = signed_in(cast.applicant)
    page = read(browser, url("application", asked))
    assert "kuesioner kepuasan diisi sebelum dokumen diserahkan" in page
    assert "Kuesioner sudah saya isi" not in page
    assert "Unduh izin" not in page
    assert browser.post(url("collect", asked)).status_code == 403
    officer = signed_in(samples.officer_at(asked, monday))
    page = read(officer, asked.get_desk_url())
    assert "Catat kuesioner kertas sudah diisi" in page
    visit = {"visit": asked.current_step_id}
    officer.post(url(act, asked), {**visit, "note": "Lembar diterima di loket"})
    assert "Unduh izin" in read(browser, url("application", asked))
    assert [row.outcome for row in asked.steps.filter(step__kind=StepKind.SURVEY)] == [outcome]


def _through_to_survey(service: object, cast: Cast, at: datetime) -> Application:
    from django.core.management import call_command

    from accounts.models import Position
    from tests.factories.accounts import make_officer

    for position in Position.objects.filter(office=service.office):  # type: ignore[attr-defined]
        make_officer(position)
    code = service.office.code  # type: ignore[attr-defined]
    call_command("make_signing_authority", office=[code], verbosity=0)
    draft = filling.start_draft(service, actor=cast.applicant, at=at)  # type: ignore[arg-type]
    sent = samples.submit(samples.fill(draft, at), at)
    return samples.advance(sent, StepKind.SURVEY, at)
