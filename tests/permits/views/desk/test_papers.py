"""The routing card, the count of days and the register, as they are read and printed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from demo import samples
from permits.models import CertificateNumber, NumberRegister
from permits.services import deadlines, documents, visits
from standards.domain.steps import StepKind
from tests.factories.permits import at_step, make_accepted, make_completed, make_submitted
from tests.permits.views.at_the_desk import fresh, get, paper, press
from workflow.models import Holiday

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
    samples.return_for_completion(application, monday - timedelta(days=6))
    documents.attach(
        fresh(application),
        paper(application),
        samples.pdf_upload(),
        actor=cast.applicant,
        at=monday,
    )
    samples.submit(fresh(application), monday)
    page = get(cast.at("front-office"), "routing_card", application).content.decode()
    assert "kali ke-2" in page
    assert "routing-late" in page
    assert "Fotokopi KTP penanggung jawab - Tidak terbaca" in page
    assert "Sedang berjalan" in page


def test_the_file_shows_the_card_in_short(cast, monday):
    application = at_step(cast, StepKind.SIGN, monday)
    page = get(cast.at("kepala-dinas"), "desk_application", application).content.decode()
    rows = re.findall(r'<span class="card-mark', page)
    assert len(rows) == 6


def test_every_day_of_the_count_has_its_reason(cast, monday):
    application = make_accepted(cast, monday - timedelta(days=4))  # Thursday
    page = get(cast.at("sekretaris"), "desk_deadline", application).content.decode()
    days = re.findall(r'class="run-day">\s*([^<]+?)\s*<', page)
    assert days[0] == "Kamis, 12 November 2026"
    assert days[-1] == "Jumat, 20 November 2026"
    assert "Sabtu, 14 November 2026 &ndash; Minggu, 15 November 2026" in days
    assert "akhir pekan" in page
    assert "hari yang dijanjikan" in page


def test_a_skipped_holiday_names_its_decree_and_an_estimate_says_so(cast, monday):
    Holiday.objects.create(on="2026-11-18", name="Uji", kind="cuti_bersama", decree="SKB Uji")
    Holiday.objects.create(on="2026-11-19", name="Kira", kind="libur_nasional", estimated=True)
    application = make_accepted(cast, monday)
    page = get(cast.at("sekretaris"), "desk_deadline", application).content.decode()
    assert "Uji (SKB Uji)" in page
    assert "Kira (perkiraan)" in page


def test_the_count_of_a_late_file_goes_on_to_today(cast, monday):
    application = make_accepted(cast, monday - timedelta(days=14))
    page = get(cast.at("sekretaris"), "desk_deadline", application).content.decode()
    days = re.findall(r'class="run-day">\s*([^<]+?)\s*<', page)
    assert days[-1] == "Senin, 16 November 2026"
    assert "melewati janji" in page


def test_a_pause_names_who_stopped_the_clock_and_what_resuming_would_promise(cast, monday):
    application = make_accepted(cast, monday - timedelta(days=4))
    officer = cast.at("tim-teknis")
    visits.send_back(fresh(application), actor=officer, at=monday, note="Kurang")
    samples.return_for_completion(fresh(application), monday - timedelta(hours=1))
    page = get(cast.at("sekretaris"), "desk_deadline", application).content.decode()
    assert re.search(r"oleh Petugas front-office, 16 Nov 2026 08[.:]00", page)
    assert "Bila pemohon mengirim kembali hari ini: janji menjadi 20 November 2026." in page
    assert re.search(r"<dt>Banyaknya jeda</dt>\s*<dd>1</dd>", page)


def test_each_promise_can_be_opened_the_target_and_every_step(cast, monday):
    application = make_accepted(cast, monday)
    application.deadlines.create(
        kind="target", term_amount=4, term_unit="hari_kerja", started_at=monday
    )
    deadlines.recompute(application, monday)
    officer = cast.at("sekretaris")
    page = get(officer, "desk_deadline", application).content.decode()
    assert "Target internal" in page
    assert page.count("<span>0 hari kerja</span>") >= 2  # used of the term and of the target
    assert "4 hari kerja" in page
    links = re.findall(r"\?janji=(\d+)", page)
    kinds = {row.pk: row.kind for row in application.deadlines.all()}
    opened = [kinds[int(link)] for link in links]
    assert opened[:2] == ["layanan", "target"]
    assert "langkah" in opened
    for link in links:
        shown = get(officer, "desk_deadline", application, janji=link).content.decode()
        assert "Hari demi hari, dengan alasannya" in shown
    target = next(link for link in links if kinds[int(link)] == "target")
    shown = get(officer, "desk_deadline", application, janji=target).content.decode()
    assert "Jumat, 20 November 2026" in shown


def test_a_promise_of_another_file_does_not_open_here(cast, monday):
    application, other = make_accepted(cast, monday), make_accepted(cast, monday)
    foreign = other.deadlines.first().pk
    officer = cast.at("sekretaris")
    assert get(officer, "desk_deadline", application, janji=foreign).status_code == 404
    assert get(officer, "desk_deadline", application, janji="abc").status_code == 404


def test_before_the_file_is_complete_nothing_is_counted(cast, monday):
    application = make_submitted(cast, monday)
    page = get(cast.at("front-office"), "desk_deadline", application).content.decode()
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


@pytest.mark.parametrize("query", [{"tahun": "9999"}, {"layanan": "tidak-ada"}])
def test_the_register_says_at_the_field_that_a_choice_does_not_exist(cast, query):
    page = get(cast.at("back-office"), "register", **query).content.decode()
    assert ("Pilihan ini tidak ada" in page) is ("tahun" in query)  # one kind is no choice


def test_an_empty_register_says_why(cast):
    page = get(cast.at("back-office"), "register").content.decode()
    assert "Register masih kosong" in page


def test_officers_open_the_signed_document(cast, monday):
    application = at_step(cast, StepKind.NUMBER, monday)
    answer = get(cast.at("back-office"), "certificate_pdf", application)
    assert answer.status_code == 200
    page = get(cast.at("back-office"), "desk_application", application).content.decode()
    assert f"/permohonan/{application.public_id}/izin.pdf" in page


def test_nothing_on_these_pages_is_written_inline(cast, monday):
    application = at_step(cast, StepKind.INSPECT, monday)
    officer = cast.at("tim-teknis")
    pages = [
        get(officer, name, application)
        for name in ("desk_application", "routing_card", "desk_deadline")
    ]
    pages += [get(officer, "worklist"), get(officer, "register"),
              press(officer, "inspect", application, team="")]  # fmt: skip
    for page in pages:
        text = page.content.decode()
        assert " style=" not in text
        assert not re.search(r"<script(?![^>]*\bsrc=)", text)
