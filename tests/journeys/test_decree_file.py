"""A decree by its file: another office takes it in, extends and closes its permits, and refuses.

The file is the one that the office of ``test_any_standard`` exports: that journey compares it. Here
it is brought in on the page, its positions are matched with those of an office that has others, and
it is published by two. What the way through the desks has in it is seen there; here the services
walk it (``acts.advance``), and people do what an extension, a closure and a refusal have of their
own: the form with what is known already, the papers of the kind, the signature, the number.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from permits.domain import samples
from tests.journeys import acts
from tests.journeys.building import Row, fill, publish_alone
from tests.journeys.decree import (
    BUREAU,
    CLOSING,
    FILE,
    FRONT,
    HEAD,
    SECRETARY,
    SERVICE,
    TEAM,
    TERM,
    VERSION,
    WORKS_DESK,
)
from tests.journeys.people import PASSWORD, Person, Stage

pytestmark = [pytest.mark.browser, pytest.mark.once]

HOLDER = samples.HOLDER["holder_name"]
OFFICE, CODE = "DPMPTSP Kota Pekanbaru", "pekanbaru"
# the positions of the file, and who they are in this office; front office and secretary are found
MATCHED = {
    HEAD: "Kepala DPMPTSP Kota Pekanbaru",
    BUREAU: "Back Office",
    TEAM: "Tim Teknis",
    WORKS_DESK: "Kepala Bidang",
}
FOUND = (FRONT, SECRETARY)
REASON = "Konstruksi tidak aman bagi pejalan kaki."
GROUND = "Perda 7/2021, Pasal 14"
_FILE = f"""
draft = samples.draft(
    Service.objects.get(office__code={CODE!r}, slug="izin-penyelenggaraan-reklame"),
    User.objects.get(email=%r), now,
)
file = samples.submit(samples.reload(draft), now)
"""


def bring_in(admin: Person) -> None:
    """The file becomes a draft of this office once its positions are matched."""
    admin.visit("/admin/standards/standardversion/")
    admin.follow("Impor standar")
    admin.page.get_by_label("Berkas standar (.toml)").set_input_files(FILE)
    fill(admin, {"office": OFFICE})
    admin.press("Periksa dan lanjutkan")
    admin.reads(SERVICE)
    for position in FOUND:
        chosen = admin.page.get_by_label(f"{position} (")
        expect(chosen.locator("option:checked")).to_contain_text(position)
    for position, here in MATCHED.items():
        field = admin.page.get_by_label(f"{position} (")
        field.select_option(label=here)
    admin.page.get_by_label("Pakai juga tanggal berlaku").check()
    admin.press("Buat konsep")
    admin.sees("Konsep ini lengkap")
    admin.follow("Usulkan penetapan")
    admin.reads("Berlaku mulai Senin, 16 November 2026")


def begin(applicant: Person, kind: str, number: str) -> str:
    """Follow a permit of one's own: holder and what is carried stand there; return the address."""
    applicant.visit(f"/ajukan/{CODE}/izin-penyelenggaraan-reklame/")
    applicant.page.get_by_label(re.compile(re.escape(number))).check()
    applicant.press("Mulai mengisi")
    address = applicant.page.url
    applicant.visit(address + "data/")  # filled already: the way leads over it
    holder = applicant.page.get_by_role("textbox", name="Nama pemegang izin")
    expect(holder).to_have_value(HOLDER)
    expect(applicant.page.get_by_label("Isi reklame")).not_to_have_value("")
    applicant.press("Simpan dan lanjut")
    given: Row = {"jenis_permohonan": kind, "diwakili": "tidak", "lokasi": "Tanah sendiri"}
    for name, value in given.items():
        applicant.page.locator(f"[name='tanya_{name}'][value='{value}']").check()
    applicant.page.locator("[name='tanya_luas']").fill("30")
    applicant.press("Simpan dan lanjut")
    applicant.sees("Jawaban Anda membuka pertanyaan lanjutan.")
    expect(applicant.page.get_by_label("Nomor izin sebelumnya")).to_have_value(number)
    applicant.press("Simpan dan lanjut")
    applicant.heading("Berkas persyaratan")
    return address


def send(applicant: Person, address: str, *words: str) -> str:
    """Look everything over and send; return the path of the file."""
    applicant.visit(address + "periksa/")
    applicant.reads(*words, "Asli dan berlaku")
    acts.send(applicant)
    applicant.heading("Permohonan Anda sudah kami terima")
    applicant.reads(TERM)
    return "/" + address.removeprefix("http://").partition("/")[2]


def decide(stage: Stage, path: str, head: Person, clerk: Person, *words: str) -> str:
    """The head signs what lies before them, the clerk enters the number; return it."""
    acts.advance(stage.portal, path, "tanda_tangan")
    desk = path.replace("/permohonan/", "/meja/")
    head.visit(desk)
    head.reads(*words)
    acts.sign(head)
    head.waits_for(lambda: head.page.get_by_text("Sekarang di meja Back Office"))
    clerk.visit(desk)
    clerk.reads(*words)
    number = acts.number(clerk)
    acts.advance(stage.portal, path, "")
    return number


def verify(stranger: Person, number: str, *words: str) -> None:
    """Look a document up by its number."""
    stranger.visit("/periksa-dokumen/")
    stranger.write("Nomor atau kode dokumen", number)
    stranger.press("Periksa nomor atau kode")
    stranger.reads(number, *words)


def refuse(stage: Stage, head: Person, clerk: Person) -> bytes:
    """A desk proposes to refuse, the head signs the letter, the applicant has it; return it."""
    until = "while file.current_step.step.printed_number != '4': file = samples.act(file, now)"
    address = "print(file.get_absolute_url())"
    path = acts.play(stage.portal, f"{_FILE % 'pemohon1@demo.invalid'}{until}\n{address}")
    desk = path.replace("/permohonan/", "/meja/")
    clerk.visit(desk)
    clerk.open("Usulkan penolakan")
    clerk.write("Dasar penolakan", GROUND)
    clerk.write("Alasan penolakan", REASON)
    clerk.press("Kirim usul penolakan")
    clerk.sees(re.compile("[Uu]sul penolakan"))
    head.visit(desk)
    head.reads(REASON, GROUND)
    button = "Setujui dan tanda tangani surat penolakan"
    form = head.page.locator("form").filter(has=head.page.get_by_role("button", name=button))
    form.get_by_label("Kata sandi Anda").fill(PASSWORD)
    head.press(button)
    applicant = stage.person("pemohon1@demo.invalid", width=400)
    applicant.visit(path)
    link = applicant.page.get_by_role("link", name="Unduh surat penolakan")
    applicant.waits_for(lambda: link)
    applicant.reads(REASON, GROUND)
    return applicant.download(link.get_attribute("href") or "")


def test_the_decree_in_another_office(stage: Stage, tmp_path: Path) -> None:
    admin = stage.person("admin@demo.invalid")
    bring_in(admin)
    publish_alone(stage, admin, SERVICE)
    stage.leave(admin)
    whole = "file = samples.advance(file, None, now)\nprint(file.certificate.number)"
    first = acts.play(stage.portal, f"{_FILE % 'pemohon2@demo.invalid'}{whole}")
    applicant = stage.person("pemohon2@demo.invalid", width=400)
    head, clerk = (stage.person(f"{desk}@pekanbaru.demo.invalid") for desk in ("kepala", "bo"))
    stranger = stage.person()

    address = begin(applicant, "Perpanjangan", first)
    applicant.reads("Foto reklame terpasang", "Gambar reklame Tidak berlaku")
    photo = acts.paper(tmp_path, "terpasang.pdf")
    acts.upload(applicant, "Foto reklame terpasang", photo)
    path = send(applicant, address, first)
    longer = decide(stage, path, head, clerk)
    verify(stranger, longer, "Asli dan berlaku", VERSION["certificate_title"], "16 November 2027")
    verify(stranger, first, "Asli dan berlaku")

    address = begin(applicant, "Penutupan", longer)
    applicant.page.get_by_label("Saya menyatakan memenuhi persyaratan ini").check()
    applicant.press("Simpan dan lanjut")
    path = send(applicant, address, longer)
    decision = decide(stage, path, head, clerk, "Keputusan ini mengakhiri izin", longer, first)
    for ended in (longer, first):
        verify(stranger, ended, "Dicabut")
    verify(stranger, decision, CLOSING["title"])

    letter = refuse(stage, head, clerk)
    stranger.visit("/periksa-dokumen/")
    stranger.page.locator("input[type='file']").set_input_files(
        {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": letter}
    )
    stranger.press("Periksa berkas")
    stranger.reads("Surat penolakan")
