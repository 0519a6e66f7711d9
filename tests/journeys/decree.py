"""What a decree says, entered by an administrator: an office, an SOP, a standard, its preview."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.building import (
    CHAIRS,
    OFFICE,
    PEOPLE,
    Row,
    add_rows,
    appoint,
    fill,
    invite_all,
    make_body,
    make_office,
    save,
    tick,
)
from tests.journeys.people import PATIENCE, Person

FILE = Path(__file__).with_name("reklame.toml")  # what this office exports in the end
SERVICE, SOP = "Izin Penyelenggaraan Reklame", "SOP Izin Reklame"
HOLDER = "CV Papan Nama Contoh"
BUREAU, FRONT = "Kepala Bidang Perizinan", "Front Office"
SECRETARY, HEAD = "Sekretaris", "Kepala Dinas"
# who is heard at the same time: a partner body with a position of its own, and a team of the office
WORKS, WORKS_DESK = "Dinas PUPR", "Kepala Seksi Tata Ruang"
WORKS_PERSON = ("Tono Contoh", "tono@contoh.invalid")
TEAM = "Tim Pertimbangan Reklame"
HEARD = {WORKS: f"{WORKS_DESK}, {WORKS}", TEAM: TEAM}
ROLES: tuple[Row, ...] = (
    *({"label": name, "position": name} for name in PEOPLE),
    *({"label": label, "position": position} for label, position in HEARD.items()),
)
DAYS = "hari_kerja"


def step(kind: str, activity: str, role: str, **more: str) -> Row:
    """One row of the SOP."""
    named: Row = {} if kind == "kerjakan" else {"kind": kind}  # ordinary work stands there
    return {**named, "activity": activity, "role": role, **more}


STEPS: tuple[Row, ...] = (
    step("ajukan", "Mengajukan permohonan", "Pemohon"),
    step("kerjakan", "Mencatat berkas dalam agenda", FRONT),
    step("periksa", "Memeriksa kelengkapan", FRONT,
         standard_amount="30", standard_unit="menit_kerja"),
    step("kerjakan", "Mengukur bidang reklame", BUREAU,
         standard_minimum="1", standard_amount="2", standard_unit=DAYS),
    step("kerjakan", "Menyusun permintaan pertimbangan teknis", BUREAU),
    step("kerjakan", "Menandatangani permintaan pertimbangan", SECRETARY),
    step("kerjakan", "Meminta pertimbangan dan mencatat jawabannya", BUREAU, clock="lembaga",
         standard_amount="3", standard_unit=DAYS, performers="\n".join(HEARD)),
    step("kerjakan", "Menetapkan retribusi", BUREAU),
    step("bayar", "Membayar retribusi", "Pemohon", recorded_by=FRONT),
    step("konsep", "Menyusun konsep izin", BUREAU),
    step("paraf", "Memaraf konsep izin", SECRETARY),
    step("tanda_tangan", "Menandatangani izin", HEAD, standard_amount="1", standard_unit=DAYS),
    step("nomor", "Memberi nomor izin", BUREAU),
    step("serahkan", "Menerima izin", "Pemohon", recorded_by=FRONT),
    step("kerjakan", "Melaporkan izin kepada Satpol PP", BUREAU),
)  # fmt: skip
FACTS: tuple[Row, ...] = (
    {"label": "Lokasi reklame", "kind": "pilihan", "key": "lokasi",
     "choices_text": "Tanah sendiri\nTanah negara\nBadan jalan"},
    {"label": "Luas bidang reklame", "kind": "luas", "key": "luas"},
    {"label": "Isi reklame", "carried": "ya"},
    {"label": "Luas hasil ukur", "kind": "luas", "key": "luas_ukur", "asked_at": "4"},
    {"label": "Nomor dan tanggal surat pertimbangan", "asked_at": "7"},
)  # fmt: skip
NEW, LONGER = "jenis_permohonan = Baru", "jenis_permohonan = Perpanjangan"
BUILT = "jenis_permohonan = Baru; luas >= 24\nlokasi = Tanah negara"
REQUIREMENTS: tuple[Row, ...] = (
    {"text": "Gambar reklame",
     "when": NEW},
    {"text": "Gambar perubahan reklame",
     "when": "jenis_permohonan = Perubahan"},
    {"text": "Foto reklame terpasang", "when": LONGER},
    {"kind": "nyatakan", "text": "Reklame sudah dibongkar",
     "when": "jenis_permohonan = Penutupan"},
    {"text": "Perhitungan konstruksi", "when": BUILT},
)  # fmt: skip
POWER = "Surat kuasa dari pemegang izin kepada wakilnya"  # asked by the portal itself
GROUND = "Perda 7/2021 tentang Ketertiban Umum, Pasal 12"
ROAD = "Reklame di atas badan jalan tidak dapat diberi izin."
HINDRANCE: Row = {"sentence": ROAD, "when": "lokasi = Badan jalan", "ground": GROUND}
FEE: Row = {
    "label": "Retribusi reklame", "kind": "per_satuan", "amount": "150000", "units": "luas_ukur",
    "step": "8", "when": "jenis_permohonan != Penutupan", "ground": "Perda 5/2023, Lampiran III",
}  # fmt: skip
DEPOSIT: Row = {
    "label": "Jaminan bongkar", "kind": "tabel", "when": NEW, "ground": "Perda 5/2023, Pasal 9",
}  # fmt: skip
DEPOSITS: tuple[Row, ...] = (
    {"rule": "Jaminan bongkar", "amount": "100000", "when": "lokasi = Tanah sendiri"},
    {"rule": "Jaminan bongkar", "amount": "250000"},
)
CLOSING: Row = {
    "title": "Penutupan Reklame", "when": "jenis_permohonan = Penutupan",
    "statement": "Izin reklame {pemegang} diakhiri.", "is_closure": "ya",
}  # fmt: skip
LETTER: Row = {
    "title": "Permintaan pertimbangan teknis", "addressee": "Kepala Dinas PUPR",
    "body": "Mohon pertimbangan atas {layanan} oleh {pemegang} seluas {luas_ukur}.",
    "written_at": "5", "signed_at": "6",
}  # fmt: skip
TERM = "5-7 hari kerja"
VERSION: Row = {
    "effective_on": "16/11/2026", "term_minimum": "5", "term_amount": "7",
    "product": "Surat Izin Reklame",
    "certificate_title": "Izin Penyelenggaraan Reklame",
    "certificate_statement": "Pemegang surat ini diizinkan menyelenggarakan reklame.",
    "number_pattern": "503/{nomor:04}/REK/{bulan_romawi}/{tahun}", "validity_months": "12",
}  # fmt: skip


def build_office(first: Person, second: Person) -> None:
    """The office and its partner body, and their people, each in a chair."""
    make_office(first, (*CHAIRS, TEAM))
    make_body(first, WORKS, "dpupr", WORKS_DESK)
    invite_all(first, *((*person, OFFICE) for person in PEOPLE.values()), (*WORKS_PERSON, WORKS))
    for chair, (_name, email) in PEOPLE.items():
        appoint(first, second, f"{OFFICE} - {chair}", email)
    appoint(first, second, f"{OFFICE} - {TEAM}", PEOPLE[FRONT][1])
    appoint(first, second, f"{WORKS} - {WORKS_DESK}", WORKS_PERSON[1])


def enter_procedure(admin: Person) -> None:
    """Columns and rows of the SOP; the check sends back to the filing."""
    admin.visit("/admin/standards/procedure/add/")
    fill(admin, {"office": OFFICE, "name": SOP})
    save(admin)  # from now on the chairs of the office can be chosen
    add_rows(admin, "roles", ROLES)
    add_rows(admin, "steps", STEPS)
    save(admin)
    fill(admin, {"steps-2-returns_to": "1. Mengajukan permohonan"})
    save(admin)
    admin.sees("Prosedur ini dapat dijalankan")


def enter_standard(admin: Person) -> None:
    """The service and the whole of its standard."""
    admin.visit("/admin/standards/service/add/")
    fill(admin, {"office": OFFICE, "name": SERVICE, "summary": "Untuk papan nama dan baliho."})
    save(admin)
    admin.follow("Mulai standar pelayanan")
    save(admin)
    admin.page.locator("#components-group summary").first.click()
    admin.tally.clicks += 1
    for number in range(14):
        fill(admin, {f"components-{number}-body": f"Uraian komponen ke-{number + 1}."})
    fill(admin, VERSION)
    tick(admin, "kind_new", "kind_extension", "kind_change", "kind_closure")
    tick(admin, "represented", "previous")
    add_rows(admin, "procedure_links", ({"procedure": f"{SOP} (sop-izin-reklame, dapat diubah)"},))
    add_rows(admin, "legal_bases", ({"text": "Undang-Undang Nomor 25 Tahun 2009"},))
    save(admin)  # from now on the steps of the SOP can be chosen
    add_rows(admin, "facts", FACTS)
    add_rows(admin, "requirements", REQUIREMENTS)
    add_rows(admin, "eligibility_rules", (HINDRANCE,))
    add_rows(admin, "fees", (FEE, DEPOSIT))
    add_rows(admin, "fee_rows", DEPOSITS)
    add_rows(admin, "permits", (CLOSING,))
    add_rows(admin, "papers", (LETTER,))
    save(admin)
    admin.sees("Konsep ini lengkap")


def preview(admin: Person) -> None:
    """As citizens will see it, with the whole condition as one sentence; receipt and papers."""
    admin.follow("Pratinjau")
    admin.reads(
        SERVICE, TERM, ROAD, GROUND, "Perhitungan konstruksi",
        "Hanya jika “Jenis permohonan” adalah Baru dan “Luas bidang reklame” paling sedikit 24 m²",
        "atau “Lokasi reklame” adalah Tanah negara", "Jaminan bongkar", "Rp 250.000",
    )  # fmt: skip
    admin.follow("Formulir")
    admin.reads("Isi reklame")
    for tab, papers in (("Tanda terima", 1), ("Dokumen", 4)):
        admin.follow(tab, exact=True)
        read_papers(admin, papers)


def read_papers(admin: Person, count: int) -> None:
    """Read every paper, which the page itself shows, as long as a page is read."""
    links = admin.page.get_by_role("link", name="Buka (PDF)")
    expect(links).to_have_count(count, timeout=PATIENCE * 1000)  # the page asks by itself
    for link in links.all():
        assert admin.download(link.get_attribute("href") or "").startswith(b"%PDF-")
        admin.tally.pages += 1
