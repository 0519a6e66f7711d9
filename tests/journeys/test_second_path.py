"""Returned twice, accepted, sent back inside, late across a holiday: the papers say exactly why."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.papers import write_photo
from tests.journeys.people import WIB, Person, Stage

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

APPLICANT = "pemohon1@demo.invalid"
KTP, STRUCTURE = "Foto Copy KTP", "Struktur organisasi BKK"
ROOM = "Luas ruangan tidak cocok dengan keterangan"
DECREE = "SKB 3 Menteri Nomor 1497/2025, 2/2025, 5/2025"
WEEKEND = "Tidak dihitung akhir pekan"
OTHERS = [one for one in acts.PAPERS if one not in (KTP, STRUCTURE)]


def december(day: int, hour: int = 9) -> datetime:
    """Return an hour of December 2026 in Pekanbaru."""
    return datetime(2026, 12, day, hour, 0, tzinfo=WIB)


def officer_at(stage: Stage, desk: str, at: datetime) -> Person:
    """Let an officer come to work at this hour and open the file from the worklist."""
    stage.at(at)
    officer = stage.person(f"{desk}@{acts.OFFICE}", width=1000)
    acts.open_file(officer)
    return officer


def return_for_completion(officer: Person, note: str) -> None:
    """Send the file back to the applicant with every fault at once."""
    fold = officer.page.locator("details").filter(has_text="Catatan untuk pemohon")
    officer.open("Kembalikan untuk dilengkapi")
    officer.write("Catatan untuk pemohon", note)
    officer.press("Kembalikan untuk dilengkapi", within=fold)
    officer.sees("Berkas dikembalikan. Pemohon diberi tahu semua kekurangannya.")


def mend(stage: Stage, at: datetime, path: str, folder: Path, faults: dict[str, str]) -> None:
    """The applicant reads all faults at once, replaces the papers, sends again."""
    stage.at(at)
    applicant = stage.person(APPLICANT, width=400)
    applicant.visit(path)
    wrong = applicant.page.get_by_role("region", name="Yang harus diperbaiki")
    expect(wrong.get_by_role("listitem")).to_have_count(len(faults))
    for requirement, reason in faults.items():
        expect(wrong.get_by_role("listitem").filter(has_text=requirement)).to_contain_text(reason)
    applicant.follow("Perbaiki sekarang")
    for requirement in faults:
        name = f"baru-{at.day}-{requirement.split()[0].lower()}.pdf"
        acts.upload(applicant, requirement, acts.paper(folder, name))
    applicant.visit(path + "periksa/")
    acts.send(applicant, "Kirim kembali")
    applicant.sees("Terkirim kembali.")
    stage.leave(applicant)


def routing_card_says_why(officer: Person, path: str) -> None:
    """Each visit of each desk stands on the card, with its round, its outcome and its reason."""
    officer.visit(path.replace("/permohonan/", "/meja/") + "kartu/")
    rows = officer.page.get_by_role("table").locator("tbody").get_by_role("row")
    lines = [" ".join(row.split()) for row in rows.all_inner_texts()]
    expected = (
        ("1 Pemohon", "7 Des 2026"),
        ("2 Front Office", "8 Des 2026", "lewat waktu", "Dikembalikan", "tidak terbaca", "dicap"),
        ("1 kali ke-2 Pemohon", "9 Des 2026", "Selesai"),
        ("2 kali ke-2 Front Office", "11 Des 2026", "Dikembalikan", "Masa berlaku sudah habis"),
        ("1 kali ke-3 Pemohon", "14 Des 2026", "Selesai"),
        ("2 kali ke-3 Front Office", "16 Des 2026", "Selesai"),
        ("3 Tim Teknis", "18 Des 2026", "4 hari", "2 hari kerja", "Dikembalikan", ROOM),
        ("2 kali ke-4 Front Office", "21 Des 2026", "Selesai"),
        ("3 kali ke-2 Tim Teknis", "23 Des 2026", "2 hari kerja", "Selesai"),
        ("4 Back Office", "29 Des 2026", "3 menit", "lewat waktu"),
        ("5 JF Analis Kebijakan Ahli Muda", "29 Des 2026"),
        ("6 JF Analis Kebijakan Ahli Madya", "29 Des 2026"),
        ("7 Sekretaris", "29 Des 2026"),
        ("8 Kepala Dinas", "29 Des 2026", "hari yang sama"),
        ("9 Back Office", "29 Des 2026 10.00 WIB"),
        ("10 Pemohon", "Sedang berjalan"),
    )
    for line, words in zip(lines, expected, strict=True):
        assert all(word in line for word in words), f"{words} not in {line}"
    own = [line for line in lines if re.match(r"\d+ (kali ke-\d )?Pemohon", line)]
    assert len(own) == 4
    assert not [line for line in own if "lewat waktu" in line], "his time is not the office's"
    officer.reads("Senin, 28 Desember 2026 (lewat 1 hari kerja)", "6 dari 6 hari kerja")
    officer.reads("Pengembalian 3")


def count_says_why(officer: Person, path: str) -> None:
    """Every day is counted or left out for a reason; the last is the day of issue."""
    officer.visit(path.replace("/permohonan/", "/meja/") + "hitungan/")
    lines = [" ".join(row.split()) for row in officer.page.locator(".run").all_inner_texts()]
    assert lines == [
        "Rabu, 16 Desember 2026 Hari ke-0: berkas dinyatakan lengkap dan benar",
        "Kamis, 17 Desember 2026 Hari kerja ke-1",
        "Jumat, 18 Desember 2026 Hari kerja ke-2",
        f"Sabtu, 19 Desember 2026 – Minggu, 20 Desember 2026 {WEEKEND}",
        "Senin, 21 Desember 2026 Hari kerja ke-3",
        "Selasa, 22 Desember 2026 Hari kerja ke-4",
        "Rabu, 23 Desember 2026 Hari kerja ke-5",
        f"Kamis, 24 Desember 2026 Tidak dihitung Cuti Bersama Hari Raya Natal ({DECREE})",
        f"Jumat, 25 Desember 2026 Tidak dihitung Hari Raya Natal ({DECREE})",
        f"Sabtu, 26 Desember 2026 – Minggu, 27 Desember 2026 {WEEKEND}",
        "Senin, 28 Desember 2026 Hari kerja ke-6: hari yang dijanjikan",
        "Selasa, 29 Desember 2026 Dokumen terbit, hitungan selesai",
    ]
    officer.reads("Senin, 28 Desember 2026 (lewat 1 hari kerja)", "Waktu bersih 6 hari kerja")


def test_second_path(stage: Stage, tmp_path: Path) -> None:
    stage.at(december(7))
    path = acts.sent(stage.portal)
    first = {KTP: "Berkas tidak terbaca", STRUCTURE: "Belum ditandatangani atau dicap"}
    second = {KTP: "Masa berlaku sudah habis"}

    officer = officer_at(stage, "fo", december(8))
    for requirement in OTHERS:
        acts.accept(officer, requirement)
    for requirement, reason in first.items():
        acts.refuse(officer, requirement, reason)
    return_for_completion(officer, "Mohon dilengkapi sekaligus.")
    stage.leave(officer)
    mend(stage, december(9), path, tmp_path, first)

    officer = officer_at(stage, "fo", december(11))
    expect(officer.page.get_by_role("button", name=re.compile("^Sesuai"))).to_have_count(2)
    officer.reads("Sebelumnya ditolak karena: Berkas tidak terbaca")
    acts.accept(officer, STRUCTURE)
    acts.refuse(officer, KTP, second[KTP])
    return_for_completion(officer, "")
    stage.leave(officer)
    mend(stage, december(14), path, tmp_path, second)

    officer = officer_at(stage, "fo", december(16))
    acts.accept(officer, KTP)
    officer.press("Nyatakan lengkap dan benar")
    officer.sees("Berkas dinyatakan lengkap dan benar, lalu diteruskan.")
    officer.sees("Senin, 28 Desember 2026 (6 hari kerja lagi)")
    stage.leave(officer)

    officer = officer_at(stage, "tim-teknis", december(18))
    officer.open("Kembalikan ke langkah sebelumnya")
    officer.write("Apa yang harus diperbaiki?", ROOM)
    officer.press("Kembalikan dengan catatan")
    officer.sees("Berkas dikembalikan dengan catatan Anda.")
    stage.leave(officer)

    officer = officer_at(stage, "fo", december(21))
    officer.sees("Dikembalikan dari langkah 3")
    officer.sees(ROOM)
    officer.press("Nyatakan lengkap dan benar")
    stage.leave(officer)

    officer = officer_at(stage, "tim-teknis", december(23))
    acts.inspect(officer, write_photo(tmp_path / "ruang.png", "Ruang layanan"))
    stage.leave(officer)

    stage.at(december(29))
    acts.advance(stage.portal, path, "tanda_tangan")
    stage.at(december(29))
    acts.look_at_keys(stage.portal)
    head = officer_at(stage, "kepala", december(29))
    head.sees("Janji kepada pemohon sudah lewat.")
    acts.sign(head)
    head.waits_for(lambda: head.page.get_by_text("Sekarang di meja Back Office"))
    stage.leave(head)
    officer = officer_at(stage, "bo", december(29, 10))
    acts.number(officer)
    officer.sees("Senin, 28 Desember 2026 (lewat 1 hari kerja)")
    routing_card_says_why(officer, path)
    count_says_why(officer, path)
    stage.leave(officer)
    applicant = stage.person(APPLICANT, width=400)
    applicant.visit(path + "hitungan/")
    applicant.reads("Cuti Bersama Hari Raya Natal", "Hari Raya Natal", "28 Des 2026")
    applicant.sees(re.compile("Senin, 28 Desember 2026.*lewat 1 hari kerja", re.S))
