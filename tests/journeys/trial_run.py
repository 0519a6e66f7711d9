"""A draft is tried before anybody sees it: one act at a time, or to its end by itself."""

from __future__ import annotations

import re

from tests.journeys import decree
from tests.journeys.building import fill
from tests.journeys.decree import read_papers
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
    """One application to its end by itself; what it did and made is read, and nothing stays."""
    admin.page.set_default_timeout(PLAYING)
    admin.follow("Uji coba")
    admin.press("Jalankan sampai selesai")
    admin.sees("Uji coba selesai")
    admin.reads(
        "Pemohon: Kirim permohonan",
        f"{decree.SECRETARY}: Tanda tangani dokumen",
        f"{decree.WORKS_DESK}: Kirim bagian Anda",
        f"{decree.TEAM}: Kirim bagian Anda",
        f"{decree.FRONT}: Catat pembayaran",
        f"{decree.HEAD}: Tanda tangani dokumen",
        f"{decree.FRONT}: Catat penyerahan",
        "Rp 10.800.000",
        "Selesai - dokumen sudah Anda terima",
    )
    admin.page.set_default_timeout(USUAL)
    admin.follow("Dokumen uji coba")
    read_papers(admin, 3)
    admin.follow("Uji coba", exact=True)
    admin.press("Hapus uji coba")
    admin.sees("Uji coba dihapus")  # on the page of the draft
