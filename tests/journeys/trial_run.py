"""A draft is tried before anybody sees it: one application, as applicant and as every officer."""

from __future__ import annotations

import re

from tests.journeys import decree
from tests.journeys.building import fill
from tests.journeys.people import Person

PLAYING = 60_000  # milliseconds: every act plays all that came before it
USUAL = 20_000


def do(admin: Person, label: str, **fields: str) -> None:
    """One act of the trial: open its fold, fill it, press its button."""
    summary = admin.page.locator("summary").filter(has_text=re.compile(f"^\\s*{label}\\s*$"))
    if not summary.count():
        admin.press(label)
        return
    admin.open(re.compile(f"^\\s*{label}\\s*$"))
    fold = admin.page.locator("details").filter(has=summary)
    fill(admin, fields, within=fold)
    admin.press(label, within=fold)


def try_it(admin: Person) -> None:
    """One application as applicant and as every officer; nothing of it stays."""
    passed = "Selesai, teruskan berkas"
    admin.page.set_default_timeout(PLAYING)
    admin.follow("Uji coba")
    admin.press("Mulai uji coba")
    do(admin, "Isi dengan contoh")
    do(admin, "Kirim permohonan")
    do(admin, passed)
    do(admin, "Nyatakan semua berkas sesuai")
    do(admin, "Nyatakan lengkap dan benar")
    do(admin, passed, catat_luas_ukur="10")
    do(admin, "Simpan konsep")
    do(admin, passed)
    do(admin, "Tanda tangani dokumen")
    for desk in (decree.WORKS_DESK, decree.TEAM):
        admin.reads(f"Anda sebagai {desk}")
        admin.page.get_by_label("Tidak ada keberatan", exact=True).check()
        admin.tally.clicks += 1
        do(admin, "Kirim bagian Anda")
    do(admin, passed, catat_pertimbangan="600/12/PUPR, 16 November 2026")
    do(admin, "Tetapkan tagihan")
    do(admin, passed)
    admin.reads("Rp 1.500.000")
    do(admin, "Catat pembayaran", paid_on="2026-11-16", amount="1500000")
    do(admin, "Simpan konsep")
    do(admin, "Teruskan untuk paraf")
    do(admin, "Bubuhkan paraf")
    do(admin, "Tanda tangani dokumen")
    do(admin, "Catat nomor dan terbitkan")
    do(admin, "Catat penyerahan", receiver="Siti")
    do(admin, passed)
    admin.heading("Uji coba")
    admin.sees("Uji coba selesai")
    admin.press("Hapus uji coba")
    admin.sees("Uji coba dihapus")  # on the page of the draft
    admin.page.set_default_timeout(USUAL)
