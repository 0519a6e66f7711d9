"""A permit is revoked: proposed, confirmed with the password, read by a stranger and the holder."""

from __future__ import annotations

import re

import pytest

from tests.journeys import acts
from tests.journeys.people import PASSWORD, Stage

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

APPLICANT = "pemohon1@demo.invalid"
REASON = "Sekolah ini sudah tidak membuka bursa kerja."
GROUND = "Cacat substansi, Pasal 64 ayat (1) huruf c UU 30/2014"
DECREE = "800.1/77/DPMPTSP/2026"
CONFIRM = "Setujui dan cabut dokumen"


def test_from_the_proposal_to_a_strangers_verification(stage: Stage) -> None:
    path = acts.sent(stage.portal)
    acts.advance(stage.portal, path, "")
    token = acts.play(stage.portal, f"print({acts.file_at(path)}.certificate.token)")
    stranger = stage.person("", width=400)
    stranger.visit(f"/v/{token}/")
    stranger.heading("Keaslian dokumen")
    stranger.reads("Asli dan berlaku", acts.HOLDER)

    clerk = stage.person(f"bo@{acts.OFFICE}", width=1000)
    clerk.visit(path.replace("/permohonan/", "/meja/"))
    clerk.follow("Cabut atau ganti dokumen izin")
    clerk.open("Cabut atau batalkan dokumen")
    fold = clerk.page.locator("details").filter(has_text="Cabut atau batalkan dokumen")
    fold.get_by_label(re.compile("^Pencabutan")).check()
    fold.get_by_label("Alasan").fill(REASON)
    fold.get_by_label("Dasar hukum").fill(GROUND)
    fold.get_by_label("Sebabnya ditemukan pada").fill("2026-11-16")
    fold.get_by_label("Nomor keputusan").fill(DECREE)
    fold.get_by_label("Tanggal keputusan").fill("2026-11-16")
    clerk.press("Kirim usul", within=fold)
    clerk.sees("Usul Anda menunggu putusan kepala kantor. Dokumen masih berlaku.")
    stranger.page.reload()
    stranger.reads("Asli dan berlaku")

    head = stage.person(f"kepala@{acts.OFFICE}", width=1000)
    head.visit("/meja/menunggu/")
    head.follow(re.compile("^Pencabutan"))
    head.reads(REASON, GROUND, DECREE, "paling lambat Senin, 23 November 2026")
    password = head.page.get_by_label("Kata sandi Anda")
    password.fill("bukan kata sandinya")
    head.press(CONFIRM)
    head.sees(re.compile("Kata sandi salah"))
    password.fill(PASSWORD)
    head.press(CONFIRM)
    head.sees("Keputusan berlaku sejak sekarang. Pemohonnya diberi tahu.")

    stranger.page.reload()
    stranger.reads("Dicabut", f"Nomor {DECREE}", "16 Nov 2026", GROUND)
    assert "Asli dan berlaku" not in stranger.text()
    assert REASON not in stranger.text()
    clerk.visit("/register/")
    clerk.reads("Dicabut", DECREE)
    holder = stage.person(APPLICANT, width=400)
    holder.visit(path)
    holder.reads("Izin Anda dicabut", REASON, "Bila Anda tidak setuju", "15 Desember 2026")
    holder.visit("/demo/surat/")
    letter = holder.page.get_by_role("article").filter(has_text="dicabut")
    holder.waits_for(lambda: letter)
