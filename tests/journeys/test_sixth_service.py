"""A service that nobody programmed: entered by an administrator, published, applied for, issued."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import acts
from tests.journeys.building import Row, add_rows, fill, publish_alone, put, save
from tests.journeys.people import Person, Stage

pytestmark = [pytest.mark.browser, pytest.mark.once]

OFFICE = "DPMPTSP Kota Pekanbaru"
SERVICE = "Izin Pameran Seni"
SOP = "SOP Izin Pameran Seni"
HOLDER = "Sanggar Lukis Contoh"
OTHERWISE = "atau: kemungkinan lain"

ROLES: tuple[Row, ...] = (  # the applicant's column is there already
    {"label": "Front Office", "position": "Front Office"},
    {"label": "Pengolah", "position": "Back Office"},
    {"label": "Sekretaris", "position": "Sekretaris"},
    {"label": "Kepala Dinas", "position": "Kepala DPMPTSP Kota Pekanbaru"},
)
STEPS: tuple[Row, ...] = (
    {"kind": "ajukan", "activity": "Pemohon mengajukan berkas", "role": "Pemohon"},
    {"kind": "periksa", "activity": "Memeriksa kelengkapan berkas", "role": "Front Office",
     "standard_amount": "30", "standard_unit": "menit_kerja"},
    {"kind": "konsep", "activity": "Menyusun konsep surat izin", "role": "Pengolah"},
    {"kind": "paraf", "activity": "Memaraf konsep surat izin", "role": "Sekretaris"},
    {"kind": "tanda_tangan", "activity": "Menandatangani surat izin", "role": "Kepala Dinas",
     "standard_amount": "1", "standard_unit": "hari_kerja"},
    {"kind": "nomor", "activity": "Memberi nomor surat izin", "role": "Pengolah"},
    {"kind": "serahkan", "activity": "Menyerahkan surat izin", "role": "Front Office"},
)  # fmt: skip
REQUIREMENTS: tuple[Row, ...] = (
    {"kind": "isi_formulir", "text": "Mengisi formulir permohonan"},
    {"kind": "unggah", "text": "Denah ruang pameran"},
    {"kind": "nyatakan", "text": "Bersedia menjaga ketertiban umum"},
)
VERSION = {
    "effective_on": "16/11/2026",
    "term_amount": "3",
    "product": "Surat Izin Pameran Seni",
    "certificate_title": "Izin Pameran Seni",
    "certificate_statement": "Pemegang surat ini diizinkan menyelenggarakan pameran seni.",
    "number_pattern": "555/{nomor:04}/SENI/{bulan_romawi}/{tahun}",
    "validity_months": "6",
}


def enter_procedure(admin: Person) -> None:
    """The SOP: first the columns, then the steps."""
    admin.visit("/admin/standards/procedure/add/")
    fill(admin, {"office": OFFICE, "name": SOP, "total_text": "3 hari kerja"})
    save(admin)
    add_rows(admin, "roles", ROLES)
    save(admin)
    add_rows(admin, "steps", STEPS)
    save(admin)
    numbers = admin.page.locator("[name^='steps-'][name$='-returns_to']")
    expect(numbers).to_have_count(len(STEPS) + 1)  # with the empty row to copy from
    put(admin.page.locator("[name='steps-1-returns_to']"), "1. Pemohon mengajukan berkas")
    save(admin)
    admin.sees("Prosedur ini dapat dijalankan")


def enter_service(admin: Person) -> None:
    """The service (its address makes itself from the name), and a first draft of its standard."""
    admin.visit("/admin/standards/service/add/")
    summary = "Untuk sanggar yang memamerkan karya di ruang umum."
    fill(admin, {"office": OFFICE, "name": SERVICE, "summary": summary})
    save(admin)
    admin.follow("Mulai standar pelayanan")
    save(admin)


def enter_standard(admin: Person) -> None:
    """Promise, certificate, fourteen components, requirements, form, fee, legal ground, SOP."""
    admin.sees("Belum dapat ditetapkan, karena:")
    bodies = admin.page.locator("[name^='components-'][name$='-body']")
    expect(bodies).to_have_count(14)
    admin.page.locator("#components-group summary").first.click()
    for number in range(14):
        fill(admin, {f"components-{number}-body": f"Uraian komponen ke-{number + 1}."})
    fill(admin, VERSION)
    add_rows(admin, "fees", ({"label": "Biaya layanan", "amount": "0"},))
    add_rows(
        admin, "procedure_links", ({"procedure": f"{SOP} (sop-izin-pameran-seni, dapat diubah)"},)
    )
    add_rows(admin, "requirements", REQUIREMENTS)
    add_rows(admin, "facts", ({"label": "Tema pameran"},))
    add_rows(admin, "legal_bases", ({"text": "Undang-Undang Nomor 25 Tahun 2009"},))
    save(admin)
    admin.sees("Konsep ini lengkap")


def test_sixth_service(stage: Stage, tmp_path: Path) -> None:
    admin = stage.person("admin@demo.invalid")
    enter_procedure(admin)
    enter_service(admin)
    enter_standard(admin)
    admin.follow("Usulkan penetapan")
    admin.reads("Berlaku mulai Senin, 16 November 2026", SOP)
    publish_alone(stage, admin, SERVICE)
    stage.leave(admin)
    path = apply(stage.person("pemohon2@demo.invalid"), tmp_path)
    acts.advance(stage.portal, path, "")
    stranger = stage.person()
    stranger.visit("/periksa-dokumen/")
    stranger.write("Nomor atau kode dokumen", "555/0001/SENI/XI/2026")
    stranger.press("Periksa nomor atau kode")
    stranger.reads("Asli dan berlaku", "Izin Pameran Seni", "16 Mei 2027")


def apply(applicant: Person, folder: Path) -> str:
    """Find the new service, fill its form, send; return the address of the file."""
    applicant.visit("/")
    applicant.page.get_by_role("searchbox").first.fill("pameran seni")
    applicant.press("Cari")
    applicant.follow(SERVICE)
    applicant.reads("3 hari kerja", "Gratis", "Denah ruang pameran")
    expect(applicant.page.get_by_text("Uraian komponen ke-14.")).to_have_count(1)
    applicant.follow("Ajukan permohonan")
    applicant.press("Mulai mengisi")
    path = applicant.page.url.removeprefix("http://").partition("/")[2]
    applicant.follow("Lanjutkan mengisi")
    applicant.page.get_by_label("Badan usaha/lembaga").check()
    for label, words in {**acts.IDENTITY, "Nama pemegang izin": HOLDER}.items():
        applicant.page.get_by_role("textbox", name=label).fill(words)
    applicant.write("Tema pameran", "Sungai Siak")
    applicant.press("Simpan dan lanjut")
    acts.upload_all(applicant, folder, {"Denah ruang pameran": "denah.pdf"})
    applicant.visit(f"/{path}periksa/")
    acts.send(applicant)
    applicant.heading("Permohonan Anda sudah kami terima")
    return f"/{path}"


def order_of(admin: Person) -> list[str]:
    """Return the requirements from top to bottom as the page shows them."""
    fields = admin.page.locator("[name^='requirements-'][name$='-text']")
    return [words for field in fields.all() if (words := field.input_value())]


def begin_standard(admin: Person, name: str) -> None:
    """Make a service and begin its first standard."""
    admin.visit("/admin/standards/service/add/")
    fill(admin, {"office": OFFICE, "name": name})
    save(admin)
    admin.follow("Mulai standar pelayanan")
    save(admin)


def test_requirements_are_pasted_and_moved(stage: Stage) -> None:
    """On the short page of one list: out of a document, then by keyboard and by mouse."""
    admin = stage.person("admin@demo.invalid")
    begin_standard(admin, "Izin Pentas Musik")
    admin.page.locator(".outline").get_by_role("link", name="Persyaratan").click()
    admin.open("Tempel dari dokumen")
    admin.page.locator("[name='pasted']").fill("1. KTP\n2. Denah\n3. Surat pernyataan\n4. Foto")
    save(admin)
    admin.sees("4 baris dimasukkan dari dokumen.")
    assert order_of(admin) == ["KTP", "Denah", "Surat pernyataan", "Foto"]
    handles = admin.page.locator("#requirements-group .row-handle")
    handles.nth(3).press("ArrowUp")
    handles.nth(2).press("ArrowUp")
    assert order_of(admin) == ["KTP", "Foto", "Denah", "Surat pernyataan"]
    expect(admin.page.locator("#requirements-group .row-said")).to_contain_text("2 / 4")
    # both rows in sight: a page that scrolls under a held pointer moves the row on its own
    admin.page.set_viewport_size({"width": 1280, "height": 4000})
    handles.nth(0).drag_to(handles.nth(2))
    moved = ["Foto", "KTP", "Denah", "Surat pernyataan"]
    assert order_of(admin) == moved
    save(admin)
    assert order_of(admin) == moved
    stage.leave(admin)


def test_what_was_just_typed_is_chosen(stage: Stage) -> None:
    """A fact in the condition of another before anything is saved; its code is made."""
    admin = stage.person("admin@demo.invalid")
    begin_standard(admin, "Izin Pasar Malam")
    add_rows(
        admin,
        "facts",
        (
            {"label": "Lokasi pasar", "kind": "pilihan", "choices_text": "Lapangan; kota\nJalan"},
            {"label": "Lokasi pasar", "kind": "luas"},
            {"label": "Penjaga"},
        ),
    )
    fact = admin.page.locator("#facts-2")
    choose(fact, "Lokasi pasar", "salah satu dari", ["Lapangan; kota", "Jalan"])
    again = fact.get_by_role("button", name="Tambah syarat")
    again.click()
    fact.get_by_role("combobox", name="Isian", exact=True).select_option(value="lokasi_pasar_2")
    fact.get_by_label("Perbandingan").select_option(label="paling sedikit")
    expect(fact.locator("label:visible", has_text="Jawaban")).to_have_count(1)
    fact.get_by_role("textbox", name="Jawaban").fill("100")
    fact.get_by_role("button", name="Tulis syarat ini").click()
    again.click()
    fact.get_by_role("combobox", name="Isian", exact=True).select_option(value="lokasi_pasar_2")
    fact.get_by_label("Perbandingan").select_option(label="tidak diisi")
    expect(fact.locator("label:visible", has_text="Jawaban")).to_have_count(0)
    fact.get_by_label("Digabung dengan yang sudah tertulis").select_option(label=OTHERWISE)
    fact.get_by_role("button", name="Tulis syarat ini").click()
    written = 'lokasi_pasar = "Lapangan; kota" | Jalan; lokasi_pasar_2 >= 100'
    condition = admin.page.locator("[name='facts-2-when']")
    expect(condition).to_have_value(f"{written}\nlokasi_pasar_2 tidak diisi")
    save(admin)
    expect(condition).to_have_value(f"{written}\nlokasi_pasar_2 tidak diisi")
    stage.leave(admin)


def choose(row: Locator, fact: str, operator: str, answers: list[str]) -> None:
    """Write a condition by choosing its parts."""
    row.get_by_role("button", name="Tambah syarat").click()
    row.get_by_role("combobox", name="Isian", exact=True).select_option(label=fact)
    row.get_by_label("Perbandingan").select_option(label=operator)
    row.get_by_role("listbox", name="Jawaban").select_option(answers)
    row.get_by_role("button", name="Tulis syarat ini").click()
