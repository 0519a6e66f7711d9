"""What people do at their pages, said once: filing, checking, inspecting, drafting, signing."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.journeys.papers import write_pdf, write_photo
from tests.journeys.people import PASSWORD, Person
from tests.servers import Portal

SERVICE = "Tanda Daftar Bursa Kerja Khusus"
OFFICE = "pekanbaru.demo.invalid"
HOLDER = "BKK SMK Negeri Contoh"
IDENTITY = {
    "Nama pemegang izin": HOLDER,
    "Nama penanggung jawab": "Siti Rahmawati",
    "NIK penanggung jawab": "1471014507900001",
    "Alamat": "Jalan Melati Nomor 2, Kelurahan Simpang Baru",
    "Nomor telepon": "0812 3456 7890",
}
FIELDS = {
    "Nama Bursa Kerja Khusus": "BKK Karya Muda",
    "Nomor izin operasional lembaga/sekolah": "420/112/2019",
    "Luas ruangan kantor": "24,5",
    "Rencana penempatan selama 1 tahun": "120",
}
PAPERS = {
    "Foto Copy izin operasional": "izin-operasional.pdf",
    "Pas Photo 4x6": "pas-foto.png",
    "Foto Copy KTP": "ktp.jpg",
    "Keterangan luas ruangan": "luas-ruangan.pdf",
    "Struktur organisasi BKK": "struktur-organisasi.pdf",
    "Rencana penempatan tenaga kerja": "rencana-penempatan.pdf",
}


def paper(folder: Path, name: str) -> Path:
    """Write the paper of this name, a PDF or a photo."""
    path = folder / name
    return write_pdf(path, path.stem) if path.suffix == ".pdf" else write_photo(path, path.stem)


# The applicant ------------------------------------------------------------------------------------


def start(applicant: Person) -> str:
    """Begin an application of the service; return the address of the draft."""
    applicant.visit("/ajukan/pekanbaru/tanda-daftar-bkk/")
    applicant.press("Mulai mengisi")
    applicant.heading(SERVICE)
    return applicant.page.url


def fill_form(applicant: Person) -> None:
    """Fill the form on its page and save it."""
    applicant.page.get_by_label("Badan usaha/lembaga").check()
    for label, words in {**IDENTITY, **FIELDS}.items():
        applicant.page.get_by_role("textbox", name=label).fill(words)
    applicant.page.get_by_label("Sekolah kejuruan").check()
    applicant.press("Simpan dan lanjut")
    applicant.heading("Berkas persyaratan")


def upload(applicant: Person, requirement: str, file: Path) -> None:
    """Choose a file for one requirement; a script uploads it at once, without one a button does."""
    box = applicant.page.get_by_label(re.compile(f"Pilih berkas.*: {re.escape(requirement)}", re.S))
    box.set_input_files(file)
    link = applicant.page.get_by_role("link", name=file.name)
    expect(link).to_be_visible()


def upload_all(applicant: Person, folder: Path, papers: dict[str, str] | None = None) -> None:
    """Upload every paper, each at its requirement, and declare what is only declared."""
    for requirement, name in (papers or PAPERS).items():
        upload(applicant, requirement, paper(folder, name))
    declared = applicant.page.get_by_label("Saya menyatakan memenuhi persyaratan ini")
    if declared.count():
        declared.check()
    applicant.press("Simpan dan lanjut")


def send(applicant: Person, button: str = "Kirim permohonan") -> None:
    """Declare everything true and send."""
    applicant.page.get_by_label("Saya menyatakan bahwa data dan berkas").check()
    applicant.press(button)


def apply(applicant: Person, folder: Path) -> str:
    """File a whole application in one go; return its address."""
    address = start(applicant)
    applicant.follow("Lanjutkan mengisi")
    fill_form(applicant)
    upload_all(applicant, folder)
    applicant.visit(address + "periksa/")
    send(applicant)
    applicant.heading("Permohonan Anda sudah kami terima")
    return address


# The officers -------------------------------------------------------------------------------------


def open_file(officer: Person, holder: str = HOLDER) -> str:
    """Open the file from the worklist; return its address."""
    officer.visit("/meja/")
    officer.heading("Antrean")
    officer.page.get_by_role("table").get_by_role("link", name=holder).first.click()
    officer.heading(holder)
    return officer.page.url


def give_part(officer: Person, opinion: str, note: str = "", file: Path | None = None) -> None:
    """Give the part of the open step."""
    open_file(officer)
    officer.page.get_by_label(opinion, exact=True).check()
    if note:
        officer.page.get_by_role("textbox", name="Catatan").fill(note)
    if file is not None:
        officer.page.get_by_label("Surat atau berkas").set_input_files(file)
    officer.press("Kirim bagian Anda")
    officer.sees("Bagian Anda tercatat di kartu kendali.")


def receive(officer: Person) -> None:
    """Put one's initials for receipt on the routing card."""
    officer.press("Terima berkas")
    officer.sees("Penerimaan berkas tercatat di kartu kendali.")


def article_of(officer: Person, requirement: str) -> Locator:
    """Return the requirement with its paper and its buttons."""
    heading = officer.page.get_by_role("heading", name=requirement)
    return officer.page.get_by_role("article").filter(has=heading)


def accept(officer: Person, requirement: str) -> None:
    """Find one paper in order."""
    article = article_of(officer, requirement)
    article.get_by_role("link").locator("visible=true").first.click()
    article.get_by_role("button", name=re.compile("^Sesuai")).click()
    expect(article.get_by_text("Belum diperiksa")).to_have_count(0)


def refuse(officer: Person, requirement: str, reason: str) -> None:
    """Find one paper not in order, with the reason for the applicant."""
    article = article_of(officer, requirement)
    article.locator("summary").filter(has_text="Tidak sesuai").click()
    article.get_by_label("Alasan, dibaca pemohon").fill(reason)
    article.get_by_role("button", name="Tandai tidak sesuai").click()
    expect(article.get_by_text(f"Alasan: {reason}")).to_be_visible()


def inspect(
    officer: Person, photo: Path, findings: str = "Ruang layanan ada dan layak pakai."
) -> None:
    """Write the minutes with a photo; the file goes on."""
    page = officer.page
    page.get_by_label("Anggota tim").fill("Rahmat Hidayat, Dewi Lestari")
    page.get_by_label("Temuan").fill(findings)
    page.get_by_label("Memenuhi syarat", exact=True).check()
    page.get_by_label(re.compile("^Foto 1")).set_input_files(photo)
    page.get_by_label("Keterangan foto 1").fill("Tampak depan kantor")
    officer.press("Simpan berita acara dan teruskan")
    officer.sees("Berita acara tersimpan dan berkas diteruskan.")


def sees_draft(officer: Person) -> bytes:
    """Wait for the rendered draft beside the act; return the PDF."""
    link = officer.page.get_by_role("link", name="Buka konsep (PDF)")
    expect(link).to_be_visible(timeout=45_000)
    content = officer.download(link.get_attribute("href") or "")
    assert content.startswith(b"%PDF-")
    return content


def draft(officer: Person) -> bytes:
    """Write the draft, look at the PDF, hand it on for initials."""
    officer.press("Simpan konsep dan lihat")
    officer.sees("Konsep tersimpan. Pratinjaunya disiapkan.")
    content = sees_draft(officer)
    officer.press("Teruskan untuk paraf")
    officer.sees("Konsep diteruskan untuk diparaf.")
    return content


def initial(officer: Person) -> None:
    """Look at the draft and put one's initials under it."""
    sees_draft(officer)
    officer.press("Bubuhkan paraf")
    officer.sees("Paraf dibubuhkan dan berkas diteruskan.")


def password_of(head: Person) -> Locator:
    """Return the field of the password beside the signature; a refusal has one of its own."""
    button = head.page.get_by_role("button", name="Tanda tangani dokumen")
    return head.page.locator("form").filter(has=button).get_by_label("Kata sandi Anda")


def sign(head: Person, password: str = PASSWORD) -> None:
    """Look at the draft, give the password afresh, sign."""
    sees_draft(head)
    password_of(head).fill(password)
    head.press("Tanda tangani dokumen")
    head.sees("Persetujuan Anda tercatat.")


def number(officer: Person) -> str:
    """Enter the number in the register; return it."""
    text = officer.page.get_by_text(re.compile(r"^503/\d{4}/")).first.inner_text()
    officer.press("Catat nomor dalam register dan terbitkan")
    officer.sees("Nomor tercatat dalam register dan dokumen terbit.")
    return text


# What need not be seen in a browser ---------------------------------------------------------------

_PLAY = """
from django.utils import timezone
from accounts.models import User
from permits.models import Application
from demo import samples
from standards.domain.steps import StepKind
from standards.models import Service
now = timezone.now()
"""


def sent(portal: Portal, holder: str = HOLDER, applicant: str = "pemohon1@demo.invalid") -> str:
    """Let somebody file an application through the services; return its path."""
    return play(
        portal,
        f"""
draft = samples.draft(
    Service.objects.get(slug="tanda-daftar-bkk"), User.objects.get(email={applicant!r}), now
)
Application.objects.filter(pk=draft.pk).update(holder_name={holder!r})
print(samples.submit(samples.reload(draft), now).get_absolute_url())
""",
    )


def advance(portal: Portal, path: str, until: str) -> None:
    """Let the officers do their work through the services until a kind of step ("" is the end)."""
    wanted = f"StepKind({until!r})" if until else "None"
    play(portal, f"samples.advance({file_at(path)}, {wanted}, now)")


def file_at(path: str) -> str:
    """Return the words that find the file of this address inside the portal."""
    return f"Application.objects.get(public_id={path.strip('/').rsplit('/', 1)[-1]!r})"


def play(portal: Portal, program: str) -> str:
    """Run a little program inside the portal; return what it printed."""
    return portal.play(_PLAY + program).strip()


def look_at_keys(portal: Portal) -> None:
    """Do what the signing worker does once a minute: after the clock moved, it looks late."""
    play(portal, "from documents.keys import look_at_keys; look_at_keys(now)")
