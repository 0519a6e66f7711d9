"""Who is complained about finds nothing; late ones, second looks, and the same thing said twice."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import acts, cases
from tests.journeys.papers import write_photo
from tests.journeys.people import BEGINNING, Person, Stage

pytestmark = [pytest.mark.browser, pytest.mark.once]

NAME, PHONE, MAIL = "Kenanga Purnamasari", "081355501234", "kenanga.purnama@example.invalid"
HOLDER = "BKK Loket Pagi"
MARKS = ("Purnamasari", "55501234", "kenanga.purnama", "meminta uang rokok")


def finds_nothing(officer: Person, path: str, marks: tuple[str, ...], status: int = 200) -> None:
    """Look at one page, its hidden parts too."""
    answer = officer.context.request.get(path)
    assert answer.status == status, f"{path}: {answer.status}"
    text = answer.text()
    found = [mark for mark in marks if mark in text]
    assert not found, f"{found} on {path}"


def test_a_front_officer_complained_about_looks_everywhere_and_finds_nothing(
    stage: Stage, tmp_path: Path
) -> None:
    acts.sent(stage.portal, HOLDER)
    front = cases.officer_of(stage, "fo", "pekanbaru")
    file_desk = acts.open_file(front, HOLDER)
    acts.receive(front)
    file_number = re.findall(r"PKU-\d{4}-\d+", front.text())[0]

    someone = stage.person(width=360)
    cases.fill(
        someone, "pekanbaru", f"Petugas loket meminta uang rokok kepada saya. {NAME}", name=NAME,
        phone=PHONE, email=MAIL, reference=file_number,
    )  # fmt: skip
    photo = write_photo(tmp_path / "Kenanga Purnamasari.png", "bukti")
    someone.page.get_by_label("Lampiran").set_input_files(photo)
    someone.page.get_by_label("Sembunyikan identitas").check()
    someone.page.get_by_label("Rahasiakan laporan ini").check()
    receipt = cases.send(someone)
    number, secret = receipt

    officer = cases.officer_of(stage, "pengaduan", "pekanbaru")
    address = cases.take(officer, number)
    officer.reads("Rahasia", f"Kartu kendali berkas {file_number}", "Ada, tersimpan tertutup.")
    assert NAME not in cases.act_in(officer).inner_text()
    officer.open("Buka identitas")
    officer.write("Untuk apa identitas dibuka?", "Meminta keterangan tambahan lewat telepon")
    officer.press("Buka identitas sekali ini")
    officer.reads(NAME, PHONE, MAIL)
    photo_path = officer.page.locator("a.doc-link").first.get_attribute("href") or ""
    assert officer.download(photo_path)
    officer.visit(address)
    assert PHONE not in officer.page.content()
    officer.reads("Meminta keterangan tambahan lewat telepon")
    cases.begin(officer)
    cases.classify(officer, "Sedang", problem="Kompetensi pelaksana", against="Front Office")

    marks = (*MARKS, number, secret)
    with pytest.raises(AssertionError, match="uang rokok"):  # the owner does find it
        finds_nothing(officer, address, marks)
    for page in (
        "/meja/", "/meja/?q=Kenanga", "/meja/?q=08135", f"/meja/?q={file_number}",
        file_desk, f"{file_desk}kartu/", f"{file_desk}hitungan/", "/register/",
        "/register/?q=Kenanga", "/akun/pesan/", "/pengaduan/pekanbaru/", "/cari/?q=Kenanga",
    ):  # fmt: skip
        finds_nothing(front, page, marks)
    for page in (
        cases.DESK, f"{cases.DESK}?q=Kenanga", f"{cases.DESK}buku/", f"{cases.DESK}laporan/",
        address, f"{address}surat.pdf", photo_path, "/pengaduan/saya/surat/",
    ):  # fmt: skip
        finds_nothing(front, page, marks, 200 if page.startswith("/pengaduan/") else 404)
    finds_nothing(front, "/demo/surat/", (NAME, "meminta uang rokok"))
    front.visit(cases.TRACK)  # with the number alone, however one has learnt it
    front.write("Nomor laporan", number)
    front.write("Kode rahasia", "2345-6789-ABCD-EFGH-JKLM-NPQR-STUV")
    front.press("Buka laporan")
    front.sees("Nomor dan kode ini tidak cocok")
    front.faults.clear()  # the page says 404, and the browser that it does
    for colleague in ("kabid", "sekretaris"):  # nor do those whose turn it is not
        other = cases.officer_of(stage, colleague, "pekanbaru")
        finds_nothing(other, f"{cases.DESK}?tampil=semua", marks)
        finds_nothing(other, address, marks, 404)
        stage.leave(other)
    head = cases.officer_of(stage, "kepala", "pekanbaru")
    head.visit(address)
    head.reads("Rahasia", "Meminta keterangan tambahan lewat telepon")
    assert PHONE not in head.page.content()


def test_a_late_complaint_becomes_a_suggestion_until_an_officer_decides_otherwise(
    stage: Stage,
) -> None:
    someone = stage.person(width=360)
    cases.fill(someone, "kampar", name=NAME, phone=PHONE, served_on="2026-10-01")
    someone.press("Periksa")
    someone.reads("Ditimbang petugas", "46 hari sejak pelayanan diterima", "30 hari kalender")
    someone.press("Kirim pengaduan")
    receipt = cases.kept(someone)

    officer = cases.officer_of(stage, "pengaduan", "kampar")
    address = cases.take(officer, receipt[0])
    officer.open("Perlakukan sebagai saran")
    fold = cases.act_in(officer).locator("details[open]")
    fold.get_by_label("Alasan").fill("Lewat batas, dan masalahnya sudah tidak ada.")
    officer.press("Perlakukan sebagai saran", within=fold)
    officer.sees("Laporan diperlakukan sebagai saran.")
    cases.come_back(someone, receipt)
    someone.reads("Saran diterima, belum dijawab", "masalahnya sudah tidak ada")

    officer.visit(address)
    officer.open("Tangani sebagai pengaduan")
    fold = cases.act_in(officer).locator("details[open]")
    fold.get_by_label("Alasan").fill("Pengadu dirawat di rumah sakit sampai minggu lalu.")
    officer.press("Tangani sebagai pengaduan", within=fold)
    officer.sees("Laporan ditangani sebagai pengaduan.")
    officer.reads("Jumat, 4 Desember 2026")  # fourteen working days since it came
    someone.page.reload()
    someone.reads("Ditangani sebagai pengaduan", "rumah sakit", "Jumat, 4 Desember 2026")


def test_the_same_thing_said_twice_is_one_matter_and_both_read_the_answer(stage: Stage) -> None:
    words = "Antrean loket dua tidak bergerak sejak pukul delapan dan tidak ada petugas di sana."
    older, newer = cases.in_state(stage.portal, "kampar", "diterima", words, f"{words} Ya.")
    officer = cases.officer_of(stage, "pengaduan", "kampar")
    address = cases.take(officer, newer[0])
    officer.reads("Mungkin laporan yang sama", older[0])
    officer.open("Gabungkan ke pengaduan lain")
    fold = officer.page.locator("details[open]", has_text="Gabungkan ke nomor")
    fold.get_by_label("Gabungkan ke nomor").fill(older[0])
    fold.get_by_label("Alasan").fill("Hal yang sama pada hari yang sama.")
    officer.press("Gabungkan ke pengaduan lain", within=fold)
    officer.sees("Laporan digabungkan.")
    officer.visit(address)
    officer.reads(f"{words} Ya.", "Penanganan berlanjut pada")  # nothing of it is lost
    officer.follow(older[0])
    officer.heading(older[0])
    officer.reads("Laporan terkait", newer[0])
    someone = stage.person(width=360)
    cases.come_back(someone, newer)
    someone.reads("Digabung dengan laporan lain")
    assert older[0] not in someone.text()
    cases.bring(stage.portal, [older[0]], "dijawab")
    someone.page.reload()
    someone.reads("kami mohon maaf", "Ombudsman Republik Indonesia")


def test_an_answer_is_looked_at_again_once_and_only_while_the_window_is_open(stage: Stage) -> None:
    receipt, too_late = cases.in_state(
        stage.portal, "kampar", "dijawab", f"{cases.TEXT} Satu.", f"{cases.TEXT} Dua."
    )
    someone = stage.person(width=360)
    cases.come_back(someone, receipt)
    someone.reads("Sudah dijawab", "Ombudsman Republik Indonesia", "Senin, 30 November 2026")
    someone.page.get_by_label("Kurang puas").check()
    someone.press("Kirim penilaian")
    someone.sees("Terima kasih atas penilaian Anda.")
    someone.write("Apa yang belum terjawab?", "Berkasnya masih di loket dua.")
    someone.press("Buka kembali pengaduan")
    someone.sees("Pengaduan dibuka kembali.")

    officer = cases.officer_of(stage, "pengaduan", "kampar")
    address = cases.take(officer, receipt[0])
    officer.reads("Dibuka kembali", "Berkasnya masih di loket dua.")
    cases.study(officer, cases.STUDIED)
    cases.draft(officer)
    head = cases.officer_of(stage, "kepala", "kampar")
    cases.agree(head, receipt[0])
    officer.visit(address)
    cases.answer(officer, Catatan_percakapan="16 November pukul 14.00, diterima sendiri")
    again = someone.page.get_by_role("button", name="Buka kembali pengaduan")
    someone.page.reload()
    someone.reads("Jawaban ke-2", "Sudah dijawab")
    expect(again).to_have_count(0)

    stage.at(BEGINNING + timedelta(days=15))
    cases.come_back(someone, too_late)
    someone.reads("Sudah dijawab")
    expect(again).to_have_count(0)
