"""The pages people look at, in one list, and the portal that shows them.

``make shots`` takes a picture of each; the journeys hold each against the rules of accessibility.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, ViewportSize
from playwright.sync_api import Page as Tab

from tests.journeys.people import set_clock
from tests.servers import PARTS, Portal, running_portal

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 19, 10, 20, tzinfo=ZoneInfo("Asia/Jakarta"))  # a Thursday
PHONE = ViewportSize(width=360, height=780)
DESK = ViewportSize(width=1440, height=900)

APPLICANT, NEWCOMER = "pemohon1@demo.invalid", "pemohon2@demo.invalid"
ADMINISTRATOR = "admin@demo.invalid"
_NEEDS, _NEW = "/layanan/purwakarta/kbli-78422/perlu/", "tanya_permohonan_baru=ya"
TABLET = "tablet"  # a session without a person (surveys.views.public.tablet)
TABLET_IN_USE = "tablet-in-use"  # the same after a number was typed
_LAST_YEAR = "/meja/survei/?periode=2025-tahun-1"


def _at(desk: str, office: str = "pekanbaru") -> str:
    return f"{desk}@{office}.demo.invalid"


def _send_unsigned(tab: Tab) -> None:
    tab.locator("main .send-box button").click()


def _wrong_password(tab: Tab) -> None:
    tab.locator("#id_login").fill(APPLICANT)
    tab.locator("#id_password").fill("bukan kata sandinya")
    tab.locator("#id_password").press("Enter")


def _changed_file(tab: Tab) -> None:
    changed = b"%PDF-1.7\n% sesuatu yang lain"
    file = {"name": "izin-diubah.pdf", "mimeType": "application/pdf", "buffer": changed}
    tab.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    tab.locator("main form[enctype] button[type=submit]").first.click()


def _photo(tab: Tab) -> None:
    file = {"name": "izin.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0"}
    tab.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    tab.locator("main form[enctype] button[type=submit]").first.click()


def _check_report(tab: Tab) -> None:
    tab.locator("[name=identity][value=ya]").check()
    tab.locator("#id_name").fill("Rina Marlina")
    tab.locator("#id_phone").fill("081234567890")
    tab.locator("#id_text").fill("Antrean loket berhenti dua jam dan tidak ada yang memberi tahu.")
    tab.locator("main [name=langkah][value=periksa]").click()


def _send_report(tab: Tab) -> None:
    with tab.expect_navigation():
        _check_report(tab)
    tab.locator("main [name=langkah][value=kirim]").click()


def _open_report(tab: Tab) -> None:
    """Number and secret stand behind the # of the address, which never leaves the browser."""
    number, _between, secret = tab.url.partition("#")[2].partition("~")
    tab.locator("#id_number").fill(number)
    tab.locator("#id_secret").fill(secret)
    tab.locator("main form button[type=submit]").click()


def _wrong_number(tab: Tab) -> None:
    tab.locator("#id_number").fill("PEKANBARU-2026-999999")
    tab.locator("#id_code").fill("2HLP")
    tab.locator("main form button[type=submit]").click()


def _send_half_filled(tab: Tab) -> None:
    for box in tab.locator(".survey-question").all()[:3]:
        box.locator("label.form-check-label").nth(2).click()
    tab.locator("main form button[type=submit]").click()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its name, where it is, who looks at it, and what they do there first."""

    name: str
    path: str  # filled from what scripts/shots_world.py prints
    who: str = ""
    first: Callable[[Tab], None] | None = None
    dark: bool = False  # also taken in the dark
    paper: bool = False  # also printed
    again: bool = False  # a page of the list in one more state


_TRACKED = "/pengaduan/lacak/#{{complaints[{0}][number]}}~{{complaints[{0}][secret]}}"
PAGES = (
    Page("beranda", "/", dark=True),
    Page("cari", "/cari/?q=bursa+kerja"),
    Page("cari-kosong", "/cari/?q=izin+terbang", again=True),
    Page("cari-salah-eja", "/cari/?q=bursa+kerja+kusus", again=True),
    Page("layanan-daftar", "/layanan/"),
    Page("data-terbuka", "/data/"),
    Page("layanan", "/layanan/pekanbaru/tanda-daftar-bkk/", dark=True),
    Page("layanan-purwakarta", "/layanan/purwakarta/kbli-70209/", again=True),
    Page("layanan-perlu", _NEEDS),
    Page("layanan-perlu-dijawab", f"{_NEEDS}?{_NEW}&tanya_modal_asing=ya", again=True),
    Page("layanan-perlu-cetak", f"{_NEEDS}?{_NEW}&cetak=1", paper=True),
    Page("layanan-cetak", "/layanan/pekanbaru/tanda-daftar-bkk/cetak/", paper=True),
    Page("kantor", "/kantor/kampar/"),
    Page("masuk", "/akun/login/", dark=True),
    Page("masuk-salah", "/akun/login/", first=_wrong_password, again=True),
    Page("daftar", "/akun/signup/"),
    Page("lupa-sandi", "/akun/password/reset/"),
    Page("tidak-ada", "/tidak-ada/"),
    Page("tidak-boleh", "{files[tinjau][desk]}jam/", _at("bo"), again=True),
    Page("surat", "/demo/surat/"),
    Page("kesehatan", "/sehat/"),
    Page("lacak", "/lacak/"),
    Page("lacak-nomor", "/lacak/?kode=PEKANBARU-2026-000001", again=True),
    Page("lacak-diproses", "/lacak/{files[tinjau][code]}/", dark=True),
    Page("lacak-terlambat", "/lacak/{files[terlambat][code]}/", again=True),
    Page("lacak-dikembalikan", "/lacak/{files[dikembalikan][code]}/", again=True),
    Page("lacak-selesai", "/lacak/{files[selesai][code]}/", again=True),
    Page("periksa", "/periksa-dokumen/"),
    Page("periksa-tidak-ada", "/periksa-dokumen/?nomor=503/9999/BKK/2026", again=True),
    Page("periksa-foto", "/v/{token}/", first=_photo, again=True),
    Page("periksa-asli", "/v/{token}/", dark=True),
    Page("periksa-diubah", "/v/{token}/", first=_changed_file),
    Page("periksa-dicabut", "/v/{files[dicabut][token]}/", dark=True),
    Page("periksa-dibatalkan", "/v/{files[dibatalkan][token]}/", again=True),
    Page("periksa-diganti", "/v/{files[diganti][first]}/", dark=True, again=True),
    Page("periksa-pengganti", "/v/{files[diganti][token]}/", again=True),
    Page("mulai", "/ajukan/pekanbaru/tanda-daftar-bkk/", NEWCOMER),
    Page("permohonan-kosong", "/permohonan/", NEWCOMER),
    Page("permohonan", "/permohonan/", APPLICANT, dark=True),
    Page("konsep", "{files[konsep][mine]}", APPLICANT),
    Page("isian", "{files[konsep][mine]}data/", APPLICANT, dark=True),
    Page("pertanyaan", "{files[pertanyaan][mine]}pertanyaan/", APPLICANT),
    Page("unggah", "{files[konsep][mine]}berkas/", APPLICANT, dark=True),
    Page("unggah-bersyarat", "{files[pertanyaan][mine]}berkas/", APPLICANT, again=True),
    Page("unggah-perbaikan", "{files[dikembalikan][mine]}berkas/", APPLICANT, again=True),
    Page("periksa-jawaban", "{files[siap][mine]}periksa/", APPLICANT),
    Page(
        "periksa-jawaban-salah",
        "{files[siap][mine]}periksa/",
        APPLICANT,
        first=_send_unsigned,
    ),
    Page("periksa-jawaban-kurang", "{files[konsep][mine]}periksa/", APPLICANT, again=True),
    Page("tanda-terima", "{files[diajukan][mine]}tanda-terima/", APPLICANT, again=True),
    Page("tanda-terima-janji", "{files[tinjau][mine]}tanda-terima/", APPLICANT, paper=True),
    Page("berkas-saya-diajukan", "{files[diajukan][mine]}", APPLICANT, again=True),
    Page("berkas-saya-kurang", "{files[belum_lengkap][mine]}", APPLICANT, again=True),
    Page("kiriman", "{files[dikembalikan][mine]}kiriman/", APPLICANT, paper=True),
    Page("hapus-konsep", "{files[konsep][mine]}hapus/", APPLICANT),
    Page("berkas-saya-kembali", "{files[dikembalikan][mine]}", APPLICANT, again=True),
    Page("berkas-saya", "{files[tinjau][mine]}", APPLICANT, dark=True),
    Page("berkas-saya-terlambat", "{files[terlambat][mine]}", APPLICANT, again=True),
    Page("berkas-saya-terbit", "{files[terbit][mine]}", APPLICANT, again=True),
    Page("berkas-saya-selesai", "{files[selesai][mine]}", APPLICANT),
    Page("berkas-saya-dicabut", "{files[dicabut][mine]}", APPLICANT, again=True),
    Page("berkas-saya-diganti", "{files[diganti][mine]}", APPLICANT, again=True),
    Page("berkas-saya-ditolak", "{files[ditolak][mine]}", APPLICANT, again=True),
    Page("berkas-saya-penolakan-batal", "{files[penolakan_batal][mine]}", APPLICANT, again=True),
    Page("berkas-saya-ditarik", "{files[ditarik][mine]}", APPLICANT, again=True),
    Page("berkas-saya-kuesioner", "{files[kuesioner][mine]}", APPLICANT),
    Page("tarik", "{files[tinjau][mine]}tarik/", APPLICANT),
    Page("hitungan", "{files[dikembalikan][mine]}hitungan/", APPLICANT),
    Page("pesan", "/akun/pesan/", APPLICANT),
    Page("pesan-kosong", "/akun/pesan/", NEWCOMER, again=True),
    Page("pesan-satu", "/akun/pesan/{message}/", APPLICANT),
    Page("pesan-pilihan", "/akun/pesan/pilihan/", APPLICANT),
    Page("akun-surel", "/akun/email/", APPLICANT),
    Page("akun-dua-langkah", "/akun/2fa/", APPLICANT),
    Page("akun-aplikasi", "/akun/2fa/totp/activate/", NEWCOMER),
    Page("akun-dua-langkah-aktif", "/akun/2fa/", ADMINISTRATOR, again=True),
    Page("akun-kunci-sandi", "/akun/2fa/webauthn/", ADMINISTRATOR),
    Page("akun-kunci-sandi-tambah", "/akun/2fa/webauthn/add/", NEWCOMER),
    Page("akun-kode-pemulihan", "/akun/2fa/recovery-codes/", ADMINISTRATOR),
    Page("akun-kode-pemulihan-baru", "/akun/2fa/recovery-codes/generate/", ADMINISTRATOR),
    Page("akun-buktikan-sandi", "/akun/reauthenticate/", APPLICANT),
    Page("akun-buktikan-kode", "/akun/2fa/reauthenticate/", ADMINISTRATOR),
    Page("privasi", "/privasi/pekanbaru/"),
    Page("data-saya", "/akun/data-saya/", APPLICANT),
    Page("data-saya-permintaan", "/akun/data-saya/permintaan/", APPLICANT),
    Page("data-saya-hapus", "/akun/data-saya/hapus/", NEWCOMER),
    Page("arsip", "/meja/arsip/", _at("kepala")),
    Page("arsip-usul", "/meja/arsip/usul/musnah/", _at("kepala")),
    Page("arsip-tahan", "/meja/arsip/penahanan/", _at("kepala")),
    Page("menunggu", "/meja/menunggu/", _at("pengaduan")),
    Page("menunggu-kepala", "/meja/menunggu/", _at("kepala"), again=True),
    Page("pesan-petugas", "/akun/pesan/", _at("kepala"), again=True),
    Page("antrean", "/meja/", _at("fo"), dark=True),
    Page("antrean-semua", "/meja/?keadaan=semua", _at("bo"), again=True),
    Page("antrean-kepala", "/meja/", _at("kepala"), again=True),
    Page("antrean-kosong", "/meja/", _at("fo", "purwakarta")),
    Page("meja-periksa", "{files[diperiksa][desk]}", _at("fo"), dark=True),
    Page("meja-ralat-data", "{files[terlambat][desk]}#berkas", _at("fo"), again=True),
    Page("meja-periksa-baru", "{files[diajukan][desk]}", _at("fo"), again=True),
    Page("meja-usul-tolak", "{files[usul][desk]}", _at("kepala"), again=True),
    Page("periksa-tolak", "/v/{files[ditolak][token]}/", again=True),
    Page("periksa-penolakan-batal", "/v/{files[penolakan_batal][token]}/", again=True),
    Page("izin-usulkan-tolak", "{files[ditolak][desk]}izin/", _at("bo"), again=True),
    Page("meja-tinjau", "{files[tinjau][desk]}", _at("tim-teknis")),
    Page("meja-terlambat", "{files[terlambat][desk]}", _at("tim-teknis"), again=True),
    Page("meja-konsep", "{files[konsep_izin][desk]}", _at("bo")),
    Page("meja-konsep-ditulis", "{files[konsep_ditulis][desk]}", _at("bo"), again=True),
    Page("meja-paraf", "{files[paraf][desk]}", _at("analis-muda")),
    Page("meja-tanda-tangan", "{files[tanda_tangan][desk]}", _at("kepala"), dark=True),
    Page("meja-tanda-tangan-terlambat", "{files[tanda_tangan2][desk]}", _at("kepala"), again=True),
    Page("meja-nomor", "{files[nomor][desk]}", _at("bo")),
    Page("meja-serahkan", "{files[terbit][desk]}", _at("fo"), again=True),
    Page("meja-selesai", "{files[selesai][desk]}", _at("fo")),
    Page("meja-kerjakan", "{files[kerjakan][desk]}", _at("verifikator", "kampar")),
    Page("standar-meja", "/layanan/", _at("fo"), again=True),
    Page("layanan-meja", "/layanan/pekanbaru/tanda-daftar-bkk/", _at("fo"), again=True),
    Page("kantor-meja", "/kantor/pekanbaru/", _at("fo"), again=True),
    Page("pesan-pilihan-petugas", "/akun/pesan/pilihan/", _at("bo"), again=True),
    Page("meja-lain", "{files[paraf][desk]}", _at("fo"), again=True),
    Page("riwayat", "{files[selesai][desk]}riwayat/", _at("fo"), again=True),
    Page("kartu", "{files[selesai][desk]}kartu/", _at("fo"), paper=True),
    Page("hitungan-meja", "{files[terlambat][desk]}hitungan/", _at("tim-teknis"), again=True),
    Page("jam-layanan", "{files[tinjau][desk]}jam/", _at("kepala")),
    Page("alasan-membuka", "{files[paraf][desk]}alasan-membuka/", _at("fo")),
    Page("pembukaan", "/pembukaan-data/", _at("kepala")),
    Page("register", "/register/", _at("bo")),
    Page("izin-usulkan", "{files[selesai][desk]}izin/", _at("bo")),
    Page("izin-putuskan", "{files[usul_cabut][desk]}izin/", _at("kepala"), dark=True, again=True),
    Page("izin-putuskan-ganti", "{files[usul_ganti][desk]}izin/", _at("kepala"), again=True),
    Page("izin-diganti", "{files[diganti][desk]}izin/", _at("bo"), again=True),
    Page("izin-daftar", "/meja/izin/", _at("kepala")),
    Page("register-cetak", "/register/?cetak=1", _at("bo"), paper=True),
    Page("pengaduan", "/pengaduan/"),
    Page("pengaduan-kantor", "/pengaduan/pekanbaru/", dark=True),
    Page("pengaduan-kantor-kosong", "/pengaduan/kampar/", again=True),
    Page("pengaduan-kirim", "/pengaduan/pekanbaru/kirim/"),
    Page("pengaduan-periksa", "/pengaduan/pekanbaru/kirim/", first=_check_report),
    Page("pengaduan-tanda-terima", "/pengaduan/pekanbaru/kirim/", first=_send_report),
    Page("pengaduan-lacak", "/pengaduan/lacak/"),
    Page("pengaduan-saya", _TRACKED.format("dijawab"), first=_open_report, dark=True),
    Page("pengaduan-saya-kurang", _TRACKED.format("kurang"), first=_open_report, again=True),
    Page("pengaduan-antrean", "/meja/pengaduan/", _at("pengaduan"), dark=True),
    Page("pengaduan-catat", "/meja/pengaduan/catat/", _at("pengaduan")),
    Page("pengaduan-meja-ditimbang", "{complaints[ditimbang][desk]}", _at("pengaduan"), again=True),
    Page("pengaduan-meja-baru", "{complaints[baru][desk]}", _at("pengaduan")),
    Page("pengaduan-meja-telaah", "{complaints[telaah][desk]}", _at("pengaduan"), dark=True),
    Page("pengaduan-meja-konsep", "{complaints[konsep][desk]}", _at("kabid")),
    Page("pengaduan-meja-disetujui", "{complaints[disetujui][desk]}", _at("pengaduan"), again=True),
    Page("pengaduan-meja-dijawab", "{complaints[dijawab][desk]}", _at("kepala"), again=True),
    Page("pengaduan-meja-saran", "{complaints[saran][desk]}", _at("pengaduan"), again=True),
    Page("pengaduan-meja-rahasia", "{complaints[rahasia][desk]}", _at("kepala"), again=True),
    Page("pengaduan-buku", "/meja/pengaduan/buku/", _at("pengaduan"), dark=True),
    Page("pengaduan-buku-kosong", "/meja/pengaduan/buku/", _at("pengaduan", "kampar"), again=True),
    Page("pengaduan-buku-identitas", "/meja/pengaduan/buku/identitas/", _at("kepala")),
    Page("pengaduan-laporan", "/meja/pengaduan/laporan/", _at("pengaduan")),
    Page("pengaduan-laporan-satu", "{report}", _at("pengaduan")),
    Page("survei", "/survei/undangan/{survey}/", dark=True),
    Page("survei-belum-lengkap", "/survei/undangan/{survey}/", first=_send_half_filled, again=True),
    Page("survei-tidak-dikenal", "/survei/undangan/tidak-dikenal/", again=True),
    Page("survei-terima-kasih", "/survei/terima-kasih/"),
    Page("survei-sudah-diisi", "/survei/undangan/{answered}/", again=True),
    Page("survei-tanda-terima", "/survei/tanda-terima/{receipt}/"),
    Page("survei-terbuka", "/survei/kantor/pekanbaru/tanda-daftar-bkk/"),
    Page("survei-terbuka-terima-kasih", "/survei/terima-kasih/?asal=terbuka", again=True),
    Page("survei-hasil", "/survei/kantor/kampar/", dark=True),
    Page("survei-hasil-kosong", "/survei/kantor/kampar/?jenis=ipak", again=True),
    Page("survei-meja", "/meja/survei/", _at("kepala"), dark=True),
    Page("survei-tindak-lanjut", "/meja/survei/tindak-lanjut/", _at("kepala")),
    Page("survei-meja-lalu", _LAST_YEAR, _at("kepala"), again=True),
    Page("survei-meja-terbuka", f"{_LAST_YEAR}&asal=terbuka", _at("kepala"), again=True),
    Page("survei-spanduk", "/survei/spanduk/pekanbaru/", paper=True),
    Page("survei-spanduk-a3", "/survei/spanduk/pekanbaru/?kertas=a3", paper=True, again=True),
    Page("survei-tambahan", "/meja/survei/pertanyaan/", _at("bo")),
    Page("survei-rencana", "{plan}", _at("bo")),
    Page("survei-tindak-lanjut-selesai", "/meja/survei/tindak-lanjut/{follow_up}/", _at("bo")),
    Page("laporan-kantor", "/meja/laporan/", _at("kepala")),
    Page("laporan-disusun", "{reports[disusun]}", _at("bo"), dark=True),
    Page("laporan-kalimat", "{reports[disusun]}kalimat/", _at("bo")),
    Page("laporan-diperiksa", "{reports[diperiksa]}", _at("sekretaris"), again=True),
    Page("laporan-dikembalikan", "{reports[dikembalikan]}", _at("bo"), again=True),
    Page("laporan-disetujui", "{reports[disetujui]}", _at("kepala"), again=True),
    Page("laporan-ditandatangani", "{reports[ditandatangani]}", _at("bo"), again=True),
    Page("laporan-diterbitkan", "{reports[diterbitkan]}", _at("kepala"), again=True),
    Page("laporan-bukti", "/meja/laporan/pekppp/", _at("kepala"), dark=True),
    Page("laporan-bukti-kosong", "/meja/laporan/pekppp/", _at("kepala", "kampar"), again=True),
    Page("laporan-terbit", "/laporan/pekanbaru/"),
    Page("papan", "/meja/papan/", _at("kepala"), dark=True),
    Page("papan-masa-lalu", "/meja/papan/masa-lalu/", _at("kepala"), dark=True),
    Page(
        "papan-berkas",
        "/meja/papan/masa-lalu/berkas/?angka=dijawab&periode=12-bulan",
        _at("kepala"),
    ),
    Page("papan-cetak-menunggu", "/meja/papan/cetakan/{board_papers[waiting]}/", _at("kepala")),
    Page("izin-terbit", "/izin-terbit/"),
    Page("janji", "/janji/"),
    Page("janji-kantor", "/janji/pekanbaru/", dark=True),
    Page("janji-cetak", "/janji/pekanbaru/?cetak=1", paper=True),
    Page("janji-kosong", "/janji/kampar/", again=True),
    Page("papan-kosong", "/meja/papan/masa-lalu/?periode=bulan-lalu", _at("kepala", "purwakarta")),
    Page("antrean-hampir", "/meja/?tampil=hampir", _at("kepala"), again=True),
    Page("survei-lembar", "/meja/survei/lembar/", _at("fo"), paper=True),
    Page("survei-kertas", "/meja/survei/kertas/", _at("sekretaris")),
    Page("survei-kertas-isi", "/meja/survei/kertas/?number={surveyed}", _at("pengaduan")),
    Page("survei-tablet", "/survei/tablet/", TABLET),
    Page("survei-tablet-nomor", "/survei/tablet/", TABLET, first=_wrong_number, again=True),
    Page("survei-tablet-isi", "/survei/tablet/isi/", TABLET_IN_USE),
    Page("survei-tablet-terima-kasih", "/survei/tablet/terima-kasih/", TABLET),
    Page("survei-tablet-tutup", "/survei/tablet/", again=True),
    Page("dampak-kalender", "/kalender/dampak/", ADMINISTRATOR),
    Page("administrasi", "/admin/", ADMINISTRATOR),
    Page("administrasi-daftar", "/admin/standards/standardversion/", ADMINISTRATOR),
    Page(
        "administrasi-standar",
        "/admin/standards/standardversion/{version}/change/",
        ADMINISTRATOR,
    ),
    Page(
        "administrasi-standar-persyaratan",
        "/admin/standards/standardversion/{version}/susun/persyaratan/",
        ADMINISTRATOR,
    ),
    Page("pratinjau-formulir", "/admin/permits/samplepaper/formulir/{tried}/", ADMINISTRATOR),
    Page("uji-coba", "/admin/permits/trial/jalan/{tried}/", ADMINISTRATOR),
    Page("administrasi-kbli-impor", "/admin/standards/kbli/impor/", ADMINISTRATOR, again=True),
    Page("administrasi-pesan", "/admin/notices/notice/", ADMINISTRATOR),
    Page("administrasi-kantor", "/admin/accounts/office/1/change/", ADMINISTRATOR, again=True),
    Page("kunci", "/unit/pekanbaru/kunci/", ADMINISTRATOR),
    Page("administrasi-libur", "/admin/workflow/holiday/?on__year=2026", ADMINISTRATOR),
    Page("kantor-maklumat", "/kantor/pekanbaru/", again=True),
    Page("administrasi-maklumat", "/admin/standards/servicepledge/add/", ADMINISTRATOR),
    Page(
        "administrasi-maklumat-ditetapkan",
        "/admin/standards/servicepledge/{pledge}/change/",
        ADMINISTRATOR,
        again=True,
    ),
    Page(
        "administrasi-konsultasi",
        "/admin/standards/publicconsultation/{consultation}/change/",
        ADMINISTRATOR,
    ),
    Page("administrasi-evaluasi", "/admin/standards/evaluation/", ADMINISTRATOR),
    Page("administrasi-pengaduan", "/admin/complaints/complaintrules/", ADMINISTRATOR),
    Page("administrasi-peran", "/admin/complaints/complaintrole/", ADMINISTRATOR, again=True),
    Page("administrasi-jangka", "/admin/complaints/complaintterm/add/", ADMINISTRATOR),
)

# of a portal that demands a second factor, as every real office has it
STRICT = (
    Page("dua-langkah-wajib", "/meja/", _at("fo")),
    Page("dua-langkah-pasang", "/akun/2fa/totp/activate/", _at("fo")),
    Page("meja-tanda-tangan-kode", "{files[tanda_tangan][desk]}", _at("kepala")),
)

PDFS = (
    Page("pdf-izin", "{files[selesai][mine]}izin.pdf", APPLICANT),
    Page("pdf-tanda-terima", "{files[tinjau][mine]}tanda-terima.pdf", APPLICANT),
    Page("pdf-konsep", "{files[tanda_tangan][desk]}konsep.pdf", _at("kepala")),
    Page("pdf-penolakan", "{files[ditolak][mine]}izin.pdf", APPLICANT),
    Page("pdf-bukti-maklumat", "/meja/laporan/pekppp/{pack}/05.pdf", _at("kepala")),
    Page("pdf-bukti-survei", "/meja/laporan/pekppp/{pack}/08.pdf", _at("kepala")),
    Page("pdf-papan", "/meja/papan/cetakan/{board_papers[printed]}/", _at("kepala")),
    Page("pdf-laporan", "{reports[diterbitkan]}pdf/", _at("kepala")),
    Page("pdf-kiriman", "{files[dikembalikan][mine]}kiriman/1.pdf", APPLICANT),
)


@dataclass(frozen=True, slots=True)
class Gallery:
    """A running portal full of files, and what is where in it."""

    portal: Portal
    world: dict[str, Any]

    def path(self, page: Page) -> str:
        """Return the address of a page."""
        return page.path.format(**self.world)

    def visitor(self, browser: Browser, who: str, **options: Any) -> BrowserContext:
        """Return a browser in which somebody is logged in, or nobody."""
        context = browser.new_context(
            base_url=self.portal.url, locale="id-ID", timezone_id="Asia/Jakarta", **options
        )
        context.set_default_timeout(20_000)
        if who:
            self._cookie(context, "sessionid", self.world["cookies"][who])
        return context

    def speak(self, context: BrowserContext, language: str) -> None:
        """Choose the language of the screens."""
        self._cookie(context, "django_language", language)

    def _cookie(self, context: BrowserContext, name: str, value: str) -> None:
        context.add_cookies([{"name": name, "value": value, "url": self.portal.url}])


def by_visitor(pages: Sequence[Page]) -> Iterator[tuple[str, list[Page]]]:
    """Yield who looks, and at what."""
    sorted_out = defaultdict(list)
    for page in pages:
        sorted_out[page.who].append(page)
    yield from sorted_out.items()


def show(tab: Tab, gallery: Gallery, page: Page) -> None:
    """Open a page and do there what comes first."""
    tab.goto(gallery.path(page))
    if page.first:
        with tab.expect_navigation():
            page.first(tab)


@contextlib.contextmanager
def gallery(*, strict: bool = False) -> Iterator[Gallery]:
    """Run a portal with files at every step of their way until the block ends.

    ``strict``: it demands a second factor, as every real office has it and the demo does not.
    """
    settings = "strict_sessions" if strict else "moved_clock"
    moved = {"DJANGO_SETTINGS_MODULE": f"tests.journeys.{settings}"}
    with running_portal(environment=moved, parts=()) as portal:
        set_clock(portal.var_dir, NOW)
        made = subprocess.run(
            [sys.executable, str(ROOT / "scripts" / "shots_world.py")],
            env=portal.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise SystemExit(made.stderr)
        portal.start(*PARTS)
        yield Gallery(portal, json.loads(made.stdout.splitlines()[-1]))
