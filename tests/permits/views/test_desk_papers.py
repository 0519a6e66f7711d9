"""The routing card, the count of days and the register, as they are read and printed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from permits.models import CertificateNumber, NumberRegister
from permits.services import documents
from portal import world
from standards.domain.steps import StepKind
from tests.factories.permits import at_step, make_accepted, make_completed, make_submitted
from tests.permits.views.at_the_desk import fresh, get, paper, press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_the_card_names_each_step_its_people_and_its_time(cast, monday):
    application = make_completed(cast, monday)
    page = get(cast.at("sekretaris"), "routing_card", application).content.decode()
    assert page.count('<th scope="row">') == 8
    for text in ("Siti Pemohon", "Petugas front-office", "Petugas kepala-dinas", "35 menit",
                 "2 hari", "hari yang sama", application.tracking_code, cast.office.name,
                 "Waktu kerja di kantor"):  # fmt: skip
        assert text in page
    assert "routing-late" not in page


def test_the_card_marks_late_steps_and_returned_rounds(cast, monday):
    application = make_submitted(cast, monday - timedelta(days=7))
    world.return_for_completion(application, monday - timedelta(days=6))
    documents.attach(
        fresh(application), paper(application), world.pdf_upload(), actor=cast.applicant, at=monday
    )
    world.submit(fresh(application), monday)
    page = get(cast.at("front-office"), "routing_card", application).content.decode()
    assert "kali ke-2" in page
    assert "routing-late" in page
    assert "Fotokopi KTP penanggung jawab - Tidak terbaca" in page
    assert "Sedang berjalan" in page


def test_the_file_shows_the_card_in_short(cast, monday):
    application = at_step(cast, StepKind.SIGN, monday)
    page = get(cast.at("kepala-dinas"), "file", application).content.decode()
    rows = re.findall(r'<span class="card-mark', page)
    assert len(rows) == 6


def test_every_day_of_the_count_has_its_reason(cast, monday):
    application = make_accepted(cast, monday - timedelta(days=4))  # Thursday
    page = get(cast.at("sekretaris"), "file_counting", application).content.decode()
    days = re.findall(r'class="counting-day">([^<]+)<', page)
    assert days[0] == "Kamis, 12 November 2026"
    assert days[-1] == "Jumat, 20 November 2026"
    assert page.count("Tidak dihitung") == 2
    assert "Akhir pekan" in page
    assert "Batas janji" in page


def test_the_count_of_a_late_file_goes_on_to_today(cast, monday):
    application = make_accepted(cast, monday - timedelta(days=14))
    page = get(cast.at("sekretaris"), "file_counting", application).content.decode()
    days = re.findall(r'class="counting-day">([^<]+)<', page)
    assert days[-1] == "Senin, 16 November 2026"
    assert "Dihitung, lewat janji" in page
    assert "Lewat dari janji" in page


def test_before_the_file_is_complete_nothing_is_counted(cast, monday):
    application = make_submitted(cast, monday)
    page = get(cast.at("front-office"), "file_counting", application).content.decode()
    assert "Belum ada yang dihitung" in page


@pytest.fixture
def numbers(cast, monday):
    """A register with reserved, issued and void numbers of two years."""
    application = make_accepted(cast, monday)
    made = {}
    for year, value, state, reason in (
        (2026, 1, "batal", "Permohonan ditarik"), (2026, 2, "terbit", ""),
        (2025, 7, "batal", "Salah ketik"),
    ):  # fmt: skip
        book, _new = NumberRegister.objects.get_or_create(
            office=cast.office, kind=cast.service.slug, year=year
        )
        made[year, value] = CertificateNumber.objects.create(
            register=book, value=value, text=f"503/{value:04}/TD/{year}", application=application,
            state=state, reason=reason, reserved_at=monday, settled_at=monday,
        )  # fmt: skip
    return made


def test_the_register_shows_a_year_with_what_became_of_each_number(cast, numbers):
    officer = cast.at("back-office")
    page = get(officer, "register").content.decode()
    assert page.index("503/0002/TD/2026") < page.index("503/0001/TD/2026")
    assert "Permohonan ditarik" in page
    assert "503/0007/TD/2025" not in page
    page = get(officer, "register", tahun="2025").content.decode()
    assert "503/0007/TD/2025" in page
    assert "503/0002/TD/2026" not in page


def test_the_register_is_searched_and_printed_in_order(cast, numbers):
    officer = cast.at("back-office")
    page = get(officer, "register", q="503/0001").content.decode()
    assert "503/0001/TD/2026" in page
    assert "503/0002/TD/2026" not in page
    assert "Tidak ada nomor yang cocok" in get(officer, "register", q="xyz").content.decode()
    sheet = get(officer, "register", cetak="1").content.decode()
    assert sheet.index("503/0001/TD/2026") < sheet.index("503/0002/TD/2026")
    assert cast.office.name in sheet


@pytest.mark.parametrize(
    "query",
    [{"tahun": "x"}, {"tahun": "9999"}, {"layanan": "tidak-ada"}, {"kantor": "lain"},
     {"sesudah": "abc"}, {"sebelum": "9" * 40}, {"q": "\0'"}],
)  # fmt: skip
def test_nonsense_in_the_address_of_the_register_is_left_out(cast, query):
    assert get(cast.at("back-office"), "register", **query).status_code == 200


def test_an_empty_register_says_why(cast):
    page = get(cast.at("back-office"), "register").content.decode()
    assert "Register masih kosong" in page


def test_officers_open_the_signed_document(cast, monday):
    application = at_step(cast, StepKind.NUMBER, monday)
    answer = get(cast.at("back-office"), "certificate_pdf", application)
    assert answer.status_code == 200
    page = get(cast.at("back-office"), "file", application).content.decode()
    assert f"/permohonan/{application.public_id}/izin.pdf" in page


def test_nothing_on_these_pages_is_written_inline(cast, monday):
    application = at_step(cast, StepKind.INSPECT, monday)
    officer = cast.at("tim-teknis")
    pages = [get(officer, name, application) for name in ("file", "routing_card", "file_counting")]
    pages += [get(officer, "worklist"), get(officer, "register"),
              press(officer, "inspect", application, team="")]  # fmt: skip
    for page in pages:
        text = page.content.decode()
        assert " style=" not in text
        assert not re.search(r"<script(?![^>]*\bsrc=)", text)
