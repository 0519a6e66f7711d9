"""The session ends while somebody types: they log in, and find on the page what they had typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import acts, cases
from tests.journeys.people import PASSWORD, Person, Stage

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

APPLICANT = "pemohon1@demo.invalid"
AGAIN = "Yang Anda ketik sebelumnya sudah diisikan kembali"
KEPT = "Object.keys(sessionStorage).filter((key) => key.startsWith('typed:')).length"


def end_session(person: Person, cookie: str = "sessionid") -> None:
    """Let the session end unseen, or with ``csrftoken`` the page become too old."""
    person.context.clear_cookies(name=cookie)
    person.faults.clear()


def log_in_again(person: Person, email: str) -> None:
    """Log in on the page to which one was led."""
    person.heading("Masuk")
    person.write("Alamat e-mail", email)
    person.write("Kata sandi", PASSWORD)
    person.press("Masuk")
    person.faults.clear()  # the browser says 401 or 403, as it should


def test_a_form_that_saves_itself_says_so_and_is_filled_in_again(stage: Stage) -> None:
    applicant = stage.person(APPLICANT, width=360)
    acts.start(applicant)
    applicant.follow("Data pemegang izin")
    address = applicant.page.url
    end_session(applicant)
    name = applicant.page.get_by_role("textbox", name="Nama pemegang izin")
    name.fill("BKK Sesi Habis")
    name.press("Tab")
    applicant.sees("Belum tersimpan: sesi Anda sudah berakhir")
    expect(name).to_have_value("BKK Sesi Habis")
    expect(applicant.page.get_by_role("heading", level=1)).to_have_count(1)
    applicant.page.get_by_label("Alamat", exact=True).fill("Jalan Setelah Sesi 1")
    applicant.page.get_by_role("link", name="Masuk lagi").click()
    applicant.sees("Yang Anda ketik tidak hilang")
    log_in_again(applicant, APPLICANT)
    applicant.sees(AGAIN)
    assert applicant.page.url == address
    expect(name).to_have_value("BKK Sesi Habis")
    applicant.sees("Tersimpan sendiri")
    applicant.page.reload()
    expect(name).to_have_value("BKK Sesi Habis")
    expect(applicant.page.get_by_label("Alamat", exact=True)).to_have_value("Jalan Setelah Sesi 1")
    assert applicant.page.evaluate(KEPT) == 0


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken"])
def test_an_act_at_the_desk_is_not_lost(stage: Stage, cookie: str) -> None:
    holder = f"BKK Meja {cookie}"
    acts.sent(stage.portal, holder)
    officer = stage.person(f"fo@{acts.OFFICE}")
    acts.open_file(officer, holder)
    address = officer.page.url
    officer.open("Usulkan penolakan")
    end_session(officer, cookie)
    box = officer.page.get_by_label("Alasan penolakan")
    box.fill("Sekolah ini di luar wilayah kota.")
    officer.write("Dasar penolakan", "Perda 1/2020")
    officer.press("Kirim usul penolakan")
    officer.sees("Yang Anda ketik tidak hilang")
    if cookie == "sessionid":
        log_in_again(officer, f"fo@{acts.OFFICE}")
    else:
        officer.heading("Isian belum terkirim")
        officer.follow("Buka lagi halaman isian")
        officer.faults.clear()
    officer.sees(AGAIN)
    assert officer.page.url == address
    expect(box).to_have_value("Sekolah ini di luar wilayah kota.")
    expect(officer.page.get_by_label("Dasar penolakan")).to_have_value("Perda 1/2020")
    officer.press("Kirim usul penolakan")
    expect(box).to_have_count(0)
    officer.visit(address)
    assert officer.page.evaluate(KEPT) == 0


def test_a_verdict_says_so_at_its_form(stage: Stage) -> None:
    acts.sent(stage.portal, "BKK Putusan")
    officer = stage.person(f"fo@{acts.OFFICE}")
    acts.open_file(officer, "BKK Putusan")
    end_session(officer)
    paper = acts.article_of(officer, "Struktur organisasi BKK")
    paper.locator("summary").filter(has_text="Tidak sesuai").click()
    reason = paper.get_by_label("Alasan, dibaca pemohon")
    reason.fill("Stempel tidak terbaca.")
    paper.get_by_role("button", name="Tandai tidak sesuai").click()
    officer.sees("Belum tersimpan: sesi Anda sudah berakhir")
    officer.page.get_by_role("link", name="Masuk lagi").click()
    log_in_again(officer, f"fo@{acts.OFFICE}")
    officer.sees(AGAIN)
    expect(reason).to_have_value("Stempel tidak terbaca.")


def test_a_note_on_a_complaint_waits_for_its_writer_alone(stage: Stage) -> None:
    [receipt] = cases.in_state(stage.portal, "kampar", "diterima", "Loket tutup sebelum waktunya.")
    officer = cases.officer_of(stage, "pengaduan", "kampar")
    address = cases.take(officer, receipt[0])
    officer.open("Tambah catatan")
    end_session(officer)
    note = officer.page.locator("details[open]").get_by_label("Catatan", exact=True)
    note.fill("Sudah ditelepon dua kali.")
    officer.press("Tambah catatan", within=officer.page.locator("details[open] form"))
    log_in_again(officer, "kepala@kampar.demo.invalid")  # somebody else at the same computer
    officer.page.wait_for_load_state()
    officer.visit(address)
    assert officer.page.evaluate(KEPT) == 0
    assert "Sudah ditelepon" not in officer.page.content()
