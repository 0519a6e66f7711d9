"""The main path: from registration to a certificate that strangers can verify, by eight people."""

from __future__ import annotations

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from documents.verification import Examination, examine
from tests.journeys import acts
from tests.journeys.papers import write_photo
from tests.journeys.people import WIB, Person, Stage

pytestmark = pytest.mark.browser

PARAFS = (
    "Analis Kebijakan Ahli Muda Pekanbaru",
    "Analis Kebijakan Ahli Madya Pekanbaru",
    "Sekretaris DPMPTSP Kota Pekanbaru",
)
MAIL, SECRET = "siti.rahmawati@contoh.test", "melati putih di tepi kolam"


def day(of_november: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of November 2026 in Pekanbaru."""
    return datetime(2026, 11, of_november, hour, minute, tzinfo=WIB)


def save(file: Path, content: bytes) -> Path:
    """Write ``content`` and return where it is."""
    file.write_bytes(content)
    return file


def register(person: Person) -> None:
    """Make an account and confirm the address by the link in the mail."""
    person.visit("/")
    person.follow("Masuk", exact=True)
    person.follow("Buat akun pemohon")
    person.write("Nama lengkap", "Siti Rahmawati")
    person.write("Alamat e-mail", MAIL)
    person.page.get_by_label("Kata sandi", exact=True).fill(SECRET)
    person.write("Ulangi kata sandi", SECRET)
    person.press("Buat akun")
    person.heading("Tinggal satu langkah")
    person.visit("/demo/surat/")
    letter = person.page.get_by_role("article").filter(has_text=MAIL)
    person.waits_for(lambda: letter)
    letter.get_by_role("link").first.click()
    person.press("Ya, aktifkan akun saya")
    person.log_in(MAIL, SECRET)


def find_service(person: Person) -> None:
    """From the home page to the service and what the law says about it."""
    person.visit("/")
    person.page.get_by_role("searchbox").first.fill("bursa kerja")
    person.press("Cari")
    person.follow(acts.SERVICE)
    person.heading(acts.SERVICE)
    person.reads("6 hari kerja", "Gratis", "Struktur organisasi BKK", "Kepala Dinas")
    person.follow("Ajukan permohonan")
    person.press("Mulai mengisi")


def fill_in_steps(person: Person, folder: Path) -> str:
    """Half today, half later: what was typed is still there; what is missing is named."""
    address = person.page.url
    person.follow("Lanjutkan mengisi")
    person.page.get_by_label("Badan usaha/lembaga").check()
    person.write("Nama pemegang izin", acts.HOLDER)
    person.press("Simpan dan lanjut")
    person.sees(re.compile("Masih ada .* isian kosong"))
    person.visit("/")  # goes away and comes back another time
    person.visit(address)
    person.follow("Data pemegang izin dan isian permohonan")
    expect(person.page.get_by_label("Nama pemegang izin")).to_have_value(acts.HOLDER)
    acts.fill_form(person)
    papers = list(acts.PAPERS.items())
    acts.upload_all(person, folder, dict(papers[:-1]))
    person.visit(address + "periksa/")
    missing = person.page.get_by_role("region", name="Masih harus dilengkapi")
    expect(missing.get_by_role("listitem")).to_have_count(1)
    acts.send(person)  # refused: a paper is missing
    person.sees(re.compile("Rencana penempatan tenaga kerja"))
    missing.get_by_role("link").click()
    acts.upload_all(person, folder, dict(papers[-1:]))
    person.visit(address + "periksa/")
    person.reads(*acts.IDENTITY.values(), *acts.FIELDS.values(), *acts.PAPERS.values())
    expect(missing).to_have_count(0)
    return address


def send(person: Person) -> tuple[str, str]:
    """Nothing leaves without the statement of truth; return number and tracking code."""
    person.press("Kirim permohonan")
    expect(person.page.get_by_label("Saya menyatakan bahwa data")).to_have_attribute(
        "aria-invalid", "true"
    )
    acts.send(person)
    person.heading("Permohonan Anda sudah kami terima")
    person.reads("mulai dihitung")
    number = re.search(r"PKU-2026-\d{6}", person.text())
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", person.text())
    assert number
    assert code
    return number[0], code[0]


def check(officer: Person, number: str) -> None:
    """Receive the file, look at each paper, find it in order, declare the file complete."""
    officer.reads(number, "Siti Rahmawati", *acts.FIELDS.values())
    acts.receive(officer)
    complete = officer.page.get_by_role("button", name="Nyatakan lengkap dan benar")
    expect(complete).to_be_disabled()
    for requirement, name in acts.PAPERS.items():
        paper = officer.page.get_by_role("link", name=re.compile(re.escape(name)))
        paper.locator("visible=true").first.click()
        acts.accept(officer, requirement)
    complete.click()
    officer.sees("Berkas dinyatakan lengkap dan benar, lalu diteruskan.")


def track(stranger: Person, code: str, *words: str) -> None:
    """Look where the file is, with nothing but the code."""
    stranger.visit("/lacak/")
    stranger.write("Kode lacak", code.lower())
    stranger.press("Lacak berkas")
    stranger.heading(acts.SERVICE)
    stranger.reads(*words)
    assert "Siti Rahmawati" not in stranger.text()


def promised_receipt(applicant: Person, address: str, folder: Path) -> None:
    """The receipt as PDF names the promised day."""
    applicant.visit(address + "tanda-terima/")
    link = applicant.page.get_by_role("link", name="Unduh tanda terima (PDF)")
    applicant.waits_for(lambda: link)
    file = folder / "tanda-terima.pdf"
    file.write_bytes(applicant.download(link.get_attribute("href") or ""))
    words = words_of(file)
    assert "Selasa, 24 November 2026" in words
    assert acts.HOLDER in words


def words_of(file: Path) -> str:
    """Return the text of a PDF as poppler reads it."""
    read = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    return " ".join(read.stdout.split())


def officer_at(stage: Stage, desk: str, at: datetime) -> Person:
    """Let an officer come to work at this hour and open the file from the worklist."""
    stage.at(at)
    officer = stage.person()
    officer.log_in(f"{desk}@{acts.OFFICE}")
    acts.open_file(officer)
    return officer


def collect(applicant: Person, address: str, folder: Path) -> Path:
    """Download the certificate: that is the hand-over."""
    applicant.visit(address)
    applicant.sees("Izin terbit - unduh sekarang")
    with applicant.page.expect_download() as download:
        applicant.press("Unduh izin")
    file = folder / "izin.pdf"
    download.value.save_as(file)
    return file


def refuse_wrong_password(head: Person) -> None:
    """A session that was left open signs nothing."""
    acts.password_of(head).fill("bukan kata sandi saya")
    head.press("Tanda tangani dokumen")
    head.sees("Kata sandi salah. Dokumen belum ditandatangani.")


def applicant_cannot_have_it_yet(applicant: Person, address: str) -> None:
    """Signed is not issued: before it is in the register nobody has it."""
    assert applicant.status_of(address + "izin.pdf") in (403, 404)


def letters_tell_the_story(applicant: Person, number: str, certificate_number: str) -> None:
    """Every mail has left, in the words of the state."""
    applicant.visit("/demo/surat/")
    letters = applicant.page.get_by_role("article").filter(has_text=MAIL)
    applicant.waits_for(lambda: letters.filter(has_text="Izin terbit"))
    for words in (
        f"Permohonan {number} sudah kami terima",
        f"Permohonan {number} lengkap dan benar: janji Selasa, 24 November 2026",
        f"sudah terbit dengan nomor {certificate_number}",
    ):
        expect(letters.filter(has_text=words)).to_have_count(1)


def routing_card_tells_who_and_when(officer: Person, address: str) -> None:
    """Ten steps, each with who handed over, who received, when, and the time used."""
    officer.visit(address.replace("/permohonan/", "/meja/") + "kartu/")
    rows = officer.page.get_by_role("table").locator("tbody").get_by_role("row")
    expect(rows).to_have_count(10)
    lines = [" ".join(row.split()) for row in rows.all_inner_texts()]
    expected = (
        ("1 Pemohon", "Siti Rahmawati", "3 menit"),
        ("2 Front Office", "Petugas Front Office", "16 Nov 2026 09.20 WIB", "35 menit"),
        ("3 Tim Teknis", "Anggota Tim Teknis", "18 Nov 2026 14.00 WIB", "4 hari", "2 hari kerja"),
        ("4 Back Office", "Petugas Back Office", "18 Nov 2026 14.02 WIB", "3 menit"),
        ("5 JF Analis Kebijakan Ahli Muda", PARAFS[0], "5 menit"),
        ("6 JF Analis Kebijakan Ahli Madya", PARAFS[1], "10 menit"),
        ("7 Sekretaris", PARAFS[2], "10 menit"),
        ("8 Kepala Dinas", "Kepala DPMPTSP Kota Pekanbaru", "19 Nov 2026 09.00 WIB", "1 hari"),
        ("9 Back Office", "19 Nov 2026 09.02 WIB", "3 menit"),
        ("10 Pemohon", "Siti Rahmawati", "19 Nov 2026 09."),
    )
    for line, words in zip(lines, expected, strict=True):
        assert all(word in line for word in words), f"{words} not in {line}"
    officer.reads("2 dari 6 hari kerja", "Selasa, 24 November 2026 (tepat waktu)")


def signature_holds(stage: Stage, certificate: Path, number: str) -> None:
    """Two readers that know nothing of each other accept the signature, and one byte breaks it."""
    told = subprocess.run(
        ["pdfsig", "-nocert", certificate], capture_output=True, text=True, check=True
    ).stdout
    assert "Signature is Valid." in told
    assert "Total document signed" in told
    assert told.count("Signature #") == 1
    content = certificate.read_bytes()
    anchors = [(stage.portal.var_dir / "signing" / "ca.pem").read_bytes()]
    found = examined(content, anchors)
    assert found.problem is None
    assert found.signatures == 1
    assert found.covers_entire_file
    assert found.signed_at is not None
    assert found.signed_at.astimezone(WIB).date() == day(19, 9).date()
    assert examined(flipped(content), anchors).problem is not None
    assert number in words_of(certificate)


def examined(content: bytes, anchors: list[bytes]) -> Examination:
    """Examine beside the loop that drives the browser: pyHanko wants one of its own."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(examine, content, anchors).result()


def flipped(content: bytes) -> bytes:
    """Return the file with one byte of its text changed."""
    place = content.index(b"stream\n") + 40
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def strangers_are_told_the_truth(stranger: Person, certificate: Path, number: str) -> None:
    """The address in the QR code, the file itself, a changed file, a number."""
    address = re.search(r"http://[^/\s]+/v/[\w-]+/", words_of(certificate).replace(" ", ""))
    assert address
    stranger.visit(address[0])
    stranger.reads("Asli dan berlaku", number, acts.HOLDER, acts.SERVICE)
    compare(stranger, "Bandingkan berkas", certificate)
    stranger.sees("Berkas ini asli")
    changed = certificate.with_name("diubah.pdf")
    changed.write_bytes(flipped(certificate.read_bytes()))
    compare(stranger, "Bandingkan berkas", changed)
    stranger.sees("Berkas ini bukan dokumen asli")
    stranger.visit("/periksa-dokumen/")
    compare(stranger, "Periksa berkas", certificate)
    stranger.sees("Berkas ini asli")
    stranger.visit("/periksa-dokumen/")
    compare(stranger, "Periksa berkas", changed)
    stranger.sees("Berkas ini bukan dokumen asli")
    assert "Asli dan berlaku" not in stranger.text()
    stranger.write("Nomor atau kode dokumen", number)
    stranger.press("Periksa nomor atau kode")
    stranger.reads("Asli dan berlaku", number)
    assert acts.HOLDER not in stranger.text()  # a number can be guessed


def compare(stranger: Person, button: str, file: Path) -> None:
    """Upload a file for comparison."""
    stranger.page.get_by_label("Berkas PDF", exact=True).set_input_files(file)
    stranger.press(button)


def test_main_path(stage: Stage, tmp_path: Path) -> None:
    applicant, stranger = stage.person(), stage.person()
    register(applicant)
    find_service(applicant)
    address = fill_in_steps(applicant, tmp_path)
    number, code = send(applicant)
    track(stranger, code, number, "kantor memeriksa kelengkapan berkas", "Front Office")

    officer = officer_at(stage, "fo", day(16, 9, 20))
    check(officer, number)
    stage.leave(officer)
    promised_receipt(applicant, address, tmp_path)
    track(stranger, code, "Selasa, 24 November 2026", "6 hari kerja lagi", "Tim Teknis")

    officer = officer_at(stage, "tim-teknis", day(18, 14))
    acts.inspect(officer, write_photo(tmp_path / "depan.jpg", "Tampak depan"))
    stage.leave(officer)

    officer = officer_at(stage, "bo", day(18, 14, 2))
    expect(officer.page.get_by_role("img", name="Tampak depan kantor")).to_be_visible()
    assert acts.HOLDER in words_of(save(tmp_path / "konsep.pdf", acts.draft(officer)))
    stage.leave(officer)
    track(stranger, code, "JF Analis Kebijakan Ahli Muda", "4 hari kerja lagi")

    for minute, desk in ((4, "analis-muda"), (8, "analis-madya"), (12, "sekretaris")):
        officer = officer_at(stage, desk, day(18, 14, minute))
        acts.initial(officer)
        stage.leave(officer)

    stage.at(day(19, 9))
    acts.look_at_keys(stage.portal)
    head = officer_at(stage, "kepala", day(19, 9))
    head.reads("Tidak ada catatan terbuka", "Memenuhi syarat", *PARAFS)
    refuse_wrong_password(head)
    acts.sign(head)
    head.waits_for(lambda: head.page.get_by_text("Sekarang di meja Back Office"))
    stage.leave(head)

    stage.at(day(19, 9, 2))
    applicant.log_in(MAIL, SECRET)
    applicant_cannot_have_it_yet(applicant, address)
    officer = officer_at(stage, "bo", day(19, 9, 2))
    certificate_number = acts.number(officer)
    officer.visit("/register/")
    officer.reads(certificate_number, acts.HOLDER, "Terbit")
    stage.leave(officer)
    track(stranger, code, "Izin terbit - unduh sekarang")

    certificate = collect(applicant, address, tmp_path)
    applicant.visit(address)
    applicant.sees("Selesai - dokumen sudah Anda terima")
    letters_tell_the_story(applicant, number, certificate_number)
    track(stranger, code, "Selesai")

    officer = stage.person("fo@" + acts.OFFICE)
    routing_card_tells_who_and_when(officer, address)
    signature_holds(stage, certificate, certificate_number)
    strangers_are_told_the_truth(stranger, certificate, certificate_number)
