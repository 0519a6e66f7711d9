"""What a decree says, without code: a standard entered, published, applied for, issued.

Four kinds of application with requirements of their own, a condition on two facts with an
alternative, a measured fact that computes a fee, a letter that another position signs in
mid-process, two bodies that answer it at the same time with papers of their own, work before the
check and after the permit, a representative, and what cannot succeed. The draft is previewed and
tried to its end before it is published; what was issued is extended. Everything is done in the
pages, the signing key too; only who certifies that key stands outside the portal.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.factories.keys import Issuer
from tests.journeys import acts
from tests.journeys.building import OWN_PASSWORD, PEOPLE, come_in, confirm, fill, obtain_key
from tests.journeys.decree import (
    BUREAU,
    FILE,
    FRONT,
    GROUND,
    HEAD,
    HOLDER,
    POWER,
    ROAD,
    SECRETARY,
    SERVICE,
    TEAM,
    TERM,
    VERSION,
    WORKS,
    WORKS_PERSON,
    build_office,
    enter_procedure,
    enter_standard,
    preview,
)
from tests.journeys.people import Person, Stage, Tally
from tests.journeys.trial_run import try_it

pytestmark = [pytest.mark.browser, pytest.mark.once]

# The administrator --------------------------------------------------------------------------------


def publish(first: Person, second: Person) -> None:
    """Proposed by one, read and confirmed by another."""
    first.follow("Usulkan penetapan")
    first.press("Usulkan penetapan")
    first.sees("Orang kedua sudah diberi tahu.")
    confirm(second, first.page.url, SERVICE, "Versi pertama di portal ini.")


def without_codes(exported: str) -> str:
    """Return a file of a standard without the codes of requirements, which are drawn by lot."""
    return re.sub(r'(?m)^(\[\[groups\.requirements\]\]\n)code = ".*"\n', r"\1", exported)


# The applicant ------------------------------------------------------------------------------------


def find(person: Person) -> None:
    """From the home page to the service."""
    person.visit("/")
    person.page.get_by_role("searchbox").first.fill("reklame")
    person.press("Cari")
    person.follow(SERVICE)
    person.heading(SERVICE)
    person.reads(TERM)


def needs(stranger: Person) -> None:
    """Before login: each kind has its own list, and what cannot succeed is said with its ground."""
    find(stranger)
    stranger.follow("Apa yang saya perlukan?")
    lists = {
        "Baru": "Gambar reklame",
        "Perpanjangan": "Foto reklame terpasang",
        "Perubahan": "Gambar perubahan reklame",
        "Penutupan": "Reklame sudah dibongkar",
    }
    for kind, paper in lists.items():
        stranger.page.locator(f"[name='tanya_jenis_permohonan'][value='{kind}']").check()
        stranger.press("Lihat daftarnya")
        shown = stranger.text()
        assert all((other in shown) is (other == paper) for other in lists.values()), kind
    stranger.page.locator("[name='tanya_lokasi'][value='Badan jalan']").check()
    stranger.press("Lihat daftarnya")
    stranger.reads("Dengan jawaban ini permohonan tidak dapat berhasil", ROAD, GROUND)


def apply(applicant: Person, folder: Path) -> str:
    """A representative applies for the holder; return the address of the file."""
    find(applicant)
    applicant.follow("Ajukan permohonan")
    applicant.press("Mulai mengisi")
    address = applicant.page.url
    applicant.follow("Lanjutkan mengisi")
    applicant.page.get_by_label("Badan usaha/lembaga").check()
    for label, words in {**acts.IDENTITY, "Nama pemegang izin": HOLDER}.items():
        applicant.page.get_by_role("textbox", name=label).fill(words)
    applicant.write("Isi reklame", "Toko Buku Contoh")
    applicant.press("Simpan dan lanjut")
    for name, value in (
        ("jenis_permohonan", "Baru"), ("diwakili", "ya"), ("lokasi", "Badan jalan"),
    ):  # fmt: skip
        applicant.page.locator(f"[name='tanya_{name}'][value='{value}']").check()
    applicant.page.locator("[name='tanya_luas']").fill("30")
    applicant.press("Simpan dan lanjut")
    applicant.reads(ROAD)
    applicant.page.locator("[name='tanya_lokasi'][value='Tanah sendiri']").check()
    applicant.press("Simpan dan lanjut")
    applicant.sees("Jawaban Anda membuka pertanyaan lanjutan.")
    fill(applicant, {"tanya_wakil_nama": "Budi Wakil", "tanya_wakil_nik": "1471014507900001"})
    applicant.press("Simpan dan lanjut")
    applicant.heading("Berkas persyaratan")
    papers = ("Gambar reklame", "Perhitungan konstruksi", POWER)
    for number, name in enumerate(papers):
        acts.upload(applicant, name, acts.paper(folder, f"berkas-{number}.pdf"))
    applicant.visit(address + "periksa/")
    applicant.reads("Budi Wakil", HOLDER)
    acts.send(applicant)
    applicant.heading("Permohonan Anda sudah kami terima")
    applicant.reads(TERM)
    return address


# The officers -------------------------------------------------------------------------------------


def take(officer: Person) -> None:
    """Open the file as soon as it lies at one's desk."""
    officer.visit("/meja/")
    link = officer.page.get_by_role("table").get_by_role("link", name=HOLDER)
    officer.waits_for(lambda: link)
    link.first.click()
    officer.heading(HOLDER)


def pass_on(officer: Person, letter: Path | None = None, **recorded: str) -> None:
    """Do the work of a step, and pass the file on, with a letter that came from outside."""
    take(officer)
    if letter is not None:
        officer.page.get_by_label("Surat dari luar kantor").set_input_files(letter)
        officer.write("Keterangan surat", "Satpol PP, 300/7/2026, 16 November 2026")
    fill(officer, {f"catat_{name}": words for name, words in recorded.items()})
    officer.press("Selesai, teruskan berkas")
    officer.sees(re.compile("diteruskan"))


def check(front: Person) -> None:
    """Find every paper in order; the clock starts."""
    take(front)
    for article in front.page.get_by_role("article").all():
        if article.get_by_role("button", name=re.compile("^Sesuai")).count():
            article.get_by_role("link").locator("visible=true").first.click()
            article.get_by_role("button", name=re.compile("^Sesuai")).click()
            expect(article.get_by_text("Belum diperiksa")).to_have_count(0)
    front.press("Nyatakan lengkap dan benar")
    front.sees("Berkas dinyatakan lengkap dan benar, lalu diteruskan.")


def letter(bureau: Person, secretary: Person) -> None:
    """The letter to the agency is written, and signed by another position."""
    take(bureau)
    bureau.press("Simpan konsep dan lihat")
    bureau.sees("Konsep tersimpan. Pratinjaunya disiapkan.")
    acts.sees_draft(bureau)
    bureau.press("Selesai, teruskan berkas")
    bureau.sees(re.compile("diteruskan"))
    take(secretary)
    acts.sign(secretary, OWN_PASSWORD)


def answer(performer: Person, opinion: str, file: Path, note: str = "") -> None:
    """Give the part that one owes, with a letter."""
    take(performer)
    assert not performer.page.get_by_role("button", name="Selesai, teruskan berkas").count()
    performer.page.get_by_label(opinion, exact=True).check()
    performer.page.get_by_role("textbox", name="Catatan").fill(note)
    performer.page.get_by_label("Surat atau berkas").set_input_files(file)
    performer.press("Kirim bagian Anda")
    performer.sees("Bagian Anda tercatat di kartu kendali.")


def hear(bureau: Person, team: Person, works: Person, folder: Path) -> None:
    """A partner body and a team are asked at once; their letters are read, the file goes on."""
    take(bureau)
    bureau.reads(f"Belum masuk: {WORKS}, {TEAM}")
    assert not bureau.page.get_by_role("button", name="Selesai, teruskan berkas").count()
    answer(team, "Tidak ada keberatan", acts.paper(folder, "telaah.pdf"))
    take(bureau)
    bureau.reads(f"Belum masuk: {WORKS}")
    words = "Sisakan jalan masuk."
    answer(works, "Dengan catatan", acts.paper(folder, "pertimbangan.pdf"), words)
    works.heading("Antrean")  # what the body answered is out of its sight
    assert not works.page.get_by_role("link", name=HOLDER).count()
    take(bureau)
    bureau.reads(words, "Dengan catatan", "Tidak ada keberatan")
    for name in ("pertimbangan.pdf", "telaah.pdf"):
        link = bureau.page.get_by_role("link", name=name)
        assert bureau.download(link.get_attribute("href") or "").startswith(b"%PDF-")
    desk = bureau.page.url
    pass_on(bureau, nomor_dan_tanggal_surat_pertimbang="600/12/PUPR, 16 November 2026")
    bureau.visit(f"{desk}riwayat/")
    bureau.reads(f"Bagian {WORKS} pada langkah 7: Dengan catatan", "pertimbangan.pdf")
    bureau.visit(f"{desk}kartu/")
    bureau.reads(f"{WORKS}: Dengan catatan. {words}", WORKS_PERSON[0], "pertimbangan.pdf")


def collect_fee(bureau: Person, front: Person, folder: Path) -> None:
    """The fee follows from the measured area; the clock stands while it is to be paid."""
    take(bureau)
    bureau.reads("Rp 1.800.000", "Jaminan bongkar", "Rp 100.000")
    bureau.press("Tetapkan tagihan")
    bureau.sees("Selesai, teruskan berkas")
    pass_on(bureau)
    take(front)
    front.reads("Rp 1.900.000", "enunggu pemohon")
    payment = front.page.locator("form").filter(has=front.page.locator("[name='proof']"))
    fill(front, {"paid_on": "2026-11-16", "amount": "1900000"}, within=payment)
    payment.locator("[name='proof']").set_input_files(acts.paper(folder, "bukti.pdf"))
    front.press("Catat pembayaran")
    front.sees(re.compile("diteruskan"))


def issue(officers: dict[str, Person], folder: Path) -> str:
    """Draft, initials, signature, number; return the number."""
    bureau, front = officers[BUREAU], officers[FRONT]
    take(bureau)
    acts.draft(bureau)
    take(officers[SECRETARY])
    acts.initial(officers[SECRETARY])
    take(officers[HEAD])
    acts.sign(officers[HEAD], OWN_PASSWORD)
    take(bureau)
    button = bureau.page.get_by_role("button", name="Catat nomor dalam register dan terbitkan")
    bureau.waits_for(lambda: button)
    number = acts.number(bureau)
    take(front)
    front.write("Nama penerima", "Budi Wakil")
    front.press("Catat penyerahan")
    take(bureau)  # the report, after the permit, with the answer of an agency without a desk
    desk = bureau.page.url
    pass_on(bureau, acts.paper(folder, "tanda-terima-satpol.pdf"))
    bureau.visit(desk)
    bureau.reads("Satpol PP, 300/7/2026, 16 November 2026")
    link = bureau.page.get_by_role("link", name="tanda-terima-satpol.pdf")
    bureau.visit(link.get_attribute("href") or "")  # the file is at no desk any more
    bureau.heading("Alasan membuka data pemohon")
    return number


def test_any_standard(
    stage: Stage,
    administrators: tuple[Person, Person],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, second = administrators
    first.tally, second.tally = Tally(), Tally()  # what comes before is of the portal
    anchors = stage.portal.var_dir / "trust" / "anchors"  # whose certificates the portal takes
    anchors.mkdir()
    issuer = Issuer(anchors)
    build_office(first, second)
    obtain_key(first, second, issuer)
    office, first.tally = first.tally, Tally()
    enter_procedure(first)
    enter_standard(first)
    standard, first.tally = first.tally, Tally()
    preview(first)
    try_it(first)
    looks, first.tally = first.tally, standard
    page = first.page.url
    publish(first, second)
    parts = {"office": office, "standard": standard, "second": second.tally, "looks": looks}
    together = sum(tally.minutes for tally in parts.values())
    with capsys.disabled():
        print("", *(f"{tally} ({part})" for part, tally in parts.items()), sep="\n")  # noqa: T201
        print(f"together: about {together:.1f} minutes")  # noqa: T201
    assert together < 60
    first.visit(page)
    link = first.page.get_by_role("link", name="Unduh sebagai berkas")
    exported = first.download(link.get_attribute("href") or "").decode()
    assert without_codes(exported) == without_codes(FILE.read_text(encoding="utf-8"))

    stranger = stage.person(width=400)
    needs(stranger)
    applicant = stage.person("pemohon2@demo.invalid", width=400)
    apply(applicant, tmp_path)
    officers = {chair: come_in(stage, email) for chair, (_name, email) in PEOPLE.items()}
    bureau, front = officers[BUREAU], officers[FRONT]
    pass_on(front)
    check(front)
    pass_on(bureau, luas_ukur="12")
    letter(bureau, officers[SECRETARY])
    works = come_in(stage, WORKS_PERSON[1], width=360)
    hear(bureau, front, works, tmp_path)
    collect_fee(bureau, front, tmp_path)
    number = issue(officers, tmp_path)

    stranger.visit("/periksa-dokumen/")
    stranger.write("Nomor atau kode dokumen", number)
    stranger.press("Periksa nomor atau kode")
    stranger.reads("Asli dan berlaku", VERSION["certificate_title"], "16 November 2027")
