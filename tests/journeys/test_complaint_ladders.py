"""Pekanbaru: light is answered at once, medium and heavy go up; the month goes to the head."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.journeys import cases
from tests.journeys.people import WIB, Person, Stage

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

OFFICE = "pekanbaru"


def test_light_is_answered_at_once_by_the_mail_it_came_with(stage: Stage) -> None:
    someone = stage.person(javascript=False, width=360)
    cases.fill(someone, OFFICE, name="Rani Melur", email="rani@example.invalid")
    receipt = cases.send(someone)
    officer = cases.officer_of(stage, "pengaduan", OFFICE)
    path = cases.take(officer, receipt[0])
    cases.begin(officer)
    cases.classify(officer, "Ringan")
    cases.study(officer, cases.FOUND)
    cases.draft(officer)
    officer.reads("Jawaban disetujui: kirim sekarang", "Melalui E-mail")
    cases.waits_for_letter(officer)  # the mail takes it along
    cases.answer(officer)
    officer.visit(path)
    officer.waits_for(lambda: officer.page.get_by_text("Sudah dijawab"))
    officer.reads("Sudah dijawab", "<notice-")

    cases.come_back(someone, receipt)
    someone.reads("Sudah dijawab", "kami mohon maaf", "Ombudsman Republik Indonesia")
    link = someone.page.get_by_role("link", name="Unduh surat jawaban (PDF)")
    assert someone.download(link.get_attribute("href") or "").startswith(b"%PDF-")
    someone.page.get_by_label("Sangat puas").check()
    someone.press("Kirim penilaian")
    someone.sees("Terima kasih atas penilaian Anda.")


@pytest.mark.once
def test_medium_goes_to_the_section_and_the_head_who_may_return_it(stage: Stage) -> None:
    [(number, _secret)] = cases.in_state(stage.portal, OFFICE, "ditelaah", channel="telepon")
    officer = cases.officer_of(stage, "pengaduan", OFFICE)
    path = cases.take(officer, number)
    cases.draft(officer)
    section = cases.officer_of(stage, "kabid", OFFICE)
    cases.agree(section, number)
    head = cases.officer_of(stage, "kepala", OFFICE)
    cases.take(head, number)
    head.open("Kembalikan dengan catatan")
    head.write("Apa yang harus diperbaiki?", "Sebutkan hari penyelesaiannya.")
    head.press("Kembalikan dengan catatan")
    head.sees("Konsep dikembalikan dengan catatan Anda.")

    officer.visit(path)
    officer.reads("Sebutkan hari penyelesaiannya.")
    officer.write("Isi jawaban", "Berkas Saudara selesai pada Selasa, 17 November 2026.")
    officer.press("Ajukan konsep jawaban")
    cases.agree(section, number)  # what is written anew needs every level again
    cases.agree(head, number)
    officer.visit(path)
    officer.reads("Selasa, 17 November 2026", "Revisi 2")
    cases.answer(officer, Catatan_percakapan="16 November pukul 11.00, diterima sendiri")
    officer.reads("Sudah dijawab", "16 November pukul 11.00, diterima sendiri")


@pytest.mark.once
def test_heavy_goes_to_the_region_by_a_paper_and_home_by_letter(stage: Stage) -> None:
    [(number, _secret)] = cases.in_state(stage.portal, OFFICE, "ditelaah", channel="surat")
    officer = cases.officer_of(stage, "pengaduan", OFFICE)
    cases.take(officer, number)
    cases.reclassify(officer, "Berat", "Menyangkut kewenangan di luar dinas.")
    cases.draft(officer)
    head = cases.officer_of(stage, "kepala", OFFICE)
    cases.agree(head, number)
    path = cases.take(officer, number)  # what stands outside is recorded by its paper
    officer.reads("Wali kota/bupati melalui asisten atau sekretaris daerah")
    cases.record_outside(officer, "Asisten II Sekretariat Daerah", "100/7/2026, 16-11-2026")
    officer.visit(path)
    cases.waits_for_letter(officer)
    cases.answer(officer, Tanggal_surat="2026-11-16")
    officer.reads("Sudah dijawab", "100/7/2026", "Surat nomor")


@pytest.mark.once
def test_the_report_of_the_month_is_returned_once_and_reaches_the_head(stage: Stage) -> None:
    cases.in_state(stage.portal, OFFICE, "dijawab")
    stage.at(datetime(2026, 12, 1, 9, 0, tzinfo=WIB))
    officer = cases.officer_of(stage, "pengaduan", OFFICE)
    to_reports(officer)
    officer.page.get_by_label("Bulan yang belum dilaporkan").select_option(label="November 2026")
    officer.press("Susun laporan")
    officer.sees("Laporan November 2026 tersusun.")
    path = officer.page.url
    officer.press("Paraf dan ajukan")
    officer.sees("Paraf Anda tercatat. Laporan diteruskan.")
    expect(officer.page.get_by_role("button", name="Paraf dan setujui")).to_have_count(0)

    secretary = cases.officer_of(stage, "sekretaris", OFFICE)
    to_reports(secretary)
    secretary.follow("November 2026")
    secretary.write("Catatan untuk penyusun", "Hitung sekali lagi setelah register lengkap.")
    secretary.press("Kembalikan untuk diperbaiki")
    secretary.sees("Laporan dikembalikan kepada penyusun.")

    officer.visit(path)
    officer.reads("Hitung sekali lagi setelah register lengkap.")
    officer.press("Susun ulang dari register")
    officer.press("Paraf dan ajukan")
    officer.sees("Paraf Anda tercatat. Laporan diteruskan.")
    secretary.visit(path)
    secretary.press("Paraf dan setujui")
    secretary.sees("Laporan disetujui dengan paraf Anda.")
    officer.visit(path)
    officer.press("Serahkan kepada kepala")
    officer.sees("Laporan diserahkan kepada kepala.")

    head = cases.officer_of(stage, "kepala", OFFICE)
    head.visit("/akun/pesan/")
    head.follow("Laporan bulanan diserahkan")
    head.follow("Buka berkasnya")
    head.reads("Petugas Pengaduan Pekanbaru", "Sekretaris DPMPTSP Kota Pekanbaru")


def to_reports(officer: Person) -> None:
    """Find the monthly reports from the complaint desk."""
    officer.visit(cases.DESK)
    officer.follow("Buku pengaduan")
    officer.follow("Laporan bulanan")
    officer.heading("Laporan bulanan pengaduan")
