"""Complaining in a browser: without account or script, coming back, and entered by officers."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.journeys.people import BEGINNING, Person, Stage

pytestmark = [pytest.mark.browser, pytest.mark.once]

OFFICER = "pengaduan@purwakarta.demo.invalid"
FORM, TRACK, ENTRY = "/pengaduan/purwakarta/kirim/", "/pengaduan/lacak/", "/meja/pengaduan/catat/"
TEXT = (
    "Berkas saya sudah sepuluh hari tidak bergerak dan petugas loket tidak memberi penjelasan "
    "apa pun kepada saya."
)


def a_photo() -> FilePayload:
    out = BytesIO()
    Image.new("RGB", (30, 30), "teal").save(out, "JPEG")
    return FilePayload(name="Budi di loket.jpg", mimeType="image/jpeg", buffer=out.getvalue())


def fill(person: Person, text: str = TEXT, *, named: bool = True) -> None:
    """Fill in the public form."""
    person.visit(FORM)
    person.page.get_by_label("Ya, saya" if named else "Tidak, saya").check()
    if named:
        person.page.locator("#id_name").fill("Budi Kenari")
        person.page.locator("#id_phone").fill("0812 3456 7890")
    person.page.locator("#id_text").fill(text)


def kept(person: Person) -> tuple[str, str]:
    """Return number and secret of the receipt."""
    page = person.page
    return page.locator("#nomor").inner_text(), page.locator("#kode").inner_text()


def come_back(person: Person, number: str, secret: str) -> None:
    person.visit(TRACK)
    person.write("Nomor laporan", number)
    person.write("Kode rahasia", secret)
    person.press("Buka laporan")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_from_the_form_to_taking_it_back(stage: Stage, javascript: bool) -> None:
    someone = stage.person(javascript=javascript, width=360)
    fill(someone, "")
    someone.page.locator("#id_attachments").set_input_files([a_photo()])
    someone.press("Periksa")
    someone.sees("Tulis apa yang ingin disampaikan.")
    someone.sees("Hapus lampiran 1 (JPEG")
    someone.page.locator("#id_text").fill(f"{TEXT} {javascript}")
    someone.press("Periksa")
    someone.heading("Periksa sebelum mengirim")
    someone.reads("Pengaduan", "Budi Kenari", "1 berkas", "komponen 6 angka 5 huruf b")
    someone.press("Ubah")
    expect(someone.page.locator("#id_name")).to_have_value("Budi Kenari")
    someone.page.get_by_label("Rahasiakan laporan ini").check()
    someone.press("Periksa")
    someone.press("Kirim pengaduan")
    someone.heading("Pengaduan Anda sudah kami terima")
    number, secret = kept(someone)
    someone.page.reload()  # the browser sends the form again
    assert kept(someone) == (number, secret)

    come_back(someone, number, secret)
    someone.reads("Diterima, sedang diperiksa kelengkapannya", "Jumat, 4 Desember 2026")
    someone.page.locator("#tambah_text").fill("Petugasnya di loket dua.")
    someone.press("Kirim keterangan")
    someone.sees("Keterangan Anda sudah kami terima.")
    someone.page.locator("summary", has_text="Cabut laporan ini").click()
    someone.page.locator("#cabut_note").fill("Sudah selesai.")
    someone.page.locator("button[value=cabut]").click()
    someone.sees("Laporan ini dicabut.")
    someone.press("Selesai")
    someone.visit("/pengaduan/saya/")
    assert number not in someone.text()


def test_a_suggestion_without_a_name(stage: Stage) -> None:
    someone = stage.person()
    fill(someone, "Mohon sediakan kursi yang cukup di ruang tunggu loket.", named=False)
    someone.press("Periksa")
    someone.reads("Saran", "Tidak disertai identitas pengadu")
    someone.press("Kirim saran")
    someone.heading("Saran Anda sudah kami terima")


def test_the_same_is_said_while_it_is_typed(stage: Stage) -> None:
    first = stage.person()
    words = "Pintu loket tiga dikunci sejak pagi dan tidak ada petugas yang mau menerima saya."
    fill(first, words)
    first.press("Periksa")
    first.press("Kirim pengaduan")
    second = stage.person()
    fill(second, "")
    second.page.locator("#id_text").press_sequentially(words)
    second.sees("Laporan yang sama sudah kami terima pada Senin, 16 November 2026.")


def test_each_of_the_thirteen_channels_is_entered(stage: Stage) -> None:
    stage.at(BEGINNING + timedelta(hours=1))
    officer = stage.person(OFFICER)
    officer.visit(ENTRY)
    group = officer.page.locator("#id_channel optgroup").first
    channels = group.locator("option").evaluate_all("(all) => all.map((one) => one.value)")
    assert len(channels) == 13
    for nth, channel in enumerate(channels):
        officer.visit(ENTRY)
        officer.page.locator("#id_channel").select_option(channel)
        officer.page.locator("#id_received_on").fill("2026-11-13")
        officer.page.locator("#id_received_time").fill("10:00")
        officer.page.locator("#id_name").fill("Siti Pelapor")
        officer.page.locator("#id_phone").fill("0812 3456 7890")
        officer.page.locator("#id_text").fill(f"Laporan nomor {nth} tentang pelayanan di loket.")
        officer.press("Periksa")
        officer.press("Catat pengaduan")
        officer.heading("Pengaduan dicatat")
        officer.reads("Kamis, 3 Desember 2026")
        number, secret = kept(officer)
        assert re.fullmatch(r"(?:\w{4}-){6}\w{4}", secret)
    someone = stage.person()
    come_back(someone, number, secret)
    someone.reads(number, "Kamis, 3 Desember 2026")
