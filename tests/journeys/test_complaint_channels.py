"""Purwakarta: what comes by any of its thirteen channels is answered by it; APIP asks the head."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from playwright.sync_api import expect

from tests.journeys import cases
from tests.journeys.people import Person, Stage
from tests.servers import Portal

pytestmark = [pytest.mark.browser, pytest.mark.once]

RULE = re.compile(rb"^-{79}\n", re.MULTILINE)  # between two mails of one connection
PHONE, ADDRESS = "0812 3456 7890", "Jalan Kopi Nomor 5, Nagrikaler"


@dataclass(frozen=True)
class Came:
    """One report: by which printed channel, how its sender is met, what proves the answer."""

    marker: str
    met_by: dict[str, str]
    heading: str
    proof: dict[str, str] = field(default_factory=dict)
    shown: str = ""


def came(marker: str, met_by: str, heading: str, label: str = "", proof: str = "") -> Came:
    ways = {"phone": PHONE, "address": ADDRESS, "email": f"pengadu-{marker[0]}@example.invalid"}
    return Came(marker, {met_by: ways[met_by]}, heading, {label: proof} if label else {}, proof)


CALL, MESSAGE, MEETING, POSTING = (
    "Catatan percakapan", "Nomor atau waktu pesan", "Catatan penyampaian", "Tautan, nomor tanggapan"
)  # fmt: skip
BY_LETTER = {"Tanggal surat": "2026-11-16"}  # its number stands there already
CHANNELS = [
    came("a.", "address", "Melalui Petugas", MEETING, "Disampaikan di kantor, tanda terima 1"),
    came("b.", "phone", "Melalui Loket", MEETING, "Disampaikan di loket MPP, tanda terima 2"),
    Came("c.", {"address": ADDRESS}, "Melalui Surat", BY_LETTER, "16-11-2026"),
    came("d.", "phone", "Melalui Telepon", CALL, "16 November pukul 10.00, diterima sendiri"),
    came("e.", "phone", "Melalui SMS", MESSAGE, "SMS 16-11-2026 10.05"),
    came("f.", "phone", "Melalui WhatsApp", MESSAGE, "WA 16-11-2026 10.06"),
    came("g.", "email", "Melalui E-mail"),
    came("h.", "phone", "Melalui Media sosial", POSTING, "x.com/dpmptsp_pwk/status/1"),
    came("i.", "phone", "Melalui Media sosial", POSTING, "instagram.com/p/2"),
    came("j.", "email", "Melalui E-mail"),
    came("k.", "phone", "Melalui Telepon", CALL, "16 November pukul 10.20, diterima sendiri"),
    Came("l.", {"address": ADDRESS}, "Melalui Surat", BY_LETTER, "16-11-2026"),
    came("m.", "phone", "Melalui Kotak", POSTING, "Papan pengumuman ruang tunggu"),
]


def enter(officer: Person, one: Came) -> tuple[str, str]:
    """Write down what came by a channel; return its number and the address of its page."""
    choice = officer.page.get_by_label("Datang melalui")
    option = choice.locator("option", has_text=re.compile(rf"^\s*{re.escape(one.marker)} "))
    choice.select_option(value=option.get_attribute("value"))
    text = f"Melalui {one.marker} disampaikan: loket {ord(one.marker[0])} tutup sebelum jamnya."
    cases.about(officer, name="Wulan Sari", text=text, **one.met_by)
    officer.page.get_by_label("Tanggal diterima").fill("2026-11-13")
    officer.press("Periksa")
    officer.press("Catat pengaduan")
    officer.heading("Pengaduan dicatat")
    officer.reads("Kamis, 3 Desember 2026")  # fourteen working days since it truly came
    link = officer.page.get_by_role("link", name="Buka laporan ini")
    return cases.kept(officer)[0], link.get_attribute("href") or ""


def answers_with_proof(officer: Person, one: Came) -> None:
    """Answer through the channel that is offered first, which is the one by which it came."""
    box = cases.act_in(officer)
    expect(box.locator("h3").first).to_contain_text(one.heading)
    form = box.locator("form").first
    for label, words in one.proof.items():
        form.get_by_label(re.compile(f"^{label}")).fill(words)
    form.get_by_role("button").click()
    officer.sees("Jawaban disampaikan.")


def mails_to(portal: Portal, address: str) -> list[EmailMessage]:
    """Return what has left the portal for this address; several mails may stand in one file."""
    texts = [path.read_bytes() for path in sorted(portal.mail_dir.glob("*.log"))]
    mails = [part for text in texts for part in RULE.split(text) if part.strip()]
    parsed = [message_from_bytes(part, policy=default) for part in mails]
    return [mail for mail in parsed if mail["To"] == address]


def test_each_of_the_thirteen_channels_is_entered_and_answered_by_itself(stage: Stage) -> None:
    officer = cases.officer_of(stage, "pengaduan", "purwakarta")
    officer.visit(cases.DESK)
    officer.follow("Catat laporan")
    entered = []
    for one in CHANNELS:
        entered.append(enter(officer, one))
        officer.follow("Catat yang lain")
    cases.bring(stage.portal, [number for number, _path in entered], "disetujui")

    later = []
    for one, (number, path) in zip(CHANNELS, entered, strict=True):
        officer.visit(path)
        officer.heading(number)
        if one.marker == "d.":  # without its proof nothing is closed
            cases.act_in(officer).get_by_label(re.compile(f"^{CALL}")).fill(" ")
            cases.act_in(officer).locator("form").first.get_by_role("button").click()
            officer.sees("Tulis catatan percakapan telepon")
        answers_with_proof(officer, one)
        if one.shown:
            officer.reads("Sudah dijawab", one.shown)
        else:
            officer.reads("Sedang dikirim")
            later.append((one, path))
    for one, path in later:  # what the portal sends closes when the message has left
        officer.visit(path)
        officer.waits_for(lambda: officer.page.get_by_text("Sudah dijawab"))
        mails = mails_to(stage.portal, one.met_by["email"])
        answer = next(mail for mail in mails if "Jawaban atas laporan" in mail["Subject"])
        officer.reads("Sudah dijawab", answer["Message-ID"])
        names = [part.get_filename() or "" for part in answer.iter_attachments()]
        assert [name.endswith(".pdf") for name in names] == [True]
        assert "Wulan" not in answer.as_string()

    officer.visit(cases.DESK)
    officer.sees("Tidak ada yang menunggu Anda")
    officer.follow("Buku pengaduan")
    rows = officer.page.locator("tr[data-row]")
    expect(rows).to_have_count(len(CHANNELS))
    for one, (number, _path) in zip(CHANNELS, entered, strict=True):
        line = rows.filter(has_text=number)
        expect(line).to_contain_text(one.shown or "<notice-")
    assert "Wulan" not in officer.text()


def test_apip_is_involved_after_the_head_has_agreed_and_not_before(stage: Stage) -> None:
    [(number, _secret)] = cases.in_state(stage.portal, "purwakarta", "ditelaah")
    officer = cases.officer_of(stage, "pengaduan", "purwakarta")
    path = cases.take(officer, number)
    cases.reclassify(officer, "Melibatkan APIP", "Menyangkut beberapa perangkat daerah.")
    officer.press("Ajukan konsep jawaban")
    officer.sees("Pelibatan APIP memerlukan persetujuan kepala dinas yang tercatat.")
    head = cases.officer_of(stage, "kepala", "purwakarta")
    for nth, (agreed, words) in enumerate(
        [("Tidak setuju", "Selesaikan dahulu di dalam."), ("Setuju melibatkan APIP", "Silakan.")]
    ):
        ask_for_apip(officer, f"Tidak dapat diselesaikan di dalam, permintaan {nth + 1}.")
        head.visit(path)
        head.reads(f"permintaan {nth + 1}")
        head.page.get_by_label(agreed, exact=True).check()
        cases.act_in(head).get_by_label("Catatan").first.fill(words)
        head.press("Catat keputusan")
        head.sees("Keputusan tentang APIP tercatat.")
        officer.visit(path)
        officer.reads(words)
        if nth == 0:
            officer.press("Ajukan konsep jawaban")
            officer.sees("Pelibatan APIP memerlukan persetujuan kepala dinas yang tercatat.")
    cases.draft(officer)
    cases.agree(head, number)
    cases.take(officer, number)  # what stands outside is recorded by its paper
    cases.record_outside(officer, "Inspektur Pembantu II", "700/88/2026, 16-11-2026")
    officer.reads("Jawaban disetujui: kirim sekarang", "Inspektur Pembantu II")


def ask_for_apip(officer: Person, reason: str) -> None:
    """Ask the head for consent."""
    officer.open("Minta persetujuan melibatkan APIP")
    officer.write("Mengapa APIP perlu dilibatkan?", reason)
    officer.press("Minta persetujuan melibatkan APIP")
    officer.sees("Permintaan pelibatan APIP dikirim kepada kepala kantor.")
