"""Complaining in a browser: without account, name or script, and coming back."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Route, expect

from tests.journeys import cases
from tests.journeys.people import Person, Stage

pytestmark = [pytest.mark.browser, pytest.mark.once]


def a_photo() -> FilePayload:
    out = BytesIO()
    Image.new("RGB", (30, 30), "teal").save(out, "JPEG")
    return FilePayload(name="Budi di loket.jpg", mimeType="image/jpeg", buffer=out.getvalue())


def fill(person: Person, text: str = cases.TEXT) -> None:
    """Fill in the public form, with a name."""
    cases.fill(person, "purwakarta", text, name="Budi Kenari", phone="0812 3456 7890")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_from_the_form_to_taking_it_back(stage: Stage, javascript: bool) -> None:
    someone = stage.person(javascript=javascript, width=360)
    fill(someone, "")
    someone.page.locator("#id_attachments").set_input_files([a_photo()])
    someone.press("Periksa")
    someone.sees("Tulis apa yang ingin disampaikan.")
    someone.sees("Hapus lampiran 1 (JPEG")
    someone.page.locator("#id_text").fill(f"{cases.TEXT} {javascript}")
    someone.press("Periksa")
    someone.heading("Periksa sebelum mengirim")
    someone.reads("Pengaduan", "Budi Kenari", "1 berkas", "komponen 6 angka 5 huruf b")
    someone.press("Ubah")
    expect(someone.page.locator("#id_name")).to_have_value("Budi Kenari")
    someone.page.get_by_label("Rahasiakan laporan ini").check()
    someone.press("Periksa")
    someone.press("Kirim pengaduan")
    someone.heading("Pengaduan Anda sudah kami terima")
    number, secret = cases.kept(someone)
    someone.page.reload()  # the browser sends the form again
    assert cases.kept(someone) == (number, secret)

    cases.come_back(someone, (number, secret))
    someone.reads("Diterima, sedang diperiksa kelengkapannya", "Jumat, 4 Desember 2026")
    someone.page.locator("#tambah_text").fill("Petugasnya di loket dua.")
    someone.press("Kirim keterangan")
    someone.sees("Keterangan Anda sudah kami terima.")
    someone.page.locator("summary", has_text="Cabut laporan ini").click()
    someone.page.locator("#cabut_note").fill("Sudah selesai.")
    someone.page.locator("button[value=cabut]").click()
    someone.sees("Laporan ini dicabut.")
    someone.press("Tutup laporan ini")
    someone.visit("/pengaduan/saya/")
    assert number not in someone.text()


def test_a_suggestion_without_a_name(stage: Stage) -> None:
    someone = stage.person()
    cases.fill(someone, "purwakarta", "Mohon sediakan kursi yang cukup di ruang tunggu.")
    someone.press("Periksa")
    someone.reads("Saran", "Tidak disertai identitas pengadu")
    someone.press("Kirim saran")
    someone.heading("Saran Anda sudah kami terima")


def test_nobody_waits_for_a_hint(stage: Stage) -> None:
    someone, held = stage.person(), list[Route]()
    someone.page.route("**/serupa/", lambda route: held.append(route))  # never answered
    fill(someone, "Antrean di loket dua tidak dipanggil menurut nomornya.")
    expect(someone.page.locator("#serupa.htmx-request")).to_be_attached()
    with someone.page.expect_request("**/kirim/", timeout=5000):  # half of what a form may wait
        someone.press("Periksa")
    someone.heading("Periksa sebelum mengirim")
    assert held


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
