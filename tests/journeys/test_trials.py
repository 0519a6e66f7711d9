"""A draft of a standard is tried by hand, one act after the other, and the rest by itself."""

from __future__ import annotations

import pytest

from tests.journeys.decree import read_papers
from tests.journeys.people import Person, Stage
from tests.journeys.trial_run import PLAYING, do

pytestmark = [pytest.mark.browser, pytest.mark.once]


def begin_draft(admin: Person) -> None:
    """A new draft of a standard in force, and the page of its trial."""
    admin.visit("/admin/standards/standardversion/?q=Bursa+Kerja")
    admin.page.locator("#result_list tbody th a").first.click()
    admin.press("Buat konsep baru dari versi ini")
    admin.follow("Pratinjau")
    admin.follow("Uji coba")


def test_a_trial_by_hand_and_the_rest_by_itself(stage: Stage) -> None:
    admin = stage.person("admin@demo.invalid")
    admin.page.set_default_timeout(PLAYING)
    begin_draft(admin)
    admin.press("Mulai dan tekan sendiri")
    admin.reads("Anda sebagai pemohon")
    do(admin, "Isi dengan contoh")
    do(admin, "Kirim permohonan")
    admin.sees("Berkas persyaratan")
    do(admin, "Nyatakan tidak sesuai", reason="Tidak terbaca")
    do(admin, "Nyatakan semua berkas sesuai")
    do(admin, "Kembalikan untuk dilengkapi")
    admin.reads("Anda sebagai pemohon")
    do(admin, "Kirim permohonan")
    do(admin, "Nyatakan semua berkas sesuai")
    do(admin, "Nyatakan lengkap dan benar")
    admin.sees("Selesai paling lambat")
    admin.press("Mundur satu tindakan")
    do(admin, "Nyatakan lengkap dan benar")
    admin.press("Jalankan sampai selesai")
    admin.sees("Uji coba selesai")
    admin.reads("Pemohon: Kirim permohonan", "Selesai - dokumen sudah Anda terima")
    admin.follow("Lihat dokumen yang dibuat")
    read_papers(admin, 2)
    admin.follow("Uji coba", exact=True)
    admin.press("Hapus uji coba")
    admin.sees("Uji coba dihapus")
